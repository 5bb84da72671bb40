// What the chart shows, as data: bubbles out of the API's answer, filtered, in the order in which the keyboard walks them.
import type { UserChart } from '@holdfast/collector/contract'
import { CATEGORIES, type Category, type Level } from './looks.ts'

export type ChartPoint = UserChart['points'][number]
export type ChartSequence = UserChart['sequences'][number]
export type ChartEvent = NonNullable<UserChart['events']>[number]
export type ChartMarker = UserChart['markers'][number]

const HOUR_MS = 3_600_000
const NOON_MS = 12 * HOUR_MS
/** What of a picture is worth a look; source: the published filter of the same chart. */
export const RISKY_SCORE = 15
export const RISKS = ['all', 'score', 'sequence'] as const
export const REVIEWS = ['all', 'open', 'done'] as const
export const VIEWS = ['bubbles', 'cumulative'] as const
export const LOOKS = ['category', 'level'] as const

export interface ChartFilter {
  readonly risk: (typeof RISKS)[number]
  /** Empty: all. */
  readonly categories: readonly Category[]
  readonly review: (typeof REVIEWS)[number]
}
export const everything: ChartFilter = { risk: 'all', categories: [], review: 'all' }

interface Base {
  readonly key: string
  readonly xMs: number
  readonly y: number
  readonly events: number
  readonly category: Category
  readonly level: Level
  readonly label: string
  readonly day: string
}
export type Bubble = Base & ({ readonly kind: 'point'; readonly point: ChartPoint } | { readonly kind: 'event'; readonly event: ChartEvent } | { readonly kind: 'sequence'; readonly sequence: ChartSequence })

export const dayMs = (day: string): number => Date.parse(`${day}T00:00:00Z`)
export const categoryOf = (name: string): Category => CATEGORIES.find((category) => category === name) ?? 'context'
export const pointKey = ({ day, indicator }: { readonly day: string; readonly indicator: string }): string => `${day} ${indicator}`

/** Bubbles of one day stand side by side by their category, or those of the same score would hide each other. */
const besideNoon = (category: Category): number => NOON_MS + (CATEGORIES.indexOf(category) - (CATEGORIES.length - 1) / 2) * 2 * HOUR_MS

function passes(filter: ChartFilter, inSequence: ReadonlySet<string>, { category, score, key, events, reviewed }: { readonly category: Category; readonly score: number; readonly key: string; readonly events: number; readonly reviewed: number | undefined }): boolean {
  if (filter.categories.length > 0 && !filter.categories.includes(category)) return false
  if (filter.risk === 'sequence' && !inSequence.has(key)) return false
  if (filter.risk === 'score' && score <= RISKY_SCORE && !inSequence.has(key)) return false
  if (reviewed === undefined || filter.review === 'all') return true
  return filter.review === 'done' ? reviewed >= events : reviewed < events
}

const ofPoint = (point: ChartPoint): Bubble => {
  const category = categoryOf(point.category)
  return { kind: 'point', key: pointKey(point), xMs: dayMs(point.day) + besideNoon(category), y: point.score, events: point.events, category, level: point.severity ?? 'none', label: point.label, day: point.day, point }
}
const ofEvent = (event: ChartEvent): Bubble => ({ kind: 'event', key: event.id, xMs: Date.parse(event.at), y: event.score, events: 1, category: categoryOf(event.category), level: event.severity ?? 'none', label: event.label, day: event.at.slice(0, 10), event })
const ofSequence = (sequence: ChartSequence): Bubble => ({ kind: 'sequence', key: `${sequence.day} sequence ${sequence.id}`, xMs: dayMs(sequence.day) + NOON_MS, y: sequence.score, events: sequence.files, category: 'exfiltration', level: sequence.severity ?? 'none', label: sequence.label, day: sequence.day, sequence })

/** In the order of time, in one moment the strongest first. */
const inOrder = (bubbles: readonly Bubble[]): readonly Bubble[] => bubbles.toSorted((a, b) => a.day.localeCompare(b.day) || (a.kind === 'event' && b.kind === 'event' ? a.xMs - b.xMs : b.y - a.y || a.xMs - b.xMs))

/** @param hidden categories or levels that are switched off in the legend */
export function bubblesOf(chart: UserChart, filter: ChartFilter = everything, by: (typeof LOOKS)[number] = 'category', hidden: ReadonlySet<string> = new Set()): readonly Bubble[] {
  const inSequence = new Set(chart.sequences.flatMap(({ points }) => points.map(pointKey)))
  const shown = (bubble: Bubble): boolean => !hidden.has(by === 'category' ? bubble.category : bubble.level)
  const singles = chart.events === undefined
    ? chart.points.map(ofPoint).filter((bubble) => bubble.kind === 'point' && passes(filter, inSequence, { category: bubble.category, score: bubble.y, key: bubble.key, events: bubble.events, reviewed: bubble.point.reviewedEvents }))
    : chart.events.map(ofEvent).filter((bubble) => bubble.kind === 'event' && passes(filter, inSequence, { category: bubble.category, score: bubble.y, key: pointKey({ day: bubble.day, indicator: bubble.event.indicator }), events: 1, reviewed: undefined }))
  const kept = singles.filter(shown)
  const sequences = filter.categories.length > 0 && !filter.categories.includes('exfiltration') ? [] : chart.sequences.map(ofSequence).filter((bubble) => by !== 'level' || !hidden.has(bubble.level))
  return inOrder([...kept, ...(hidden.has('sequences') ? [] : sequences)])
}

/** Where the lines of a sequence go: its bubbles that are shown, then its icon. */
export function sequenceLines(bubbles: readonly Bubble[]): readonly { readonly sequence: ChartSequence; readonly path: readonly (readonly [number, number])[] }[] {
  const points = new Map(bubbles.flatMap((bubble) => (bubble.kind === 'point' ? [[bubble.key, [bubble.xMs, bubble.y] as const] as const] : [])))
  return bubbles.flatMap((bubble) => (bubble.kind === 'sequence' ? [{ sequence: bubble.sequence, path: [...bubble.sequence.points.flatMap((point) => { const at = points.get(pointKey(point)); return at === undefined ? [] : [at] }), [bubble.xMs, bubble.y] as const] }] : []))
}

export type Step = 'left' | 'right' | 'up' | 'down' | 'first' | 'last'

/** The bubble that a key leads to: left and right through time, up and down through the bubbles of one day. */
export function stepFrom(bubbles: readonly Bubble[], current: string | undefined, step: Step): Bubble | undefined {
  const at = bubbles.findIndex(({ key }) => key === current)
  if (step === 'first') return bubbles[0]
  if (step === 'last') return bubbles.at(-1)
  if (at === -1) return step === 'left' || step === 'up' ? bubbles.at(-1) : bubbles[0]
  const here = bubbles[at]
  if (here === undefined) return undefined
  if (step === 'right') return bubbles[at + 1] ?? here
  if (step === 'left') return bubbles[at - 1] ?? here
  const sameDay = bubbles.filter(({ day }) => day === here.day).toSorted((a, b) => a.y - b.y || a.xMs - b.xMs)
  const level = sameDay.indexOf(here)
  return sameDay[level + (step === 'up' ? 1 : -1)] ?? here
}

export interface BusiestDay {
  readonly day: string
  readonly events: number
  readonly top: string
}

/** The day with the most events among the bubbles; of several the latest. */
export function busiestDay(bubbles: readonly Bubble[]): BusiestDay | undefined {
  const days = Map.groupBy(bubbles.filter(({ kind }) => kind !== 'sequence'), ({ day }) => day)
  const [best] = [...days].map(([day, own]) => ({ day, events: own.reduce((sum, bubble) => sum + bubble.events, 0), top: own.toSorted((a, b) => b.events - a.events)[0]?.label ?? '' })).toSorted((a, b) => b.events - a.events || b.day.localeCompare(a.day))
  return best
}

/** Bubbles whose day lies in a stretch of time. */
export const bubblesBetween = (bubbles: readonly Bubble[], fromMs: number, toMs: number): readonly Bubble[] => bubbles.filter(({ xMs }) => xMs >= fromMs && xMs < toMs)
