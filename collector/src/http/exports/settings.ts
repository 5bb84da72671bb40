// What somebody wants of a target, checked, and its secrets sealed.
import { randomBytes } from 'node:crypto'
import type { Sealer } from '../../access/seal.ts'
import { CodedError } from '../../errors.ts'
import { contextOf } from '../../exports/connect.ts'
import { readUrl } from '../../exports/http-exchange.ts'
import { ExportFailure } from '../../exports/problem.ts'
import { destinationOf, readSettings, type SecretName, type Secrets, targetKinds, type TargetSettings } from '../../exports/targets.ts'
import type { StoredTarget } from '../../store/exports.ts'
import type { TargetRequest } from './schema.ts'

const invalid = (problem: string): CodedError => new CodedError('EXPORT_INVALID', { problem })

/** A secret of Standard Webhooks, 256 bits. */
export const makeSigningSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

const purpose = (id: string): string => `export:${id}`
export const sealSecrets = (sealer: Sealer, id: string, secrets: Secrets): string => sealer.seal(JSON.stringify(secrets), purpose(id))
/** @throws SECRET_UNREADABLE */
export const openSecrets = (sealer: Sealer, target: Pick<StoredTarget, 'id' | 'secrets'>): Secrets => JSON.parse(sealer.open(target.secrets, purpose(target.id))) as Secrets
/** Those that are set; none when they cannot be read any more. */
export function secretNames(sealer: Sealer, target: Pick<StoredTarget, 'id' | 'secrets'>): readonly SecretName[] {
  try {
    return Object.keys(openSecrets(sealer, target)) as SecretName[]
  } catch (error) {
    if (error instanceof CodedError && error.code === 'SECRET_UNREADABLE') return []
    throw error
  }
}

/** Settings as they are kept. @throws EXPORT_INVALID */
export function settingsOf({ place, format, batchSize, allowPrivate = false, names = false, tls }: TargetRequest): TargetSettings {
  const row = targetKinds[place.kind]
  const chosen = format ?? row.formats[0]
  if (chosen === undefined || !row.formats.includes(chosen)) throw invalid(`a target of the kind ${place.kind} has the formats ${row.formats.join(', ')}`)
  if ('url' in place) {
    const url = readUrl(place.url)
    if (url === undefined) throw invalid('the address must be an https address without credentials')
    if (url.protocol === 'http:' && !allowPrivate) throw invalid('records leave the private network over https only')
  }
  const given = Object.fromEntries(Object.entries(tls ?? {}).filter(([, pem]) => pem !== '')) as NonNullable<TargetSettings['tls']>
  return { place, format: chosen, batchSize: batchSize ?? row.batchSize, allowPrivate, names, ...(Object.keys(given).length === 0 ? {} : { tls: given }) }
}

/** Secrets after a change: what is given, over what is kept. @throws EXPORT_INVALID, EXPORT_SECRET_NEEDED */
export function secretsOf(wanted: TargetSettings, request: TargetRequest, before: { readonly settings: TargetSettings; readonly secrets: Secrets } | undefined): Secrets {
  const { secrets: allowed } = targetKinds[wanted.place.kind]
  const given = request.secrets ?? {}
  const strange = (Object.keys(given) as (keyof typeof given)[]).find((name) => !allowed.includes(name))
  if (strange !== undefined) throw invalid(`a target of the kind ${wanted.place.kind} has no secret ${strange}`)
  const kept = before?.secrets ?? {}
  const moved = before !== undefined && (before.settings.place.kind !== wanted.place.kind || destinationOf(before.settings) !== destinationOf(wanted))
  const next: Partial<Record<SecretName, string>> = {}
  for (const name of allowed) {
    const value = name === 'signingSecret' ? undefined : given[name]
    if (value === null) continue
    if (value !== undefined) {
      next[name] = value
      continue
    }
    const old = kept[name]
    if (old === undefined) continue
    // What is kept goes to the receiver that it was given for, and to no other. A signing secret is never sent.
    if (moved && name !== 'signingSecret') throw new CodedError('EXPORT_SECRET_NEEDED')
    next[name] = old
  }
  if (wanted.place.kind === 'splunk_hec' && next.token === undefined) throw invalid('the event collector needs a token')
  if ('user' in wanted.place && wanted.place.user !== undefined && next.password === undefined) throw invalid('a user needs a password')
  if ((wanted.tls?.certPem === undefined) !== (next.clientKeyPem === undefined)) throw invalid('a certificate of ours needs its key, and a key its certificate')
  try {
    contextOf({ ...wanted.tls, ...(next.clientKeyPem === undefined ? {} : { keyPem: next.clientKeyPem }) })
  } catch (error) {
    if (error instanceof ExportFailure) throw invalid(error.problem.detail)
    throw error
  }
  return next
}

/** What the audit log keeps of settings: no secret, and certificates only as set or not. */
export const auditable = (settings: TargetSettings): Readonly<Record<string, unknown>> => ({ ...settings, tls: { caPem: settings.tls?.caPem !== undefined, certPem: settings.tls?.certPem !== undefined } })

export const storedSettings = (target: StoredTarget): TargetSettings => readSettings(target.doc)
