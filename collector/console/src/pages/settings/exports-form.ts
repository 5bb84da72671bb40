// A target as its form has it: every field of every kind at once, so that changing the kind loses nothing that was typed.
import type { TargetRequest, TargetView } from '@holdfast/collector/contract'

export const KINDS = ['syslog', 'splunk_hec', 'elastic', 'opensearch', 'webhook', 'file'] as const
export type Kind = (typeof KINDS)[number]
export type Format = TargetView['format']
export const FORMATS_OF: Readonly<Record<Kind, readonly Format[]>> = { syslog: ['cef', 'ocsf', 'ecs', 'native'], splunk_hec: ['ocsf', 'ecs', 'cef', 'native'], elastic: ['ecs', 'ocsf', 'native'], opensearch: ['ecs', 'ocsf', 'native'], webhook: ['native', 'ocsf', 'ecs', 'cef'], file: ['ocsf', 'ecs', 'native', 'cef'] }
export type SecretField = 'token' | 'apiKey' | 'password' | 'clientKeyPem'

export interface Draft {
  readonly name: string
  readonly kind: Kind
  readonly url: string
  readonly host: string
  readonly port: number
  readonly transport: 'tls' | 'tcp' | 'udp'
  readonly facility: number
  readonly index: string
  readonly user: string
  readonly acknowledge: boolean
  readonly payload: 'thin' | 'full'
  readonly envelope: 'none' | 'cloudevents'
  readonly fileName: string
  readonly maxMib: number
  readonly keep: number
  readonly format: Format
  readonly batchSize: number | undefined
  readonly allowPrivate: boolean
  readonly names: boolean
  readonly reason: string
  readonly caPem: string
  readonly certPem: string
  readonly secrets: Readonly<Record<SecretField, string>>
  readonly begin: 'now' | 'kept'
}

const MIB = 1024 * 1024
const EMPTY: Draft = {
  name: '', kind: 'syslog', url: '', host: '', port: 6514, transport: 'tls', facility: 16, index: '', user: '', acknowledge: false, payload: 'full', envelope: 'none', fileName: 'holdfast.jsonl', maxMib: 100, keep: 5, format: 'cef', batchSize: undefined, allowPrivate: false, names: false, reason: '', caPem: '', certPem: '',
  secrets: { token: '', apiKey: '', password: '', clientKeyPem: '' }, begin: 'now',
}

/** The form of a target, or of a new one. */
export function draftOf(target: TargetView | undefined): Draft {
  if (target === undefined) return EMPTY
  const { place, tls } = target
  const { maxBytes, ...flat } = 'maxBytes' in place ? place : { ...place, maxBytes: EMPTY.maxMib * MIB }
  return { ...EMPTY, ...flat, maxMib: Math.max(1, Math.round(maxBytes / MIB)), name: target.name, format: target.format, batchSize: target.batchSize, allowPrivate: target.allowPrivate, names: target.names, caPem: tls.caPem ?? '', certPem: tls.certPem ?? '' }
}

/** The draft with another kind; a format that the new kind has not becomes its usual one. */
export const withKind = (draft: Draft, kind: Kind): Draft => ({ ...draft, kind, format: FORMATS_OF[kind][0] ?? draft.format, batchSize: undefined })

function placeOf(draft: Draft): TargetRequest['place'] {
  const { kind, url, index, user } = draft
  switch (kind) {
    case 'webhook':
      return { kind, url: url.trim(), payload: draft.payload, envelope: draft.envelope }
    case 'syslog':
      return { kind, host: draft.host.trim(), port: draft.port, transport: draft.transport, facility: draft.facility }
    case 'splunk_hec':
      return { kind, url: url.trim(), acknowledge: draft.acknowledge, ...(index.trim() === '' ? {} : { index: index.trim() }) }
    case 'elastic':
    case 'opensearch':
      return { kind, url: url.trim(), index: index.trim(), ...(user.trim() === '' ? {} : { user: user.trim() }) }
    default:
      return { kind, fileName: draft.fileName.trim(), maxBytes: draft.maxMib * MIB, keep: draft.keep }
  }
}

/** Secrets that the draft's kind asks for. */
export const secretsFor = ({ kind, user, certPem, transport }: Draft): readonly SecretField[] => {
  const client: readonly SecretField[] = certPem.trim() === '' || kind === 'file' || (kind === 'syslog' && transport !== 'tls') ? [] : ['clientKeyPem']
  if (kind === 'splunk_hec') return ['token', ...client]
  if (kind === 'elastic' || kind === 'opensearch') return [user.trim() === '' ? 'apiKey' : 'password', ...client]
  return client
}

export const isPlaced = (draft: Draft): boolean => (draft.kind === 'syslog' ? draft.host.trim() !== '' : draft.kind === 'file' ? draft.fileName.trim() !== '' : draft.url.trim() !== '' && ((draft.kind !== 'elastic' && draft.kind !== 'opensearch') || draft.index.trim() !== ''))

/** What is sent; secrets that were left empty stay as they are. */
export function requestOf(draft: Draft, isNew: boolean): TargetRequest {
  const secrets = Object.fromEntries(secretsFor(draft).flatMap((field) => (draft.secrets[field] === '' ? [] : [[field, draft.secrets[field]]])))
  const tls = { ...(draft.caPem.trim() === '' ? {} : { caPem: draft.caPem }), ...(draft.certPem.trim() === '' ? {} : { certPem: draft.certPem }) }
  return {
    name: draft.name.trim(), place: placeOf(draft), format: draft.format, allowPrivate: draft.allowPrivate, names: draft.names, ...(draft.batchSize === undefined ? {} : { batchSize: draft.batchSize }), ...(draft.names && draft.reason.trim() !== '' ? { reason: draft.reason.trim() } : {}),
    ...(Object.keys(tls).length === 0 ? {} : { tls }), ...(Object.keys(secrets).length === 0 ? {} : { secrets }), ...(isNew ? { begin: draft.begin } : {}),
  }
}

/** Where a target is, in a word. */
export const placeText = ({ place }: TargetView): string => ('url' in place ? place.url : place.kind === 'syslog' ? `${place.transport}://${place.host}:${place.port}` : place.fileName)
