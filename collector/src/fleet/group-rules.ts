// Groups by rule: the first rule that fits says which group a device belongs to. A device that somebody moved by hand, or
// that no rule fits, stays where it is.
//
// Kept as a setting: `{ revision, rules }`; an expression of a rule is a conjunction, what it does not name it does not ask.
import { BlockList, isIP, isIPv4 } from 'node:net'
import type { Device } from '../domain/people/device.ts'
import type { StoreReader, StoreWriter } from '../store/store.ts'

export interface GroupRule {
  readonly group: string
  /** `linux`, `darwin`, `windows`. */
  readonly os?: string
  /** `*` and `?`; case does not matter. */
  readonly hostname?: string
  readonly tag?: string
  /** The agent's version, with `*`: `1.4.*`. */
  readonly agentVersion?: string
  /** Where its connection comes from, as the broker sees it: `10.20.0.0/16`, `2001:db8::/32`, or one address. */
  readonly network?: string
}

export interface GroupRules {
  /** Rises with every change; the ETag. */
  readonly revision: number
  readonly rules: readonly GroupRule[]
}

const SETTING = 'fleet.group_rules'

export async function groupRules(reader: StoreReader): Promise<GroupRules> {
  const text = await reader.setting(SETTING)
  return text === undefined ? { revision: 0, rules: [] } : (JSON.parse(text) as GroupRules)
}

export async function saveGroupRules(tx: StoreWriter, rules: readonly GroupRule[]): Promise<GroupRules> {
  const next = { revision: (await groupRules(tx)).revision + 1, rules }
  await tx.saveSetting(SETTING, JSON.stringify(next))
  return next
}

/** Whether a name fits a pattern with `*` and `?`. Linear in both: every star is tried once. */
export function fitsGlob(pattern: string, name: string): boolean {
  const p = pattern.toLowerCase()
  const n = name.toLowerCase()
  let star = -1
  let mark = 0
  let at = 0
  let i = 0
  while (i < n.length) {
    if (at < p.length && p[at] !== '*' && (p[at] === '?' || p[at] === n[i])) {
      at += 1
      i += 1
    } else if (p[at] === '*') {
      star = at
      mark = i
      at += 1
    } else if (star >= 0) {
      at = star + 1
      mark += 1
      i = mark
    } else return false
  }
  while (p[at] === '*') at += 1
  return at === p.length
}

/** A v4 address in the clothes of v6 is the v4 address. */
export const plainAddress = (address: string): string => {
  const inner = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1]
  return inner === undefined ? address : inner
}

/** What is wrong with a range of addresses, in words; undefined where it is one. */
export function networkProblem(network: string): string | undefined {
  const [address = '', prefix, ...rest] = network.split('/')
  if (rest.length > 0 || isIP(address) === 0) return 'is no range of addresses; write it as 10.20.0.0/16 or 2001:db8::/32'
  if (prefix !== undefined && (!/^\d{1,3}$/.test(prefix) || Number(prefix) > (isIPv4(address) ? 32 : 128))) return `has a prefix that is none: ${prefix}`
  return undefined
}

/** Whether an address lies in a range that has no problem. */
export function fitsNetwork(network: string, address: string): boolean {
  if (networkProblem(network) !== undefined || isIP(plainAddress(address)) === 0) return false
  const [base = '', prefix] = network.split('/')
  const family = isIPv4(base) ? 'ipv4' : 'ipv6'
  const asked = plainAddress(address)
  if (family !== (isIPv4(asked) ? 'ipv4' : 'ipv6')) return false
  const list = new BlockList()
  list.addSubnet(base, prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family)
  return list.check(asked, family)
}

/** Addresses of devices are kept only as long as one does. */
export const asksNetwork = (rules: readonly GroupRule[]): boolean => rules.some(({ network }) => network !== undefined)

type Judged = Pick<Device, 'os' | 'hostname' | 'tags' | 'report' | 'keepsGroup' | 'group' | 'address'>

/** A device of which nobody knows what a rule asks does not fit it. */
export function fitsRule({ os, hostname, tag, agentVersion, network }: GroupRule, device: Judged): boolean {
  return (os === undefined || device.os === os) && (hostname === undefined || fitsGlob(hostname, device.hostname)) && (tag === undefined || device.tags?.includes(tag) === true)
    && (agentVersion === undefined || (device.report !== undefined && fitsGlob(agentVersion, device.report.agentVersion))) && (network === undefined || (device.address !== undefined && fitsNetwork(network, device.address)))
}

/** The rule that a device is moved by, with its place from 0; undefined where it stays. */
export function ruleFor(rules: readonly GroupRule[], device: Judged): { readonly rule: GroupRule; readonly index: number } | undefined {
  if (device.keepsGroup === true) return undefined
  const index = rules.findIndex((rule) => fitsRule(rule, device))
  const rule = rules[index]
  return rule === undefined || rule.group === device.group ? undefined : { rule, index }
}
