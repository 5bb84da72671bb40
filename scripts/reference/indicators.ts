import { FILES_KEPT } from '@holdfast/collector/domain/risk/distinct-files.ts'
import { ALERT_LINE, BREADTH_POINTS, BREADTH_SIGNALS, CURVE, SENSITIVE_POINTS } from '@holdfast/collector/domain/risk/evaluate.ts'
import { INDICATOR_IDS, indicators, type IndicatorRow, type IndicatorWhere } from '@holdfast/collector/domain/risk/indicators.ts'
import { featureClasses } from '@holdfast/collector/domain/risk/security-features.ts'
import { unwantedApplications } from '@holdfast/collector/domain/risk/unwanted-applications.ts'
import { amountText } from '@holdfast/collector/domain/risk/words.ts'
import { code, codes, note, table } from './markdown.ts'

function condition(where: IndicatorWhere): string {
  const parts = [
    ...(where.location === undefined ? [] : [`location ${codes(where.location)}`]), ...(where.extensionChanged === undefined ? [] : ['the extension changed']), ...(where.encrypted === undefined ? [] : ['with a password']),
    ...(where.featureTo === undefined ? [] : [`a feature went to ${codes(where.featureTo)} from a known other state`]), ...(where.featureClass === undefined ? [] : [`class ${codes(where.featureClass)}`]),
    ...(where.application === undefined ? [] : [where.application === 'other' ? 'not one of the unwanted applications' : `class ${codes(where.application)}`]), ...(where.fresh === undefined ? [] : ['connected now, not there before the agent']),
  ]
  return parts.length === 0 ? 'all' : parts.join('; ')
}

const indicatorTable = (): string =>
  table(['indicator', 'counts', 'of', 'where', 'measure', 'low', 'medium', 'high', 'why these'], INDICATOR_IDS.map((id) => {
    const row: IndicatorRow = indicators[id]
    const { low, medium, high } = row.thresholds
    return [code(id), row.summary, codes(row.kinds), condition(row.where), row.measure, amountText(low, row.measure), amountText(medium, row.measure), amountText(high, row.measure), row.source]
  }))

export function indicatorsPage(): string {
  return [
    note('collector/src/domain/risk/'),
    `# Indicators\n\nAn indicator counts activities of one user on one UTC day. Its thresholds are the amounts of a day that score ${CURVE.low} (low), ${CURVE.medium} (medium) and ${CURVE.high} (high); three times the high one scores ${CURVE.tripleHigh}; between them the score rises in a straight line. A policy may switch an indicator off or give it other thresholds.\n\n`,
    `The measure \`files\` counts different files, by content where the agent knows it and by path otherwise: exactly up to ${FILES_KEPT - 1}, above that as an estimate.\n\n`,
    indicatorTable(),
    '\n## How a score is made\n\n',
    table(['points', 'for'], [
      [`0 to ${CURVE.tripleHigh}`, 'the strongest indicator of the activation window and the look-back before it'], [`${BREADTH_POINTS} each, at most ${BREADTH_SIGNALS} times`, 'every further indicator that reached its low threshold'], ['as the template says', 'a sequence: steps in order within its hours'], [String(SENSITIVE_POINTS), 'sensitive content in files that left'], ['negative', 'the cap: a score ends at 100, and the part that says so makes the points add up'],
    ]),
    `\nAn alert begins at ${ALERT_LINE.default} points; with the alert volume \`fewer\` at ${ALERT_LINE.fewer}, with \`more\` at ${ALERT_LINE.more}. Low is 1 to 33, medium 34 to 66, high 67 to 100.\n`,
    '\n## ATT&CK\n\n',
    table(['indicator', 'techniques, by present and former ids'], INDICATOR_IDS.map((id) => [code(id), indicators[id].attack.join(', ')])),
    '\n## Classes of security features\n\nBy the beginning of the feature’s id; what no row names is `housekeeping`.\n\n',
    table(['feature', 'class'], featureClasses.map(([prefix, featureClass]) => [code(`${prefix}${prefix.endsWith('.') ? '…' : ''}`), featureClass])),
    '\n## Unwanted applications\n\nBy the whole package name, in any letter case.\n\n',
    table(['class', 'names', 'source'], Object.entries(unwantedApplications).map(([name, row]) => [code(name), row.names.join(', '), row.source])),
  ].join('')
}
