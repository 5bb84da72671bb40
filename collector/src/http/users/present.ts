// The picture of a user's time as the API gives it: days and instants as text, texts without names.
import { pointOf, type PictureEvent, type PicturePoint, type UserPicture } from '../../analysis/user-picture.ts'
import type { User } from '../../domain/people/user.ts'
import type { Insight } from '../../domain/risk/insight.ts'
import { severityOf } from '../../domain/risk/score.ts'
import { dayText } from '../../domain/risk/words.ts'
import { hiddenNames, type Names } from '../names.ts'
import type { UserChart } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const severity = (score: number) => (score > 0 ? { severity: severityOf(score) } : {})

const presentPicturePoint = ({ day, firstAtMs, lastAtMs, ...point }: PicturePoint): UserChart['points'][number] => ({ day: dayText(day), ...point, ...severity(point.score), firstAt: iso(firstAtMs), lastAt: iso(lastAtMs) })

/** By the indicator's own thresholds, since no policy is asked. */
export const presentPoint = (insight: Insight): UserChart['points'][number] => presentPicturePoint(pointOf(insight))

/** @param triggers whether triggering events may be known; `events` undefined when the range is long, null when there are too many */
export function presentPicture(picture: UserPicture, user: User | undefined, { triggers, events }: { readonly triggers: boolean; readonly events?: readonly PictureEvent[] | null }, names: Names = hiddenNames): UserChart {
  return {
    from: dayText(picture.from), to: dayText(picture.to), points: picture.points.map(presentPicturePoint),
    sequences: picture.sequences.map(({ day, points, alertIds, ...sequence }) => ({ ...sequence, day: dayText(day), ...severity(sequence.score), points: points.map((point) => ({ day: dayText(point.day), indicator: point.indicator })), alertIds: [...alertIds] })),
    markers: picture.markers.filter(({ kind }) => triggers || kind !== 'trigger').map(({ atMs, text, ...marker }) => ({ ...marker, at: iso(atMs), text: names.text(text, user) })),
    cumulative: picture.cumulative.map(({ day, ...rest }) => ({ day: dayText(day), ...rest })),
    ...(events === undefined ? {} : events === null ? { tooManyEvents: true } : { events: events.map(({ atMs, ...event }) => ({ ...event, at: iso(atMs), ...severity(event.score) })) }),
  }
}
