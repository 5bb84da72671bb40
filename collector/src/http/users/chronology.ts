// Everything that happened to and by one person, newest first. It is put together anew for each page: one person's days are few,
// and what is decided meanwhile moves nothing but itself.
import type { Alert } from '../../domain/cases/alert.ts'
import type { Case } from '../../domain/cases/case.ts'
import type { User } from '../../domain/people/user.ts'
import { headline } from '../../domain/risk/evaluate.ts'
import { dayOf } from '../../domain/risk/insight.ts'
import { severityOf } from '../../domain/risk/score.ts'
import { dayText } from '../../domain/risk/words.ts'
import { pointOf, sequencesIn } from '../../analysis/user-picture.ts'
import { CodedError } from '../../errors.ts'
import type { StoreReader } from '../../store/store.ts'
import { accountNames } from '../cases/present.ts'
import type { Names } from '../names.ts'
import type { ChronologyEntry, ChronologyKind } from './person-schema.ts'

const DAY_MS = 86_400_000
/** As far back as it goes; source: the published 180 days of the same page. */
export const CHRONOLOGY_DAYS = 180
const EVENTS_OF_A_CASE = 500

export interface ChronologyRequest {
  readonly user: User
  readonly kinds: ReadonlySet<ChronologyKind>
  readonly severities?: ReadonlySet<string>
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  readonly names: Names
  /** Cases that the asker may see. */
  readonly sees: (found: Case) => boolean
}

interface Entry extends ChronologyEntry {
  /** Tells entries of one instant apart; the same for the same entry. */
  readonly key: string
}

const iso = (ms: number): string => new Date(ms).toISOString()
const scored = (score: number) => (score > 0 ? { score, severity: severityOf(score) } : { score })

async function alertEntries(store: StoreReader, alerts: readonly Alert[], user: User, names: Names): Promise<readonly Entry[]> {
  const naming = await accountNames(store)
  const histories = await Promise.all(alerts.map((alert) => store.alertHistory(alert.id)))
  return alerts.flatMap((alert, index): readonly Entry[] => [
    { at: iso(alert.createdAtMs), kind: 'alert', key: `alert ${alert.id}`, what: 'created', text: names.text(headline(alert), user), score: alert.score, severity: alert.severity, alertId: alert.id, ...(alert.caseId === undefined ? {} : { caseId: alert.caseId }) },
    ...(histories[index] ?? []).flatMap((row, at): readonly Entry[] => (row.what === 'created' || row.what === 'updated' ? [] : [
      { at: iso(row.atMs), kind: 'decision', key: `decision ${alert.id} ${at}`, what: row.to ?? row.what, text: names.text(row.note ?? '', user), severity: alert.severity, alertId: alert.id, actor: naming(row.actorId).name },
    ])),
  ])
}

async function caseEntries(store: StoreReader, { user, names, sees }: ChronologyRequest): Promise<readonly Entry[]> {
  const naming = await accountNames(store)
  const { items } = await store.cases({ userId: user.id, limit: 200, sort: 'opened_at', descending: true })
  const seen = items.filter(sees)
  const events = await Promise.all(seen.map((found) => store.caseEvents({ caseId: found.id, limit: EVENTS_OF_A_CASE })))
  return seen.flatMap((found, index) => (events[index]?.items ?? []).map((event, at): Entry => ({ at: iso(event.atMs), kind: 'case', key: `case ${found.id} ${(events[index]?.items.length ?? 0) - at}`, what: event.what, text: names.text(found.name, user), caseId: found.id, actor: naming(event.actorId).name })))
}

/** @returns everything of the range, newest first */
async function entriesOf(store: StoreReader, request: ChronologyRequest): Promise<readonly Entry[]> {
  const { user, kinds, names, fromMs, toMs, severities } = request
  const from = dayOf(fromMs)
  const to = dayOf(toMs - 1)
  const [insights, alerts, triggers] = await Promise.all([
    kinds.has('insight') || kinds.has('sequence') ? store.insights(user.id, from - 4, to + 4) : [], kinds.has('alert') || kinds.has('decision') || kinds.has('sequence') ? store.alertsOfUser(user.id) : [], kinds.has('trigger') ? store.triggersOf(user.id) : [],
  ])
  const found: readonly Entry[] = [
    ...(await alertEntries(store, alerts, user, names)),
    ...triggers.map((trigger): Entry => ({ at: iso(trigger.atMs), kind: 'trigger', key: `trigger ${trigger.id}`, what: trigger.kind, text: names.text(trigger.kind === 'manual' && typeof trigger.detail['reason'] === 'string' ? trigger.detail['reason'] : trigger.reason, user) })),
    ...(kinds.has('sequence') ? sequencesIn(insights, from, to, alerts).map((sequence): Entry => ({ at: iso(sequence.day * DAY_MS + DAY_MS / 2), kind: 'sequence', key: `sequence ${sequence.id}`, what: sequence.id, text: sequence.label, events: sequence.files, day: dayText(sequence.day), ...scored(sequence.score), ...(sequence.alertIds[0] === undefined ? {} : { alertId: sequence.alertIds[0] }) })) : []),
    ...insights.map((insight): Entry => {
      const point = pointOf(insight)
      return { at: iso(insight.firstAtMs), kind: 'insight', key: `insight ${insight.indicator}`, what: insight.indicator, text: point.label, events: insight.events, day: dayText(insight.day), indicator: insight.indicator, ...scored(point.score) }
    }),
    ...(kinds.has('case') ? await caseEntries(store, request) : []),
  ]
  const begin = iso(fromMs)
  const end = iso(toMs)
  return found
    .filter((entry) => kinds.has(entry.kind) && entry.at >= begin && entry.at < end && (severities === undefined || (entry.severity !== undefined && severities.has(entry.severity))))
    .toSorted((a, b) => (a.at === b.at ? (a.key < b.key ? -1 : 1) : a.at < b.at ? 1 : -1))
}

/** One page. The cursor names the last entry of the page before. @throws REQUEST_INVALID */
export async function chronologyPage(store: StoreReader, request: ChronologyRequest, limit: number, cursor: string | undefined): Promise<{ readonly items: readonly ChronologyEntry[]; readonly total: number; readonly nextCursor?: string }> {
  const all = await entriesOf(store, request)
  let start = 0
  if (cursor !== undefined) {
    const [at, key] = Buffer.from(cursor, 'base64url').toString().split('\n')
    if (at === undefined || key === undefined || Number.isNaN(Date.parse(at))) throw new CodedError('REQUEST_INVALID')
    const next = all.findIndex((entry) => entry.at < at || (entry.at === at && entry.key > key))
    start = next === -1 ? all.length : next
  }
  const page = all.slice(start, start + limit)
  const last = page.at(-1)
  return { items: page.map(({ key: _key, ...entry }) => entry), total: all.length, ...(last === undefined || start + limit >= all.length ? {} : { nextCursor: Buffer.from(`${last.at}\n${last.key}`).toString('base64url') }) }
}
