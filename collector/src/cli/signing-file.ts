// What is carried to the holders of keys that are kept outside, and back: bodies to be signed, and the signatures so far.
//
// A file of JSON. Whoever signs reads what it says from the bodies themselves; nothing else of the file is shown or believed.
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fromWireTimestamp, wire } from '@holdfast/proto'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { writeWhole } from '../bus/server-config.ts'
import { CodedError } from '../errors.ts'
import { publicText } from '../fleet/agent-policy.ts'
import { decodeRoot, describeRoot, idOfPublic, signBody, type Signature } from '../fleet/trust-root.ts'

const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$', maxLength: 400_000 })
const SigningFile = Type.Object({
  format: Type.Literal('holdfast-signing-1'), purpose: Type.Union([Type.Literal('root'), Type.Literal('policy')]),
  items: Type.Array(Type.Object({ id: Type.String({ maxLength: 200 }), body: Base64, signatures: Type.Array(Type.Object({ keyId: Type.String({ pattern: '^[0-9a-f]{16}$' }), signature: Base64 }, { additionalProperties: false }), { maxItems: 64 }) }, { additionalProperties: false }), { minItems: 1, maxItems: 10_000 }),
}, { additionalProperties: false })
export type SigningFile = Static<typeof SigningFile>
export type SigningItem = SigningFile['items'][number]

const refuse = (problem: string): never => {
  throw new CodedError('KEY_ROTATION_REFUSED', { problem })
}

/** @throws KEY_ROTATION_REFUSED when it is no such file */
export function readSigningFile(path: string): SigningFile {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new CodedError('KEY_ROTATION_REFUSED', { problem: `${path} cannot be read` }, { cause })
  }
  return Value.Check(SigningFile, value) ? value : refuse(`${path} holds nothing to sign`)
}

export const writeSigningFile = (path: string, file: SigningFile): void => writeWhole(path, `${JSON.stringify(file, null, 2)}\n`)

export const signaturesOf = ({ signatures }: SigningItem): readonly Signature[] => signatures.map(({ keyId, signature }) => ({ keyId, signature: Buffer.from(signature, 'base64') }))

/** @throws KEY_ROTATION_REFUSED when the file holds no Ed25519 key */
export function readPrivateKey(path: string): KeyObject {
  try {
    const key = createPrivateKey(readFileSync(path, 'utf8'))
    return key.asymmetricKeyType === 'ed25519' ? key : refuse(`${path} is no Ed25519 key`)
  } catch (cause) {
    if (cause instanceof CodedError) throw cause
    throw new CodedError('KEY_ROTATION_REFUSED', { problem: `${path} holds no private key that can be read` }, { cause })
  }
}

function describePolicy(body: Uint8Array): readonly string[] {
  const policy = wire.AgentPolicy.decode(body)
  const expiresAtMs = fromWireTimestamp(policy.expiresAt) ?? 0
  // Everything that it says, as it says it: who signs must be able to see what was slipped in.
  const said = JSON.stringify(policy, (_, value: unknown) => (value instanceof Uint8Array || Buffer.isBuffer(value) ? Buffer.from(value).toString('base64') : value), 2)
  return [`Policy version ${policy.version} of ${policy.organisation}, group ${policy.group}${policy.device === '' ? '' : `, for the device ${policy.device}`}, until ${new Date(expiresAtMs).toISOString()}`, ...said.split('\n').map((line) => `  ${line}`)]
}

/** What whoever signs should read. @throws KEY_ROTATION_REFUSED when a body cannot be read */
export function describeFile({ purpose, items }: SigningFile): readonly string[] {
  return items.flatMap(({ id, body }) => {
    const bytes = Buffer.from(body, 'base64')
    try {
      return purpose === 'root' ? describeRoot(decodeRoot(bytes)) : describePolicy(bytes)
    } catch {
      return refuse(`what ${id} says cannot be read, so it is not signed`)
    }
  })
}

/** Adds the signature of a key to every body; one that signed before is left as it is. */
export function signFile(file: SigningFile, key: KeyObject): SigningFile {
  const own = idOfPublic(publicText(key))
  return {
    ...file,
    items: file.items.map((item) => {
      if (item.signatures.some(({ keyId }) => keyId === own)) return item
      const { keyId, signature } = signBody(file.purpose, Buffer.from(item.body, 'base64'), key)
      return { ...item, signatures: [...item.signatures, { keyId, signature: Buffer.from(signature).toString('base64') }] }
    }),
  }
}
