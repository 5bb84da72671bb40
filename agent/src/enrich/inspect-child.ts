// The child that touches files of users. One batch of requests after the other; answers go back at the latest after
// FLUSH_MS, so that its parent knows from silence that one file holds it.
import { lstatSync, opendirSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { createActAs } from './act-as.ts'
import type { ListedFile, Listing } from './contract.ts'
import type { Origin } from './origin.ts'
import { bytesOfPath, pathOfBytes } from './path-bytes.ts'
import { createFileReader, notRead, type ReadAnswer, type ReadRequest } from './read-file.ts'
import { readOriginOf } from './read-origin.ts'

const FLUSH_MS = 50
const LIST_LIMIT = 20_000

export type ChildRequest = ({ readonly id: number } & ReadRequest) | { readonly id: number; readonly list: string; readonly skip: number } | { readonly id: number; readonly originOf: string; readonly uid?: number }
export type ChildAnswer = ({ readonly id: number } & ReadAnswer) | { readonly id: number; readonly listing: Listing | undefined } | { readonly id: number; readonly origin: Origin | undefined }

const rootLike = process.platform === 'linux' && process.geteuid?.() === 0
const actAs = rootLike ? createActAs() : undefined
const reader = createFileReader(process.platform === 'linux', actAs)

function list(folder: string, skip: number): Listing | undefined {
  const files: ListedFile[] = []
  const folders: string[] = []
  actAs?.(0)
  try {
    const name = bytesOfPath(folder)
    // A link in place of the folder is not followed; names and sizes are all that could be seen behind a swapped parent.
    if (!lstatSync(name).isDirectory()) return undefined
    const directory = opendirSync(name, { bufferSize: 256, encoding: 'latin1' as BufferEncoding })
    try {
      let seen = 0
      for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
        seen += 1
        if (seen <= skip) continue
        if (seen - skip > LIST_LIMIT) return { files, folders, cut: true }
        const path = `${folder === '/' ? '' : folder}/${pathOfBytes(Buffer.from(entry.name, 'latin1'))}`
        if (entry.isDirectory()) folders.push(path)
        else if (entry.isFile()) {
          const stat = lstatSync(bytesOfPath(path), { throwIfNoEntry: false })
          if (stat?.isFile() === true) files.push({ path, sizeBytes: stat.size, mtimeMs: Math.floor(stat.mtimeMs), ctimeMs: Math.floor(stat.ctimeMs), birthtimeMs: Math.floor(stat.birthtimeMs) })
        }
      }
    } finally {
      directory.closeSync()
    }
    return { files, folders, cut: false }
  } catch {
    return undefined
  }
}

function answerTo(request: ChildRequest): ChildAnswer {
  if ('list' in request) return { id: request.id, listing: list(request.list, request.skip) }
  try {
    if ('originOf' in request) {
      const found = reader.use(request.originOf, request.uid, (fd) => readOriginOf(fd, request.originOf))
      return { id: request.id, origin: 'value' in found ? found.value : undefined }
    }
    return { id: request.id, ...reader.read(request) }
  } catch {
    return 'originOf' in request ? { id: request.id, origin: undefined } : { id: request.id, ...notRead('unread') }
  }
}

process.on('message', (requests: readonly ChildRequest[]) => {
  let answers: ChildAnswer[] = []
  let since = performance.now()
  for (const request of requests) {
    answers.push(answerTo(request))
    if (performance.now() - since < FLUSH_MS) continue
    process.send?.(answers)
    answers = []
    since = performance.now()
  }
  reader.release()
  if (answers.length > 0) process.send?.(answers)
})
// Written now, because this process never ends by itself.
flushCompileCache()
// Its parent is gone: there is nobody to answer to.
process.on('disconnect', () => process.exit(0))
