// Where the system's own log goes. ATT&CK T1562.006, T1070.002.
import { absent, disabled, enabled, type Feature, meaningfulLines, parseIni, shortHash, weakened } from './feature.ts'
import { fileSetFeature } from './file-set.ts'
import { describeService, readService, unitPaths } from './services.ts'

const RSYSLOG = '/etc/rsyslog.conf'
const RSYSLOG_PARTS = '/etc/rsyslog.d/'

/** Lines that send messages somewhere: `auth.* /var/log/auth.log`, `action(type="omfile" …)`, `*.* @host`. */
const isAction = (line: string): boolean => /^[\w*,;.!=]+\.[\w*!=;,.]+\s+[-/@|:~*\w]/.test(line) || /\baction\s*\(/i.test(line)

export const rsyslog: Feature = {
  id: 'logging.rsyslog',
  summary: 'rsyslog runs and writes messages somewhere.',
  paths: [RSYSLOG, RSYSLOG_PARTS, ...unitPaths('rsyslog.service')],
  isLive: true,
  read(view) {
    const service = readService(view, { binaries: ['/usr/sbin/rsyslogd', '/sbin/rsyslogd'], process: 'rsyslogd', unit: 'rsyslog.service' })
    if (!service.isInstalled) return absent()
    const parts = [RSYSLOG, ...view.list(RSYSLOG_PARTS.slice(0, -1)).filter((name) => name.endsWith('.conf')).map((name) => RSYSLOG_PARTS + name)]
    const lines = parts.flatMap((path) => meaningfulLines(view.words(path) ?? ''))
    const actions = lines.filter(isAction).length
    const value = `${describeService(service)}, ${actions} rules, ${shortHash(lines.join('\n'))}`
    if (!service.isRunning || actions === 0) return disabled(value)
    return service.atBoot === 'masked' ? weakened(value) : enabled(value)
  },
}

const JOURNALD = 'systemd/journald.conf'

export const journald: Feature = {
  id: 'logging.journald',
  summary: 'The systemd journal runs and is kept.',
  paths: [`/etc/${JOURNALD}`, `/etc/${JOURNALD}.d/`, `/run/${JOURNALD}.d/`, `/usr/lib/${JOURNALD}.d/`],
  isLive: true,
  read(view) {
    const isInstalled = ['/usr/lib/systemd/systemd-journald', '/lib/systemd/systemd-journald'].some((path) => view.isThere(path))
    if (!isInstalled) return absent()
    // The main file, then drop-ins by name over all folders; a file in /etc stands for its namesakes below (journald.conf(5)).
    const byName = new Map(['/usr/lib', '/run', '/etc'].flatMap((base) => view.list(`${base}/${JOURNALD}.d`).filter((name) => name.endsWith('.conf')).map((name) => [name, `${base}/${JOURNALD}.d/${name}`] as const)))
    const files = [`/etc/${JOURNALD}`, ...[...byName].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path)]
    const storage = files.map((path) => parseIni(view.words(path) ?? '').get('Journal')?.get('Storage')).findLast((value) => value !== undefined && value !== '')?.toLowerCase() ?? 'auto'
    const isKept = storage === 'persistent' || (storage === 'auto' && view.isThere('/var/log/journal'))
    const isRunning = view.isRunning('systemd-journald')
    const value = `${isRunning ? 'running' : 'not running'}, Storage=${storage}${isKept ? '' : ', not kept over a restart'}`
    return !isRunning || storage === 'none' ? disabled(value) : storage === 'volatile' ? weakened(value) : enabled(value)
  },
}

export const loggingConfiguration = fileSetFeature({
  id: 'logging.configuration', summary: 'What is logged, where it goes and how long it is kept (rsyslog, syslog-ng, journald, logrotate).',
  files: [RSYSLOG, RSYSLOG_PARTS, '/etc/syslog-ng/syslog-ng.conf', '/etc/syslog-ng/conf.d/', '/etc/syslog.conf', `/etc/${JOURNALD}`, `/etc/${JOURNALD}.d/`, '/etc/systemd/journal-upload.conf', '/etc/logrotate.conf', '/etc/logrotate.d/'], mayBeAbsent: true,
})

export const syslogNg: Feature = {
  id: 'logging.syslog_ng',
  summary: 'syslog-ng runs.',
  paths: [...unitPaths('syslog-ng.service')],
  isLive: true,
  read(view) {
    const service = readService(view, { binaries: ['/usr/sbin/syslog-ng'], process: 'syslog-ng', unit: 'syslog-ng.service' })
    return !service.isInstalled ? absent() : service.isRunning ? enabled(describeService(service)) : disabled(describeService(service))
  },
}
