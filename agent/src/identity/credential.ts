// The user JWT that the broker knows this device by, and whether a later one may take its place.
//
// A later one comes over the device's own subject when the collector allows devices more than it did. It is taken only when
//   1  it is a claim for this device's own key and id
//   2  the account that signed the present one has signed it; the present one came with enrolment, over the pinned authority
//   3  it was issued later, and its permissions are not of an earlier version
// Nothing that comes this way changes the key, the device's id or where it connects to. The group of the device is the one
// whose policies the credential lets it hear: an administrator moves a device by renewing it.
import { fromPublic } from 'nkeys.js'
import { CodedError } from '../errors.ts'
import type { Identity } from './contract.ts'

/** As at enrolment. */
const MAX_CHARACTERS = 65_536
/** The subject that policies of a group come on; see subjects.ts of the contract. */
const GROUP = /^hf\.v1\.policy\.([A-Za-z0-9_-]{1,64})$/
const TAG = /^hf-permissions:(\d{1,9})$/

export interface Credential {
  /** NKey of the account that signed it, as it says. */
  readonly issuer: string
  readonly publicKey: string
  readonly deviceId: string
  /** Seconds since 1970. */
  readonly issuedAt: number
  /** 0 when there is none, as before there were versions. */
  readonly permissionSet: number
  /** Whose policies it may hear; undefined when it names none or several. */
  readonly group?: string
}

const json = (segment: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** What a user JWT says; nobody's signature is looked at. @returns undefined when it is no user JWT of the broker's kind */
export function readCredential(jwt: string): Credential | undefined {
  const [head = '', body = '', signature = '', ...rest] = jwt.split('.')
  if (jwt.length > MAX_CHARACTERS || signature === '' || rest.length > 0 || json(head)?.['alg'] !== 'ed25519-nkey') return undefined
  const { iss, sub, name, iat, nats } = json(body) ?? {}
  if (typeof iss !== 'string' || typeof sub !== 'string' || typeof name !== 'string' || !Number.isSafeInteger(iat) || typeof nats !== 'object' || nats === null) return undefined
  const { type, tags, sub: hears } = nats as { readonly type?: unknown; readonly tags?: unknown; readonly sub?: { readonly allow?: unknown } }
  if (type !== 'user') return undefined
  const versions = (Array.isArray(tags) ? tags : []).map((tag) => Number(TAG.exec(String(tag))?.[1] ?? 0))
  const groups = (Array.isArray(hears?.allow) ? hears.allow : []).flatMap((subject) => GROUP.exec(String(subject))?.[1] ?? [])
  return { ...(groups.length === 1 && groups[0] !== undefined ? { group: groups[0] } : {}), issuer: iss, publicKey: sub, deviceId: name, issuedAt: Number(iat), permissionSet: Math.max(0, ...versions) }
}

function signedBy(issuer: string, jwt: string): boolean {
  const end = jwt.lastIndexOf('.')
  try {
    return /^A[A-Z2-7]{55}$/.test(issuer) && fromPublic(issuer).verify(new TextEncoder().encode(jwt.slice(0, end)), new Uint8Array(Buffer.from(jwt.slice(end + 1), 'base64url')))
  } catch {
    // No key, or no signature of its length.
    return false
  }
}

/** @throws CREDENTIAL_REFUSED when `jwt` may not take the place of the identity's */
export function assertRenews(identity: Pick<Identity, 'deviceId' | 'publicKey' | 'jwt'>, jwt: string): void {
  const refuse = (problem: string): never => {
    throw new CodedError('CREDENTIAL_REFUSED', { problem })
  }
  const present = readCredential(identity.jwt)
  const next = readCredential(jwt) ?? refuse('it cannot be read')
  if (present === undefined) return refuse('the present one cannot be read, so nothing shows who may renew it')
  if (next.publicKey !== identity.publicKey || next.deviceId !== identity.deviceId) return refuse('it is for another device or key')
  if (next.issuer !== present.issuer || !signedBy(present.issuer, jwt)) return refuse('it is not signed by the account that signed the present one')
  if (next.issuedAt <= present.issuedAt || next.permissionSet < present.permissionSet) return refuse('it is not newer than the present one')
}
