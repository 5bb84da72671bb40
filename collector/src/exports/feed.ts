// The pull feed in the shape of the Office 365 Management Activity API: somebody subscribes to a content type, lists the
// contents that became available in a span of time, and fetches each of them: an array of records.
//
// A content is all records that were made within one minute and one block of 500 numbers. It is listed once the minute is
// over, so it never changes afterwards (unless a person in it is erased), and is there for seven days.
import type { ExportReader, OutboxDocument } from '../store/exports.ts'
import type { PersonFilter } from '../store/store.ts'
import type { AlertFinding, Finding } from './finding.ts'
import { toManagementActivity } from './formats/management-activity.ts'
import { withName } from './document.ts'
import type { User } from '../domain/people/user.ts'

export const CONTENT_TYPE = 'Audit.General'
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
export const KEPT_MS = 7 * DAY_MS
export const WIDEST_MS = DAY_MS
const BLOCK = 500
/** Rows looked at for one page of a list. */
const PAGE_ROWS = 2000

export interface FeedContent {
  readonly contentId: string
  readonly createdAtMs: number
  readonly expiresAtMs: number
}

const keyOf = ({ seq, madeAtMs }: OutboxDocument): string => `${Math.floor(madeAtMs / MINUTE_MS)}.${Math.floor(seq / BLOCK)}`

/**
 * Contents that became available in a span of time.
 *
 * @param fromMs inclusive, of the end of a content's minute
 * @param toMs exclusive
 * @param afterSeq from an earlier page
 * @returns `nextSeq` when there is more
 */
export async function listContents(store: ExportReader, query: { readonly fromMs: number; readonly toMs: number; readonly nowMs: number; readonly afterSeq: number; readonly visible?: PersonFilter }): Promise<{ readonly items: readonly FeedContent[]; readonly nextSeq?: number }> {
  const floor = (ms: number): number => Math.floor(ms / MINUTE_MS) * MINUTE_MS
  // A minute that ends at `from` belongs to it.
  const madeFrom = Math.ceil(query.fromMs / MINUTE_MS) * MINUTE_MS - MINUTE_MS
  const madeTo = Math.min(Math.ceil(query.toMs / MINUTE_MS) * MINUTE_MS - MINUTE_MS, floor(query.nowMs))
  if (madeTo <= madeFrom) return { items: [] }
  const rows = (await store.outboxMade({ fromMs: madeFrom, toMs: madeTo, firstSeq: query.afterSeq + 1, limit: PAGE_ROWS, ...(query.visible === undefined ? {} : { visible: query.visible }) }))
  const groups = [...Map.groupBy(rows, keyOf).values()]
  // The last group of a full page may go on; it comes whole with the next page.
  const whole = rows.length === PAGE_ROWS && groups.length > 1 ? groups.slice(0, -1) : groups
  const items = whole.flatMap((group): readonly FeedContent[] => {
    const [first] = group
    const last = group.at(-1)
    // Cases have no record in this feed.
    if (first === undefined || last === undefined || group.every(({ kind }) => kind === 'case')) return []
    const createdAtMs = floor(first.madeAtMs) + MINUTE_MS
    return [{ contentId: `${first.seq}-${last.seq}`, createdAtMs, expiresAtMs: createdAtMs + KEPT_MS }]
  })
  const end = whole.at(-1)?.at(-1)?.seq
  return { items, ...(rows.length === PAGE_ROWS && end !== undefined ? { nextSeq: end } : {}) }
}

export type ContentResult = { readonly kind: 'content'; readonly records: readonly Readonly<Record<string, unknown>>[] } | { readonly kind: 'expired' } | { readonly kind: 'none' }

/** The records of a content. @param users those whose names readers are told; absent: nobody's */
export async function readContent(store: ExportReader, contentId: string, nowMs: number, visible?: PersonFilter, users?: (ids: readonly string[]) => Promise<readonly User[]>): Promise<ContentResult> {
  const found = /^(\d{1,15})-(\d{1,15})$/.exec(contentId)
  const [firstSeq, lastSeq] = [Number(found?.[1]), Number(found?.[2])]
  if (found === null || lastSeq < firstSeq || lastSeq - firstSeq >= BLOCK) return { kind: 'none' }
  const rows = await store.outboxMade({ firstSeq, lastSeq, limit: BLOCK, ...(visible === undefined ? {} : { visible }) })
  const newest = rows.at(-1)
  if (newest === undefined || Math.floor(newest.madeAtMs / MINUTE_MS) >= Math.floor(nowMs / MINUTE_MS)) return { kind: 'none' }
  if (newest.madeAtMs + KEPT_MS < nowMs) return { kind: 'expired' }
  const findings = rows.map(({ document }) => JSON.parse(document) as Finding).filter((finding): finding is AlertFinding => finding.kind === 'alert')
  const known = new Map((users === undefined ? [] : await users([...new Set(findings.map(({ user }) => user.id))])).map((user) => [user.id, user]))
  return { kind: 'content', records: findings.map((finding) => toManagementActivity(withName(finding, known.get(finding.user.id)) as AlertFinding)) }
}
