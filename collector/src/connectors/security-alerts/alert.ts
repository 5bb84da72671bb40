// One alert of another product, whatever product it is.
import { hash } from 'node:crypto'
import { type ActivityFact, type Fact, problem } from '../facts.ts'
import { isSystemName, normaliseName } from '../names.ts'

export type AlertSource = 'microsoft_graph' | 'wazuh' | 'falco' | 'osquery' | 'clamav'
export type AlertSeverity = 'low' | 'medium' | 'high'
export type AlertState = 'new' | 'in_progress' | 'resolved' | 'unknown'
export type Verdict = '' | 'true_positive' | 'false_positive' | 'expected'

/** People whom one alert may name. */
const MAX_PEOPLE = 10
const MAX_TITLE = 300

export interface OutsideAlert {
  readonly source: AlertSource
  readonly alertId: string
  readonly title: string
  readonly severity: AlertSeverity
  readonly status: AlertState
  readonly verdict: Verdict
  readonly category: string
  readonly attack: readonly string[]
  readonly host: string
  /** Undefined: the source did not say; the time of import stands for it. */
  readonly atMs: number | undefined
  readonly changedAtMs?: number
  /** As the source names them; accounts of the system are left out here. */
  readonly people: readonly string[]
  /** Whether a plain account that is not known is a real one, or may be anything that somebody typed. */
  readonly makePlain: boolean
}

const isTechnique = (text: string): boolean => /^T\d{4}(?:\.\d{3})?$/.test(text)
export const techniquesOf = (values: readonly unknown[]): readonly string[] => [...new Set(values.filter((value) => typeof value === 'string').map((value) => value.toUpperCase()).filter(isTechnique))]

/** The first three levels of severity that sources use, as ours. */
export function severityOf(text: string): AlertSeverity | undefined {
  const known: Readonly<Record<string, AlertSeverity>> = { high: 'high', critical: 'high', medium: 'medium', moderate: 'medium', low: 'low', informational: 'low', info: 'low', unknown: 'low', unknownfuturevalue: 'low' }
  return known[text.toLowerCase()]
}

/** One fact for each person; a person is told once for each status. */
export function factsOfAlert(alert: OutsideAlert, line: number, nowMs: number): readonly Fact[] {
  if (alert.alertId === '') return [problem(line, 'the alert has no id')]
  const people = [...new Set(alert.people.filter((name) => !isSystemName(name)).map(normaliseName))].slice(0, MAX_PEOPLE)
  const { source, alertId, severity, status, verdict } = alert
  const dismissed = verdict === 'false_positive' || verdict === 'expected'
  const triggers = severity === 'high' && status !== 'resolved' && !dismissed
  const atMs = alert.atMs ?? nowMs
  return (people.length === 0 ? [''] : people).map((who): ActivityFact => {
    const alertKey = `${source} ${alertId} ${who}`
    const state = dismissed ? `${status}/${verdict}` : status
    return {
      type: 'activity', line, who, unknown: alert.makePlain || who.includes('@') || who.includes('\\') ? 'make' : 'skip', kind: 'security_alert_raised', atMs,
      key: hash('sha256', JSON.stringify([alertKey, state, alert.changedAtMs ?? 0])),
      detail: { securityAlertRaised: { source, alertId: alertId.slice(0, 200), title: alert.title.slice(0, MAX_TITLE), severity, status, verdict, category: alert.category.slice(0, 100), attack: alert.attack.join(' '), host: alert.host.slice(0, 255) } },
      status: { alertKey, status: state, changedAtMs: alert.changedAtMs ?? atMs, withdrawn: dismissed },
      ...(triggers ? { trigger: { kind: 'security_alert' as const, key: alertKey, reason: `A security product raised a high-severity alert (${source.replaceAll('_', ' ')}).`, detail: { source, alertId: alertId.slice(0, 200), severity } } } : {}),
    }
  })
}
