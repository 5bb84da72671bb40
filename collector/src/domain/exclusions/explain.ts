// What a rule of a judgement says, in words: for the page of an activity, for alerts and for a test of the settings.
import { defaultExclusions } from './default-exclusions.ts'
import { explainAllowedMedium, type MediaAllowances, noAllowances } from './allowed-media.ts'
import type { DomainInput } from './domain-pattern.ts'
import type { DetectionSettings } from './settings.ts'

const text = (entry: unknown): string => {
  if (typeof entry === 'string') return entry
  const fields = Object.entries(entry as Readonly<Record<string, unknown>>).map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(' or ') : String(value)}`)
  return fields.join(', ')
}
const domainText = (entry: DomainInput | undefined): string => (entry === undefined ? '' : typeof entry === 'string' ? entry : entry.multiLevel === true ? `**.${entry.domain.replace(/^\*\*?\./, '')}` : entry.domain)

const words: Readonly<Record<string, string>> = { fileTypes: 'the file type', paths: 'the path', keywords: 'what', sensitiveTypes: 'the sensitive type', applications: 'the application', media: 'the medium', features: 'the planned change', domains: 'the domain' }

/** One sentence. A rule that the settings no longer have is named as it is. */
export function explainRule(rule: string, settings: DetectionSettings, allowances: MediaAllowances = noAllowances): string {
  const allowed = explainAllowedMedium(rule, allowances)
  if (allowed !== undefined) return allowed
  if (rule.startsWith('default:')) return defaultExclusions.find(({ id }) => id === rule.slice(8))?.why ?? rule
  const [, group, place = '', list = '', index = ''] = /^(?:groups\.(.+)\.)?((?:domains\.)?(\w+))\[(\d+)\]$/.exec(rule) ?? []
  const at = Number(index)
  if (place.startsWith('domains.')) {
    const entry = (settings.domains as Readonly<Record<string, readonly DomainInput[]>>)[list]?.[at]
    return `The domain ${domainText(entry)} is listed as ${list === 'thirdParty' ? 'third-party' : list}.`
  }
  const lists = group === undefined ? settings.exclusions : settings.groups.find(({ name }) => name === group)
  const entry = (lists as unknown as Readonly<Record<string, readonly unknown[]>> | undefined)?.[list]?.[at]
  if (entry === undefined) return rule
  return `${group === undefined ? 'The settings' : `The group ${group}`} ${group === undefined ? 'leave' : 'leaves'} out ${words[list] ?? list} ${list === 'domains' ? domainText(entry as DomainInput) : text(entry)}.`
}
