// Pages of users, with the filters of the list of users.
import type { User } from '../../domain/people/user.ts'
import type { Page, UserQuery } from '../store.ts'
import { Conditions, page } from './conditions.ts'
import type { Connection } from './connection.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import * as rows from './rows.ts'

const OPEN = "('needs_review', 'confirmed')"
/** The strongest alert that nobody has closed, of everybody who has one. */
const RISK = `LEFT JOIN (SELECT person AS who, max(score) AS risk FROM alert INDEXED BY alert_queue WHERE status IN ${OPEN} GROUP BY person) r ON r.who = person.k`

function conditionsOf({ search, withAlerts, visible, withOpenAlerts, triggeredSinceMs, scoredByHandAtMs, ids, highImpactReports, levels, inCase, kind }: UserQuery): Conditions {
  const filter = new Conditions()
  filter.seen(visible, 'person.k')
  if (search !== undefined) filter.add('(pseudonym = upper(?) OR person.id = ? OR person.k IN (SELECT i.person FROM identity i WHERE i.value = lower(?)))', search, search, search)
  if (withAlerts === true) filter.add('person.k IN (SELECT person FROM alert)')
  if (withOpenAlerts === true) filter.add(`person.k IN (SELECT person FROM alert WHERE status IN ${OPEN})`)
  if (triggeredSinceMs !== undefined) filter.add("person.k IN (SELECT person FROM trigger_event t WHERE max(t.at, coalesce(CAST(t.doc ->> '$.untilMs' AS BIGINT), 0)) >= ?)", triggeredSinceMs)
  if (scoredByHandAtMs !== undefined) filter.add("person.k IN (SELECT person FROM trigger_event t WHERE t.kind = 'manual' AND CAST(t.doc ->> '$.untilMs' AS BIGINT) > ?)", scoredByHandAtMs)
  if (ids !== undefined) filter.add('person.id IN (SELECT value FROM each_text(?))', JSON.stringify(ids))
  if (highImpactReports !== undefined) filter.add("(CAST(person.doc ->> '$.privileged' AS BOOLEAN) OR CAST(person.doc ->> '$.reports' AS BIGINT) >= ?)", highImpactReports)
  if (levels !== undefined) filter.add("person.k IN (SELECT l.person FROM risk_level l WHERE l.level IN (SELECT value FROM each_text(?)))", JSON.stringify(levels))
  if (inCase === true) filter.add("person.k IN (SELECT person FROM case_file WHERE status = 'active')")
  if (kind !== undefined) filter.add('person.kind = ?', kind)
  return filter
}

/** One page, in the order in which people were first seen or by their open alerts, the strongest first. */
export async function userPage(db: Connection, query: UserQuery): Promise<Page<User>> {
  const filter = conditionsOf(query)
  const { limit, cursor } = query
  const total = (await db.get<{ n: number }>(`SELECT count(*) AS n FROM person${filter.where()}`, ...filter.values))?.n ?? 0
  if (query.byRisk === true) {
    if (cursor !== undefined) {
      const { value, id } = decodeCursor(cursor)
      filter.add('(-coalesce(r.risk, 0), person.id) > (?, ?)', -value, id)
    }
    const found = await db.all<rows.PersonRow & { risk: number }>(`SELECT ${rows.PERSON_COLUMNS}, coalesce(r.risk, 0) AS risk FROM person ${RISK}${filter.where()} ORDER BY -coalesce(r.risk, 0), person.id LIMIT ?`, ...filter.values, limit + 1)
    return { ...page(found, limit, rows.toUser, (row) => encodeCursor(row.risk, row.id)), total }
  }
  if (cursor !== undefined) filter.add('person.k > ?', decodeCursor(cursor).value)
  const found = await db.all<rows.PersonRow>(`SELECT ${rows.PERSON_COLUMNS} FROM person${filter.where()} ORDER BY person.k LIMIT ?`, ...filter.values, limit + 1)
  return { ...page(found, limit, rows.toUser, (row) => encodeCursor(row.k, row.id)), total }
}
