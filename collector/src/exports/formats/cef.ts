// Common Event Format, version 0 of the header, one line. `|` and `\` are escaped in the header, `=` and `\` in the
// extension, line breaks in both: no value can begin a field or a record of its own.
import { bothIds } from '../../domain/risk/techniques.ts'
import { type Finding, findingId, headline, indicatorsOf } from '../finding.ts'

/** CEF's numbers: 0 to 3 low, 4 to 6 medium, 7 to 8 high. */
const severities = { low: 3, medium: 6, high: 8 } as const

const breaks = (text: string): string => text.replaceAll(/\r\n|[\r\n\u0085\u2028\u2029]/g, String.raw`\n`).replaceAll(/\p{Cc}/gu, ' ')
const header = (text: string): string => breaks(text.replaceAll('\\', '\\\\').replaceAll('|', '\\|')).replaceAll(String.raw`\n`, ' ')
const value = (text: string): string => breaks(text.replaceAll('\\', '\\\\').replaceAll('=', '\\='))

/** Longest value of an extension field; CEF's dictionary gives 1,023 for messages and 4,000 for custom strings. */
const MAX_VALUE = 1023

function extensionOf(finding: Finding): readonly (readonly [string, string | number | undefined])[] {
  const custom: (readonly [string, string])[] =
    finding.kind === 'alert'
      ? [['Policy', finding.policy.name], ['Indicators', indicatorsOf(finding).join(' ')], ['Techniques', [...new Set([...bothIds(finding.techniques).now, ...bothIds(finding.techniques).before])].join(' ')], ['Trigger', finding.trigger.reason], ['Case', finding.caseId ?? ''], ['Reasons', finding.parts.map((part) => `${part.points} ${part.reason}`).join(' ')]]
      : [['Case', finding.name], ['Alerts', finding.alerts.map((one) => one.id).join(' ')], ['Outcome', finding.outcome ?? '']]
  const top = finding.kind === 'alert' ? finding.activities[0] : undefined
  return [
    ['rt', finding.atMs], ['start', finding.kind === 'alert' ? finding.firstActivityAtMs : finding.createdAtMs], ['end', finding.kind === 'alert' ? finding.lastActivityAtMs : undefined], ['externalId', findingId(finding)], ['suid', finding.user.id], ['suser', finding.user.name],
    ['act', finding.change], ['outcome', finding.status], ['shost', top?.device?.name], ['filePath', top?.file?.path], ['fsize', top?.file?.sizeBytes], ['fileHash', top?.file?.sha256], ['sproc', top?.process?.name], ['request', finding.url], ['msg', headline(finding)],
    ['cn1Label', 'Risk score'], ['cn1', finding.score], ['cn2Label', 'Revision'], ['cn2', finding.revision],
    ...custom.flatMap(([label, text], index) => (text === '' ? [] : ([[`cs${index + 1}Label`, label], [`cs${index + 1}`, text]] as const))),
  ]
}

/** One CEF record without a line break. */
export function toCef(finding: Finding): string {
  const signature = finding.kind === 'alert' ? finding.policy.template : 'case'
  const name = finding.kind === 'alert' ? `${finding.policy.name} ${finding.change}` : `Case ${finding.change}`
  const extension = extensionOf(finding).flatMap(([key, text]) => (text === undefined ? [] : [`${key}=${value(String(text).slice(0, MAX_VALUE))}`]))
  return `CEF:0|Holdfast|Holdfast|${header(finding.productVersion)}|${header(signature)}|${header(name)}|${severities[finding.severity]}|${extension.join(' ')}`
}
