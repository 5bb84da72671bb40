// An exported audit log (one JSON document a line) read back, to be verified where no server is.
//
//   {"format":"holdfast-audit/1","whole":true,"head":{"seq":9,"hash":"…"},"checkpoint":{…}}
//   {"seq":1,"atMs":…,"actorId":"…","actorName":"…","action":"…","targetKind":"…","targetId":"…","detail":"{…}","hash":"…","read":{…}}
//
// `read` is for people and is not part of the chain: the verifier hashes the other fields.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { CodedError } from '../errors.ts'
import type { AuditCheckpoint } from '../store/privacy.ts'
import type { AuditEntry } from '../store/store.ts'
import { type AuditChainInput, type AuditVerdict, verifyChain } from './chain.ts'

interface Header {
  readonly whole: boolean
  readonly head?: { readonly seq: number; readonly hash: string }
  readonly checkpoint?: AuditCheckpoint
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
const isText = (value: unknown): value is string => typeof value === 'string'

function parse(line: string, number: number, path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    if (isRecord(value)) return value
  } catch {
    // Said below, with the line's number.
  }
  throw new CodedError('AUDIT_FILE_INVALID', { path, problem: `line ${number} is not a JSON object` })
}

function headerOf(row: Readonly<Record<string, unknown>>, path: string): Header {
  if (row['format'] !== 'holdfast-audit/1') throw new CodedError('AUDIT_FILE_INVALID', { path, problem: 'the first line does not say that it is an exported audit log' })
  const head = row['head']
  const checkpoint = row['checkpoint']
  return {
    whole: row['whole'] === true, ...(isRecord(head) && Number.isSafeInteger(head['seq']) && isText(head['hash']) ? { head: { seq: head['seq'] as number, hash: head['hash'] } } : {}),
    ...(isRecord(checkpoint) && Number.isSafeInteger(checkpoint['seq']) && Number.isSafeInteger(checkpoint['atMs']) && isText(checkpoint['hash']) && isText(checkpoint['signature']) ? { checkpoint: { seq: checkpoint['seq'] as number, atMs: checkpoint['atMs'] as number, hash: checkpoint['hash'], signature: checkpoint['signature'] } } : {}),
  }
}

const TEXTS = ['actorId', 'actorName', 'action', 'targetKind', 'targetId', 'detail', 'hash'] as const

function entryOf(row: Readonly<Record<string, unknown>>, number: number, path: string): AuditEntry {
  if (!Number.isSafeInteger(row['seq']) || !Number.isSafeInteger(row['atMs']) || TEXTS.some((field) => !isText(row[field]))) throw new CodedError('AUDIT_FILE_INVALID', { path, problem: `line ${number} is not an entry` })
  return { seq: row['seq'] as number, atMs: row['atMs'] as number, ...(Object.fromEntries(TEXTS.map((field) => [field, row[field]])) as Record<(typeof TEXTS)[number], string>) }
}

/**
 * Verifies an exported file.
 * @throws AUDIT_FILE_INVALID when it is no such file or holds only a part of the log, which no chain can prove
 */
export async function verifyExported(path: string, options: Pick<AuditChainInput, 'anchors' | 'key'> = {}): Promise<AuditVerdict> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
  const first = await lines.next()
  if (first.done === true) throw new CodedError('AUDIT_FILE_INVALID', { path, problem: 'it is empty' })
  const header = headerOf(parse(first.value, 1, path), path)
  if (!header.whole) throw new CodedError('AUDIT_FILE_INVALID', { path, problem: 'it was exported with a filter; export it without one to verify it' })
  const entries = async function* (): AsyncGenerator<AuditEntry> {
    for (let number = 2, line = await lines.next(); line.done !== true; line = await lines.next(), number += 1) if (line.value !== '') yield entryOf(parse(line.value, number, path), number, path)
  }
  // What the file says of its own end is one more head that must be there.
  return verifyChain({ checkpoint: header.checkpoint, entries: entries(), anchors: [...(options.anchors ?? []), ...(header.head === undefined ? [] : [header.head])], ...(options.key === undefined ? {} : { key: options.key }) })
}
