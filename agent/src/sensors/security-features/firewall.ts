// Firewalls: ufw by its own switch, nftables by the rules that the kernel holds. ATT&CK T1562.004.
import type { SystemView } from '../system-view.ts'
import { absent, disabled, enabled, type Feature, NEEDS_ROOT, shellValue, shortHash, unknown, weakened } from './feature.ts'
import { describeService, readService, unitPaths } from './services.ts'

const UFW = '/etc/ufw/ufw.conf'
const DEFAULTS = '/etc/default/ufw'

/** Files of ufw in which an edit, be it a comment, is somebody's hand at the firewall. */
const hashOf = (view: SystemView, paths: readonly string[]): string => shortHash(paths.map((path) => view.words(path) ?? '').join('\0'))

export const ufw: Feature = {
  id: 'firewall.ufw',
  summary: 'The ufw firewall is switched on and refuses what no rule allows in.',
  paths: [UFW, DEFAULTS, '/etc/ufw/sysctl.conf', '/etc/ufw/before.rules', '/etc/ufw/after.rules', '/etc/ufw/before6.rules', '/etc/ufw/after6.rules', '/etc/ufw/before.init', '/etc/ufw/after.init', '/etc/ufw/applications.d/'],
  read(view) {
    const reading = view.text(UFW)
    if (reading.kind === 'absent') return absent()
    if (reading.kind !== 'text') return unknown(`${UFW} cannot be read`, NEEDS_ROOT)
    const isOn = shellValue(reading.text, 'ENABLED')?.toLowerCase() === 'yes'
    const incoming = shellValue(view.words(DEFAULTS) ?? '', 'DEFAULT_INPUT_POLICY') ?? ''
    const value = `ENABLED=${isOn ? 'yes' : 'no'}${incoming === '' ? '' : `, incoming ${incoming}`}, ${hashOf(view, [UFW, DEFAULTS, ...['sysctl.conf', 'before.rules', 'after.rules', 'before6.rules', 'after6.rules', 'before.init', 'after.init'].map((name) => `/etc/ufw/${name}`)])}`
    return !isOn ? disabled(value) : incoming.toUpperCase() === 'ACCEPT' ? weakened(value) : enabled(value)
  },
}

export const ufwLogging: Feature = {
  id: 'firewall.ufw_logging',
  summary: 'ufw writes down what it refuses.',
  paths: [UFW],
  read(view) {
    const text = view.words(UFW)
    if (text === undefined) return absent()
    const level = shellValue(text, 'LOGLEVEL')?.toLowerCase() ?? 'off'
    return level === 'off' ? disabled('LOGLEVEL=off') : enabled(`LOGLEVEL=${level}`)
  },
}

/** The rules that somebody has given to ufw: `### tuple ### deny any any 0.0.0.0/0 any 1.2.3.4 in`. */
export const ufwRules: Feature = {
  id: 'firewall.ufw_rules',
  summary: 'The rules that were given to ufw.',
  paths: ['/etc/ufw/user.rules', '/etc/ufw/user6.rules'],
  read(view) {
    const texts = ['/etc/ufw/user.rules', '/etc/ufw/user6.rules'].flatMap((path) => view.words(path) ?? [])
    if (texts.length === 0) return absent()
    const tuples = texts.flatMap((text) => [...text.matchAll(/^### tuple ### (\w+)/gm)].map((match) => match[1] ?? ''))
    return enabled(`${tuples.length} rules, ${tuples.filter((action) => action !== 'allow').length} refuse, ${shortHash(texts.join('\0'))}`)
  },
}

const FIREWALLD = '/etc/firewalld/firewalld.conf'

export const firewalld: Feature = {
  id: 'firewall.firewalld',
  summary: 'firewalld runs, and its default zone does not let everything in.',
  paths: [FIREWALLD, '/etc/firewalld/zones/', '/etc/firewalld/policies/', '/etc/firewalld/direct.xml', ...unitPaths('firewalld.service')],
  isLive: true,
  read(view) {
    const service = readService(view, { binaries: ['/usr/sbin/firewalld'], process: 'firewalld', unit: 'firewalld.service' })
    if (!service.isInstalled) return absent()
    const zone = shellValue(view.words(FIREWALLD) ?? '', 'DefaultZone') ?? 'public'
    const zones = view.list('/etc/firewalld/zones').map((name) => `/etc/firewalld/zones/${name}`)
    const isOpen = zone === 'trusted' || /<zone[^>]*target="ACCEPT"/.test(view.words(`/etc/firewalld/zones/${zone}.xml`) ?? '')
    const value = `${describeService(service)}, zone ${zone}, ${hashOf(view, [FIREWALLD, '/etc/firewalld/direct.xml', ...zones])}`
    return !service.isRunning ? disabled(value) : isOpen ? weakened(value) : enabled(value)
  },
}

/** `iptables-save`: `:INPUT DROP [0:0]` is the policy of a chain, `-A INPUT … -j DROP` a rule. Counters are left out. */
export function summariseIptables(text: string): { readonly rules: number; readonly refuses: boolean; readonly value: string } {
  const lines = text.split('\n').map((line) => line.trim().replace(/\s*\[\d+:\d+\]\s*/, ' ').trim()).filter((line) => line !== '' && !line.startsWith('#'))
  const rules = lines.filter((line) => line.startsWith('-A '))
  const policies = lines.filter((line) => /^:(INPUT|FORWARD|OUTPUT) DROP/.test(line)).map((line) => line.slice(1))
  const refusing = rules.filter((line) => /-j (DROP|REJECT)\b/.test(line)).length
  return { rules: rules.length, refuses: refusing > 0 || policies.length > 0, value: `${rules.length} rules, ${refusing} refuse${policies.length === 0 ? '' : `, ${policies.join(', ')}`}, ${shortHash(lines.join('\n'))}` }
}

/** The older tables of the kernel are there only once somebody has used them; nothing tells of their changes. */
const hasOlderTables = (view: SystemView): boolean => (view.words('/proc/net/ip_tables_names') ?? '').trim() !== ''

export const iptables: Feature = {
  id: 'firewall.iptables',
  summary: 'The kernel holds rules of iptables that refuse something, in its older tables too.',
  paths: [UFW, '/etc/ufw/user.rules', '/etc/iptables/', '/etc/sysconfig/iptables', '/etc/sysconfig/ip6tables', ...unitPaths('netfilter-persistent.service')],
  asksProgram: true,
  everyMs: 10_000,
  kernelRules: 'packet_filter',
  isTold: (view) => !hasOlderTables(view),
  async read(view) {
    const program = ['iptables-save', 'iptables-legacy-save'].find((name) => view.isThere(`/usr/sbin/${name}`) || view.isThere(`/sbin/${name}`))
    if (program === undefined) return absent()
    if (!view.elevated) return unknown('the rules in the kernel can be listed by root only', NEEDS_ROOT)
    const isLegacy = hasOlderTables(view) && program === 'iptables-save' && view.isThere('/usr/sbin/iptables-legacy-save')
    const answers = [await view.run(program), ...(isLegacy ? [await view.run('iptables-legacy-save')] : [])]
    if (answers.every(({ code }) => code !== 0)) return unknown('iptables cannot list the rules', 'See what iptables-save says.')
    const { rules, refuses, value } = summariseIptables(answers.map(({ stdout }) => stdout).join('\n'))
    return rules === 0 && !refuses ? disabled('no rules') : refuses ? enabled(value) : weakened(value)
  },
}

/** What matters of `nft -s -t list ruleset`: counters and the contents of sets are left out by the options. */
export function summariseRuleset(text: string): { readonly rules: number; readonly refuses: boolean; readonly value: string } {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  const rules = lines.filter((line) => !/^(table|chain|set|map|flowtable|type|flags|elements|policy|timeout|size|comment|typeof|\})/.test(line)).length
  const policies = lines.flatMap((line) => /hook (\w+) .*policy (\w+)/.exec(line)?.slice(1, 3).join(' ') ?? [])
  const refuses = policies.includes('input drop') || lines.some((line) => /\b(drop|reject)\b/.test(line) && !line.startsWith('type '))
  return { rules, refuses, value: `${rules} rules${policies.length === 0 ? '' : `, ${[...new Set(policies)].toSorted().join(', ')}`}, ${shortHash(lines.join('\n'))}` }
}

export const nftables: Feature = {
  id: 'firewall.nftables',
  summary: 'The kernel holds packet filter rules (nftables, which iptables uses too) that refuse something.',
  // Switching ufw, or a set of rules, is felt here at once.
  paths: ['/etc/nftables.conf', UFW, '/etc/ufw/user.rules', '/etc/iptables/rules.v4', ...unitPaths('nftables.service')],
  asksProgram: true,
  everyMs: 10_000,
  kernelRules: 'packet_filter',
  async read(view) {
    if (!['/usr/sbin/nft', '/sbin/nft'].some((path) => view.isThere(path))) return absent()
    if (!view.elevated) return unknown('the rules in the kernel can be listed by root only', NEEDS_ROOT)
    const { code, stdout } = await view.run('nft', '-s', '-t', 'list', 'ruleset')
    if (code !== 0) return unknown('nft cannot list the rules', 'See what nft list ruleset says.')
    const { rules, refuses, value } = summariseRuleset(stdout)
    return rules === 0 && !refuses ? disabled('no rules') : refuses ? enabled(value) : weakened(value)
  },
}
