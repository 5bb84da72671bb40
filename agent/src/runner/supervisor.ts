// The life of one sensor: started, watched, tested, started again with back-off, and never silent about it.
//
//   off ──wanted──> starting ──report──> full | degraded | blind
//                      ▲                     │ throws, ends, fails its self-test
//                      ├──── back-off ───────┤  agent_degraded, once for each fall
//                      └──── half an hour ───┘  five times within ten minutes: stopped, blind, with the reason
//
// What the governor slows lies over a sensor's own report: it is degraded by that, and says why.
//
// A sensor is handed a signal for each start; what it emits after that signal was aborted is not taken.
import { setTimeout as sleep } from 'node:timers/promises'
import type { wire } from '@holdfast/proto'
import type { SensedActivity } from '../activity.ts'
import type { Enrichment } from '../enrich/contract.ts'
import type { Platform } from '../platform/platform.ts'
import type { Sensor, SensorContext, TierReport } from '../sensors/sensor.ts'
import { createPolicyView, type PolicyView } from './policy-view.ts'

export interface SensorStatus {
  readonly name: string
  readonly summary: string
  readonly tier: 'full' | 'degraded' | 'blind' | 'off'
  /** Plain words; empty when full. */
  readonly reason: string
  readonly fix: string
  readonly watches: number
  readonly lastSelfTestAtMs?: number
  readonly selfTestPassed?: boolean
  /** Times it had to be started again since the agent runs. */
  readonly restarts: number
}

export interface SupervisorTimes {
  /** Back-off after a failure, doubled up to `retryMaxMs`, and forgotten after that long without one. */
  readonly retryFirstMs: number
  readonly retryMaxMs: number
  /** A sensor that reports nothing is tested after this time. */
  readonly firstTestMs: number
  readonly testIntervalMs: number
  readonly testTimeoutMs: number
  /** What a sensor has to stop; then it is left behind, unheard. */
  readonly stopMs: number
  /** So many failures within the window, and it is stopped for `stoppedMs`; one failure after that stops it again. */
  readonly failLimit: number
  readonly failWindowMs: number
  readonly stoppedMs: number
}

export const DEFAULT_TIMES: SupervisorTimes = { retryFirstMs: 1000, retryMaxMs: 60_000, firstTestMs: 5000, testIntervalMs: 60_000, testTimeoutMs: 10_000, stopMs: 1500, failLimit: 5, failWindowMs: 600_000, stoppedMs: 1_800_000 }

export interface SupervisorDeps {
  readonly platform: Platform
  readonly enrichment: Enrichment
  readonly emit: (activity: SensedActivity) => Promise<void>
  /** For an activity of the agent about this sensor. */
  readonly emitDegraded: (reason: string) => void
  readonly memory: SensorContext['memory']
  readonly pace: SensorContext['pace']
  readonly now: () => number
  readonly log: SensorContext['log']
  readonly times: SupervisorTimes
  readonly onChange: () => void
}

export interface Supervised {
  readonly sensor: Sensor
  status(): SensorStatus
  /**
   * Makes the sensor follow a policy: starts it, stops it, starts it anew, or lets it be.
   *
   * @returns undefined when nothing changed; otherwise resolves at the first sign of life of the new start, and rejects when it
   *   failed before giving one although the sensor ran well under the policy before
   */
  follow(policy: wire.AgentPolicy.$Properties): Promise<{ readonly alive: Promise<void> } | undefined>
  /** Whether it watches now. */
  isRunning(): boolean
  /** The governor slows a part of what it does, or gives it back. Each part has a name. */
  slow(part: string, state: { readonly reason: string; readonly fix: string } | undefined): void
  stop(): Promise<void>
}

interface Life {
  readonly view: PolicyView
  readonly end: AbortController
  readonly done: Promise<void>
  readonly alive: Promise<void>
}

const rank = { full: 2, degraded: 1, blind: 0 } as const
/** Until the first report of a start. */
export const STARTING: TierReport = { tier: 'degraded', reason: 'It is starting.', fix: 'Wait a moment.' }

/** Milliseconds that pass or an abort, whichever comes first. */
const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined)

export function superviseSensor(sensor: Sensor, deps: SupervisorDeps): Supervised {
  const { platform, log, times, now, onChange } = deps
  const supported = sensor.platforms.includes(platform.os)
  let report: TierReport | undefined
  let settled = false
  /** Between a failure and the next sign of life. */
  let failing = false
  let selfTest: { readonly atMs: number; readonly passed: boolean } | undefined
  let restarts = 0
  let lastComplaint = ''
  let life: Life | undefined
  const slowed = new Map<string, { readonly reason: string; readonly fix: string }>()

  const setReport = (next: TierReport): void => {
    const fell = settled && report !== undefined && rank[next.tier] < rank[report.tier]
    // Whoever reads it must be able to do something.
    report = next.tier === 'full' || next.fix !== '' ? next : { ...next, fix: 'Run holdfast-agent doctor on the device: it looks for causes.' }
    settled = true
    failing = false
    if (fell) complain(next.reason)
    if (next.tier === 'full' && sensor.selfTest === undefined) lastComplaint = ''
    onChange()
  }

  /** Says once what is wrong; again only after the sensor has proved that it is well. */
  function complain(reason: string): void {
    if (reason === lastComplaint) return
    lastComplaint = reason
    deps.emitDegraded(reason)
  }

  const runSelfTest = async (context: SensorContext): Promise<boolean> => {
    const timeout = new AbortController()
    const passed = await Promise.race([
      Promise.resolve().then(() => sensor.selfTest?.(context) ?? true).catch((error: unknown) => {
        log.warn({ err: error, sensor: sensor.name }, 'a self-test failed')
        return false
      }),
      pause(times.testTimeoutMs, timeout.signal).then(() => false),
    ])
    timeout.abort()
    if (context.signal.aborted) return true
    selfTest = { atMs: now(), passed }
    if (passed) lastComplaint = ''
    onChange()
    return passed
  }

  /** Tests until the start ends; a sensor that sees nothing anyway has nothing to prove. */
  const keepTesting = async (context: SensorContext, firstReport: Promise<void>, fail: () => void): Promise<void> => {
    await Promise.race([firstReport, pause(times.firstTestMs, context.signal)])
    while (!context.signal.aborted) {
      if (report?.tier !== 'blind' && sensor.selfTest !== undefined && !(await runSelfTest(context))) {
        complain('Its self-test failed; it is started again.')
        return fail()
      }
      if (context.signal.aborted) return
      // Alive, and it has no more to say.
      if (!settled) setReport({ tier: 'full', reason: '', fix: '' })
      await pause(times.testIntervalMs, context.signal)
    }
  }

  /** One start, until it ends. @returns why it ended; undefined for an orderly end */
  const attempt = async (view: PolicyView, end: AbortSignal, onAlive: () => void): Promise<string | undefined> => {
    const own = new AbortController()
    const signal = AbortSignal.any([end, own.signal])
    let testFailed = false
    const firstReport = Promise.withResolvers<void>()
    const context: SensorContext = {
      policy: view.policy, platform, enrichment: deps.enrichment, signal, now, log, memory: deps.memory, pace: deps.pace,
      emit: (activity) => (signal.aborted ? Promise.resolve() : deps.emit(activity)),
      report(state) {
        if (signal.aborted) return
        setReport(state)
        firstReport.resolve()
        onAlive()
      },
    }
    const tests = keepTesting(context, firstReport.promise, () => {
      testFailed = true
      own.abort()
    })
    const aborted = new Promise<'left'>((resolve) => {
      signal.addEventListener('abort', () => void sleep(times.stopMs, undefined, { ref: false }).then(() => resolve('left')), { once: true })
    })
    try {
      const ended = await Promise.race([Promise.resolve().then(() => sensor.start(context)).then(() => 'ended' as const), aborted])
      if (ended === 'left') log.error({ sensor: sensor.name }, 'a sensor did not stop in time and is left behind')
      if (end.aborted) return undefined
      return testFailed ? 'Its self-test failed; it is started again.' : 'It ended by itself; it is started again.'
    } catch (error) {
      if (end.aborted) return undefined
      log.error({ err: error, sensor: sensor.name }, 'a sensor failed')
      return 'It failed; it is started again.'
    } finally {
      own.abort()
      await tests
    }
  }

  const live = async (view: PolicyView, end: AbortSignal, onAlive: () => void, onFailure: (reason: string) => void): Promise<void> => {
    let delay = times.retryFirstMs
    let failedAt: number[] = []
    while (!end.aborted) {
      const startedAt = performance.now()
      const reason = await attempt(view, end, onAlive)
      if (reason === undefined) return
      if (performance.now() - startedAt > times.retryMaxMs) delay = times.retryFirstMs
      restarts += 1
      failing = true
      const at = performance.now()
      failedAt = [...failedAt.filter((time) => time > at - times.failWindowMs), at]
      const isStopped = failedAt.length >= times.failLimit
      report = isStopped
        ? { tier: 'blind', reason: `It failed ${failedAt.length} times within ${Math.round(times.failWindowMs / 60_000)} minutes and is stopped. The last time: ${reason.replace(/; it is started again\.$/, '.')}`, fix: `It is tried again at ${new Date(now() + times.stoppedMs).toISOString().slice(11, 16)} UTC; a changed policy or a restart of the agent tries it at once. The log of the agent says what failed.` }
        : { tier: 'degraded', reason, fix: 'See the log of the agent; holdfast-agent doctor looks for causes.' }
      complain(report.reason)
      onChange()
      onFailure(reason)
      await pause(isStopped ? times.stoppedMs : delay, end)
      // One more chance at a time: those that count lie at the end of the pause now.
      if (isStopped) failedAt = Array.from({ length: times.failLimit - 1 }, () => performance.now())
      delay = Math.min(delay * 2, times.retryMaxMs)
    }
  }

  const start = (policy: wire.AgentPolicy.$Properties, mustLive: boolean): Life => {
    const view = createPolicyView(policy)
    const end = new AbortController()
    report = STARTING
    settled = false
    const { promise: alive, resolve, reject } = Promise.withResolvers<void>()
    alive.catch(() => undefined)
    const done = live(view, end.signal, resolve, (reason) => (mustLive ? reject(new Error(`${sensor.name}: ${reason}`)) : resolve())).catch((error: unknown) => log.error({ err: error, sensor: sensor.name }, 'the life of a sensor ended'))
    return { view, end, alive, done }
  }

  const stop = async (): Promise<void> => {
    const ending = life
    life = undefined
    ending?.end.abort()
    await ending?.done
    report = undefined
    settled = false
  }

  return {
    sensor,
    status() {
      const test = selfTest === undefined ? {} : { lastSelfTestAtMs: selfTest.atMs, selfTestPassed: selfTest.passed }
      const head = { name: sensor.name, summary: sensor.summary, restarts }
      if (!supported) return { ...head, tier: 'blind', reason: sensor.unsupportedReason, fix: sensor.unsupportedFix ?? '', watches: 0 }
      if (report === undefined) return { ...head, tier: 'off', reason: 'The policy does not ask for it.', fix: 'Switch on a risk policy that uses it, or the group’s own watch settings.', watches: 0 }
      const over = [...slowed.values()]
      const [first] = over
      if (first !== undefined && report.tier !== 'blind') return { ...head, tier: 'degraded', reason: [report.reason, ...over.map(({ reason }) => reason)].filter((text) => text !== '').join(' '), fix: report.fix === '' ? first.fix : report.fix, watches: report.watches ?? 0, ...test }
      return { ...head, tier: report.tier, reason: report.reason, fix: report.fix, watches: report.watches ?? 0, ...test }
    },
    async follow(policy) {
      const wanted = supported && sensor.wanted(policy)
      if (wanted && life !== undefined && life.view.follow(policy)) return undefined
      if (!wanted && life === undefined) return undefined
      const ranWell = life !== undefined && settled && !failing
      await stop()
      if (wanted) life = start(policy, ranWell)
      onChange()
      return { alive: life?.alive ?? Promise.resolve() }
    },
    isRunning: () => life !== undefined,
    slow(part, state) {
      if (state === undefined) slowed.delete(part)
      else slowed.set(part, state)
      // One that does not run has nothing to be slowed.
      if (state !== undefined && report !== undefined && report.tier !== 'blind') deps.emitDegraded(state.reason)
      onChange()
    },
    stop,
  }
}
