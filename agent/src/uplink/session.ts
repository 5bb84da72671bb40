// One connection from its first subscription to its end: sync, watermarks, policies, heartbeats, and the publisher.
import { setTimeout as sleep } from 'node:timers/promises'
import { activitySubject, answerSubject, downSubject, evidenceSubject, heartbeatSubject, inboxPrefix, packageSubject, policySubject, syncSubject, wire } from '@holdfast/proto'
import { createInbox, Events, type Msg, type NatsConnection } from 'nats'
import { type Bell, createBell } from './bell.ts'
import type { UplinkDeps, UplinkLog } from './contract.ts'
import { createPolicyQueue } from './policy-queue.ts'
import { problemOf, type UplinkProblem } from './problem.ts'
import type { Progress } from './progress.ts'
import { createPublisher, type Publisher } from './publisher.ts'
import { createSyncKeeper } from './sync-keeper.ts'

/** Time for an answer to a part of a copy, or for a piece of a release. */
const PART_ANSWER_MS = 15_000
/** The permission set that pieces of releases came with. */
const PACKAGE_PERMISSIONS = 4
const QUIET_TICKS = 8

export interface UplinkTimings {
  /** How long publishing waits for the answer to the first sync. */
  readonly firstAnswerMs: number
  /** Silence of the collector after which the device asks again; doubles up to syncCapMs. */
  readonly syncMs: number
  readonly syncCapMs: number
  /** Time without progress after which batches go out again; doubles up to resendCapMs. */
  readonly resendMs: number
  readonly resendCapMs: number
  /** Time for a publish ack. */
  readonly ackTimeoutMs: number
  readonly tickMs: number
  /** Time to flush after the signal. */
  readonly flushMs: number
}

export const uplinkTimings: UplinkTimings = {
  firstAnswerMs: 2000, syncMs: 5000, syncCapMs: 60_000, resendMs: 30_000, resendCapMs: 3_600_000, ackTimeoutMs: 10_000, tickMs: 250, flushMs: 2000,
}

export interface SessionDeps extends UplinkDeps {
  readonly connection: NatsConnection
  readonly progress: Progress
  readonly timings: UplinkTimings
  readonly messageId: (epoch: string, firstSeq: number, count: number, payload: Uint8Array, round: number) => string
  readonly onProblem: (problem: UplinkProblem | '') => void
  /** Seconds over which the next connection should be spread. */
  readonly onSpread: (seconds: number) => void
  /** Rings when a heartbeat is wanted. */
  readonly beats: Bell
  /** Version of what the credential of this connection allows. */
  readonly permissionSet: number
  /** A renewed credential, not verified; `taken` is called when the next connection has it. */
  readonly onCredential: (jwt: string, taken: () => void) => void
}

export interface SessionEnd {
  readonly problem: UplinkProblem | ''
  /** The collector spoke, so the way there and back works. */
  readonly answered: boolean
  readonly retryAfterSecs?: number
  /** Ended because there is a renewed credential to connect with. */
  readonly renewed: boolean
}

/** Serves one connection until it ends or `stop` aborts, then closes it. Rejects never. */
export async function runSession(deps: SessionDeps, stop: AbortSignal): Promise<SessionEnd> {
  const { connection, identity, spool, progress, timings, random, log, onProblem, beats } = deps
  const ended = new AbortController()
  const bell = createBell()
  const replyPrefix = createInbox(inboxPrefix(identity.deviceId))
  let retryAfterSecs: number | undefined
  let problem: UplinkProblem | '' = ''
  let renewed = false

  const end = (): void => {
    ended.abort()
    bell.ring()
    beats.ring()
  }
  let wasOutOfOrder = false
  const sync = createSyncKeeper({
    spool, progress, timings, random, log,
    wake() {
      bell.ring()
      const outOfOrder = progress.first.runs > 0
      if (wasOutOfOrder && !outOfOrder) beats.ring()
      wasOutOfOrder = outOfOrder
    },
    ask() {
      const { epoch, lastSeq, firstHeldSeq } = spool.figures()
      const { hash, version } = deps.policyState()
      send(connection, syncSubject(identity.deviceId), wire.Sync.encode({ epoch, lastSeq, firstHeldSeq, policyHash: hash, policyVersion: version }).finish())
    },
  })
  const publisher = createPublisher({
    connection, deviceId: identity.deviceId, replyPrefix, spool, progress, bell, messageId: deps.messageId, random, signal: ended.signal, ackTimeoutMs: timings.ackTimeoutMs, onProblem, onNewEpoch: () => sync.ask(), onOrder: () => beats.ring(),
  })
  const onPolicy = createPolicyQueue(async (signed) => {
    await deps.onPolicy(signed).catch((error: unknown) => log.error({ err: error }, 'a policy could not be handled'))
    beats.ring()
  })
  const onDown = (message: Msg): void => {
    const down = readDown(message.data, log)
    if (down?.watermark) {
      deps.onSpread(down.watermark.returnSpreadSecs ?? 0)
      sync.onWatermark(down.watermark.epoch ?? '', down.watermark.committedSeq ?? 0, down.watermark.credit ?? undefined)
    }
    else if (down?.policy) onPolicy(wire.SignedPolicy.encode(down.policy).finish())
    else if (down?.retryAfter) {
      retryAfterSecs = down.retryAfter.seconds ?? 0
      problem = 'RETRY_AFTER'
      end()
    } else if (down?.drill) deps.onDrill?.(down.drill)
    else if (down?.order) deps.onOrder?.(wire.SignedOrder.encode(down.order).finish(), (data) => send(connection, answerSubject(identity.deviceId), data))
    else if (down?.dismissal) {
      const { why, key } = down.dismissal
      if ((key ?? '') === '' || key === identity.publicKey) deps.onDismissed?.(why ?? '')
    }
    else if (down?.credential) {
      deps.onCredential(down.credential.jwt ?? '', () => {
        renewed = true
        end()
      })
    }
  }
  const denied = (subject: string): void => {
    onProblem('PERMISSION_DENIED')
    log.error({ subject }, 'the broker refuses a subject to this device')
  }

  stop.addEventListener('abort', end)
  const watchEnd = async (): Promise<void> => {
    const error = await connection.closed()
    if (!ended.signal.aborted) problem = problemOf(error ?? undefined)
    end()
  }
  void watchEnd()
  void watchStatus(connection, activitySubject(identity.deviceId), denied, publisher)
  progress.reconnected()
  listen(connection, `${replyPrefix}.*`, (message) => publisher.onAck(message), denied)
  listen(connection, downSubject(identity.deviceId), onDown, denied)
  listen(connection, policySubject(identity.group), (message) => onPolicy(message.data), denied)
  sync.ask()
  let quietTicks = 0
  const timer = setInterval(() => {
    sync.tick()
    publisher.tick()
    // Gap records can come without an activity, and the first answer may never come; with nothing to wait for, a look costs more than the tick.
    const isQuiet = sync.answered && publisher.outstanding === 0 && spool.figures().lastSeq < progress.next
    quietTicks = isQuiet ? quietTicks + 1 : 0
    if (quietTicks % QUIET_TICKS === 0) bell.ring()
  }, timings.tickMs)
  if (stop.aborted) end()
  await Promise.all([firstAnswer(), beat(deps, ended.signal), sendEvidence(), fetchReleases()])
  clearInterval(timer)
  stop.removeEventListener('abort', end)
  // What is on the way without an answer counts as not sent.
  if (publisher.outstanding > 0) progress.rewind()
  await hangUp(connection, timings.flushMs)
  return { problem, renewed, answered: sync.answered, ...(retryAfterSecs === undefined ? {} : { retryAfterSecs }) }

  /** Copies of files, while no activity waits: neither one that is on the way nor one that was never published. */
  async function sendEvidence(): Promise<void> {
    await deps.evidence?.send({
      request: async (data) => (await connection.request(evidenceSubject(identity.deviceId), data, { timeout: PART_ANSWER_MS })).data,
      get quiet() {
        return sync.answered && publisher.outstanding === 0 && spool.figures().lastSeq < progress.next
      },
    }, ended.signal).catch((error: unknown) => log.warn({ err: error }, 'copies of files are not sent any more'))
  }

  /** With a credential of before there were releases the broker would refuse each request; a renewed one comes by itself. */
  async function fetchReleases(): Promise<void> {
    if (deps.permissionSet < PACKAGE_PERMISSIONS) return
    await deps.upgrades?.fetch({
      request: async (data) => (await connection.request(packageSubject(identity.deviceId), data, { timeout: PART_ANSWER_MS })).data,
      get quiet() {
        return sync.answered && publisher.outstanding === 0 && spool.figures().lastSeq < progress.next
      },
    }, ended.signal).catch((error: unknown) => log.warn({ err: error }, 'releases are not fetched any more'))
  }

  /** Better to know the watermark first; but activities must reach the broker when the collector is away, too. */
  async function firstAnswer(): Promise<void> {
    const since = performance.now()
    for (let heard = bell.rings; !sync.answered && performance.now() - since < timings.firstAnswerMs && !ended.signal.aborted; heard = bell.rings) await bell.after(heard)
    await keepPublishing(publisher, connection, log, ended.signal)
  }
}

const send = (connection: NatsConnection, subject: string, data: Uint8Array): void => {
  if (!connection.isClosed()) connection.publish(subject, data)
}

function listen(connection: NatsConnection, subject: string, take: (message: Msg) => void, denied: (subject: string) => void): void {
  connection.subscribe(subject, { callback: (error, message) => (error === null ? take(message) : denied(subject)) })
}

function readDown(data: Uint8Array, log: UplinkLog): wire.Down | undefined {
  try {
    return wire.Down.decode(data)
  } catch (error) {
    log.warn({ err: error, bytes: data.length }, 'a message from the collector cannot be read')
    return undefined
  }
}

/** Ends with the connection. */
async function watchStatus(connection: NatsConnection, activities: string, denied: (subject: string) => void, publisher: Publisher): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type !== Events.Error || status.permissionContext === undefined) continue
    denied(status.permissionContext.subject)
    // A refused publish is never answered, so what is on the way is lost.
    if (status.permissionContext.subject === activities && publisher.outstanding > 0) publisher.refused('PERMISSION_DENIED')
  }
}

async function keepPublishing(publisher: Publisher, connection: NatsConnection, log: UplinkLog, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await publisher.run()
    } catch (error) {
      if (connection.isClosed()) return
      log.warn({ err: error }, 'publishing failed; trying again')
      await sleep(1000, undefined, { signal }).catch(() => undefined)
    }
  }
}

/** Numbers below what went first are on the device and not lost: the collector must not take them for a gap. */
const withOrder = (told: wire.Heartbeat.$Properties, { first }: Progress): wire.Heartbeat.$Properties =>
  first.runs === 0 || told.spool === null || told.spool === undefined ? told : { ...told, spool: { ...told.spool, outOfOrder: true } }

async function beat({ connection, identity, heartbeat, heartbeatIntervalSecs, beats, permissionSet, progress, log }: SessionDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const heard = beats.rings
    try {
      send(connection, heartbeatSubject(identity.deviceId), wire.Heartbeat.encode(withOrder({ ...(await heartbeat()), permissionSet }, progress)).finish())
    } catch (error) {
      log.warn({ err: error }, 'a heartbeat could not be made')
    }
    const over = new AbortController()
    await Promise.race([sleep(Math.max(1, heartbeatIntervalSecs()) * 1000, undefined, { signal: over.signal }).catch(() => undefined), beats.after(heard)])
    over.abort()
  }
}

/** Lets what was published leave, then closes; a dead connection does not hold this up. */
async function hangUp(connection: NatsConnection, flushMs: number): Promise<void> {
  const patience = new AbortController()
  const orLater = (work: Promise<unknown>, ms: number) => Promise.race([work.catch(() => undefined), sleep(ms, undefined, { signal: patience.signal }).catch(() => undefined)])
  if (!connection.isClosed()) await orLater(connection.flush(), flushMs)
  await orLater(connection.close(), 500)
  patience.abort()
}
