// The child that reads what files say. It opens by the rules of enrich/read-file.ts with the rights of the person, takes a
// bounded piece into memory, closes the file, and only then looks at what the bytes are. Counts and names leave it, no text.
//
// It runs under Node's permission model: no writing, no processes, no threads, no addons, whatever a document does to it.
import { type BigIntStats, fstatSync, readSync } from 'node:fs'
import { createActAs } from '../enrich/act-as.ts'
import { createFileReader, sameFile } from '../enrich/read-file.ts'
import { type ContentResult, noContent } from './contract.ts'
import { Budget, type ContentState, EXTRACT_LIMITS, ExtractionEnd } from './extract/budget.ts'
import { extractBytes } from './extract/extract.ts'
import { labelOf } from './labels.ts'
import { languageOf } from './language.ts'
import { createScanner, type Scanner, type ScannerOptions } from './scanner.ts'

export interface ContentRequest {
  readonly id: number
  readonly path: string
  readonly uid?: number
  readonly maxBytes: number
}
export type ToContentChild = { readonly rules: ScannerOptions } | { readonly poison: readonly string[] } | ContentRequest
/** `opened` comes before the file is looked at: whoever kills the child then knows which content it was. */
export type ContentAnswer = { readonly id: number; readonly opened: string } | ({ readonly id: number } & ContentResult)

const LABELLED: readonly string[] = ['PK\u0003\u0004', '%PDF']

const actAs = process.platform === 'linux' && process.geteuid?.() === 0 ? createActAs() : undefined
const reader = createFileReader(process.platform === 'linux', actAs)
let scanner: Scanner | undefined
/** Files that ended or held a child before: by device, inode and time of change, so neither a new name nor a link helps. */
const poison = new Set<string>()

const identityOf = ({ dev, ino, mtimeNs, size }: BigIntStats): string => [dev, ino, mtimeNs, size].join(':')
/** Told before it is read: the next step may be the last of this process. */
const tell = (answer: ContentAnswer): Promise<void> => new Promise((resolve) => (process.send === undefined ? resolve() : process.send(answer, () => resolve())))

interface Piece {
  readonly bytes: Buffer
  readonly whole: boolean
  readonly identity: string
}

function read({ path, uid, maxBytes }: ContentRequest): Piece | ContentState {
  const used = reader.use(path, uid, (fd, before): Piece | 'refused' | undefined => {
    if (poison.has(identityOf(before))) return 'refused'
    const size = Number(before.size)
    const bytes = Buffer.allocUnsafe(Math.min(size, maxBytes))
    let at = 0
    while (at < bytes.length) {
      const got = readSync(fd, bytes, at, Math.min(1 << 20, bytes.length - at), at)
      if (got === 0) break
      at += got
    }
    return at === bytes.length && sameFile(before, fstatSync(fd, { bigint: true })) ? { bytes, whole: size <= maxBytes, identity: identityOf(before) } : undefined
  })
  reader.release()
  // Changing, gone, a device, not ours to read: there was nothing to look at.
  return 'value' in used ? used.value ?? 'failed' : used.state === 'timeout' ? 'timeout' : 'skipped'
}

async function inspect(request: ContentRequest): Promise<ContentResult> {
  const piece = read(request)
  if (typeof piece === 'string') return noContent(piece)
  await tell({ id: request.id, opened: piece.identity })
  scanner ??= createScanner()
  const properties = new Map<string, string>()
  let language: string | undefined
  let first = true
  // A text may be long: time is looked at between its pieces, too.
  const tally = scanner.begin(() => budget.checkTime())
  const budget: Budget = new Budget({
    text(text, header) {
      if (first) language = languageOf(text)
      first = false
      tally.add(text, header)
    },
    property: (name, value) => void (properties.size < 1000 && properties.set(name, value)),
  }, EXTRACT_LIMITS)
  let state: ContentState
  try {
    await extractBytes(piece.bytes, budget)
    ;({ state } = budget)
  } catch (error) {
    state = error instanceof ExtractionEnd ? error.state : 'failed'
  }
  const label = labelOf(properties)
  const findings = tally.findings()
  return {
    state: piece.whole || state === 'refused' || state === 'timeout' ? state : 'partial', findings, secret: findings.some(({ type }) => type.startsWith('secret_')),
    labelled: LABELLED.includes(piece.bytes.toString('latin1', 0, 4)) && (state === 'complete' || label !== undefined), ...(label === undefined ? {} : { label }), ...(language === undefined ? {} : { language }),
  }
}

process.on('message', (message: ToContentChild) => {
  if ('rules' in message) {
    scanner = createScanner(message.rules)
    return
  }
  if ('poison' in message) {
    for (const identity of message.poison) poison.add(identity)
    return
  }
  void inspect(message).catch(() => noContent('failed')).then((result) => process.send?.({ id: message.id, ...result } satisfies ContentAnswer))
})
// Its parent is gone: there is nobody to answer to.
process.on('disconnect', () => process.exit(0))
