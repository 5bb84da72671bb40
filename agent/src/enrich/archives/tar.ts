// Tar, plain or out of a stream of decompression: every member's content is there, and is looked at as it goes by.
import type { Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { type ListingBudget, ListingEnd } from './budget.ts'
import { createTally } from './tally.ts'

/** @throws ListingEnd */
export async function listTar(stream: Readable, budget: ListingBudget, isContainer: (name: string) => boolean, nested: (bytes: Buffer) => Promise<void>): Promise<void> {
  const tar = extract()
  let ended: unknown
  stream.on('error', (error) => {
    ended = error
    tar.destroy(error)
  })
  stream.pipe(tar)
  try {
    for await (const entry of tar) {
      const { header } = entry
      const tally = createTally()
      const keep = isContainer(header.name) && (header.size ?? 0) <= budget.limits.nestedBytes
      const parts: Buffer[] = []
      for await (const part of entry) {
        const piece = part as Buffer
        budget.spend(piece.length)
        tally.add(piece)
        if (keep) parts.push(piece)
      }
      if (header.type !== 'file' && header.type !== 'contiguous-file') continue
      budget.member({ name: header.name, ...tally.end() })
      if (keep) await budget.within(header.name, () => nested(Buffer.concat(parts)))
    }
  } catch (error) {
    stream.destroy()
    if (error instanceof ListingEnd) throw error
    if (ended instanceof ListingEnd) throw ended
    throw new ListingEnd('failed')
  }
}
