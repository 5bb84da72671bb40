// Heads of the audit chain, one JSON line each, in a file that belongs on another machine.
//
//   {"seq":17,"hash":"…","atMs":1790000000000}\n
//
// A line is complete when its line feed is there; a crash can leave a last line without one, which is left out.
import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { dirname } from 'node:path'
import { CodedError } from '../errors.ts'
import type { StoreReader } from '../store/store.ts'

export interface Anchor {
  readonly seq: number
  readonly hash: string
  readonly atMs: number
}

function wholeLines(path: string): { readonly lines: readonly string[]; readonly bytes: number } {
  if (!existsSync(path)) return { lines: [], bytes: 0 }
  const text = readFileSync(path, 'utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return { lines: whole.split('\n').slice(0, -1), bytes: Buffer.byteLength(whole) }
}

/** @throws DATA_FOLDER_UNUSABLE when a line is no anchor: somebody else wrote there */
export const readAnchors = (path: string): readonly Anchor[] =>
  wholeLines(path).lines.map((line, index) => {
    let anchor: Partial<Anchor> | null = null
    try {
      anchor = JSON.parse(line) as Partial<Anchor> | null
    } catch {
      // Said below, with the line's number.
    }
    if (anchor === null || !Number.isSafeInteger(anchor.seq) || typeof anchor.hash !== 'string') throw new CodedError('DATA_FOLDER_UNUSABLE', { dir: dirname(path), problem: `line ${index + 1} of anchors.jsonl is not an anchor` })
    return anchor as Anchor
  })

/** Adds the present head, unless it is the last one anchored. */
export async function anchorHead(store: StoreReader, path: string, nowMs: number): Promise<void> {
  const head = await store.auditHead()
  if (head === undefined) return
  const { lines, bytes } = wholeLines(path)
  if (lines.at(-1)?.startsWith(`{"seq":${head.seq},`) === true) return
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (existsSync(path)) truncateSync(path, bytes)
  appendFileSync(path, `${JSON.stringify({ seq: head.seq, hash: head.hash, atMs: nowMs })}\n`, { mode: 0o600, flush: true })
}
