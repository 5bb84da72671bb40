// One point of a user's picture.
import { distinctFiles } from '../../domain/risk/distinct-files.ts'
import { amountOf, insightScore } from '../../domain/risk/evaluate.ts'
import { indicatorRow } from '../../domain/risk/indicators.ts'
import type { Insight } from '../../domain/risk/insight.ts'
import { severityOf } from '../../domain/risk/score.ts'
import { dayText } from '../../domain/risk/words.ts'
import type { UserChart } from './schema.ts'

/** By the indicator's own thresholds, since no policy is asked. */
export function presentPoint(insight: Insight): UserChart['points'][number] {
  const row = indicatorRow(insight.indicator)
  const score = row === undefined ? 0 : insightScore(amountOf(insight), row.thresholds)
  return {
    day: dayText(insight.day), indicator: insight.indicator, category: row?.category ?? 'context', label: row?.label ?? insight.indicator, events: insight.events, bytes: insight.bytes, files: row?.category === 'security' ? 0 : distinctFiles(insight.files), score,
    ...(score > 0 ? { severity: severityOf(score) } : {}), firstAt: new Date(insight.firstAtMs).toISOString(), lastAt: new Date(insight.lastAtMs).toISOString(),
  }
}
