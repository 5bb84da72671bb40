// ClamAV. ATT&CK T1562.001.
import { absent, disabled, enabled, type Feature, weakened } from './feature.ts'
import { describeService, readService, unitPaths } from './services.ts'

export const clamav: Feature = {
  id: 'antivirus.clamav',
  summary: 'The ClamAV daemon runs, and its signatures are kept fresh.',
  paths: [...unitPaths('clamav-daemon.service'), ...unitPaths('clamav-freshclam.service'), '/etc/clamav/clamd.conf', '/etc/clamav/freshclam.conf'],
  isLive: true,
  read(view) {
    const daemon = readService(view, { binaries: ['/usr/sbin/clamd'], process: 'clamd', unit: 'clamav-daemon.service' })
    const fresh = readService(view, { binaries: ['/usr/bin/freshclam'], process: 'freshclam', unit: 'clamav-freshclam.service' })
    if (!daemon.isInstalled) return absent()
    const value = `clamd ${describeService(daemon)}; freshclam ${fresh.isInstalled ? describeService(fresh) : 'not installed'}`
    return !daemon.isRunning ? disabled(value) : fresh.isRunning && daemon.atBoot !== 'masked' ? enabled(value) : weakened(value)
  },
}
