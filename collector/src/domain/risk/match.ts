// Which indicators count an activity: the conditions of the table, compiled once.
//
// A condition sees the activity and what the detection settings say of it. It runs for every activity that is stored.
import type { Activity, ActivityKind } from './activity.ts'
import { alertFamily } from './alert-families.ts'
import { BROWSERS, type DomainClass, INDICATOR_IDS, indicators, type IndicatorRow, type IndicatorWhere } from './indicators.ts'
import { featureClass, judgeFeature } from './security-features.ts'
import { severityTenths } from './severity.ts'
import { unwantedApplications, unwantedClass } from './unwanted-applications.ts'

/** What the detection settings say of an activity, as far as indicators ask. */
export interface Surroundings {
  readonly domainClass?: DomainClass
  /** Sensitive content of a type that is not left out. */
  readonly sensitive: boolean
  readonly priorityAsset: boolean
}

type Condition = (activity: Activity, around: Surroundings) => boolean

const lastPart = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
const browsers = new Set(BROWSERS)
const isBrowser = ({ detail, process }: Activity): boolean => {
  if (process?.programClass === 'browser') return true
  const tool = detail?.['tool']
  const name = typeof tool === 'string' && tool !== '' ? lastPart(tool) : process?.name ?? lastPart(process?.executable ?? '')
  return browsers.has(name.toLowerCase().replace(/\.exe$/, ''))
}
const classOf = ({ application }: Activity) => (application === undefined ? undefined : unwantedClass(application.name, application.source, application.path))

/** One row a condition of the table: what it tests, made from its value. */
const makers: { readonly [K in keyof IndicatorWhere]-?: (wanted: NonNullable<IndicatorWhere[K]>) => Condition | undefined } = {
  location: (wanted) => (activity) => activity.file !== undefined && wanted.includes(activity.file.location),
  sourceLocation: (wanted) => (activity) => activity.source !== undefined && wanted.includes(activity.source.location),
  extensionChanged: (wanted) => (activity) => (activity.extensionChanged ?? false) === wanted,
  encrypted: (wanted) => (activity) => (activity.archive?.encrypted ?? false) === wanted,
  featureTo: (wanted) => ({ feature }) => feature !== undefined && feature.from !== 'unknown' && wanted.includes(feature.to) && feature.from !== feature.to,
  featureClass: (wanted) => (activity) => activity.feature !== undefined && wanted.includes(featureClass(activity.feature.id)),
  application: (wanted) => (activity) => {
    const found = classOf(activity)
    if (wanted === 'other') return found === undefined
    return found !== undefined && (wanted === 'unwanted' || wanted.includes(found))
  },
  fresh: (wanted) => (activity) => !wanted || activity.present !== true,
  domain: (wanted) => (_activity, around) => around.domainClass !== undefined && wanted.includes(around.domainClass),
  browser: (wanted) => (activity) => isBrowser(activity) === wanted,
  sensitive: (wanted) => (_activity, around) => around.sensitive === wanted,
  fileNames: (wanted) => {
    const names = new Set(wanted)
    return (activity) => activity.file !== undefined && names.has(lastPart(activity.file.path).toLowerCase())
  },
  label: (wanted) => ({ detail }) => {
    const removed = detail?.['newLabel'] === undefined || detail['newLabel'] === ''
    return removed === (wanted === 'removed')
  },
  detail: (wanted) => {
    const fields = Object.entries(wanted)
    return ({ detail }) => fields.every(([field, values]) => values.includes(detail?.[field] ?? ''))
  },
  priorityAsset: (wanted) => (_activity, around) => around.priorityAsset === wanted,
  alertFamily: (wanted) => (activity) => {
    const family = alertFamily(activity.detail)
    return family !== 'refuted' && wanted.includes(family)
  },
  amountOf: () => undefined,
  variantOf: () => undefined,
}

function compile(where: IndicatorWhere): Condition {
  const conditions = (Object.keys(where) as (keyof IndicatorWhere)[]).flatMap((key) => (makers[key] as (wanted: unknown) => Condition | undefined)(where[key]) ?? [])
  const [first, second] = conditions
  if (first === undefined) return () => true
  if (second === undefined) return first
  return (activity, around) => conditions.every((holds) => holds(activity, around))
}

export interface CompiledIndicator {
  readonly id: string
  readonly row: IndicatorRow
  readonly matches: Condition
  /** Tenths of an ordinary event; absent where all events weigh alike. */
  readonly weight?: (activity: Activity) => number
  /** What one event adds where an insight keeps bytes: the size of its file, or the row's own amount. */
  readonly volume: (activity: Activity) => number
  /** Value behind `#`, where each value is counted by itself; undefined: the activity has none. */
  readonly variant?: (activity: Activity) => string | undefined
}

const weights = {
  feature: ({ feature }: Activity): number => severityTenths[judgeFeature(feature?.id ?? '').severity],
  application: (activity: Activity): number => {
    const found = classOf(activity)
    return found === undefined ? 10 : severityTenths[unwantedApplications[found].severity]
  },
}

const sizeOf = (activity: Activity): number => activity.file?.sizeBytes ?? 0
const VARIANT = /^[a-z0-9_-]{1,64}$/

function compileRow(id: string): CompiledIndicator {
  const row: IndicatorRow = indicators[id as keyof typeof indicators]
  const { amountOf, variantOf } = row.where
  return {
    id, row, matches: compile(row.where),
    volume: amountOf === undefined ? sizeOf : ({ detail }) => {
      const amount = detail?.[amountOf]
      return typeof amount === 'number' && amount > 0 ? Math.min(Math.trunc(amount), Number.MAX_SAFE_INTEGER) : 0
    },
    ...(row.weigh === undefined ? {} : { weight: weights[row.weigh] }),
    ...(variantOf === undefined ? {} : {
      variant: ({ detail }: Activity) => {
        const value = detail?.[variantOf]
        return typeof value === 'string' && VARIANT.test(value) ? value : undefined
      },
    }),
  }
}

const byKind = new Map<ActivityKind, CompiledIndicator[]>()
for (const id of INDICATOR_IDS) {
  const compiled = compileRow(id)
  for (const kind of indicators[id].kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), compiled])
}
/** Kinds of which only activities with findings are ever counted: there are many, and few have any. */
const onlySensitive = new Set([...byKind].filter(([, rows]) => rows.every(({ row }) => row.where.sensitive === true)).map(([kind]) => kind))

/** Indicators that may count activities of a kind. */
export const indicatorsOfKind = (kind: ActivityKind): readonly CompiledIndicator[] | undefined => byKind.get(kind)

/** Whether any indicator may look at an activity. */
export const isCounted = ({ kind, findings }: Pick<Activity, 'kind' | 'findings'>): boolean => byKind.has(kind) && (findings !== undefined || !onlySensitive.has(kind))
