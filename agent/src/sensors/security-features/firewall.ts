// Firewalls: ufw by its own switch, nftables by the rules that the kernel holds. ATT&CK T1562.004.
import { absent, disabled, enabled, type Feature, NEEDS_ROOT, shellValue, shortHash, unknown, weakened } from './feature.ts'
import { unitPaths } from './services.ts'

const UFW = '/etc/ufw/ufw.conf'
const DEFAULTS = '/etc/default/ufw'

export const ufw: Feature = {
  id: 'firewall.ufw',
  summary: 'The ufw firewall is switched on and refuses what no rule allows in.',
  paths: [UFW, DEFAULTS],
  read(view) {
    const reading = view.text(UFW)
    if (reading.kind === 'absent') return absent()
    if (reading.kind !== 'text') return unknown(`${UFW} cannot be read`, NEEDS_ROOT)
    const isOn = shellValue(reading.text, 'ENABLED')?.toLowerCase() === 'yes'
    const incoming = shellValue(view.words(DEFAULTS) ?? '', 'DEFAULT_INPUT_POLICY') ?? ''
    const value = `ENABLED=${isOn ? 'yes' : 'no'}${incoming === '' ? '' : `, incoming ${incoming}`}`
    return !isOn ? disabled(value) : incoming.toUpperCase() === 'ACCEPT' ? weakened(value) : enabled(value)
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
  async read(view) {
    if (!['/usr/sbin/nft', '/sbin/nft'].some((path) => view.isThere(path))) return absent()
    if (!view.elevated) return unknown('the rules in the kernel can be listed by root only', NEEDS_ROOT)
    const { code, stdout } = await view.run('nft', '-s', '-t', 'list', 'ruleset')
    if (code !== 0) return unknown('nft cannot list the rules', 'See what nft list ruleset says.')
    const { rules, refuses, value } = summariseRuleset(stdout)
    return rules === 0 && !refuses ? disabled('no rules') : refuses ? enabled(value) : weakened(value)
  },
}
