// The kernel's audit trail and its daemon. ATT&CK T1562.012.
import { absent, disabled, enabled, type Feature, meaningfulLines, NEEDS_ROOT, shortHash, unknown, weakened } from './feature.ts'
import { describeService, readService, unitPaths } from './services.ts'

const CONFIG = '/etc/audit/auditd.conf'

export const auditd: Feature = {
  id: 'audit.auditd',
  summary: 'The audit daemon runs and writes.',
  paths: [CONFIG, ...unitPaths('auditd.service')],
  isLive: true,
  read(view) {
    const service = readService(view, { binaries: ['/usr/sbin/auditd', '/sbin/auditd'], process: 'auditd', unit: 'auditd.service' })
    if (!service.isInstalled) return absent()
    const config = view.text(CONFIG)
    // With `write_logs = no` it only passes on.
    const writes = config.kind === 'text' ? !/^\s*write_logs\s*=\s*no\b/im.test(config.text) : true
    const value = `${describeService(service)}${writes ? '' : ', write_logs = no'}${config.kind === 'text' ? `, ${shortHash(meaningfulLines(config.text).join('\n'))}` : ''}`
    return !service.isRunning ? disabled(value) : writes && service.atBoot !== 'masked' ? enabled(value) : weakened(value)
  },
}

/** Settings with which records are lost or thrown away (auditd.conf(5)). */
const LOSSY = /^\s*(write_logs\s*=\s*no|log_format\s*=\s*none|max_log_file_action\s*=\s*ignore|disk_full_action\s*=\s*ignore|disk_error_action\s*=\s*ignore|admin_space_left_action\s*=\s*ignore|max_log_file\s*=\s*0)\s*$/gim
const FILES = [CONFIG, '/etc/libaudit.conf', '/etc/auditd.conf', '/etc/audit/audit-stop.rules', '/etc/audisp/audispd.conf']

export const auditConfiguration: Feature = {
  id: 'audit.configuration',
  summary: 'The settings of the audit daemon and its helpers are as they were, and lose nothing.',
  paths: [...FILES, '/etc/audit/plugins.d/', '/etc/audisp/plugins.d/'],
  read(view) {
    const texts = [...FILES, ...['/etc/audit/plugins.d', '/etc/audisp/plugins.d'].flatMap((folder) => view.list(folder).map((name) => `${folder}/${name}`))].flatMap((path) => {
      const text = view.words(path)
      return text === undefined ? [] : [`${path}\n${text}`]
    })
    if (texts.length === 0) return absent()
    const lossy = [...new Set([...(view.words(CONFIG) ?? '').matchAll(LOSSY)].map((match) => match[1] ?? ''))]
    const value = `${texts.length} files, ${shortHash(texts.join('\0'))}${lossy.length === 0 ? '' : `: ${lossy.join('; ')}`}`
    return lossy.length === 0 ? enabled(value) : weakened(value)
  },
}

/** The rules as they are loaded at each start; `audit.rules` is about those that the kernel holds now. */
export const auditRuleFiles: Feature = {
  id: 'audit.rule_files',
  summary: 'The files of audit rules are there and hold rules.',
  paths: ['/etc/audit/audit.rules', '/etc/audit/rules.d/'],
  read(view, recall) {
    const paths = ['/etc/audit/audit.rules', ...view.list('/etc/audit/rules.d').map((name) => `/etc/audit/rules.d/${name}`)].filter((path) => view.isThere(path))
    if (paths.length === 0) return absent()
    const text = paths.map((path) => view.words(path) ?? '').join('\n')
    const rules = meaningfulLines(text).filter((line) => /^-[awAS]\s/.test(line))
    const isOff = /^\s*-e\s+0\b/m.test(text)
    const value = `${rules.length} rules, ${shortHash(text)}${isOff ? ', -e 0' : ''}`
    // Some lines fewer are weaker; how many there were is kept.
    const before = Number(recall.of()?.memo ?? rules.length)
    const memo = String(rules.length)
    if (isOff || rules.some((rule) => /^-a\s+(never,task|task,never)/.test(rule))) return { ...weakened(value), memo }
    if (rules.length < before) return { ...weakened(`${value}, there were ${before}`), memo, settles: enabled(value) }
    return { ...enabled(value), memo }
  },
}

const number = (text: string, key: string): number | undefined => {
  const found = new RegExp(`^${key} (\\d+)`, 'm').exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}

/** auditctl needs the first network and user namespace: within a container it says no, which is no state of the device. */
const cannotAsk = (elevated: boolean): ReturnType<typeof unknown> => unknown('the state of the kernel’s audit cannot be asked', elevated ? 'Run the agent outside a container.' : NEEDS_ROOT)

export const auditKernel: Feature = {
  id: 'audit.kernel',
  summary: 'The kernel makes audit records (auditctl -e 1, or 2 for locked).',
  paths: [CONFIG, '/etc/audit/audit.rules', '/etc/audit/rules.d/'],
  asksProgram: true,
  everyMs: 10_000,
  kernelRules: 'audit',
  async read(view) {
    if (!['/usr/sbin/auditctl', '/sbin/auditctl'].some((path) => view.isThere(path))) return absent()
    const { code, stdout } = await view.run('auditctl', '-s')
    const state = number(stdout, 'enabled')
    if (code !== 0 || state === undefined) return cannotAsk(view.elevated)
    return state === 0 ? disabled('enabled 0') : enabled(`enabled ${state}`)
  },
}

export const auditRules: Feature = {
  id: 'audit.rules',
  summary: 'Rules say what the kernel’s audit watches.',
  paths: ['/etc/audit/audit.rules', '/etc/audit/rules.d/'],
  asksProgram: true,
  everyMs: 20_000,
  kernelRules: 'audit',
  async read(view, recall) {
    if (!['/usr/sbin/auditctl', '/sbin/auditctl'].some((path) => view.isThere(path))) return absent()
    const { code, stdout } = await view.run('auditctl', '-l')
    if (code !== 0) return cannotAsk(view.elevated)
    const rules = stdout.split('\n').map((line) => line.trim()).filter((line) => line.startsWith('-'))
    const value = `${rules.length} rules, ${shortHash(rules.join('\n'))}`
    // `-a never,task` switches every rule off.
    const memo = String(rules.length)
    const before = Number(recall.of()?.memo || rules.length)
    if (rules.length === 0) return { ...disabled('no rules'), memo }
    if (rules.some((rule) => /^-a (never,task|task,never)/.test(rule))) return { ...weakened(value), memo }
    return { ...(rules.length < before ? { ...weakened(`${value}, there were ${before}`), settles: enabled(value) } : enabled(value)), memo }
  },
}
