// What an alert of another security product is about, by the ATT&CK ids that it names and by its own category.
//
// Sources: the categories of Microsoft Defender alerts as their API documents them; ATT&CK ids where a product gives
// some, former and present; rule groups of Wazuh and rule tags of Falco as their documentation lists them.

export type AlertFamily = 'defence_evasion' | 'unwanted_software' | 'other' | 'refuted'

/** Beginnings of technique ids: Impair Defenses and what it became, Indicator Removal, Masquerading. */
const evasionTechniques = ['T1562', 'T1685', 'T1686', 'T1688', 'T1689', 'T1690', 'T1070', 'T1036', 'T1564', 'T1055', 'T1014', 'T1112', 'T1222'] as const
const evasionWords = ['defenseevasion', 'defenceevasion', 'impairdefense', 'impairdefence', 'tampering', 'tamperprotection', 'antivirusdisabled', 'rootcheck', 'logclear', 'auditdisabled', 'disabledsecurity', 'protectionoff'] as const
const softwareWords = ['unwantedsoftware', 'malware', 'ransomware', 'virus', 'trojan', 'backdoor', 'exploitkit', 'exploittool', 'hacktool', 'pua', 'potentiallyunwanted', 'spyware', 'adware', 'infected', 'worm', 'cryptominer', 'coinminer', 'clamd', 'yara'] as const

const squeeze = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase().replaceAll(/[^a-z0-9]+/g, '') : '')
const word = (words: readonly string[], text: string): boolean => text !== '' && words.some((one) => text.includes(one))

/** @param detail of an activity `security_alert_raised` @returns `refuted` when somebody judged it to be no true alert */
export function alertFamily(detail: Readonly<Record<string, unknown>> | undefined): AlertFamily {
  const verdict = detail?.['verdict']
  if (verdict === 'false_positive' || verdict === 'expected') return 'refuted'
  const attack = typeof detail?.['attack'] === 'string' ? detail['attack'] : ''
  const category = squeeze(detail?.['category'])
  if (word(evasionWords, category)) return 'defence_evasion'
  if (word(softwareWords, category) || detail?.['source'] === 'clamav') return 'unwanted_software'
  if (attack.split(/[\s,;]+/).some((id) => evasionTechniques.some((technique) => id === technique || id.startsWith(`${technique}.`)))) return 'defence_evasion'
  return word(softwareWords, squeeze(detail?.['title'])) ? 'unwanted_software' : 'other'
}
