// The archive in a backup: a ustar file that any tar reads, whose last entry, manifest.json, tells name, size and SHA-256 of
// all before it. It comes last because hashes are known when the bytes have passed; an archive without it is not whole.
//
// Names are ours (a folder of the installation and a plain file name), so a name from an archive never leads elsewhere.
// Sizes above 8 GiB stand in the base-256 form of GNU tar.
import { CodedError } from '../errors.ts'
import { sha256 } from './container.ts'

const BLOCK = 512
const MANIFEST = 'manifest.json'
const MANIFEST_LIMIT = 64 * 1024 * 1024
const OCTAL_LIMIT = 8 * 1024 ** 3
const NAME = /^(?:(?:keys|ca|audit|evidence|bundles)\/)?\w[\w.-]{0,80}$/

export interface ManifestEntry {
  readonly name: string
  readonly size: number
  /** hex */
  readonly sha256: string
}

export interface ArchiveSource {
  readonly name: string
  readonly size: number
  readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

const damaged = (problem: string): CodedError => new CodedError('BACKUP_DAMAGED', { problem })

function headerOf(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  block.write(name, 0, 100)
  block.write('0000600\0', 100)
  block.write('0000000\0', 108)
  block.write('0000000\0', 116)
  if (size < OCTAL_LIMIT) block.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  else {
    block[124] = 0x80
    block.writeBigUInt64BE(BigInt(size), 128)
  }
  block.write('00000000000\0', 136)
  block.write('        ', 148)
  block.write('0', 156)
  block.write('ustar\0', 257)
  block.write('00', 263)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)

/**
 * Sources one after the other, and then what `manifest` makes of their hashes.
 *
 * @throws BACKUP_DAMAGED when a source gives more or less than its size: it changed while it was read
 */
export async function* writeArchive(sources: AsyncIterable<ArchiveSource> | Iterable<ArchiveSource>, manifest: (entries: readonly ManifestEntry[]) => object): AsyncGenerator<Uint8Array> {
  const entries: ManifestEntry[] = []
  for await (const { name, size, bytes } of sources) {
    if (!NAME.test(name)) throw new RangeError(`no name of an archive: ${name}`)
    yield headerOf(name, size)
    const digest = sha256()
    let seen = 0
    for await (const chunk of bytes) {
      digest.update(chunk)
      seen += chunk.length
      yield chunk
    }
    if (seen !== size) throw damaged(`${name} changed while it was read`)
    yield padding(size)
    entries.push({ name, size, sha256: digest.digest('hex') })
  }
  const text = Buffer.from(`${JSON.stringify({ ...manifest(entries), entries }, null, 1)}\n`)
  yield headerOf(MANIFEST, text.length)
  yield text
  yield padding(text.length)
  yield Buffer.alloc(2 * BLOCK)
}

function createTaker(source: AsyncIterable<Uint8Array>) {
  const iterator = source[Symbol.asyncIterator]()
  let held: Uint8Array = new Uint8Array(0)
  /** Up to so many bytes; empty at the end. */
  const some = async (atMost: number): Promise<Uint8Array> => {
    while (held.length === 0) {
      const next = await iterator.next()
      if (next.done === true) return held
      held = next.value
    }
    const part = held.subarray(0, atMost)
    held = held.subarray(part.length)
    return part
  }
  return {
    some,
    async exactly(count: number): Promise<Buffer> {
      const parts: Uint8Array[] = []
      for (let left = count; left > 0;) {
        const part = await some(left)
        if (part.length === 0) throw damaged('it was cut off')
        parts.push(part)
        left -= part.length
      }
      return Buffer.concat(parts)
    },
    end: async () => void (await iterator.return?.(undefined)),
  }
}

function readHead(block: Buffer): { readonly name: string; readonly size: number } | undefined {
  if (block.every((byte) => byte === 0)) return undefined
  const sum = block.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0)
  if (Number.parseInt(block.subarray(148, 156).toString(), 8) !== sum) throw damaged('a header in it is broken')
  const name = block.subarray(0, 100).toString().replace(/\0.*$/s, '')
  const size = block[124] === 0x80 ? Number(block.readBigUInt64BE(128)) : Number.parseInt(block.subarray(124, 136).toString(), 8)
  if (!NAME.test(name) || !Number.isSafeInteger(size) || size < 0) throw damaged('an entry has no name of a backup')
  return { name, size }
}

/** Takes the bytes of one entry. */
export type EntrySink = (chunk: Uint8Array) => Promise<void>

/**
 * Reads an archive to its end and compares it with its manifest.
 *
 * @param open makes the sink of an entry; `done` after its last byte
 * @returns the manifest with its entries
 * @throws BACKUP_DAMAGED when anything is missing, more, or other than the manifest says
 */
export async function readArchive(source: AsyncIterable<Uint8Array>, open: (name: string, size: number) => Promise<{ readonly write: EntrySink; readonly done: () => Promise<void> }>): Promise<Readonly<Record<string, unknown>> & { readonly entries: readonly ManifestEntry[] }> {
  const taker = createTaker(source)
  const found = new Map<string, ManifestEntry>()
  try {
    for (;;) {
      const head = readHead(await taker.exactly(BLOCK))
      if (head === undefined) throw damaged('its manifest is missing')
      const { name, size } = head
      if (name === MANIFEST) {
        if (size > MANIFEST_LIMIT) throw damaged('its manifest is too long')
        const text = (await taker.exactly(size)).toString()
        await taker.exactly(padding(size).length + 2 * BLOCK)
        // To the end, so that the mark of the last piece is looked at.
        if ((await taker.some(1)).length > 0) throw damaged('something follows its end')
        return checkManifest(text, found)
      }
      if (found.has(name)) throw damaged(`${name} is in it twice`)
      const digest = sha256()
      const sink = await open(name, size)
      for (let left = size; left > 0;) {
        const part = await taker.some(left)
        if (part.length === 0) throw damaged('it was cut off')
        digest.update(part)
        await sink.write(part)
        left -= part.length
      }
      await sink.done()
      await taker.exactly(padding(size).length)
      found.set(name, { name, size, sha256: digest.digest('hex') })
    }
  } finally {
    await taker.end()
  }
}

function checkManifest(text: string, found: ReadonlyMap<string, ManifestEntry>) {
  let manifest: { readonly entries?: readonly ManifestEntry[] } & Readonly<Record<string, unknown>>
  try {
    manifest = JSON.parse(text) as typeof manifest
  } catch {
    throw damaged('its manifest cannot be read')
  }
  const { entries } = manifest
  if (!Array.isArray(entries)) throw damaged('its manifest lists nothing')
  for (const { name, size, sha256: wanted } of entries as readonly ManifestEntry[]) {
    const here = found.get(name)
    if (here === undefined) throw damaged(`${name} is missing`)
    if (here.size !== size || here.sha256 !== wanted) throw damaged(`${name} is not what its manifest says`)
  }
  if (entries.length !== found.size) throw damaged('it holds more than its manifest lists')
  return { ...manifest, entries: entries as readonly ManifestEntry[] }
}
