// The file of a backup: one header, and behind it everything as one stream.
//
//   line 1   UTF-8 JSON, at most 4096 bytes, nothing secret, ended by a line feed:
//            {"format":"holdfast-backup/1","id":…,"madeAt":…,"installation":…,"seal":{"kind":…}}
//   rest     zstd( tar ). Seal "none": as it is (tail -n +2 FILE | zstd -d | tar x), ended by a frame that zstd skips:
//            50 2a 4d 18 · 20 00 00 00 · SHA-256 of everything before the frame. Otherwise in pieces (sealed-pieces.ts):
//            key   = HKDF-SHA-256(secret, salt of the seal, "holdfast backup 1 " SHA-256 of line 1 in hex)
//
//   seal passphrase   secret = scrypt(passphrase, salt, N 2^17, r 8, p 1), 32 bytes
//   seal recipient    secret = X25519(ephemeral key, recipient's key) · ephemeral public · recipient's public
//
// The header is under the seal through the key: whoever changes it opens nothing. The mark of the last piece, or in the
// clear the last frame, is what a file that was cut off lacks.
import { createHash, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hash, hkdfSync, type KeyObject, randomBytes, scrypt } from 'node:crypto'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { CodedError } from '../errors.ts'
import { openPieces, sealPieces } from '../sealed-pieces.ts'

export const BACKUP_FORMAT = 'holdfast-backup/1'
const HEADER_LIMIT = 4096
/** OWASP's figures for scrypt with 128 MiB. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const
const PASSPHRASE_AT_LEAST = 15
const RECIPIENT_PREFIX = 'hfbk1-'
const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex')

type SealHead = { readonly kind: 'none' } | { readonly kind: 'passphrase'; readonly salt: string } | { readonly kind: 'recipient'; readonly salt: string; readonly ephemeral: string; readonly recipient: string }

export interface BackupHeader {
  readonly format: string
  readonly id: string
  /** ISO 8601 */
  readonly madeAt: string
  /** Pin of the installation's authority: whose backup it is. */
  readonly installation: string
  readonly seal: SealHead
}

/** For whom a backup is made. */
export type Seal = { readonly kind: 'none' } | { readonly kind: 'passphrase'; readonly passphrase: string } | { readonly kind: 'recipient'; readonly recipient: string }
/** What opens one. */
export interface Opener {
  readonly passphrase?: string
  /** PEM of the recipient's private key. */
  readonly identityPem?: string
}

const damaged = (problem: string, cause?: unknown): CodedError => new CodedError('BACKUP_DAMAGED', { problem }, cause === undefined ? {} : { cause })
const rawPublic = (key: KeyObject): Buffer => createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)

/** A pair for backups: the recipient goes to the collector, the identity is kept where no collector is. */
export function makeRecipient(): { readonly recipient: string; readonly identityPem: string } {
  const { privateKey } = generateKeyPairSync('x25519')
  return { recipient: `${RECIPIENT_PREFIX}${rawPublic(privateKey).toString('base64url')}`, identityPem: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string }
}

/** @throws BACKUP_KEY_INVALID */
function readRecipient(text: string): Buffer {
  const raw = Buffer.from(text.trim().slice(RECIPIENT_PREFIX.length), 'base64url')
  if (!text.trim().startsWith(RECIPIENT_PREFIX) || raw.length !== 32) throw new CodedError('BACKUP_KEY_INVALID', { problem: `a recipient looks like ${RECIPIENT_PREFIX}… and is made by holdfast backup key` })
  return raw
}

/** Refused early: a typing error would make every backup useless. @throws BACKUP_KEY_INVALID */
export function assertSeal(seal: Seal): void {
  if (seal.kind === 'recipient') readRecipient(seal.recipient)
  if (seal.kind === 'passphrase' && seal.passphrase.length < PASSPHRASE_AT_LEAST) throw new CodedError('BACKUP_KEY_INVALID', { problem: `the passphrase has fewer than ${PASSPHRASE_AT_LEAST} characters` })
}

const derive = (passphrase: string, salt: Buffer): Promise<Buffer> => new Promise((done, failed) => scrypt(passphrase, salt, 32, SCRYPT, (problem, key) => (problem === null ? done(key) : failed(problem))))
const pieceKey = (secret: Uint8Array, salt: Buffer, line: string): Buffer => Buffer.from(hkdfSync('sha256', secret, salt, `holdfast backup 1 ${hash('sha256', line)}`, 32))
const agree = (privateKey: KeyObject, publicRaw: Buffer, ephemeral: Buffer, recipient: Buffer): Buffer =>
  Buffer.concat([diffieHellman({ privateKey, publicKey: createPublicKey({ key: Buffer.concat([SPKI_X25519, publicRaw]), format: 'der', type: 'spki' }) }), ephemeral, recipient])

async function sealFor(seal: Seal): Promise<{ readonly head: SealHead; readonly secret?: Buffer; readonly salt: Buffer }> {
  const salt = randomBytes(16)
  const text = salt.toString('base64url')
  if (seal.kind === 'none') return { head: { kind: 'none' }, salt }
  if (seal.kind === 'passphrase') return { head: { kind: 'passphrase', salt: text }, secret: await derive(seal.passphrase, salt), salt }
  const recipient = readRecipient(seal.recipient)
  const { privateKey } = generateKeyPairSync('x25519')
  const ephemeral = rawPublic(privateKey)
  return { head: { kind: 'recipient', salt: text, ephemeral: ephemeral.toString('base64url'), recipient: seal.recipient.trim() }, secret: agree(privateKey, recipient, ephemeral, recipient), salt }
}

/** @throws BACKUP_SEALED when what opens it was not given, or is another's */
async function secretOf(head: SealHead, opener: Opener): Promise<Buffer | undefined> {
  if (head.kind === 'none') return undefined
  if (head.kind === 'passphrase') {
    if (opener.passphrase === undefined) throw new CodedError('BACKUP_SEALED', { problem: 'give the passphrase with --passphrase-file' })
    return derive(opener.passphrase, Buffer.from(head.salt, 'base64url'))
  }
  if (opener.identityPem === undefined) throw new CodedError('BACKUP_SEALED', { problem: `give the private key of ${head.recipient} with --identity` })
  let privateKey: KeyObject
  try {
    privateKey = createPrivateKey(opener.identityPem)
  } catch (cause) {
    throw new CodedError('BACKUP_KEY_INVALID', { problem: 'the identity file holds no private key' }, { cause })
  }
  const recipient = rawPublic(privateKey)
  if (`${RECIPIENT_PREFIX}${recipient.toString('base64url')}` !== head.recipient) throw new CodedError('BACKUP_SEALED', { problem: `it is for ${head.recipient}, and the identity is another’s` })
  const ephemeral = Buffer.from(head.ephemeral, 'base64url')
  return agree(privateKey, ephemeral, ephemeral, recipient)
}

const damagedPiece = (how: 'cut' | 'first' | 'later', cause?: unknown): CodedError =>
  damaged({ cut: 'it was cut off', first: 'the passphrase or the key is wrong, or the file was changed', later: 'its seal is broken, or it was cut off' }[how], cause)

const SKIPPED = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 32, 0, 0, 0])
const FRAME = SKIPPED.length + 32

async function* closePlain(source: AsyncIterable<Uint8Array>, line: string): AsyncGenerator<Uint8Array> {
  const digest = sha256().update(`${line}\n`)
  for await (const chunk of source) {
    digest.update(chunk)
    yield chunk
  }
  yield Buffer.concat([SKIPPED, digest.digest()])
}

async function* openPlain(source: AsyncIterable<Uint8Array>, line: string): AsyncGenerator<Uint8Array> {
  const digest = sha256().update(`${line}\n`)
  let held = Buffer.alloc(0)
  for await (const chunk of source) {
    held = Buffer.concat([held, chunk])
    const ready = held.subarray(0, Math.max(0, held.length - FRAME))
    held = held.subarray(ready.length)
    digest.update(ready)
    yield ready
  }
  if (!held.equals(Buffer.concat([SKIPPED, digest.digest()]))) throw damaged('it was cut off or changed')
}

/** The bytes of a backup file for an archive. @throws BACKUP_KEY_INVALID before the first byte */
export async function* writeContainer(archive: AsyncIterable<Uint8Array>, facts: Omit<BackupHeader, 'format' | 'seal'>, seal: Seal): AsyncGenerator<Uint8Array> {
  const { head, secret, salt } = await sealFor(seal)
  const line = JSON.stringify({ format: BACKUP_FORMAT, ...facts, seal: head } satisfies BackupHeader)
  yield Buffer.from(`${line}\n`)
  const source = Readable.from(archive)
  const packed = createZstdCompress()
  source.on('error', (error) => packed.destroy(error))
  source.pipe(packed)
  yield* secret === undefined ? closePlain(packed, line) : sealPieces(packed, pieceKey(secret, salt, line))
}

async function headerLine(path: string): Promise<string> {
  const file = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw damaged(cause.code === 'ENOENT' ? 'the file is not there' : `it cannot be read (${cause.code ?? 'unknown'})`, cause)
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_LIMIT), 0, HEADER_LIMIT, 0)
    const end = buffer.subarray(0, bytesRead).indexOf(10)
    if (end < 0) throw damaged('it is no backup')
    return buffer.subarray(0, end).toString()
  } finally {
    await file.close()
  }
}

function parseHeader(line: string): BackupHeader {
  let header: Partial<BackupHeader> | null = null
  try {
    header = JSON.parse(line) as Partial<BackupHeader> | null
  } catch {
    // Said below.
  }
  if (header === null || typeof header !== 'object' || typeof header.format !== 'string' || !header.format.startsWith('holdfast-backup/')) throw damaged('it is no backup')
  if (header.format !== BACKUP_FORMAT) throw damaged(`it is of the format ${header.format}, and this program reads ${BACKUP_FORMAT}`)
  const kind = header.seal?.kind
  if (typeof header.id !== 'string' || typeof header.madeAt !== 'string' || typeof header.installation !== 'string' || !['none', 'passphrase', 'recipient'].includes(kind ?? '')) throw damaged('its header is not whole')
  return header as BackupHeader
}

/** What a file says of itself before it is opened. @throws BACKUP_DAMAGED */
export const readHeader = async (path: string): Promise<BackupHeader> => parseHeader(await headerLine(path))

/** The archive in a file. @throws BACKUP_SEALED, BACKUP_DAMAGED; what was yielded before is then not to be used */
export async function* readContainer(path: string, opener: Opener): AsyncGenerator<Uint8Array> {
  const line = await headerLine(path)
  const { seal } = parseHeader(line)
  const secret = await secretOf(seal, opener)
  const file = await open(path, 'r')
  try {
    const raw = file.createReadStream({ start: Buffer.byteLength(line) + 1, autoClose: false })
    const packed = Readable.from(secret === undefined || seal.kind === 'none' ? openPlain(raw, line) : openPieces(raw, pieceKey(secret, Buffer.from(seal.salt, 'base64url'), line), damagedPiece))
    const archive = createZstdDecompress()
    packed.on('error', (error: Error) => archive.destroy(error))
    packed.pipe(archive)
    yield* archive as AsyncIterable<Uint8Array>
  } catch (cause) {
    throw cause instanceof CodedError ? cause : damaged('it was cut off or changed', cause)
  } finally {
    await file.close()
  }
}

/** A hash that is fed as bytes pass. */
export const sha256 = () => createHash('sha256')
