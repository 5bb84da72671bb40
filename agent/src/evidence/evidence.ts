// Evidence of one device: rule, captures one after the other, the shelf, and sending.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Identity } from '../identity/contract.ts'
import type { SensedActivity } from '../activity.ts'
import { createCapturer } from './capturer.ts'
import type { Evidence, ShelvedCopy, SkipReason } from './contract.ts'
import { type CaptureRule, type Chosen, compileRule } from './rule.ts'
import { sealKeyId } from './seal.ts'
import { sendCopies } from './sender.ts'
import { openShelf } from './shelf.ts'
import { compiledFolder } from '../platform/compiled-code.ts'

/** Files that wait to be read; what comes beyond is skipped with its reason. */
const QUEUE_LIMIT = 1000
/** Sealing adds a head, an end and 20 bytes a chunk. */
const OVERHEAD_BYTES = 8192

export interface EvidenceOptions {
  /** The agent's folder for it; made 0700 where it is absent. */
  readonly folder: string
  readonly identity: Pick<Identity, 'deviceId' | 'organisation'>
  readonly now: () => number
  readonly log: { info(object: object, message: string): void; warn(object: object, message: string): void }
  readonly onChange?: () => void
  readonly captureDeadlineMs?: number
}

interface Wanted {
  readonly chosen: Chosen
  readonly rule: CaptureRule
  readonly epoch: string
  readonly seq: number
}

/** Opens the shelf; nothing is captured before `follow`. */
export async function createEvidence({ folder, identity, now, log, onChange = () => {}, captureDeadlineMs }: EvidenceOptions): Promise<Evidence> {
  const shelf = await openShelf(folder, now)
  const capturer = createCapturer({ compiledFolder: compiledFolder(join(folder, 'compiled')), ...(captureDeadlineMs === undefined ? {} : { deadlineMs: captureDeadlineMs }) })
  const queue: Wanted[] = []
  let rule: CaptureRule | undefined
  let working: Promise<void> | undefined
  let captured = 0
  let sent = 0
  let problem = ''
  const ending = new AbortController()

  const skip = (epoch: string, seq: number, reason: SkipReason, sizeBytes: number): void => {
    shelf.skip({ epoch, seq, reason, atMs: now(), sizeBytes })
    onChange()
  }

  const capture = async ({ chosen, rule: by, epoch, seq }: Wanted): Promise<void> => {
    const fail = (reason: SkipReason, sizeBytes: number): void => {
      by.settle(chosen, 0)
      skip(epoch, seq, reason, sizeBytes)
    }
    if (!(await shelf.makeRoom(chosen.sizeBytes + OVERHEAD_BYTES + Math.ceil(chosen.sizeBytes / 2048), by.folderBytes))) return fail(chosen.sizeBytes > by.folderBytes ? 'too_large' : 'disk_full', chosen.sizeBytes)
    const id = randomBytes(16).toString('hex')
    const capturedAtMs = now()
    const request = {
      id, epoch, seq, capturedAtMs, deviceId: identity.deviceId, organisation: identity.organisation, path: chosen.path, target: shelf.partOf(id), maxBytes: by.maxFileBytes,
      publicKey: Buffer.from(by.publicKey).toString('base64'), ...(chosen.uid === undefined ? {} : { uid: chosen.uid }),
    }
    let answer = await capturer.capture(request)
    // A copy that is still being written settles within moments; one that never does is refused.
    if ('reason' in answer && answer.reason === 'unstable') {
      await new Promise((resolve) => setTimeout(resolve, 1000).unref())
      answer = await capturer.capture(request)
    }
    if ('reason' in answer) return fail(answer.reason, answer.sizeBytes || chosen.sizeBytes)
    const copy: ShelvedCopy = { id, epoch, seq, capturedAtMs, plainBytes: answer.plainBytes, sealedBytes: answer.sealedBytes, sha256: answer.sha256, keyId: sealKeyId(by.publicKey) }
    await shelf.keep(copy)
    by.settle(chosen, answer.plainBytes)
    await shelf.saveUse()
    captured += 1
    onChange()
  }

  const work = async (): Promise<void> => {
    for (let wanted = queue.shift(); wanted !== undefined; wanted = queue.shift()) {
      try {
        await capture(wanted)
      } catch (error) {
        log.warn({ err: error }, 'a copy could not be kept')
        skip(wanted.epoch, wanted.seq, 'unread', wanted.chosen.sizeBytes)
      }
    }
    working = undefined
  }

  return {
    follow(policy) {
      const before = rule !== undefined
      rule = compileRule(policy, shelf.use)
      if (before !== (rule !== undefined)) log.info({ on: rule !== undefined }, 'evidence capture was switched')
      onChange()
    },
    consider(activity: SensedActivity, epoch, seq) {
      if (rule === undefined || ending.signal.aborted) return
      const verdict = rule.judge(activity, now())
      if (verdict.kind === 'not_chosen') return
      if (verdict.kind === 'skipped') return skip(epoch, seq, verdict.reason, verdict.sizeBytes)
      if (queue.length >= QUEUE_LIMIT) {
        rule.settle(verdict, 0)
        return skip(epoch, seq, 'queue_full', verdict.sizeBytes)
      }
      queue.push({ chosen: verdict, rule, epoch, seq })
      working ??= work()
    },
    send: (link, signal) =>
      sendCopies({
        shelf, link, now, signal,
        onSent: () => {
          sent += 1
          onChange()
        },
        onProblem: (next) => {
          if (next === problem) return
          problem = next
          onChange()
        },
      }),
    status: () => ({ on: rule !== undefined, waiting: shelf.copies().length + queue.length, bytes: shelf.bytes, maxBytes: rule?.folderBytes ?? 0, captured, sent, skipped: shelf.skipped, problem }),
    async close() {
      ending.abort()
      // What was chosen and not read yet is not there after the end: say so.
      for (const { epoch, seq, chosen } of queue.splice(0)) shelf.skip({ epoch, seq, reason: 'queue_full', atMs: now(), sizeBytes: chosen.sizeBytes })
      capturer.close()
      await working
      await shelf.flush()
    },
  }
}
