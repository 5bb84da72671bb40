// Answers to live questions, from what the agent knows already. The list is closed: each arm of the oneof has its function here,
// and there is no other. What sensors know is read from their memory, so that a question costs the device next to nothing.
//
// A few of the last questions are kept for the person at the keyboard, who reads them in what-is-collected.
import { MAX_ANSWER_BYTES, type wire } from '@holdfast/proto'
import type { Platform } from '../platform/platform.ts'
import { applicationSources } from '../sensors/applications.ts'
import { loadState } from '../sensors/durable-state.ts'
import type { SensorContext } from '../sensors/sensor.ts'
import { type FileHashDeps, hashFiles } from './file-hashes.ts'

const MAX_ROWS = 20_000
const REMEMBERED = 10
const MAX_PER_HOUR = 60
const HOUR_MS = 3_600_000

export interface AskedQuestion {
  readonly kind: string
  readonly at: string
  readonly outcome: string
  readonly folder?: string
}

export interface SensorLine {
  readonly name: string
  readonly tier: string
  readonly reason: string
  readonly fix: string
  readonly emitted: number
}

export interface AnswererDeps {
  readonly platform: Pick<Platform, 'mounts' | 'accounts'>
  readonly enrichment: FileHashDeps['enrichment']
  readonly policy: () => wire.AgentPolicy.$Properties
  readonly sensors: () => readonly SensorLine[]
  readonly memoryOf: (sensor: string) => SensorContext['memory']
  readonly own: readonly string[]
  readonly now: () => number
  readonly steady: () => number
  /** Those of before a restart. */
  readonly remembered: readonly AskedQuestion[]
  /** There is another question that the person may read of. */
  readonly onAsked: (asked: readonly AskedQuestion[]) => void
}

export interface Answerer {
  answer(question: wire.Question.$Properties): Promise<{ readonly outcome: string; readonly data?: Uint8Array }>
  /** The last ones, latest first. */
  asked(): readonly AskedQuestion[]
}

/** A share's address may carry a name and a password. */
const withoutSecrets = (source: string): string => source.replace(/\/\/[^/@]*@/, '//')

const MAX_TEXT = 512
const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MAX_TEXT) : '')
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

export function createAnswerer({ platform, enrichment, policy, sensors, memoryOf, own, now, steady, remembered, onAsked }: AnswererDeps): Answerer {
  let asked = remembered.slice(0, REMEMBERED)
  let times: readonly number[] = []

  const mounts = async (): Promise<unknown> => (await platform.mounts()).slice(0, MAX_ROWS).map(({ mountPoint, source, fileSystem, options }) => ({ mountPoint, source: withoutSecrets(source), fileSystem, readOnly: options.split(',').includes('ro') }))
  /** Rows of a sensor's memory: what it knew when it last looked. */
  const known = async (sensor: string, key: string): Promise<readonly unknown[]> => {
    const state = await loadState(memoryOf(sensor), key)
    return isList(state) ? state : []
  }
  /** Without what the sensor notes for itself. */
  const features = async (): Promise<unknown> => (await known('security-features', 'baseline')).slice(0, MAX_ROWS).flatMap((row) => (isList(row) ? [{ feature: textOf(row[0]), state: textOf(row[1]), value: textOf(row[2]) }] : []))
  const applications = async (): Promise<unknown> => {
    const rows = await Promise.all(applicationSources.map(async ({ name: source }) => (await known('applications', source)).flatMap((row) => (isList(row) ? [{ source, name: textOf(row[1]), version: textOf(row[2]), publisher: textOf(row[3]), path: textOf(row[4]) }] : []))))
    return rows.flat().slice(0, MAX_ROWS)
  }

  const read = async (question: wire.Question.$Properties): Promise<readonly [kind: string, answer: unknown]> => {
    if (question.mounts) return ['mounts', await mounts()]
    if (question.securityFeatures) return ['security_features', policy().securityFeatures?.enabled === true ? await features() : 'not_watched']
    if (question.applications) return ['applications', policy().applications?.enabled === true ? await applications() : 'not_watched']
    if (question.sensorState) return ['sensor_state', sensors()]
    if (question.fileHashes) return ['file_hashes', await hashFiles({ folder: question.fileHashes.folder ?? '', name: question.fileHashes.name ?? '' }, { enrichment, policy: policy(), accounts: await platform.accounts(), own, steady })]
    return ['unknown', 'unknown']
  }

  return {
    async answer(question) {
      times = times.filter((ms) => steady() - ms < HOUR_MS)
      if (times.length >= MAX_PER_HOUR) return { outcome: 'too_many' }
      times = [...times, steady()]
      const [kind, found] = await read(question)
      // A word instead of an answer says why there is none.
      const code = typeof found === 'string' ? found : undefined
      const data = code === undefined ? Buffer.from(JSON.stringify(found)) : undefined
      const outcome = code ?? (data !== undefined && data.length > MAX_ANSWER_BYTES ? 'too_large' : 'answered')
      asked = [{ kind, at: new Date(now()).toISOString(), outcome, ...(question.fileHashes?.folder ? { folder: question.fileHashes.folder.slice(0, 256) } : {}) }, ...asked].slice(0, REMEMBERED)
      onAsked(asked)
      return { outcome, ...(outcome === 'answered' && data !== undefined ? { data } : {}) }
    },
    asked: () => asked,
  }
}

/** What a file of a restart before says; rows that are none are left out. */
export function parseAsked(text: string): readonly AskedQuestion[] {
  const rows: unknown = JSON.parse(text)
  return isList(rows) ? rows.flatMap((row): AskedQuestion[] => {
    if (typeof row !== 'object' || row === null || !('kind' in row) || !('at' in row) || !('outcome' in row)) return []
    const folder = 'folder' in row ? textOf(row.folder) : ''
    return [{ kind: textOf(row.kind), at: textOf(row.at), outcome: textOf(row.outcome), ...(folder === '' ? {} : { folder }) }]
  }).slice(0, REMEMBERED) : []
}
