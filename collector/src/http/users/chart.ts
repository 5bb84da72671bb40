// The chart of one user over a range of days, for whoever may see it: of the user, and of a case.
import { EVENT_DAYS, readEvents, readPicture } from '../../analysis/user-picture.ts'
import type { User } from '../../domain/people/user.ts'
import { dayOf } from '../../domain/risk/insight.ts'
import type { HttpDeps } from '../context.ts'
import { InvalidRequest } from '../error-response.ts'
import type { Names } from '../names.ts'
import { presentPicture } from './present.ts'
import type { UserChart } from './schema.ts'

const CHART_DAYS = 90
/** As far back as anything is scored. */
const MOST_DAYS = 240

/**
 * @param range `YYYY-MM-DD`, both inclusive; by default the last 90 days
 * @param triggers whether triggering events may be known
 * @throws REQUEST_INVALID when the range ends before it begins or is longer than 240 days
 */
export async function chartOf({ store, detection, now }: Pick<HttpDeps, 'store' | 'detection' | 'now'>, user: User, range: { readonly from?: string; readonly to?: string }, { triggers, names }: { readonly triggers: boolean; readonly names: Names }): Promise<UserChart> {
  const to = range.to === undefined ? dayOf(now()) : dayOf(Date.parse(range.to))
  const from = range.from === undefined ? to - CHART_DAYS : dayOf(Date.parse(range.from))
  const days = to - from + 1
  if (days < 1 || days > MOST_DAYS) throw new InvalidRequest([{ pointer: '/querystring/from', detail: `must lie 0 to ${MOST_DAYS - 1} days before to` }])
  const picture = await readPicture(store, detection.compiled, { userId: user.id, from, to, triggers })
  const events = days > EVENT_DAYS ? undefined : (await readEvents(store, detection.compiled, picture, user.id)) ?? null
  return presentPicture(picture, user, { triggers, ...(events === undefined ? {} : { events }) }, names)
}
