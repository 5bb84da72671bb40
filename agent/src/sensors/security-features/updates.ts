// Whether the system mends itself. CIS Debian Linux 12 Benchmark 1.9. ATT&CK T1562.001.
import { parseAptConfig } from './apt-config.ts'
import { absent, disabled, enabled, type Feature, parseIni, weakened } from './feature.ts'
import { unitPaths } from './services.ts'

const FOLDER = '/etc/apt/apt.conf.d/'
const TIMER = 'apt-daily-upgrade.timer'

const isOn = (value: string | undefined): boolean => value !== undefined && value !== '0' && value.toLowerCase() !== 'false'

export const unattended: Feature = {
  id: 'updates.unattended',
  summary: 'Security updates are installed without anybody asking (unattended-upgrades).',
  paths: [FOLDER, '/etc/apt/apt.conf', ...unitPaths(TIMER)],
  read(view) {
    // apt reads names without a dot, or with .conf, in the order of the alphabet, and then its main file.
    const parts = view.list(FOLDER.slice(0, -1)).filter((name) => /^[\w-]+(\.conf)?$/.test(name)).map((name) => FOLDER + name)
    const config = parseAptConfig([...parts, '/etc/apt/apt.conf'].map((path) => view.words(path) ?? ''))
    const setting = (name: string): string | undefined => config.get(`apt::periodic::${name}`)
    const upgrade = setting('unattended-upgrade')
    const isInstalled = view.isThere('/usr/bin/unattended-upgrade') || view.isThere('/usr/bin/unattended-upgrades')
    if (upgrade === undefined && !isInstalled) return absent()
    const isMasked = view.linkTarget(`/etc/systemd/system/${TIMER}`) === '/dev/null'
    const value = `Unattended-Upgrade ${upgrade ?? 'not set'}${setting('enable') === undefined ? '' : `, Enable ${setting('enable')}`}${setting('update-package-lists') === undefined ? '' : `, Update-Package-Lists ${setting('update-package-lists')}`}${isMasked ? ', timer masked' : ''}`
    if (!isOn(upgrade) || setting('enable') === '0' || isMasked) return disabled(value)
    return setting('update-package-lists') !== undefined && !isOn(setting('update-package-lists')) ? weakened(value) : enabled(value)
  },
}

export const dnfAutomatic: Feature = {
  id: 'updates.dnf_automatic',
  summary: 'Updates are installed without anybody asking (dnf-automatic).',
  paths: ['/etc/dnf/automatic.conf', ...unitPaths('dnf-automatic.timer'), ...unitPaths('dnf-automatic-install.timer')],
  read(view) {
    const text = view.words('/etc/dnf/automatic.conf')
    if (text === undefined) return absent()
    const applies = /^(yes|true|1|on)$/i.test(parseIni(text).get('commands')?.get('apply_updates') ?? '')
    const isScheduled = ['dnf-automatic.timer', 'dnf-automatic-install.timer'].some((timer) => view.isThere(`/etc/systemd/system/timers.target.wants/${timer}`))
    const value = `apply_updates ${applies ? 'yes' : 'no'}, timer ${isScheduled ? 'enabled' : 'not enabled'}`
    return applies && isScheduled ? enabled(value) : disabled(value)
  },
}
