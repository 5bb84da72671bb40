// What it means when a security feature is switched off: a class for each, by the prefix of its id.

export type FeatureClass = 'protective' | 'hardening' | 'persistence' | 'housekeeping'

/**
 * `protective` is what a person who wants to act unseen or unhindered switches off first: it alone may raise an alert.
 * `hardening` weakens the system without blinding anybody. `persistence` is a place where programs are made to start.
 * Source: MITRE ATT&CK T1562 (Impair Defenses) and its sub-techniques for the first class
 * (.003 is the shell's history); CIS Debian Linux 12
 * Benchmark chapters 1 to 5 for the second; T1053, T1543 and T1546 for the third.
 */
export const featureClasses: readonly (readonly [prefix: string, featureClass: FeatureClass])[] = [
  ['firewall.', 'protective'],
  ['audit.', 'protective'],
  ['logging.', 'protective'],
  ['mac.', 'protective'],
  ['antivirus.', 'protective'],
  ['edr.', 'protective'],
  ['shell.', 'protective'],
  ['disk.encryption', 'protective'],
  ['kernel.', 'hardening'],
  ['ssh.', 'hardening'],
  ['screen.', 'hardening'],
  ['privilege.', 'hardening'],
  ['pam.', 'hardening'],
  ['accounts.', 'hardening'],
  ['preload', 'hardening'],
  ['updates.', 'hardening'],
  ['persistence.', 'persistence'],
]

/** @returns `housekeeping` for a feature that no row names */
export const featureClass = (id: string): FeatureClass => featureClasses.find(([prefix]) => id.startsWith(prefix))?.[1] ?? 'housekeeping'
