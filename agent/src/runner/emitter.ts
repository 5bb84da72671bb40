// From a sensor's hand to the spool's disk: in order, in bounded memory, and nothing lost without a record.
//
//   emit -> capture who (at once) -> queue -> name, encode -> spool.append (many in flight, one group commit) -> resolve
//
// Invariants
//   - Activities reach spool.append in the order of emit, over all sensors; one whose file is looked into (`attach`) takes its
//     place when the answer is there.
//   - A promise of emit resolves after the commit, or when the loss is counted; it never rejects.
//   - At most MAX_OUTSTANDING activities wait here, and at most MAX_IN_FLIGHT (or MAX_IN_FLIGHT_BYTES) of them encoded in the
//     spool's hands. What comes beyond that is counted by sensor and becomes a `telemetry_gap` activity (`rate_limited`, with
//     the number) as soon as the spool works again.
//   - Nobody's flood takes the room of the others (shares.ts): what is above a person's or a sensor's share is counted for them,
//     told when it begins (`agent_degraded`) and, with the number, every ten seconds (`telemetry_gap`, with the account).
//   - When the spool cannot write, what was in flight goes back to the front, and one activity probes with back-off until it can.
//
// A crash loses what was not committed; nobody was told that it was safe, and the next start says `unclean`.
import { setTimeout as sleep } from 'node:timers/promises'
import { activityKinds, MAX_ACTIVITY_BYTES, toWireTimestamp, wire } from '@holdfast/proto'
import type { SensedActivity } from '../activity.ts'
import { CodedError } from '../errors.ts'
import type { SensorContext } from '../sensors/sensor.ts'
import type { SpoolContract } from '../spool/contract.ts'
import type { Actors, CapturedActor } from './actor.ts'
import { createShares } from './shares.ts'

/** About 30 MB of activities about files; a copy of 20,000 files in one go fits. */
const MAX_OUTSTANDING = 32_768
/** As many as one group commit can use; the rest waits here, where it can be counted. */
const MAX_IN_FLIGHT = 4096
const MAX_IN_FLIGHT_BYTES = 8 << 20
/** Name under which the agent reports about itself; its own word is never refused. */
const SELF = 'agent'
/** What a person's flood costs them is told at most this often. */
const GATHER_MS = 10_000
const RETRY_FIRST_MS = 100
const RETRY_MAX_MS = 5000

export interface Emitter {
  emit(sensor: string, activity: SensedActivity): Promise<void>
  /** Activities of a sensor that are durable. */
  emitted(sensor: string): number
  /** Activities that were taken so far, durable or not. */
  taken(): number
  /** Why nothing can be written now; empty while all is well. */
  problem(): string
  /** Waits until everything is durable, at most so long. @returns whether everything is */
  flush(timeoutMs: number): Promise<boolean>
  /** Gives up on what is not durable yet. */
  close(): void
}

export interface EmitterDeps {
  readonly spool: Pick<SpoolContract, 'append'>
  readonly actors: Actors
  readonly now: () => number
  readonly log: SensorContext['log']
  /** An activity is durable under this number; must not throw or wait. */
  readonly onStored?: (activity: SensedActivity, seq: number, drill: string | undefined, who: CapturedActor) => void
  /** How soon it is sent from a backlog, 0 to 3; asked once, with what content has told. Must not throw. */
  readonly rankOf?: (activity: SensedActivity, who: CapturedActor) => number
  /** The fire drill that an activity is an act of; undefined for whatever people do. */
  readonly markOf?: (activity: SensedActivity) => string | undefined
  /** Adds what only the content of a file can tell; undefined for what need not wait. Must not reject. */
  readonly attach?: (activity: SensedActivity) => Promise<{ readonly activity: SensedActivity; readonly more: readonly SensedActivity[] }> | undefined
  /** How full the spool is, 0 to 1. */
  readonly pressure?: () => number
  /** Smaller ones in tests. */
  readonly limits?: { readonly outstanding?: number; readonly retryFirstMs?: number; readonly gatherMs?: number; readonly bucket?: number }
}

interface Item {
  readonly order: number
  readonly sensor: string
  readonly activity: SensedActivity
  readonly captured: CapturedActor
  readonly observedAtMs: number
  readonly drill: string | undefined
  /** Whose share it takes; undefined for what the agent says itself. */
  readonly person: string | undefined
  bytes?: Uint8Array
  rank?: number
  settle(): void
}

/** An activity carries exactly the arm of its kind. */
const hasOwnDetail = ({ kind, detail }: SensedActivity): boolean => {
  const arms = Object.keys(detail)
  return arms.length === 1 && arms[0] === activityKinds[kind].field
}

function encode(item: Item, actor: wire.Actor.$Properties | undefined, detail: SensedActivity['detail']): Uint8Array {
  const { activity, observedAtMs } = item
  // A time that is no number would be refused by the collector; the time of seeing it is the next best.
  const occurredAtMs = Number.isSafeInteger(Math.floor(activity.occurredAtMs)) && activity.occurredAtMs >= 0 ? activity.occurredAtMs : observedAtMs
  return wire.Activity.encode({
    occurredAt: toWireTimestamp(occurredAtMs), observedAt: toWireTimestamp(observedAtMs), sensor: item.sensor, recovered: activity.recovered ?? false, ...(actor === undefined ? {} : { actor }), ...(item.drill === undefined ? {} : { drill: item.drill }), ...detail,
  }).finish()
}

/** As encode, with as many members of an archive as fit; its member_count still tells how many there are. */
function encodeToFit(item: Item, actor: wire.Actor.$Properties | undefined): Uint8Array {
  const { detail } = item.activity
  const bytes = encode(item, actor, detail)
  if (bytes.length <= MAX_ACTIVITY_BYTES || detail.archiveCreated?.members == null) return bytes
  const { members } = detail.archiveCreated
  for (let kept = members.length >> 1; ; kept >>= 1) {
    const shorter = encode(item, actor, { archiveCreated: { ...detail.archiveCreated, members: members.slice(0, kept) } })
    if (shorter.length <= MAX_ACTIVITY_BYTES || kept === 0) return shorter
  }
}

const count = (counts: Map<string, number>, sensor: string): void => void counts.set(sensor, (counts.get(sensor) ?? 0) + 1)

interface Loss {
  readonly sensor: string
  /** Whose share was used up; undefined when there was no room for anybody. */
  readonly who: CapturedActor | undefined
  readonly sinceMs: number
  missed: number
}

const personOf = ({ uid, account }: CapturedActor): string => (uid === undefined ? account ?? '' : String(uid))

export function createEmitter({ spool, actors, now, log, onStored, markOf, rankOf, attach, pressure = () => 0, limits = {} }: EmitterDeps): Emitter {
  const { outstanding: maxOutstanding = MAX_OUTSTANDING, retryFirstMs = RETRY_FIRST_MS, gatherMs = GATHER_MS, bucket } = limits
  const shares = createShares({ maxOutstanding, pressure, steady: () => performance.now(), ...(bucket === undefined ? {} : { bucket }) })
  let waiting: Item[] = []
  let head = 0
  let failed: Item[] = []
  let order = 0
  let inFlight = 0
  let outstanding = 0
  let encodedBytes = 0
  let retryMs = 0
  let problem = ''
  let pumping = false
  let closed = false
  /** Wakes the pump when something in flight has come back. */
  let waker: (() => void) | undefined
  const emitted = new Map<string, number>()
  const lost = new Map<string, Loss>()
  let gathering: NodeJS.Timeout | undefined
  const idle = new Set<() => void>()

  const wake = (): void => {
    waker?.()
    waker = undefined
  }

  const nextWake = (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>()
    waker = resolve
    return promise
  }

  const finish = (item: Item): void => {
    outstanding -= 1
    encodedBytes -= item.bytes?.length ?? 0
    if (item.person !== undefined) shares.give(item.sensor, item.person)
    item.settle()
    if (outstanding === 0) for (const done of idle) done()
  }

  const lose = (item: Item, code: string): void => {
    log.error({ sensor: item.sensor, kind: item.activity.kind, code, intentional: false }, 'an activity could not be kept')
    countLoss(item.sensor)
    finish(item)
    if (item.activity.kind !== 'telemetry_gap') reportLosses()
  }

  /** @param person whose share was taken for it */
  const enqueue = (sensor: string, activity: SensedActivity, captured: CapturedActor, person: string | undefined, settle: () => void = () => {}, observedAtMs = now()): void => {
    outstanding += 1
    waiting.push({ order: order++, sensor, activity, captured, observedAtMs, drill: markOf?.(activity), person, settle })
    kick()
  }

  /** It keeps its time and who did it: the process may be gone when the answer about the content comes. */
  const hold = (sensor: string, looked: NonNullable<ReturnType<NonNullable<EmitterDeps['attach']>>>, captured: CapturedActor, person: string | undefined, settle: () => void): void => {
    const observedAtMs = now()
    outstanding += 1
    const go = async (): Promise<void> => {
      const { activity, more } = await looked
      outstanding -= 1
      if (closed) return settle()
      enqueue(sensor, activity, captured, person, settle, observedAtMs)
      for (const one of more) enqueue(sensor, one, captured, undefined, undefined, observedAtMs)
    }
    void go()
  }

  const countLoss = (sensor: string, who?: CapturedActor): void => {
    const key = who === undefined ? sensor : `${sensor}\n${personOf(who)}`
    const known = lost.get(key)
    if (known !== undefined) {
      known.missed += 1
      return
    }
    lost.set(key, { sensor, who, sinceMs: performance.now(), missed: 1 })
    log.error({ sensor, waiting: outstanding, uid: who?.uid, intentional: false }, who === undefined ? 'more activities than can wait; they are counted' : 'one account causes more activities than its share; those above it are counted')
    if (who === undefined || closed) return
    enqueue(SELF, { kind: 'agent_degraded', occurredAtMs: now(), detail: { agentDegraded: { sensor, reason: 'One account causes more activities than its share. Those above it are counted, and a gap tells how many; what others do is kept.' } } }, who, undefined)
    gatherMore()
  }

  /** Once more later, as long as there is something to tell. */
  const gatherMore = (): void => {
    gathering ??= setTimeout(() => {
      gathering = undefined
      reportLosses()
      if (lost.size > 0 && !closed) gatherMore()
    }, gatherMs).unref()
  }

  /** Losses become activities once there is room to keep them. */
  const reportLosses = (isEnd = false): void => {
    if (lost.size === 0 || problem !== '' || outstanding > maxOutstanding / 2) return
    const dueMs = performance.now() - gatherMs
    for (const [key, { sensor, who, sinceMs, missed }] of lost) {
      // A flood goes on for a while, and one record for each activity of it would be as many again.
      if (who !== undefined && sinceMs > dueMs && !isEnd) continue
      lost.delete(key)
      enqueue(SELF, { kind: 'telemetry_gap', occurredAtMs: now(), detail: { telemetryGap: { sensor, reason: 'rate_limited', missed } } }, who ?? {}, undefined)
    }
  }

  const append = async (item: Item, bytes: Uint8Array): Promise<void> => {
    inFlight += 1
    try {
      const seq = await spool.append(bytes, item.rank)
      if (problem !== '') log.info({ waiting: outstanding - 1 }, 'the spool writes again')
      problem = ''
      retryMs = 0
      count(emitted, item.sensor)
      onStored?.(item.activity, seq, item.drill, item.captured)
      finish(item)
      reportLosses()
    } catch (error) {
      const code = error instanceof CodedError ? error.code : 'INTERNAL'
      if (code === 'SPOOL_RECORD_TOO_LARGE') return lose(item, code)
      if (problem === '') log.error({ err: error, code }, 'the spool cannot write; activities wait in memory')
      problem = code
      failed.push(item)
    } finally {
      inFlight -= 1
      wake()
      kick()
    }
  }

  /** Puts what failed back to the front, in its order, and waits a little. Nothing is in flight. */
  const recover = async (): Promise<void> => {
    waiting = [...failed.toSorted((a, b) => a.order - b.order), ...waiting.slice(head)]
    head = 0
    failed = []
    retryMs = Math.min(RETRY_MAX_MS, retryMs === 0 ? retryFirstMs : retryMs * 2)
    await sleep(retryMs)
  }

  const prepare = async (item: Item): Promise<Uint8Array | undefined> => {
    try {
      if (!hasOwnDetail(item.activity)) throw new TypeError('the detail is not the one of its kind')
      const actor = actors.name(item.captured)
      const bytes = encodeToFit(item, actor instanceof Promise ? await actor : actor)
      item.bytes = bytes
      item.rank = rankOf?.(item.activity, item.captured) ?? 0
      encodedBytes += bytes.length
      return bytes
    } catch (error) {
      log.error({ err: error, sensor: item.sensor, kind: item.activity.kind }, 'an activity has no wire form')
      return undefined
    }
  }

  const pump = async (): Promise<void> => {
    for (;;) {
      if (closed) return
      if (failed.length > 0) {
        await (inFlight > 0 ? nextWake() : recover())
        continue
      }
      // While the spool is in trouble one activity at a time tries it.
      if (inFlight >= (problem === '' ? MAX_IN_FLIGHT : 1) || (inFlight > 0 && encodedBytes >= MAX_IN_FLIGHT_BYTES)) {
        await nextWake()
        continue
      }
      const item = waiting[head]
      if (item === undefined) return
      const known = item.bytes
      const bytes = known ?? (await prepare(item))
      // Looking up an account may have taken a while; a failure meanwhile goes first.
      if (failed.length > 0) continue
      head += 1
      if (head >= 1024 && head * 2 >= waiting.length) {
        waiting = waiting.slice(head)
        head = 0
      }
      if (bytes === undefined) lose(item, 'INTERNAL')
      else void append(item, bytes)
    }
  }

  function kick(): void {
    if (pumping || closed) return
    pumping = true
    // Not at once: what a sensor emits in one go is taken in one go.
    queueMicrotask(() => {
      pump().catch((error: unknown) => log.error({ err: error }, 'the emitter stopped')).finally(() => {
        pumping = false
        if (failed.length > 0 || head < waiting.length) kick()
      })
    })
  }

  return {
    emit(sensor, activity) {
      if (closed || outstanding >= maxOutstanding) {
        countLoss(sensor)
        return Promise.resolve()
      }
      const { process, ...who } = actors.capture(activity.actor)
      const captured = process === undefined ? who : { ...who, process }
      const person = sensor === SELF ? undefined : personOf(who)
      if (person !== undefined && !shares.take(sensor, person)) {
        countLoss(sensor, who)
        return Promise.resolve()
      }
      const looked = attach?.(activity)
      return new Promise((resolve) => (looked === undefined ? enqueue(sensor, activity, captured, person, resolve) : hold(sensor, looked, captured, person, resolve)))
    },
    emitted: (sensor) => emitted.get(sensor) ?? 0,
    taken: () => order,
    problem: () => problem,
    async flush(timeoutMs) {
      reportLosses(true)
      if (outstanding === 0) return lost.size === 0
      const { promise: empty, resolve: done } = Promise.withResolvers<void>()
      idle.add(done)
      const timeout = new AbortController()
      await Promise.race([empty, sleep(timeoutMs, undefined, { signal: timeout.signal }).catch(() => undefined)])
      timeout.abort()
      idle.delete(done)
      return outstanding === 0 && lost.size === 0
    },
    close() {
      closed = true
      clearTimeout(gathering)
      if (outstanding > 0) log.error({ lost: outstanding, intentional: false }, 'stopped before everything was on the disk')
      for (const item of [...failed, ...waiting.slice(head)]) item.settle()
      wake()
    },
  }
}
