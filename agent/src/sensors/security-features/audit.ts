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
  async read(view) {
    if (!['/usr/sbin/auditctl', '/sbin/auditctl'].some((path) => view.isThere(path))) return absent()
    const { code, stdout } = await view.run('auditctl', '-l')
    if (code !== 0) return cannotAsk(view.elevated)
    const rules = stdout.split('\n').map((line) => line.trim()).filter((line) => line.startsWith('-'))
    const value = `${rules.length} rules, ${shortHash(rules.join('\n'))}`
    // `-a never,task` switches every rule off.
    return rules.length === 0 ? disabled('no rules') : rules.some((rule) => /^-a (never,task|task,never)/.test(rule)) ? weakened(value) : enabled(value)
  },
}
