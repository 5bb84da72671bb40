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
  { prefix: 'audit.configuration', class: 'protective', severity: 'high', source: `${impair('T1685.004 (formerly T1562.012)')}; ${cis('6.2.4')}: settings with which records are lost` },
  { prefix: 'audit.rule_files', class: 'protective', severity: 'high', source: `${impair('T1685.004 (formerly T1562.012)')}; ${cis('6.2.3')}` },
  { prefix: 'antivirus.attack_surface_reduction', class: 'protective', severity: 'high', source: `${impair('T1685 (formerly T1562.001)')}; Microsoft security baseline for Windows 11` },
  { prefix: 'antivirus.defender_preferences', class: 'protective', severity: 'high', source: `${impair('T1685 (formerly T1562.001)')}; Microsoft security baseline for Windows 11` },
  { prefix: 'edr.filebeat', class: 'protective', severity: 'high', source: `${impair('T1685 (formerly T1562.001)')}: it carries logs, and detects nothing itself` },
  { prefix: 'edr.splunk', class: 'protective', severity: 'high', source: `${impair('T1685 (formerly T1562.001)')}: it carries logs, and detects nothing itself` },
  { prefix: 'edr.fail2ban', class: 'protective', severity: 'medium', source: `${impair('T1685 (formerly T1562.001)')}: it slows guessing, and sees nothing else` },
  { prefix: 'edr.usbguard', class: 'protective', severity: 'high', source: `${impair('T1685 (formerly T1562.001)')}; T1052.001: without it any stick is let in` },
  { prefix: 'disk.bitlocker', class: 'protective', severity: 'critical', source: 'NIST SP 800-111: what is not encrypted leaves with the disk' },
  { prefix: 'disk.filevault', class: 'protective', severity: 'critical', source: 'NIST SP 800-111: what is not encrypted leaves with the disk' },
  { prefix: 'disk.encryption', class: 'protective', severity: 'critical', source: 'NIST SP 800-111: what is not encrypted leaves with the disk' },
  { prefix: 'firewall.', class: 'protective', severity: 'high', source: `${impair('T1686 (formerly T1562.004)')}; ${cis('4')}` },
  { prefix: 'firewall.ufw_logging', class: 'protective', severity: 'medium', source: `${impair('T1686 (formerly T1562.004)')}; ${cis('4')}: it refuses as before and writes nothing` },
  { prefix: 'firewall.ufw_rules', class: 'protective', severity: 'low', source: `${impair('T1686 (formerly T1562.004)')}: rules come and go with services` },
  { prefix: 'firewall.stealth', class: 'hardening', severity: 'low', source: 'CIS Apple macOS Benchmark 2.2' },
  { prefix: 'gatekeeper.', class: 'protective', severity: 'high', source: `${impair('T1553.001')}; CIS Apple macOS Benchmark 2.6` },
  { prefix: 'sip.', class: 'protective', severity: 'critical', source: `${impair('T1685 (formerly T1562.001)')}; CIS Apple macOS Benchmark 5.1` },
  { prefix: 'smartscreen.', class: 'protective', severity: 'high', source: `${impair('T1553.005')}; CIS Microsoft Windows 11 Benchmark 18.10` },
  { prefix: 'logging.configuration', class: 'protective', severity: 'medium', source: `${impair('T1685.001 (formerly T1562.002)')}; ${cis('6.1')}` },
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
  { prefix: 'uac.', class: 'hardening', severity: 'high', source: `${impair('T1548.002')}; CIS Microsoft Windows 11 Benchmark 2.3.17` },
  { prefix: 'credentials.', class: 'hardening', severity: 'high', source: `${impair('T1003.001')}; CIS Microsoft Windows 11 Benchmark 18.9.5` },
  { prefix: 'boot.', class: 'hardening', severity: 'high', source: `${impair('T1542')}; ${cis('1.4')}` },
  { prefix: 'binaries.', class: 'hardening', severity: 'high', source: `${impair('T1548.001, T1554 and T1036')}; ${cis('7.1')}` },
  { prefix: 'trust.', class: 'hardening', severity: 'high', source: impair('T1553.004') },
  { prefix: 'remote.', class: 'hardening', severity: 'medium', source: `${impair('T1021')}; CIS Apple macOS Benchmark 2.3` },
  { prefix: 'powershell.', class: 'hardening', severity: 'medium', source: `${impair('T1685.001 (formerly T1562.002)')}; CIS Microsoft Windows 11 Benchmark 18.10.87` },
  { prefix: 'packages.', class: 'hardening', severity: 'high', source: `${impair('T1195.002 and T1553')}; ${cis('1.2.1')}` },
  { prefix: 'packages.apt_sources', class: 'hardening', severity: 'low', source: `${cis('1.2.1')}: administration adds sources now and then` },
  { prefix: 'network.hosts', class: 'hardening', severity: 'medium', source: `${impair('T1685 (formerly T1562.001)')}: updates and signatures are cut off` },
  { prefix: 'time.sync', class: 'hardening', severity: 'medium', source: `${impair('T1070.006')}; ${cis('2.3')}: without a right clock no record proves anything` },
  { prefix: 'accounts.superusers', class: 'hardening', severity: 'high', source: `${impair('T1136.001 and T1098')}; ${cis('5.4.2')}` },
  { prefix: 'accounts.passwords', class: 'hardening', severity: 'high', source: `${impair('T1098')}; ${cis('7.2.2')}` },
  { prefix: 'preload.search_path', class: 'hardening', severity: 'medium', source: `${impair('T1574.006')}: packages bring folders of libraries` },
  { prefix: 'ssh.authorized_keys', class: 'persistence', severity: 'high', source: impair('T1098.004') },
  { prefix: 'ssh.authorized_keys_', class: 'hardening', severity: 'high', source: `${impair('T1098.004')}; ${cis('5.1')}` },
  { prefix: 'kernel.loaded_modules', class: 'hardening', severity: 'high', source: `${impair('T1547.006 and T1014')}; ${KSPP}` },
  { prefix: 'kernel.core_pattern', class: 'hardening', severity: 'high', source: `${impair('T1546')}; core(5): a program there runs as root` },
  { prefix: 'kernel.helpers', class: 'hardening', severity: 'high', source: `${impair('T1546')}: the kernel starts these as root` },
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

  { prefix: 'services.', class: 'housekeeping', severity: 'low', source: 'services come and go with administration' },
  { prefix: 'time.zone', class: 'housekeeping', severity: 'low', source: 'people travel' },
  { prefix: 'network.dns', class: 'housekeeping', severity: 'low', source: 'every network brings its own' },
  { prefix: 'network.vpn', class: 'housekeeping', severity: 'low', source: `${impair('T1572')}: a tunnel is work more often than not` },
  { prefix: 'privacy.', class: 'housekeeping', severity: 'low', source: 'CIS Apple macOS Benchmark 2.6: people grant these by a question of the system' },
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
