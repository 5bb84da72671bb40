// The publishing half of one connection: batches out, publish acks in.
//
// An ack is flow control. What was published stays in the spool; only a watermark trims it. A batch that is refused or not
// answered makes the publisher pause and begin again above the watermark. `js.publish` costs a promise and a timer for each
// message, so this publishes with one reply subject of its own and reads the answers itself.
import { activitySubject } from '@holdfast/proto'
import { headers, type Msg, type NatsConnection } from 'nats'
import type { SpoolContract } from '../spool/contract.ts'
import { backoffMs } from './backoff.ts'
import { encodeBatch, limitsWith, MAX_BATCH_GAPS } from './batch.ts'
import type { Bell } from './bell.ts'
import { problemOfAnswer, type UplinkProblem } from './problem.ts'
import type { Progress } from './progress.ts'

/** Batches without an answer; bounds the client's outgoing buffer. */
const WINDOW_BATCHES = 16
const WINDOW_BYTES = 4 * 1024 * 1024
/** Batches beyond the watermark; bounds what a resend can cost, and what a broker holds for a collector that is away. */
const AHEAD_BATCHES = 256
const AHEAD_BYTES = 64 * 1024 * 1024

export interface PublisherDeps {
  readonly connection: NatsConnection
  readonly deviceId: string
  /** Where publish acks come back, without the last token; below the device's inbox prefix. */
  readonly replyPrefix: string
  readonly spool: SpoolContract
  readonly progress: Progress
  readonly bell: Bell
  readonly messageId: (epoch: string, firstSeq: number, count: number, payload: Uint8Array, round: number) => string
  readonly random: () => number
  /** Publishing is refused (a code), or goes well again (empty). */
  readonly onProblem: (problem: UplinkProblem | '') => void
  /** What is sent is not in its order any more. */
  readonly onOrder: () => void
  /** The spool began another epoch. */
  readonly onNewEpoch: () => void
  readonly signal: AbortSignal
  readonly ackTimeoutMs: number
}

export interface Publisher {
  /** Publishes what the spool holds, for ever, until the signal aborts. */
  run(): Promise<void>
  onAck(message: Msg): void
  /** Looks for answers that are overdue; called regularly. */
  tick(): void
  /** A refusal that came another way than by an answer. */
  refused(problem: UplinkProblem): void
  readonly outstanding: number
}

/** JetStream's answer to a publish. @returns undefined when the batch is in the stream */
function refusalIn(message: Msg): UplinkProblem | undefined {
  if (message.headers !== undefined && message.headers.code === 503) return 'STREAM_MISSING'
  let answer: unknown
  try {
    answer = JSON.parse(message.string())
  } catch (error) {
    if (error instanceof SyntaxError) return 'PUBLISH_REFUSED'
    throw error
  }
  if (typeof answer !== 'object' || answer === null) return 'PUBLISH_REFUSED'
  if ('error' in answer && typeof answer.error === 'object' && answer.error !== null) {
    const { err_code: errCode, code } = answer.error as { err_code?: unknown; code?: unknown }
    return problemOfAnswer(Number(errCode ?? 0), Number(code ?? 0))
  }
  return 'stream' in answer && 'seq' in answer ? undefined : 'PUBLISH_REFUSED'
}

export function createPublisher(deps: PublisherDeps): Publisher {
  const { connection, deviceId, replyPrefix, spool, progress, bell, messageId, random, onProblem, onNewEpoch, onOrder, signal, ackTimeoutMs } = deps
  const subject = activitySubject(deviceId)
  const outstanding = new Map<string, { readonly bytes: number; readonly sentAt: number }>()
  let outstandingBytes = 0
  let serial = 0
  let failures = 0
  let pausedUntil = 0

  const fail = (problem: UplinkProblem): void => {
    onProblem(problem)
    outstanding.clear()
    outstandingBytes = 0
    pausedUntil = performance.now() + backoffMs(failures, random())
    failures += 1
    progress.rewind()
    bell.ring()
  }

  const mustPause = (): boolean => outstanding.size >= WINDOW_BATCHES || outstandingBytes >= WINDOW_BYTES || performance.now() < pausedUntil
  const tooFarAhead = (): boolean => progress.aheadBatches >= Math.min(AHEAD_BATCHES, progress.credit) || progress.aheadBytes >= AHEAD_BYTES

  /** @returns bytes on the wire */
  const send = (run: Awaited<ReturnType<SpoolContract['read']>>, gaps: Awaited<ReturnType<SpoolContract['gaps']>>): number => {
    const epoch = run?.epoch ?? progress.epoch
    const payload = encodeBatch(epoch, run, gaps)
    const head = headers()
    head.set('Nats-Msg-Id', messageId(epoch, run?.firstSeq ?? 0, run?.activities.length ?? 0, payload, progress.round))
    serial += 1
    const token = String(serial)
    connection.publish(subject, payload, { headers: head, reply: `${replyPrefix}.${token}` })
    outstanding.set(token, { bytes: payload.length, sentAt: performance.now() })
    outstandingBytes += payload.length
    return payload.length
  }

  /** The riskiest of a large backlog goes before what is older. @returns whether there was anything */
  const publishFirst = async (): Promise<boolean> => {
    const { epoch, next } = progress
    const { lastSeq } = spool.figures()
    const run = spool.epoch === epoch ? progress.first.take(next, lastSeq, (beyond) => spool.marked(beyond)) : undefined
    if (run === undefined) return false
    const limits = limitsWith(0)
    const found = await spool.read(run.first, { ...limits, maxActivities: Math.min(limits.maxActivities, run.last - run.first + 1) })
    if (signal.aborted || spool.epoch !== epoch || progress.epoch !== epoch || progress.next < next) return true
    // Trimmed or dropped meanwhile: there is nothing to be first with.
    if (found === undefined || found.firstSeq > run.last) {
      progress.skipFirst(run)
      return true
    }
    send(found, [])
    progress.sentFirst(found)
    progress.skipFirst({ first: run.first, last: found.firstSeq + found.activities.length - 1 })
    if (progress.first.runs === 1) onOrder()
    return true
  }

  /** @returns whether there was anything to publish */
  const publishNext = async (): Promise<boolean> => {
    if (spool.epoch !== progress.epoch) {
      progress.renewed(spool.epoch)
      onNewEpoch()
    }
    const open = progress.first.openFrom(progress.next)
    progress.skipTo(open.from)
    const { epoch, next, earlier } = progress
    const gaps = progress.unsent(await spool.gaps()).slice(0, MAX_BATCH_GAPS)
    const limits = limitsWith(gaps.length)
    const run = (await spool.readEarlier(earlier, limits)) ?? (spool.figures().lastSeq >= next ? await spool.read(next, { ...limits, maxActivities: Math.min(limits.maxActivities, open.count) }) : undefined)
    if (run === undefined && gaps.length === 0) return false
    // A watermark, a rewind or a new epoch came while the spool was reading: look again.
    if (signal.aborted || spool.epoch !== epoch || progress.epoch !== epoch || progress.next !== next || progress.earlier !== earlier) return true
    progress.sent(run, gaps, send(run, gaps))
    return true
  }

  const waitForMore = async (heard: number): Promise<void> => {
    const enough = new AbortController()
    await Promise.race([spool.waitBeyond(progress.next - 1, enough.signal), bell.after(heard)])
    enough.abort()
  }

  return {
    get outstanding() {
      return outstanding.size
    },
    async run() {
      while (!signal.aborted) {
        const heard = bell.rings
        if (mustPause() || progress.credit === 0) await bell.after(heard)
        else if (await publishFirst()) continue
        else if (tooFarAhead()) await bell.after(heard)
        else if (!(await publishNext())) await waitForMore(heard)
      }
    },
    onAck(message) {
      const token = message.subject.slice(replyPrefix.length + 1)
      const batch = outstanding.get(token)
      if (batch === undefined) return
      outstanding.delete(token)
      outstandingBytes -= batch.bytes
      const refusal = refusalIn(message)
      if (refusal !== undefined) {
        fail(refusal)
        return
      }
      failures = 0
      onProblem('')
      bell.ring()
    },
    tick() {
      const [oldest] = outstanding.values()
      if (oldest !== undefined && performance.now() - oldest.sentAt > ackTimeoutMs) fail('PUBLISH_TIMED_OUT')
      // A pause ends by time alone.
      else if (pausedUntil > 0 && performance.now() >= pausedUntil) {
        pausedUntil = 0
        bell.ring()
      }
    },
    refused: fail,
  }
}
