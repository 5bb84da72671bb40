import { FILES_KEPT } from '@holdfast/collector/domain/risk/distinct-files.ts'
import { ALERT_LINE, BREADTH_POINTS, BREADTH_SIGNALS, CURVE, NEAR_USUAL_MORE, SENSITIVE_POINTS } from '@holdfast/collector/domain/risk/evaluate.ts'
import { INDICATOR_IDS, indicators, type IndicatorRow, type IndicatorWhere } from '@holdfast/collector/domain/risk/indicators.ts'
import { featureJudgements } from '@holdfast/collector/domain/risk/security-features.ts'
import { severityTenths } from '@holdfast/collector/domain/risk/severity.ts'
import { bandOf, bothIds, FREQUENCY_SOURCE, type TechniqueId, techniques } from '@holdfast/collector/domain/risk/techniques.ts'
import { unwantedApplications } from '@holdfast/collector/domain/risk/unwanted-applications.ts'
import { amountText } from '@holdfast/collector/domain/risk/words.ts'
import { code, codes, note, table } from './markdown.ts'

/** How each condition reads; a new one without a sentence does not compile. */
const sentences: { readonly [K in keyof IndicatorWhere]-?: (wanted: NonNullable<IndicatorWhere[K]>) => string } = {
  location: (wanted) => `location ${codes(wanted)}`,
  sourceLocation: (wanted) => `copied from ${codes(wanted)}`,
  extensionChanged: () => 'the extension changed',
  encrypted: () => 'with a password',
  featureTo: (wanted) => `a feature went to ${codes(wanted)} from a known other state`,
  featureClass: (wanted) => `class ${codes(wanted)}`,
  application: (wanted) => (wanted === 'other' ? 'none of the unwanted applications' : wanted === 'unwanted' ? 'one of the unwanted applications' : `class ${codes(wanted)}`),
  fresh: () => 'connected now, not there before the agent',
  domain: (wanted) => `the domain is listed as ${codes(wanted)}`,
  browser: (wanted) => (wanted ? 'by a browser' : 'not by a browser'),
  sensitive: () => 'with sensitive content',
  fileNames: (wanted) => `named ${codes(wanted)}`,
  label: (wanted) => `the label was ${wanted}`,
  detail: (wanted) => Object.entries(wanted).map(([field, values]) => `${code(field)} is ${values.map((value) => code(String(value))).join(' or ')}`).join('; '),
  priorityAsset: () => 'at a priority asset',
  alertFamily: (wanted) => `about ${codes(wanted)}`,
  amountOf: (wanted) => `the amount is ${code(wanted)}`,
  variantOf: (wanted) => `each ${code(wanted)} by itself`,
}

function condition({ where, afterDeparture }: IndicatorRow): string {
  const parts = (Object.keys(where) as (keyof IndicatorWhere)[]).map((key) => (sentences[key] as (wanted: unknown) => string)(where[key]))
  if (afterDeparture === true) parts.push('after the person’s last working day')
  return parts.length === 0 ? 'all' : parts.join('; ')
}

const bandTexts = ['none', 'under 5 %', '6 to 15 %', 'over 16 %'] as const

const indicatorTable = (): string =>
  table(['indicator', 'counts', 'category', 'of', 'where', 'measure', 'low', 'medium', 'high', 'why these', 'good to know'], INDICATOR_IDS.map((id) => {
    const row: IndicatorRow = indicators[id]
    const { low, medium, high } = row.thresholds
    return [code(id), row.summary, row.category, codes(row.kinds), condition(row), row.weigh === undefined ? row.measure : `${row.measure}, weighed by severity`, amountText(low, row.measure), amountText(medium, row.measure), amountText(high, row.measure), row.source, row.doc]
  }))

export function indicatorsPage(): string {
  return [
    note('collector/src/domain/risk/'),
    `# Indicators\n\nAn indicator counts activities of one user on one UTC day. Its thresholds are the amounts of a day that score ${CURVE.low} (low), ${CURVE.medium} (medium) and ${CURVE.high} (high); three times the high one scores ${CURVE.tripleHigh}; between them the score rises in a straight line. A policy may switch an indicator off or give it other thresholds.\n\n`,
    `The measure \`files\` counts different files, by content where the agent knows it and by path otherwise: exactly up to ${FILES_KEPT - 1}, above that as an estimate.\n\n`,
    indicatorTable(),
    '\n## How a score is made\n\n',
    table(['points', 'for'], [
      [`0 to ${CURVE.tripleHigh}`, 'the strongest indicator of the activation window and the look-back before it'], [`${BREADTH_POINTS} each, at most ${BREADTH_SIGNALS} times`, 'every further indicator that reached its low threshold'], ['negative, down to 12', 'what is taken off a day that is near what is usual for the user, or among others where the user is not known yet'], ['by their table', 'boosters, [policies](policies.md#boosters)'], ['10 to 25, or up to its own points', 'a sequence: steps in order on the same file, [policies](policies.md#sequences)'], ['5, or up to its own points', 'cumulative exfiltration: what left in 30 days'], [String(SENSITIVE_POINTS), 'sensitive content in files that left'], ['negative', 'the cap: a score ends at 100, and the part that says so makes the points add up'],
    ]),
    `\nAn alert begins at ${ALERT_LINE.default} points; with the alert volume \`fewer\` at ${ALERT_LINE.fewer}, with \`more\` at ${ALERT_LINE.more}; ${NEAR_USUAL_MORE} points higher where the first part is near what is usual. Low is 1 to 33, medium 34 to 66, high 67 to 100.\n`,
    '\n## ATT&CK\n\n',
    'Each indicator with its techniques by present id, the former ids where ATT&CK has moved them, and the most frequent of them in cases of insiders.\n\n',
    table(['indicator', 'present ids', 'former ids', 'in insider cases'], INDICATOR_IDS.map((id) => {
      const { now, before } = bothIds(indicators[id].attack)
      return [code(id), now.join(', '), before.join(', '), bandTexts[bandOf(indicators[id].attack)]]
    })),
    `\nThe techniques, and in how many cases of insiders they were seen (${FREQUENCY_SOURCE}; counted under the former ids):\n\n`,
    table(['technique', 'name', 'formerly', 'band', 'share of cases'], (Object.keys(techniques) as TechniqueId[]).map((id) => [id, techniques[id].name, bothIds([id]).before[0] ?? id, String(techniques[id].band), bandTexts[techniques[id].band]])),
    '\n## Severity\n\nOf indicators that are weighed by severity, an event counts as so many ordinary ones:\n\n',
    table(['severity', 'weight'], Object.entries(severityTenths).map(([severity, tenths]) => [severity, String(tenths / 10)])),
    '\n## Security features\n\nBy the beginning of the feature’s id, the longest that fits; what no row names is `housekeeping` and low.\n\n',
    table(['feature', 'class', 'severity', 'source'], featureJudgements.map(({ prefix, class: featureClass, severity, source }) => [code(`${prefix}${prefix.endsWith('.') ? '…' : ''}`), featureClass, severity, source])),
    '\n## Unwanted applications\n\nBy the whole name, in any letter case, without version and architecture behind it. What comes from the registry of a programming language (pip, npm, gem, cargo, …) counts only by the names that are written for it.\n\n',
    table(['class', 'what it does', 'severity', 'names', 'only from', 'program files', 'source'], Object.entries(unwantedApplications).map(([name, row]) => [code(name), row.summary, row.severity, row.names.join(', '), Object.entries(row.bySource ?? {}).map(([source, names]) => `${source}: ${names.join(', ')}`).join('; '), row.executables.join(', '), row.source])),
  ].join('')
}
