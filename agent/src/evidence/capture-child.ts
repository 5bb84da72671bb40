// The child that reads files for evidence: by the rules of enrich/read-file.ts, with the rights of the person, and sealed
// before anything of it is written. The plain content is never on a disk and never leaves this process.
import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { SEALED_CHUNK_BYTES } from '@holdfast/proto'
import { createActAs } from '../enrich/act-as.ts'
import { createFileReader, sameFile } from '../enrich/read-file.ts'
import type { SkipReason } from './contract.ts'
import { createSealer, type SealFor } from './seal.ts'

/** Below the parent's deadline, so that a slow disk costs an answer and not the child. */
const READ_MS = 15_000

export interface CaptureRequest extends Omit<SealFor, 'publicKey'> {
  readonly path: string
  readonly uid?: number
  /** File of the agent's own folder; made here and nobody's before. */
  readonly target: string
  readonly maxBytes: number
  /** Base64. */
  readonly publicKey: string
}
export type CaptureAnswer =
  | { readonly id: string; readonly plainBytes: number; readonly sealedBytes: number; readonly sha256: string }
  | { readonly id: string; readonly reason: SkipReason; readonly sizeBytes: number }

const actAs = process.platform === 'linux' && process.geteuid?.() === 0 ? createActAs() : undefined
const reader = createFileReader(process.platform === 'linux', actAs)
const buffer = Buffer.allocUnsafeSlow(SEALED_CHUNK_BYTES)

/** Up to a whole chunk; fewer bytes only where the file ends or has shrunk. */
function fill(fd: number, wanted: number, position: number): number {
  let total = 0
  while (total < wanted) {
    const read = readSync(fd, buffer, total, wanted - total, position + total)
    if (read === 0) break
    total += read
  }
  return total
}

function writeAll(fd: number, bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at)
  return bytes.length
}

function copy(request: CaptureRequest, out: number): CaptureAnswer {
  const skip = (reason: SkipReason, sizeBytes = 0): CaptureAnswer => ({ id: request.id, reason, sizeBytes })
  const used = reader.use(request.path, request.uid, (fd, before): CaptureAnswer => {
    const size = Number(before.size)
    if (size > request.maxBytes) return skip('too_large', size)
    const until = performance.now() + READ_MS
    const sealer = createSealer({ ...request, publicKey: Buffer.from(request.publicKey, 'base64') })
    let written = 0
    try {
      written += writeAll(out, sealer.head)
      for (let at = 0; at < size;) {
        const read = fill(fd, Math.min(SEALED_CHUNK_BYTES, size - at), at)
        if (read === 0) return skip('unstable', size)
        written += writeAll(out, sealer.chunk(buffer.subarray(0, read)))
        at += read
        if (performance.now() > until) return skip('timeout', size)
      }
      const end = sealer.end()
      if (!sameFile(before, fstatSync(fd, { bigint: true })) || end.plainBytes !== size) return skip('unstable', size)
      written += writeAll(out, end.bytes)
      fsyncSync(out)
      return { id: request.id, plainBytes: size, sealedBytes: written, sha256: end.sha256 }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : ''
      return skip(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk_full' : 'unread', size)
    }
  })
  if ('value' in used) return used.value
  return skip(used.state === 'stable' || used.state === 'too_big' ? 'unread' : used.state)
}

function capture(request: CaptureRequest): CaptureAnswer {
  actAs?.(0)
  // Opened while we are root: what is written through it does not ask again for the rights.
  const out = openSync(request.target, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0), 0o600)
  try {
    const answer = copy(request, out)
    actAs?.(0)
    if ('reason' in answer) unlinkSync(request.target)
    return answer
  } finally {
    closeSync(out)
    buffer.fill(0)
    // No medium is kept busy by us.
    reader.release()
  }
}

process.on('message', (request: CaptureRequest) => {
  let answer: CaptureAnswer
  try {
    answer = capture(request)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    answer = { id: request.id, reason: code === 'ENOSPC' || code === 'EDQUOT' ? 'disk_full' : 'unread', sizeBytes: 0 }
  }
  process.send?.(answer)
})
flushCompileCache()
// Its parent is gone: there is nobody to answer to.
process.on('disconnect', () => process.exit(0))
