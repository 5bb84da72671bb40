// What the spool's tests share: folders, logs, and the question whether anything went missing.
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Spool, SpoolLog } from './spool.ts'

export const quiet: SpoolLog = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** A folder that is removed with everything that was made in it. */
export async function temporaryFolder(): Promise<{ readonly path: string; sub(name: string): string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'holdfast-spool-'))
  return { path, sub: (name) => join(path, name), remove: () => rm(path, { recursive: true, force: true }) }
}

/** Bytes of an activity that say which one it is. */
export function bodyOf(tag: number, size: number): Buffer {
  const body = Buffer.alloc(size, tag % 251)
  body.write(`${tag}:`.slice(0, size))
  return body
}

/** The files as a crash would leave them; what only lives as long as a process stays behind. */
export async function copySpool(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    if (name === 'spool.db' || name === 'spool.db-wal' || name === 'spool.state') await copyFile(join(from, name), join(to, name))
  }
}

const LIMITS = { maxActivities: 100, maxBytes: 256 * 1024 }

/** Everything that the spool would send, by `epoch seq`. */
export async function contents(spool: Spool): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>()
  let after: { epoch: string; seq: number } | undefined
  for (let run = await spool.readEarlier(after, LIMITS); run !== undefined; run = await spool.readEarlier(after, LIMITS)) {
    for (const [index, body] of run.activities.entries()) found.set(`${run.epoch} ${run.firstSeq + index}`, body)
    after = { epoch: run.epoch, seq: run.firstSeq + run.activities.length - 1 }
  }
  let next = 1
  for (let run = await spool.read(next, LIMITS); run !== undefined; run = await spool.read(next, LIMITS)) {
    for (const [index, body] of run.activities.entries()) found.set(`${run.epoch} ${run.firstSeq + index}`, body)
    next = run.firstSeq + run.activities.length
  }
  return found
}

export interface Promised {
  readonly epoch: string
  readonly ackedSeq: number
  /** bodies[0] has number 1. */
  readonly bodies: readonly Uint8Array[]
}

/**
 * Compares with what was promised: each number is held with its own bytes, acknowledged, or covered by a gap record.
 *
 * @returns the numbers that are missing, and those with other bytes
 */
export async function audit(spool: Spool, { epoch, ackedSeq, bodies }: Promised): Promise<{ readonly missing: number[]; readonly altered: number[]; readonly held: number }> {
  const held = await contents(spool)
  const gaps = (await spool.gaps()).filter((gap) => gap.epoch === epoch)
  const missing: number[] = []
  const altered: number[] = []
  let kept = 0
  for (const [index, body] of bodies.entries()) {
    const seq = index + 1
    const found = held.get(`${epoch} ${seq}`)
    if (found !== undefined) {
      kept += 1
      if (Buffer.compare(found, body) !== 0) altered.push(seq)
    } else if (seq > ackedSeq && !gaps.some((gap) => gap.firstSeq <= seq && seq <= gap.lastSeq)) missing.push(seq)
  }
  return { missing, altered, held: kept }
}
