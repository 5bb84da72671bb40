// Runs the sensors that a policy wants, takes what they emit to the spool, and speaks for the agent itself.
//
// `agent.running` in the agent's folder is a marker: made at the start, removed only at a stop that lost nothing. Whoever
// finds it at the next start knows that the run before ended by a crash, a kill or a power cut, and says so (`unclean`).
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { wire } from '@holdfast/proto'
import type { SensedActivity } from '../activity.ts'
import type { Enrichment } from '../enrich/contract.ts'
import type { Slowed, Step } from '../health/governor.ts'
import { makePrivateFolder, removeDurably, writeDurably } from '../platform/durable-file.ts'
import type { Platform } from '../platform/platform.ts'
import type { Sensor, SensorContext } from '../sensors/sensor.ts'
import type { SpoolContract } from '../spool/contract.ts'
import { createActors } from './actor.ts'
import { watchClock } from './clock-watch.ts'
import { createEmitter, type EmitterDeps } from './emitter.ts'
import { createMemory } from './memory.ts'
import { DEFAULT_TIMES, superviseSensor, type SensorStatus, type SupervisorTimes } from './supervisor.ts'

const MARKER = 'agent.running'
const DRAIN_LOOK_MS = 50
/** Looks that nothing has asked for come so many times later while the agent keeps to its budget. */
const SLOW_PACE = 4
/** Files above this have no whole hash meanwhile; their fingerprint stays what it is. */
const SLOW_HASH_BYTES = 1 << 20
/** Which sensors see less when a step is taken. */
const AFFECTED: Readonly<Record<Step, readonly string[]>> = { inspection: ['files'], hashing: ['files'], listing: ['files'], polls: ['security-features', 'applications'] }
/** Name under which the agent reports about itself. */
const SELF = 'agent'

export interface RunnerTimes extends SupervisorTimes {
  /** How long a policy is on trial: a sensor that is going to fail on it does so at its start. */
  readonly trialMs: number
  /** What the end gives sensors to tell what they have seen: until they are quiet for `quietMs`, at most `drainMs`. */
  readonly drainMs: number
  readonly quietMs: number
  /** How long the end waits for the disk. */
  readonly flushMs: number
}

export interface RunnerDeps {
  readonly folder: string
  readonly sensors: readonly Sensor[]
  readonly platform: Platform
  readonly enrichment: Enrichment
  readonly spool: Pick<SpoolContract, 'append'>
  readonly version: string
  readonly now: () => number
  /** Milliseconds of a clock that never jumps and counts through sleep. */
  readonly steady: () => number
  readonly log: SensorContext['log']
  /** After every change of a sensor's state. */
  readonly onChange?: () => void
  readonly onStored?: EmitterDeps['onStored']
  readonly markOf?: EmitterDeps['markOf']
  readonly rankOf?: EmitterDeps['rankOf']
  readonly attach?: EmitterDeps['attach']
  readonly times?: Partial<RunnerTimes>
  readonly limits?: EmitterDeps['limits']
  readonly pressure?: EmitterDeps['pressure']
  /** How the run before ended when the watchdog started us again; empty otherwise. */
  readonly restartedAfter?: string
  /** No sensor is started, whatever the policy; why, and what to do about it. */
  readonly safeMode?: { readonly reason: string; readonly fix: string }
}

export interface RunningSensor extends SensorStatus {
  readonly emitted: number
}

export interface Runner {
  /** Says that the agent is there and starts the sensors that the policy wants; resolves when each has shown life, or 700 ms later. */
  start(policy: wire.AgentPolicy.$Properties): Promise<void>
  /**
   * Moves to another policy without a restart of the process. Sensors whose part did not change keep running.
   *
   * @throws Error when a sensor that ran well fails at once under it; the caller applies the last good one then
   */
  apply(policy: wire.AgentPolicy.$Properties): Promise<void>
  sensors(): readonly RunningSensor[]
  /** Why activities cannot be written now, by code; empty while they can. */
  problem(): string
  /** Takes a step to spare the device, or gives it back; the sensors that it touches say so. */
  slow(step: Step, state: Slowed | undefined): void
  /** What another part of the agent has to tell; resolves when it is durable. */
  say(activity: SensedActivity): Promise<void>
  /** Activities that are durable, of all sensors. */
  reported(): number
  /** Stops the sensors and brings everything to the disk. @returns whether everything is there */
  stop(reason: string): Promise<boolean>
}

export async function createRunner(deps: RunnerDeps): Promise<Runner> {
  const { folder, platform, now, log } = deps
  const slowed = new Set<Step>()
  const enrichment = Object.create(deps.enrichment, {
    inspect: { value: (path: string, options: Parameters<Enrichment['inspect']>[1]) => deps.enrichment.inspect(path, slowed.has('hashing') ? { ...options, hashLimitBytes: Math.min(options.hashLimitBytes, SLOW_HASH_BYTES) } : options) },
  }) as Enrichment
  const times: RunnerTimes = { ...DEFAULT_TIMES, trialMs: 700, drainMs: 1500, quietMs: 400, flushMs: 2000, ...deps.times }
  const emitter = createEmitter({ spool: deps.spool, actors: createActors(platform, deps.steady), now, log, ...(deps.onStored === undefined ? {} : { onStored: deps.onStored }), ...(deps.markOf === undefined ? {} : { markOf: deps.markOf }), ...(deps.rankOf === undefined ? {} : { rankOf: deps.rankOf }), ...(deps.attach === undefined ? {} : { attach: deps.attach }), ...(deps.limits === undefined ? {} : { limits: deps.limits }), ...(deps.pressure === undefined ? {} : { pressure: deps.pressure }) })
  const memory = createMemory(folder, log)
  const ending = new AbortController()
  const onChange = deps.onChange ?? (() => {})
  const marker = join(folder, MARKER)
  const say = (activity: Omit<SensedActivity, 'occurredAtMs'>): Promise<void> => emitter.emit(SELF, { ...activity, occurredAtMs: now() })

  const supervised = deps.sensors.map((sensor) =>
    superviseSensor(sensor, {
      platform, enrichment, now, log, onChange, memory: memory(sensor.name), times, pace: () => (slowed.has('polls') ? SLOW_PACE : 1),
      emit: (activity) => emitter.emit(sensor.name, activity),
      emitDegraded: (reason) => void say({ kind: 'agent_degraded', detail: { agentDegraded: { sensor: sensor.name, reason } } }),
    }))

  /** All at once; a slow or failing sensor holds nobody up beyond the trial. */
  const follow = async (policy: wire.AgentPolicy.$Properties): Promise<void> => {
    if (deps.safeMode !== undefined) return
    const changes = await Promise.all(supervised.map((one) => one.follow(policy)))
    const alive = Promise.all(changes.flatMap((change) => change?.alive ?? []))
    const trial = new AbortController()
    try {
      await Promise.race([alive, sleep(times.trialMs, undefined, { signal: trial.signal }).catch(() => undefined)])
    } finally {
      trial.abort()
    }
  }

  /** What people did a moment ago is on its way: files settle, facts are read. Whoever goes on for ever is left at the limit. */
  const drain = async (): Promise<void> => {
    const end = performance.now() + times.drainMs
    let seen = emitter.taken()
    let quietSince = performance.now()
    while (performance.now() < end && supervised.some((one) => one.isRunning())) {
      await sleep(DRAIN_LOOK_MS)
      if (emitter.taken() !== seen || enrichment.pending > 0) {
        seen = emitter.taken()
        quietSince = performance.now()
      } else if (performance.now() - quietSince >= times.quietMs) return
    }
  }

  return {
    async start(policy) {
      await makePrivateFolder(folder)
      const unclean = await readFile(marker).then(() => true, () => false)
      await writeDurably(marker, `${process.pid}\n`)
      void say({ kind: 'agent_started', detail: { agentStarted: { version: deps.version, unclean, restartedAfter: deps.restartedAfter ?? '', safeMode: deps.safeMode?.reason ?? '' } } })
      if (deps.safeMode !== undefined) void say({ kind: 'agent_degraded', detail: { agentDegraded: { sensor: SELF, reason: `Safe mode: nothing is watched. ${deps.safeMode.reason}` } } })
      void watchClock({ now, steady: deps.steady }, (stepMs) => void say({ kind: 'clock_changed', detail: { clockChanged: { stepMs } } }), ending.signal)
      await follow(policy)
    },
    apply: follow,
    sensors: () => supervised.map((one) => ({ ...one.status(), ...(deps.safeMode === undefined ? {} : { tier: 'blind', ...deps.safeMode }), emitted: emitter.emitted(one.sensor.name) })),
    slow(step, state) {
      if (state === undefined) slowed.delete(step)
      else slowed.add(step)
      for (const one of supervised) if (AFFECTED[step].includes(one.sensor.name)) one.slow(step, state)
    },
    reported: () => deps.sensors.reduce((sum, sensor) => sum + emitter.emitted(sensor.name), 0),
    say: (activity) => emitter.emit(SELF, activity),
    problem: () => emitter.problem(),
    async stop(reason) {
      ending.abort()
      await drain()
      await Promise.all(supervised.map((one) => one.stop()))
      void say({ kind: 'agent_stopped', detail: { agentStopped: { reason } } })
      const whole = await emitter.flush(times.flushMs)
      emitter.close()
      if (whole) await removeDurably(marker)
      return whole
    },
  }
}
