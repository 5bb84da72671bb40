// What a target is: one of a closed list of kinds, each with its own settings and secrets. Secrets are written and never
// read back: they stand sealed in a column of their own, and an answer says only which ones are set.
import { createHash } from 'node:crypto'
import type { Problem } from './problem.ts'

export const FORMATS = ['ocsf', 'ecs', 'cef', 'native'] as const
export type Format = (typeof FORMATS)[number]

export const FACILITIES = 24

export interface WebhookPlace {
  readonly kind: 'webhook'
  readonly url: string
  /** `thin`: ids and state, for a receiver that asks the API for the rest. */
  readonly payload: 'thin' | 'full'
  readonly envelope: 'none' | 'cloudevents'
}
export interface SyslogPlace {
  readonly kind: 'syslog'
  readonly host: string
  readonly port: number
  readonly transport: 'udp' | 'tcp' | 'tls'
  /** 0 to 23. */
  readonly facility: number
}
export interface SplunkPlace {
  readonly kind: 'splunk_hec'
  /** Of the collector, without its path. */
  readonly url: string
  readonly index?: string
  /** Waits until the indexer has them. */
  readonly acknowledge: boolean
}
export interface ElasticPlace {
  readonly kind: 'elastic' | 'opensearch'
  readonly url: string
  /** Index or data stream. */
  readonly index: string
  /** With the secret `password`; else the secret `apiKey`. */
  readonly user?: string
}
export interface FilePlace {
  readonly kind: 'file'
  /** In the folder `exports` of the data folder. */
  readonly fileName: string
  readonly maxBytes: number
  /** Older files beside the one that is written. */
  readonly keep: number
}
export type Place = WebhookPlace | SyslogPlace | SplunkPlace | ElasticPlace | FilePlace
export type TargetKind = Place['kind']

export interface TargetSettings {
  readonly place: Place
  readonly format: Format
  /** 1 to 1000 records a request; a webhook always gets one. */
  readonly batchSize: number
  /** Receivers at loopback and private addresses are allowed. */
  readonly allowPrivate: boolean
  /** The receiver is told names. */
  readonly names: boolean
  readonly tls?: { readonly caPem?: string; readonly certPem?: string }
}

export interface KindRow {
  readonly doc: string
  readonly formats: readonly Format[]
  /** The first is taken where nobody chooses. */
  readonly secrets: readonly SecretName[]
  readonly batchSize: number
}

export type SecretName = 'signingSecret' | 'token' | 'apiKey' | 'password' | 'clientKeyPem'

export const targetKinds: Readonly<Record<TargetKind, KindRow>> = {
  webhook: { doc: 'One signed POST a record (Standard Webhooks), thin or with the whole record, in a CloudEvents envelope where asked for.', formats: ['native', 'ocsf', 'ecs', 'cef'], secrets: ['signingSecret', 'clientKeyPem'], batchSize: 1 },
  syslog: { doc: 'RFC 5424 over TLS, TCP (octet counting, RFC 6587) or UDP. One connection a batch; a batch counts once the receiver has closed it in turn. Over UDP nobody says what arrived.', formats: ['cef', 'ocsf', 'ecs', 'native'], secrets: ['clientKeyPem'], batchSize: 200 },
  splunk_hec: { doc: 'Events of the HTTP Event Collector, acknowledged by the indexer where asked for.', formats: ['ocsf', 'ecs', 'cef', 'native'], secrets: ['token', 'clientKeyPem'], batchSize: 200 },
  elastic: { doc: 'Documents of the bulk API, created under the id of the record: sending again doubles nothing.', formats: ['ecs', 'ocsf', 'native'], secrets: ['apiKey', 'password', 'clientKeyPem'], batchSize: 500 },
  opensearch: { doc: 'The same for OpenSearch.', formats: ['ecs', 'ocsf', 'native'], secrets: ['password', 'apiKey', 'clientKeyPem'], batchSize: 500 },
  file: { doc: 'Lines of JSON in a file of this machine, rotated by size, on disk before they count as sent.', formats: ['ocsf', 'ecs', 'native', 'cef'], secrets: [], batchSize: 500 },
}
export const TARGET_KINDS = Object.keys(targetKinds) as readonly TargetKind[]

export type Secrets = Readonly<Partial<Record<SecretName, string>>>

/** What a secret is given to: another receiver gets it only when it is given again. */
export const destinationOf = ({ place }: TargetSettings): string => ('url' in place ? new URL(place.url).origin : place.kind === 'syslog' ? `${place.host}:${place.port}` : place.fileName)

/** What delivery remembers of a target between tries, and over a restart. */
export interface TargetState {
  /** In a row. */
  readonly failures: number
  /** Records refused for good in a row, with none taken between them. */
  readonly refusedInRow: number
  readonly nextTryAtMs: number
  readonly lastSentAtMs?: number
  readonly lastFailureAtMs?: number
  readonly problem?: Problem
}
export const FRESH: TargetState = { failures: 0, refusedInRow: 0, nextTryAtMs: 0 }

/** Failures in a row after which only one record is tried at a time, with rests between. */
export const BREAKER_FAILURES = 5
export const breakerOf = ({ failures }: TargetState): 'closed' | 'open' => (failures >= BREAKER_FAILURES ? 'open' : 'closed')

export const readSettings = (doc: string): TargetSettings => JSON.parse(doc) as TargetSettings
export const readState = (state: string): TargetState => ({ ...FRESH, ...(JSON.parse(state) as Partial<TargetState>) })

/** Shows that two secrets are one, and nothing else of it. */
export const hintOf = (secret: string): string => createHash('sha256').update(`holdfast hint ${secret}`).digest('hex').slice(0, 8)
