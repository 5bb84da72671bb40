// The agent's side of NATS: one connection after the other, for ever.
//
//   connect ─ subscribe ─ Sync ─> Watermark ─> batches above it ─> publish acks (flow control) … Watermark ─> trim
//
// Invariants
//   1. Nothing is deleted from the spool on a publish ack; only on a Watermark, by the spool's own rules.
//   2. What was published and is not covered by a watermark is published again: after each connection, after a refusal or an
//      ack that does not come, and when a collector that speaks does not move on. The collector recognises copies.
//   3. No error of the network, the broker or the credentials touches the identity or enrols anew; the next try uses the same.
//   4. A renewed credential is verified, tried on a connection of its own and written to the disk before it is used; whatever
//      fails on the way leaves the present one, and the connection that it has, as they were.
//   5. Memory is bounded: a window of unanswered batches, and a count of batches beyond the watermark. The spool is the buffer.
import { setTimeout as sleepMs } from 'node:timers/promises'
import type { NatsConnection } from 'nats'
import type { Identity } from '../identity/contract.ts'
import { assertRenews, readCredential } from '../identity/credential.ts'
import { backoffMs, retryAfterMs } from './backoff.ts'
import { messageIds } from './batch.ts'
import { createBell } from './bell.ts'
import { connectDevice } from './connect.ts'
import type { Uplink, UplinkDeps, UplinkStatus } from './contract.ts'
import { problemOf } from './problem.ts'
import { createProgress } from './progress.ts'
import { runSession, type UplinkTimings, uplinkTimings } from './session.ts'

/** A connection that lasted this long was a good one, whatever ended it. */
const GOOD_CONNECTION_MS = 60_000

export interface UplinkOptions {
  /** Connects to one of `identity.natsServers`; connectDevice unless a test brings its own. */
  readonly connect?: (server: string, identity: Identity) => Promise<NatsConnection>
  readonly timings?: Partial<UplinkTimings>
  /** Waits between two connections; resolves early when the signal aborts. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

const waitFor = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleepMs(ms, undefined, { signal }).catch(() => undefined)
}

/** The uplink of one device. Nothing happens before `run`. */
export function createUplink(deps: UplinkDeps, options: UplinkOptions = {}): Uplink {
  const { identity, spool, now, random, log } = deps
  const open = options.connect ?? ((server: string, as: Identity) => connectDevice(as, server))
  let current = identity
  let considering = false
  /** As the collector said last: the size of the fleet by what its brokers can stand. */
  let spreadMs = 0
  const sleep = options.sleep ?? waitFor
  const timings = { ...uplinkTimings, ...options.timings }
  const progress = createProgress(spool.epoch, spool.figures().ackedSeq)
  const messageId = messageIds(identity.seed)
  let status: Omit<UplinkStatus, 'published' | 'resent'> = { connected: false, server: '', problem: '' }
  const beats = createBell()

  /** undefined when the signal came first; a connection that comes later is closed. */
  const connectUnless = (server: string, signal: AbortSignal, as: Identity): Promise<NatsConnection | undefined> =>
    new Promise((resolve, reject) => {
      const leave = () => resolve(undefined)
      signal.addEventListener('abort', leave, { once: true })
      void open(server, as).finally(() => signal.removeEventListener('abort', leave)).then(
        (connection) => (signal.aborted ? connection.close() : resolve(connection)),
        (error: unknown) => reject(error instanceof Error ? error : new Error('connecting failed', { cause: error })),
      )
    })

  const consider = async (jwt: string, server: string, signal: AbortSignal, taken: () => void): Promise<void> => {
    // One at a time: what comes meanwhile comes again.
    if (considering || deps.keepCredential === undefined) return
    considering = true
    try {
      const key = deps.reKeying?.offered(readCredential(jwt)?.publicKey ?? '')
      assertRenews({ ...current, ...key }, jwt)
      const next = { ...current, ...key, caPem: deps.identity.caPem, jwt }
      const trial = await connectUnless(server, signal, next)
      if (trial === undefined) return
      await trial.close()
      await deps.keepCredential(current, jwt, key)
      current = next
      // Said over the connection that there is: the one with the new key comes after it.
      if (key !== undefined) deps.reKeying?.taken()
      log.info({ permissionSet: readCredential(jwt)?.permissionSet }, 'the credential is renewed')
      taken()
    } catch (error) {
      log.warn({ err: error, problem: problemOf(error) }, 'a renewed credential is not taken; the present one stays')
    } finally {
      considering = false
    }
  }

  const session = (connection: NatsConnection, server: string, signal: AbortSignal) =>
    runSession({
      ...deps, connection, progress, timings, messageId, beats, permissionSet: readCredential(current.jwt)?.permissionSet ?? 0,
      onSpread: (seconds) => (spreadMs = seconds * 1000),
      onCredential: (jwt, taken) => void consider(jwt, server, signal, taken),
      onProblem: (problem) => {
        if (problem !== status.problem) {
          status = { ...status, problem }
          if (problem !== '') log.warn({ problem }, 'publishing is refused')
        }
      },
    }, signal)

  const run = async (signal: AbortSignal): Promise<void> => {
    const { natsServers } = identity
    let turn = Math.floor(random() * natsServers.length)
    for (let failures = 0; !signal.aborted;) {
      const server = natsServers[turn % natsServers.length] ?? ''
      turn += 1
      let delayMs: number
      try {
        // A policy may have brought another authority since.
        const connection = await connectUnless(server, signal, { ...current, caPem: deps.identity.caPem })
        if (connection === undefined) return
        const connectedAtMs = now()
        const connectedAt = performance.now()
        status = { connected: true, server, problem: '', lastConnectedAtMs: connectedAtMs }
        log.info({ server }, 'connected')
        const ended = await session(connection, server, signal)
        if (ended.renewed && !signal.aborted) {
          // The server has taken the new one a moment ago.
          turn -= 1
          failures = 0
          continue
        }
        if (ended.answered || performance.now() - connectedAt > GOOD_CONNECTION_MS) failures = 0
        status = { connected: false, server, problem: ended.problem, lastConnectedAtMs: connectedAtMs }
        delayMs = ended.retryAfterSecs === undefined ? backoffMs(failures, random(), { spreadMs }) : retryAfterMs(ended.retryAfterSecs, random())
      } catch (error) {
        const { lastConnectedAtMs } = status
        status = { connected: false, server, problem: problemOf(error), ...(lastConnectedAtMs === undefined ? {} : { lastConnectedAtMs }) }
        delayMs = backoffMs(failures, random(), { spreadMs })
      }
      failures += 1
      if (signal.aborted) return
      log.warn({ server, problem: status.problem, delayMs }, 'no connection; trying again later')
      status = { ...status, nextTryAtMs: now() + delayMs }
      await sleep(delayMs, signal)
    }
  }

  return {
    run,
    beat: () => beats.ring(),
    status: () => ({ ...status, published: progress.published, resent: progress.resent }),
  }
}
