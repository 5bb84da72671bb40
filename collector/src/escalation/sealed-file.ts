// Files of bundles at rest: sealed piece by piece, so that one of any size is written and read as a stream.
//
//   "HFB1" · salt 16 · pieces (sealed-pieces.ts)
//   key   = HKDF-SHA-256(key of the installation, salt, "holdfast bundle " id)
import { hkdfSync, randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import { CodedError } from '../errors.ts'
import { openPieces, sealPieces } from '../sealed-pieces.ts'

const MARK = Buffer.from('HFB1')
const SALT = 16

const keyOf = (key: Uint8Array, salt: Uint8Array, id: string): Buffer => Buffer.from(hkdfSync('sha256', key, salt, `holdfast bundle ${id}`, 32))

/** What stands on disk for a stream. @param key 32 bytes */
export async function* sealStream(source: AsyncIterable<Uint8Array>, key: Uint8Array, id: string): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT)
  yield Buffer.concat([MARK, salt])
  yield* sealPieces(source, keyOf(key, salt, id))
}

/** @throws BUNDLE_DAMAGED, also half way: what came before is then not to be used */
export async function* openSealedFile(path: string, key: Uint8Array, id: string): AsyncGenerator<Buffer> {
  const damaged = (problem: string, cause?: unknown): CodedError => new CodedError('BUNDLE_DAMAGED', { problem }, { cause })
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw damaged('its file is not there', cause)
  })
  try {
    const head = Buffer.alloc(MARK.length + SALT)
    if ((await file.read(head, 0, head.length, 0)).bytesRead < head.length || !head.subarray(0, MARK.length).equals(MARK)) throw damaged('it is no bundle of this installation')
    const pieces = file.createReadStream({ start: head.length, autoClose: false })
    yield* openPieces(pieces, keyOf(key, head.subarray(MARK.length), id), (how, cause) => damaged(how === 'cut' ? 'it was cut off' : 'its seal is broken', cause))
  } finally {
    await file.close()
  }
}
