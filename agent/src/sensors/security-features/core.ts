// The system's own programs: services that it cannot do without, time, how it was started, and who may become root by a file's mode.
import type { SystemView } from '../system-view.ts'
import { absent, disabled, enabled, type Feature, isLeftover, meaningfulLines, shortHash, unknown, weakened } from './feature.ts'
import { readService, unitPaths } from './services.ts'

const CORE = [
  { name: 'sshd', binaries: ['/usr/sbin/sshd'], unit: 'ssh.service' },
  { name: 'dbus-daemon', binaries: ['/usr/bin/dbus-daemon'], unit: 'dbus.service' },
  { name: 'systemd-logind', binaries: ['/usr/lib/systemd/systemd-logind', '/lib/systemd/systemd-logind'], unit: 'systemd-logind.service' },
  { name: 'systemd-udevd', binaries: ['/usr/lib/systemd/systemd-udevd', '/lib/systemd/systemd-udevd'], unit: 'systemd-udevd.service' },
  { name: 'polkitd', binaries: ['/usr/lib/polkit-1/polkitd', '/usr/libexec/polkitd'], unit: 'polkit.service' },
] as const

export const coreServices: Feature = {
  id: 'services.core',
  summary: 'Which services of the system itself run.',
  paths: CORE.flatMap(({ unit }) => unitPaths(unit)),
  isLive: true,
  read(view) {
    const installed = CORE.filter(({ binaries }) => binaries.some((path) => view.isThere(path)))
    if (installed.length === 0) return absent()
    return enabled(installed.map(({ name }) => `${name} ${view.isRunning(name) ? 'runs' : 'does not run'}`).join(', '))
  },
}

const CLOCKS = [
  { binaries: ['/usr/lib/systemd/systemd-timesyncd', '/lib/systemd/systemd-timesyncd'], process: 'systemd-timesyncd', unit: 'systemd-timesyncd.service' },
  { binaries: ['/usr/sbin/chronyd'], process: 'chronyd', unit: 'chrony.service' },
  { binaries: ['/usr/sbin/ntpd', '/usr/sbin/openntpd'], process: 'ntpd', unit: 'ntp.service' },
]
const CLOCK_FILES = ['/etc/chrony/chrony.conf', '/etc/chrony.conf', '/etc/systemd/timesyncd.conf', '/etc/ntp.conf', '/etc/ntpsec/ntp.conf', '/etc/adjtime']

export const timeSync: Feature = {
  id: 'time.sync',
  summary: 'The clock of the device is kept right by a service.',
  paths: [...CLOCKS.flatMap(({ unit }) => unitPaths(unit)), ...CLOCK_FILES],
  isLive: true,
  read(view) {
    const services = CLOCKS.map((clock) => ({ ...clock, ...readService(view, clock) })).filter(({ isInstalled }) => isInstalled)
    if (services.length === 0) return absent()
    const settings = shortHash(CLOCK_FILES.slice(0, -1).map((path) => meaningfulLines(view.words(path) ?? '').join('\n')).join('\n'))
    const value = `${services.map(({ process, isRunning }) => `${process} ${isRunning ? 'runs' : 'does not run'}`).join(', ')}, ${settings}`
    return services.some(({ isRunning }) => isRunning) ? enabled(value) : disabled(value)
  },
}

export const timeZone: Feature = {
  id: 'time.zone',
  summary: 'The time zone of the device.',
  paths: ['/etc/localtime', '/etc/timezone'],
  read: (view) => enabled(view.linkTarget('/etc/localtime')?.replace(/^.*zoneinfo\//, '') ?? view.words('/etc/timezone')?.trim() ?? 'UTC'),
}

/** The variable's four bytes of attributes, then one of value (UEFI specification, chapter 3.3). */
const SECURE_BOOT = '/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c'

export const secureBoot: Feature = {
  id: 'boot.secure_boot',
  summary: 'The firmware starts signed systems only.',
  paths: [],
  everyMs: 600_000,
  read(view) {
    if (!view.isThere('/sys/firmware/efi')) return absent('no UEFI')
    const reading = view.text(SECURE_BOOT)
    if (reading.kind === 'absent') return absent('the firmware has none')
    if (reading.kind !== 'text' || reading.text.length < 5) return unknown('the state of Secure Boot cannot be read')
    return reading.text.charCodeAt(reading.text.length - 1) === 1 ? enabled('on') : disabled('off')
  },
}

/** Words on the kernel's command line that switch a protection off. */
const WEAK_WORDS = /^(apparmor=0|selinux=0|enforcing=0|security=none|audit=0|audit=off|mitigations=off|nokaslr|norandmaps|nosmep|nosmap|noexec=off|nopti|pti=off|nospectre_v1|nospectre_v2|module\.sig_enforce=0|lockdown=none|init=\/(usr\/)?bin\/\w*sh|rd\.break|single|systemd\.unit=(rescue|emergency)\.target|ima_appraise=off|iommu=off)$/

export const bootParameters: Feature = {
  id: 'boot.parameters',
  summary: 'The kernel was started, and will be, without words that switch its protection off.',
  paths: ['/etc/default/grub', '/etc/default/grub.d/', '/boot/grub/grub.cfg', '/boot/grub2/grub.cfg', '/etc/kernel/cmdline', '/boot/loader/entries/', '/boot/grub/user.cfg', '/etc/grub.d/'],
  read(view) {
    const now = (view.words('/proc/cmdline') ?? '').trim()
    const grub = ['/etc/default/grub', ...view.list('/etc/default/grub.d').map((name) => `/etc/default/grub.d/${name}`)].map((path) => view.words(path) ?? '').join('\n')
    const later = [...grub.matchAll(/^\s*GRUB_CMDLINE_LINUX\w*=(.*)$/gm)].map((match) => (match[1] ?? '').replaceAll(/["']/g, ' ')).join(' ')
    const entries = [...view.list('/etc/grub.d').map((name) => `/etc/grub.d/${name}`), '/boot/grub/grub.cfg', '/boot/grub2/grub.cfg', '/etc/kernel/cmdline', ...view.list('/boot/loader/entries').map((name) => `/boot/loader/entries/${name}`)].map((path) => view.words(path) ?? '').join('\n')
    const weak = [...new Set(`${now} ${later} ${view.words('/etc/kernel/cmdline') ?? ''}`.split(/\s+/).filter((word) => WEAK_WORDS.test(word)))]
    const value = `${weak.length === 0 ? 'nothing switched off' : weak.join(' ')}, ${shortHash(`${now}\n${grub}\n${entries}`)}`
    return weak.length === 0 ? enabled(value) : weakened(value)
  },
}

const PROGRAMS = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/usr/lib/openssh', '/usr/lib/dbus-1.0', '/usr/lib/polkit-1', '/usr/libexec']
/** Where nobody puts a program that makes its caller root, but for one purpose. */
const OPEN_FOLDERS = ['/tmp', '/var/tmp', '/dev/shm', '/opt', '/srv']
const MAX_OPEN = 1000
const SETUID = 0o4000
const SETGID = 0o2000

/** Names with the modes of files whose caller becomes somebody else. */
function privileged(view: SystemView, folders: readonly string[], most: number): readonly string[] {
  return folders.flatMap((folder) => view.list(folder).slice(0, most).flatMap((name) => {
    const stat = view.stat(`${folder}/${name}`)
    return stat?.isFile === true && (stat.mode & (SETUID | SETGID)) !== 0 ? [`${folder}/${name} ${(stat.mode & SETUID) !== 0 ? 'setuid' : 'setgid'} ${stat.uid}`] : []
  }))
}

export const setuidPrograms: Feature = {
  id: 'binaries.setuid',
  summary: 'Which programs of the system make their caller somebody else (setuid, setgid).',
  paths: PROGRAMS.filter((folder) => folder !== '/usr/libexec').map((folder) => `${folder}/`),
  read(view, recall) {
    const now = privileged(view, PROGRAMS, 4096)
    const memo = now.join('\n')
    const known = recall.of()
    if (known?.memo === memo) return { state: known.state, value: known.value, memo }
    const before = new Set((known?.memo ?? '').split('\n'))
    const added = known === undefined ? [] : now.filter((row) => !before.has(row))
    const value = `${now.length} programs, ${shortHash(memo)}${added.length === 0 ? '' : `; new ${added.slice(0, 8).join(', ')}`}`
    // A package brings one now and then: it stands as weakened until the next change, so that a person looks.
    return { ...(added.length === 0 ? enabled(value) : weakened(value)), memo, ...(added.length === 0 ? {} : { settles: { state: 'enabled', value } }) }
  },
}

export const setuidElsewhere: Feature = {
  id: 'binaries.setuid_elsewhere',
  summary: 'No file in a folder that everybody can write makes its caller somebody else.',
  paths: [],
  everyMs: 10_000,
  read(view) {
    const found = privileged(view, OPEN_FOLDERS, MAX_OPEN)
    return found.length === 0 ? enabled('none') : weakened(found.slice(0, 8).join(', '))
  },
}

export const fileCapabilities: Feature = {
  id: 'binaries.capabilities',
  summary: 'Which programs have rights of root by a capability of their file.',
  paths: ['/usr/bin/', '/usr/sbin/', '/usr/local/bin/'],
  asksProgram: true,
  everyMs: 600_000,
  async read(view, recall) {
    if (!['/usr/sbin/getcap', '/sbin/getcap'].some((path) => view.isThere(path))) return absent('getcap is not installed')
    const { stdout } = await view.run('getcap', '-r', '/usr/bin', '/usr/sbin', '/usr/local/bin')
    const rows = stdout.split('\n').map((line) => line.trim()).filter((line) => line !== '').toSorted()
    const memo = rows.join('\n')
    const known = recall.of()
    if (known?.memo === memo) return { state: known.state, value: known.value, memo }
    const before = new Set((known?.memo ?? '').split('\n'))
    const added = known === undefined ? [] : rows.filter((row) => !before.has(row))
    const value = `${rows.length} programs, ${shortHash(memo)}${added.length === 0 ? '' : `; new ${added.slice(0, 8).join(', ')}`}`
    return { ...(added.length === 0 ? enabled(value) : weakened(value)), memo, ...(added.length === 0 ? {} : { settles: { state: 'enabled', value } }) }
  },
}

/** Programs by which the system, and whoever looks after it, is deceived when they are others than they seem. */
const BINARIES = ['bash', 'sh', 'dash', 'login', 'su', 'sudo', 'passwd', 'ssh', 'ps', 'ls', 'netstat', 'ss', 'top', 'find', 'lsof', 'who', 'last', 'systemctl', 'journalctl', 'crontab', 'dpkg', 'rpm', 'curl', 'wget'].map((name) => `/usr/bin/${name}`).concat(['sshd', 'auditctl', 'auditd', 'rsyslogd', 'cron', 'useradd', 'iptables', 'nft', 'ufw', 'insmod', 'modprobe', 'unix_chkpwd'].map((name) => `/usr/sbin/${name}`), ['/usr/lib/x86_64-linux-gnu/libc.so.6', '/usr/lib/x86_64-linux-gnu/libpam.so.0'])
const PACKAGE_LISTS = ['/var/lib/dpkg/status', '/var/lib/rpm/rpmdb.sqlite', '/usr/lib/sysimage/rpm/rpmdb.sqlite']

export const coreBinaries: Feature = {
  id: 'binaries.core',
  summary: 'Programs of the system change only together with the list of packages.',
  paths: [...BINARIES, ...PACKAGE_LISTS],
  read(view, recall) {
    const rows = BINARIES.flatMap((path) => {
      const stat = view.stat(path)
      return stat === undefined ? [] : [`${path} ${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.mode} ${stat.uid}`]
    })
    if (rows.length === 0) return absent('none of them')
    const packages = PACKAGE_LISTS.map((path) => view.version(path)).join(' ')
    const memo = `${packages}\n${rows.join('\n')}`
    const known = recall.of()
    const [packagesBefore, ...before] = (known?.memo ?? '').split('\n')
    if (known !== undefined && before.join('\n') === rows.join('\n')) return { state: known.state, value: known.value, memo }
    const same = new Set(before)
    const different = known === undefined ? [] : rows.filter((row) => !same.has(row)).map((row) => row.split(' ')[0] ?? '')
    const value = `${rows.length} programs, ${shortHash(rows.join('\n'))}${different.length === 0 ? '' : `; changed ${different.slice(0, 8).filter((path) => !isLeftover(path)).join(' ')}`}`
    // dpkg and rpm write their list before and after each package.
    const isOutside = different.length > 0 && packagesBefore === packages
    return { ...(isOutside ? weakened(`${value}, not by a package`) : enabled(value)), memo, ...(isOutside ? { settles: { state: 'enabled', value } } : {}) }
  },
}

export const coreFeatures: readonly Feature[] = [coreServices, timeSync, timeZone, secureBoot, bootParameters, setuidPrograms, setuidElsewhere, fileCapabilities, coreBinaries]
