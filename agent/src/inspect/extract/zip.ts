// Zip files from memory: a list of entries with caps, and each entry inflated under the budget.
import { type Entry, fromBuffer, type ZipFile as Yauzl } from 'yauzl'
import { type Budget, ExtractionEnd } from './budget.ts'

export interface ZipFile {
  readonly entries: readonly Entry[]
  find(name: string): Entry | undefined
  /** @throws ExtractionEnd `encrypted`, `refused`, `partial`, `timeout`, `failed` */
  read(entry: Entry): Promise<Buffer>
}

const open = (bytes: Buffer): Promise<Yauzl> =>
  new Promise((resolve, reject) => fromBuffer(bytes, { lazyEntries: true, strictFileNames: false }, (error, zip) => (error === null && zip !== undefined ? resolve(zip) : reject(new ExtractionEnd('failed')))))

function list(zip: Yauzl, budget: Budget): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = []
    zip.on('entry', (entry: Entry) => {
      try {
        budget.entry()
      } catch {
        budget.mark('partial')
        resolve(entries)
        return
      }
      entries.push(entry)
      zip.readEntry()
    })
    zip.once('end', () => resolve(entries))
    // What was listed before the damage is still worth reading.
    zip.once('error', () => (entries.length > 0 ? (budget.mark('failed'), resolve(entries)) : reject(new ExtractionEnd('failed'))))
    zip.readEntry()
  })
}

export async function openZip(bytes: Buffer, budget: Budget): Promise<ZipFile> {
  const zip = await open(bytes)
  const entries = await list(zip, budget)
  return {
    entries,
    find: (name) => entries.find((entry) => entry.fileName === name),
    async read(entry) {
      budget.checkTime()
      if ((entry.generalPurposeBitFlag & 1) === 1) throw new ExtractionEnd('encrypted')
      // What the directory says is believed only where it is bad news.
      if (entry.uncompressedSize > budget.limits.entryBytes) budget.inflated(0, entry.uncompressedSize, entry.compressedSize)
      const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
        try {
          zip.openReadStream(entry, (error, found) => (error === null && found !== undefined ? resolve(found) : reject(new ExtractionEnd('failed'))))
        } catch {
          reject(new ExtractionEnd('unsupported'))
        }
      })
      const parts: Buffer[] = []
      let made = 0
      try {
        for await (const part of stream) {
          const chunk = part as Buffer
          made += chunk.length
          budget.inflated(chunk.length, made, entry.compressedSize)
          budget.checkTime()
          parts.push(chunk)
        }
      } catch (error) {
        throw error instanceof ExtractionEnd ? error : new ExtractionEnd('failed')
      }
      return Buffer.concat(parts)
    },
  }
}
