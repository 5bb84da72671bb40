// What an agent policy asks for, in rows that a person can read. The policy comes as the JSON of what was signed: outside
// input of a shape that later releases extend, so every field is looked at before it is believed.
import { formatBytes } from '../../format/numbers.ts'
import { humanise } from '../../format/words.ts'
import type { Translate } from '../../i18n/catalogue.ts'

export interface WatchRow {
  readonly name: string
  /** Each is one thing that is watched; empty: nothing of it is. */
  readonly values: readonly string[]
  /** Values are paths or patterns. */
  readonly code?: boolean
}

type Part = Readonly<Record<string, unknown>>

const part = (value: unknown): Part => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Part) : {})
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [])
const count = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : Array.isArray(value) ? value.length : 0)
const orEvery = (list: readonly string[], every: string): readonly string[] => (list.length === 0 ? [every] : list)

export function watchRows(policy: unknown, t: Translate): readonly WatchRow[] {
  const all = part(policy)
  const [files, features, applications, inspection, evidence] = [part(all['files']), part(all['securityFeatures']), part(all['applications']), part(all['inspection']), part(all['evidence'])]
  const reporting = part(all['reporting'])
  const on = (of: Part, field = 'enabled'): boolean => of[field] === true
  const some = (when: boolean, values: readonly string[]): readonly string[] => (when ? values : [])
  const warning = (Array.isArray(part(all['edge'])['rules']) ? (part(all['edge'])['rules'] as unknown[]) : []).filter((rule) => part(rule)['warn'] === true).length
  return [
    { name: t('watching.places'), values: some(on(files), texts(files['roots'])), code: true },
    { name: t('watching.media'), values: some(on(files), texts(files['removableRoots'])), code: true },
    { name: t('watching.shares'), values: some(on(files), texts(files['networkShareRoots'])), code: true },
    { name: t('watching.clouds'), values: some(on(files), texts(files['cloudSyncRoots'])), code: true },
    { name: t('watching.kinds'), values: some(on(files), texts(files['kinds']).map(humanise)) },
    { name: t('watching.excludes'), values: some(on(files), texts(files['excludes'])), code: true },
    { name: t('watching.features'), values: some(on(features), orEvery(texts(features['features']), t('watching.everyFeature'))) },
    { name: t('watching.applications'), values: some(on(applications), orEvery(texts(applications['sources']), t('watching.everySource'))) },
    { name: t('watching.programs'), values: some(on(applications, 'runs'), [t('watching.names', { count: count(applications['deniedPrograms']) })]) },
    { name: t('watching.transfers'), values: some(on(applications, 'transfers'), [t('common.yes')]) },
    { name: t('watching.uploads'), values: some(on(applications, 'uploads'), [t('common.yes')]) },
    { name: t('watching.printing'), values: some(on(part(all['printing'])), [t('common.yes')]) },
    { name: t('watching.inspection'), values: some(on(inspection), orEvery(texts(inspection['types']), t('watching.everyType'))) },
    { name: t('watching.evidence'), values: some(on(evidence), texts(evidence['destinations']).map(humanise)) },
    { name: t('watching.warnings'), values: warning === 0 ? [] : [t('watching.rules', { count: warning })] },
    { name: t('watching.hash'), values: some(on(files) && count(files['hashLimitBytes']) > 0, [formatBytes(count(files['hashLimitBytes']))]) },
    { name: t('watching.poll'), values: some(on(features) && count(features['pollIntervalSecs']) > 0, [t('watching.secs', { count: count(features['pollIntervalSecs']) })]) },
    { name: t('watching.heartbeat'), values: some(count(reporting['heartbeatIntervalSecs']) > 0, [t('watching.secs', { count: count(reporting['heartbeatIntervalSecs']) })]) },
  ]
}
