// Groups by rule: the first rule that fits says which group a device belongs to. A device that somebody moved by hand, or
// that no rule fits, stays where it is.
//
// Kept as a setting: `{ revision, rules }`; an expression of a rule is a conjunction, what it does not name it does not ask.
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

type Judged = Pick<Device, 'os' | 'hostname' | 'tags' | 'report' | 'keepsGroup' | 'group'>

export function fitsRule({ os, hostname, tag, agentVersion }: GroupRule, device: Judged): boolean {
  return (os === undefined || device.os === os) && (hostname === undefined || fitsGlob(hostname, device.hostname)) && (tag === undefined || device.tags?.includes(tag) === true)
    && (agentVersion === undefined || (device.report !== undefined && fitsGlob(agentVersion, device.report.agentVersion)))
}

/** The rule that a device is moved by, with its place from 0; undefined where it stays. */
export function ruleFor(rules: readonly GroupRule[], device: Judged): { readonly rule: GroupRule; readonly index: number } | undefined {
  if (device.keepsGroup === true) return undefined
  const index = rules.findIndex((rule) => fitsRule(rule, device))
  const rule = rules[index]
  return rule === undefined || rule.group === device.group ? undefined : { rule, index }
}
