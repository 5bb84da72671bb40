// What it means when a security feature is switched off: a class and a severity for each, by the prefix of its id.

import type { EventSeverity } from './severity.ts'

export type FeatureClass = 'protective' | 'hardening' | 'persistence' | 'housekeeping'


export interface FeatureJudgement {
  /** Beginning of the ids that it is for; the longest that fits counts. */
  readonly prefix: string
  readonly class: FeatureClass
  /** How much a person gains who switches it off, and how rarely ordinary work does. */
  readonly severity: EventSeverity
  /** Where the judgement comes from. */
  readonly source: string
}

const impair = (id: string): string => `ATT&CK ${id}`
const cis = (chapter: string): string => `CIS Debian Linux 12 Benchmark ${chapter}`
const KSPP = 'Kernel Self Protection Project, recommended settings'

/**
 * `protective` is what a person who wants to act unseen or unhindered switches off first: it alone may raise an alert.
 * `hardening` weakens the system without blinding anybody. `persistence` is a place where programs are made to start.
 *
 * Severity: `critical` blinds the detection of malware or the record of who did what, or opens the data at rest;
 * `high` opens the device to others, silences a log or gives rights away; `medium` removes one layer of several;
 * `low` is a setting that administration changes now and then. An event weighs by it: severity.ts.
 */
export const featureJudgements: readonly FeatureJudgement[] = [
  { prefix: 'antivirus.', class: 'protective', severity: 'critical', source: impair('T1685 (formerly T1562.001)') },
  { prefix: 'edr.', class: 'protective', severity: 'critical', source: impair('T1685 (formerly T1562.001)') },
  { prefix: 'audit.', class: 'protective', severity: 'critical', source: `${impair('T1685.004 (formerly T1562.012)')}; ${cis('6.2')}` },
  { prefix: 'audit.rules', class: 'protective', severity: 'high', source: `${impair('T1685.004 (formerly T1562.012)')}; ${cis('6.2.3')}: rules change with the software that they watch` },
  { prefix: 'disk.encryption', class: 'protective', severity: 'critical', source: 'NIST SP 800-111: what is not encrypted leaves with the disk' },
  { prefix: 'firewall.', class: 'protective', severity: 'high', source: `${impair('T1686 (formerly T1562.004)')}; ${cis('4')}` },
  { prefix: 'logging.', class: 'protective', severity: 'high', source: `${impair('T1685 (formerly T1562.001)')}, T1685.006 (formerly T1070.002); ${cis('6.1')}` },
  { prefix: 'mac.', class: 'protective', severity: 'high', source: `${impair('T1685 (formerly T1562.001)')}; ${cis('1.3')}` },
  { prefix: 'shell.', class: 'protective', severity: 'high', source: impair('T1690 (formerly T1562.003)') },

  { prefix: 'privilege.', class: 'hardening', severity: 'high', source: `${impair('T1548.003')}; ${cis('5.2')}` },
  { prefix: 'preload', class: 'hardening', severity: 'high', source: impair('T1574.006') },
  { prefix: 'pam.', class: 'hardening', severity: 'high', source: `${impair('T1556.003')}; ${cis('5.3')}` },
  { prefix: 'ssh.permit_empty_passwords', class: 'hardening', severity: 'high', source: `${impair('T1556')}; ${cis('5.1')}` },
  { prefix: 'ssh.permit_root_login', class: 'hardening', severity: 'high', source: `${impair('T1021.004')}; ${cis('5.1')}` },
  { prefix: 'kernel.lockdown', class: 'hardening', severity: 'high', source: KSPP },
  { prefix: 'kernel.module_signatures', class: 'hardening', severity: 'high', source: `${impair('T1547.006')}; ${KSPP}` },
  { prefix: 'kernel.randomize_va_space', class: 'hardening', severity: 'high', source: `${KSPP}; ${cis('1.5')}` },
  { prefix: 'accounts.', class: 'hardening', severity: 'medium', source: cis('5.4') },
  { prefix: 'screen.', class: 'hardening', severity: 'medium', source: `${cis('1.7')}: an unlocked screen is somebody else’s account` },
  { prefix: 'updates.', class: 'hardening', severity: 'medium', source: cis('1.2') },
  { prefix: 'ssh.', class: 'hardening', severity: 'medium', source: cis('5.1') },
  { prefix: 'ssh.x11_forwarding', class: 'hardening', severity: 'low', source: cis('5.1') },
  { prefix: 'ssh.max_auth_tries', class: 'hardening', severity: 'low', source: cis('5.1') },
  { prefix: 'ssh.allow_tcp_forwarding', class: 'hardening', severity: 'low', source: cis('5.1') },
  { prefix: 'kernel.', class: 'hardening', severity: 'medium', source: `${KSPP}; ${cis('1.5')}` },
  { prefix: 'kernel.net.', class: 'hardening', severity: 'low', source: cis('3.3') },
  { prefix: 'kernel.sysrq', class: 'hardening', severity: 'low', source: KSPP },
  { prefix: 'kernel.dmesg_restrict', class: 'hardening', severity: 'low', source: KSPP },
  { prefix: 'kernel.perf_event_paranoid', class: 'hardening', severity: 'low', source: KSPP },
  { prefix: 'kernel.modules_disabled', class: 'hardening', severity: 'low', source: KSPP },

  { prefix: 'persistence.', class: 'persistence', severity: 'medium', source: impair('T1053, T1543 and T1546') },
]

const longestFirst = featureJudgements.toSorted((a, b) => b.prefix.length - a.prefix.length)
const unknownFeature: FeatureJudgement = { prefix: '', class: 'housekeeping', severity: 'low', source: 'no row names it' }
const known = new Map<string, FeatureJudgement>()
/** Ids come from devices: more than an agent knows are not remembered. */
const REMEMBERED = 1000

/** @returns `housekeeping` and `low` for a feature that no row names */
export function judgeFeature(id: string): FeatureJudgement {
  const before = known.get(id)
  if (before !== undefined) return before
  const found = longestFirst.find(({ prefix }) => id.startsWith(prefix)) ?? unknownFeature
  if (known.size < REMEMBERED) known.set(id, found)
  return found
}

/** @returns `housekeeping` for a feature that no row names */
export const featureClass = (id: string): FeatureClass => judgeFeature(id).class
/** @returns `low` for a feature that no row names */
export const featureSeverity = (id: string): EventSeverity => judgeFeature(id).severity
