import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { fromWireTimestamp, wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SensedActivity } from '../activity.ts'
import type { Enrichment } from '../enrich/contract.ts'
import { CodedError } from '../errors.ts'
import { createFakePlatform, type FakePlatform } from '../platform/fake-platform.ts'
import { defineSensor, type Sensor, type SensorContext } from '../sensors/sensor.ts'
import { createRunner, type Runner, type RunnerDeps } from './runner.ts'

const quiet = (): void => {}
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
/** No sensor of these tests looks into a file. */
const enrichment = {} as Enrichment
const times = { retryFirstMs: 5, retryMaxMs: 20, firstTestMs: 5, testIntervalMs: 10, testTimeoutMs: 500, stopMs: 200, trialMs: 100, drainMs: 0, quietMs: 0, flushMs: 200, failLimit: 1000 }

/** Keeps what was appended; `fail` makes the disk fail. */
function fakeSpool() {
  const kept: wire.Activity[] = []
  const spool = {
    kept, tries: 0, fail: undefined as CodedError | undefined,
    async append(bytes: Uint8Array) {
      spool.tries += 1
      await turn()
      if (spool.fail !== undefined) throw spool.fail
      kept.push(wire.Activity.decode(bytes))
      return kept.length
    },
    paths: () => kept.flatMap((activity) => activity.fileDeleted?.path ?? []),
    of: (field: keyof wire.Activity) => kept.filter((activity) => activity[field] != null),
  }
  return spool
}

const deleted = (path: string, change: Partial<SensedActivity> = {}): SensedActivity => ({ kind: 'file_deleted', occurredAtMs: 1000, detail: { fileDeleted: { path } }, ...change })
const untilAborted = (signal: AbortSignal): Promise<void> => new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
const FULL = { tier: 'full', reason: '', fix: '' } as const

/** A sensor that is well and hands its contexts out. */
function buildSensor(change: Partial<Sensor> = {}): Sensor & { readonly contexts: SensorContext[] } {
  const contexts: SensorContext[] = []
  const sensor = defineSensor({
    name: 'files', summary: 'Files.', emits: ['file_deleted'], platforms: ['linux'], unsupportedReason: 'Not here.', wanted: (policy) => policy.files?.enabled === true,
    async start(context) {
      contexts.push(context)
      void context.policy.files?.roots
      context.report(FULL)
      await untilAborted(context.signal)
    },
    ...change,
  })
  return { ...sensor, contexts }
}

/** A busy machine may take its time. */
const eventually = <T>(probe: () => T | Promise<T>): Promise<T> => vi.waitFor(probe, { timeout: 10_000, interval: 5 })

const on: wire.AgentPolicy.$Properties = { files: { enabled: true, roots: ['/a'] } }

let folder: string
let platform: FakePlatform
let spool: ReturnType<typeof fakeSpool>
let runners: Runner[]

async function startRunner(sensors: readonly Sensor[], change: Partial<RunnerDeps> = {}, policy = on): Promise<Runner> {
  const runner = await createRunner({ folder, sensors, platform, enrichment, spool, version: '1', now: () => 2000, steady: () => performance.now(), log, times, ...change })
  runners.push(runner)
  await runner.start(policy)
  return runner
}
const contextOf = (sensor: { readonly contexts: SensorContext[] }): SensorContext => {
  const context = sensor.contexts.at(-1)
  if (context === undefined) throw new Error('the sensor was not started')
  return context
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-runner-'))
  platform = createFakePlatform({ '/etc/passwd': 'root:x:0:0::/root:/bin/sh\nalice:x:1000:1000::/home/alice:/bin/sh\n' })
  spool = fakeSpool()
  runners = []
})
afterEach(async () => {
  spool.fail = undefined
  for (const runner of runners) await runner.stop('test')
  platform.dispose()
  await rm(folder, { recursive: true, force: true })
})

describe('what a sensor emits', () => {
  it('reaches the spool in order, however long it takes to find out who did it', async () => {
    const sensor = buildSensor()
    await startRunner([sensor])
    const context = contextOf(sensor)
    const paths = Array.from({ length: 500 }, (_, index) => `/f${index}`)
    await Promise.all(paths.map((path, index) => context.emit(deleted(path, index % 3 === 0 ? { actor: { uid: 1000 } } : index % 3 === 1 ? { actor: { uid: 5000 + index } } : {}))))
    expect(spool.paths()).toEqual(paths)
  })

  it('waits for the answer about its content while others pass, keeps who did it, and brings what follows with it', async () => {
    const sensor = buildSensor()
    const answer = Promise.withResolvers<void>()
    const attach = (activity: SensedActivity) => (activity.detail.fileDeleted?.path === '/held' ? answer.promise.then(() => ({ activity: deleted('/held-seen'), more: [deleted('/more')] })) : undefined)
    const runner = await startRunner([sensor], { attach })
    const context = contextOf(sensor)
    const held = context.emit(deleted('/held', { actor: { uid: 1000 } }))
    await context.emit(deleted('/passes'))
    expect(spool.paths()).toEqual(['/passes'])
    const stopped = runner.stop('test')
    answer.resolve()
    await Promise.all([held, stopped])
    expect(spool.paths()).toEqual(['/passes', '/held-seen', '/more'])
    expect(spool.of('fileDeleted').map(({ actor }) => actor?.account ?? '')).toEqual(['', 'alice', 'alice'])
  })

  it('carries sensor, times, and the account behind the uid', async () => {
    const sensor = buildSensor()
    await startRunner([sensor])
    await contextOf(sensor).emit(deleted('/f', { recovered: true, actor: { uid: 1000, attribution: 'file_owner' } }))
    const activity = spool.of('fileDeleted')[0]
    expect(activity).toMatchObject({ sensor: 'files', recovered: true, actor: { account: 'alice', accountId: '1000', attribution: wire.Attribution.ATTRIBUTION_FILE_OWNER } })
    expect([fromWireTimestamp(activity?.occurredAt), fromWireTimestamp(activity?.observedAt)]).toEqual([1000, 2000])
  })

  it('is not taken after the sensor was told to stop', async () => {
    const sensor = buildSensor()
    const runner = await startRunner([sensor])
    const context = contextOf(sensor)
    await runner.apply({})
    expect(context.signal.aborted).toBe(true)
    await context.emit(deleted('/late'))
    expect(spool.paths()).toEqual([])
    expect(runner.sensors()[0]).toMatchObject({ tier: 'off' })
  })

  it('has a time of its own where the sensor knows none', async () => {
    const sensor = buildSensor()
    await startRunner([sensor])
    await contextOf(sensor).emit(deleted('/f', { occurredAtMs: Number.NaN }))
    expect(fromWireTimestamp(spool.of('fileDeleted')[0]?.occurredAt)).toBe(2000)
  })

  it('that has no wire form is counted and reported, and the next one goes on', async () => {
    const sensor = buildSensor()
    await startRunner([sensor])
    const context = contextOf(sensor)
    await context.emit({ kind: 'file_copied', occurredAtMs: 1, detail: { fileDeleted: { path: '/x' } } })
    await context.emit(deleted('/good'))
    await eventually(() => expect(spool.of('telemetryGap')[0]?.telemetryGap).toMatchObject({ sensor: 'files', missed: 1 }))
    expect(spool.paths()).toEqual(['/good'])
  })

  it('about a huge archive is kept with as many members as fit', async () => {
    const sensor = buildSensor()
    await startRunner([sensor])
    const members = Array.from({ length: 5000 }, (_, index) => ({ path: `/home/alice/${'x'.repeat(40)}/${index}` }))
    await contextOf(sensor).emit({ kind: 'archive_created', occurredAtMs: 1, detail: { archiveCreated: { archive: { path: '/a.zip' }, members, memberCount: members.length } } })
    const archive = spool.of('archiveCreated')[0]?.archiveCreated
    expect(archive?.memberCount).toBe(5000)
    expect(archive?.members?.length).toBeGreaterThan(300)
    expect(archive?.members?.[0]).toMatchObject(members[0] ?? {})
  })
})

describe('a disk that cannot write', () => {
  it('holds activities back and then takes every one of them, in order', async () => {
    const sensor = buildSensor()
    const runner = await startRunner([sensor], { limits: { retryFirstMs: 1 } })
    spool.fail = new CodedError('SPOOL_IO')
    const context = contextOf(sensor)
    const paths = Array.from({ length: 200 }, (_, index) => `/f${index}`)
    let settled = 0
    const done = Promise.all(paths.map((path) => context.emit(deleted(path)).then(() => (settled += 1))))
    const before = spool.tries
    await eventually(() => expect(spool.tries).toBeGreaterThan(before + 205))
    expect([settled, runner.problem()]).toEqual([0, 'SPOOL_IO'])
    spool.fail = undefined
    await done
    expect(spool.paths()).toEqual(paths)
    expect(runner.problem()).toBe('')
  })

  it('never makes more wait than the limit, and the rest is counted in a gap that names the sensor', async () => {
    const sensor = buildSensor()
    await startRunner([sensor], { limits: { outstanding: 50, retryFirstMs: 1, gatherMs: 5 } })
    spool.fail = new CodedError('SPOOL_IO')
    const context = contextOf(sensor)
    const done = Promise.all(Array.from({ length: 80 }, (_, index) => context.emit(deleted(`/f${index}`))))
    spool.fail = undefined
    await done
    await eventually(() => expect(spool.of('telemetryGap')).toHaveLength(1))
    const { telemetryGap } = spool.of('telemetryGap')[0] ?? {}
    expect(telemetryGap).toMatchObject({ sensor: 'files', reason: 'rate_limited' })
    expect(spool.paths().length + (telemetryGap?.missed ?? 0)).toBe(80)
  })

  it('keeps room for everybody else when one person floods, and tells when it began, whose it was and how many', async () => {
    const files = buildSensor()
    const media = buildSensor({ name: 'removable-media' })
    await startRunner([files, media], { limits: { outstanding: 400, retryFirstMs: 1, gatherMs: 20 } })
    spool.fail = new CodedError('SPOOL_IO')
    const flood = Array.from({ length: 5000 }, (_, index) => contextOf(files).emit(deleted(`/flood${index}`, { actor: { uid: 1000 } })))
    const honest = Array.from({ length: 45 }, (_, index) => contextOf(files).emit(deleted(`/honest${index}`, { actor: { uid: 1001 } })))
    const other = Array.from({ length: 10 }, (_, index) => contextOf(media).emit(deleted(`/media${index}`, { actor: { uid: 0 } })))
    spool.fail = undefined
    await Promise.all([...flood, ...honest, ...other])
    const kept = (prefix: string): number => spool.paths().filter((path) => path.startsWith(prefix)).length
    expect([kept('/honest'), kept('/media')]).toEqual([45, 10])
    expect(kept('/flood')).toBe(300)
    await eventually(() => expect(spool.of('telemetryGap').map(({ telemetryGap, actor }) => [telemetryGap?.sensor, telemetryGap?.missed, actor?.accountId])).toEqual([['files', 4700, '1000']]))
    expect(spool.of('agentDegraded').map(({ agentDegraded, actor }) => [agentDegraded?.sensor, actor?.accountId])).toEqual([['files', '1000']])
  })

  it('lets one person copy as much as ever while nobody else needs the room, and lets no flood push the others out of a full spool', async () => {
    const sensor = buildSensor()
    let full = 0.2
    await startRunner([sensor], { limits: { bucket: 100, gatherMs: 20 }, pressure: () => full })
    const copy = (uid: number, count: number) => Promise.all(Array.from({ length: count }, (_, index) => contextOf(sensor).emit(deleted(`/${uid}/${index}`, { actor: { uid } }))))
    await copy(1000, 500)
    expect(spool.paths()).toHaveLength(500)
    full = 0.6
    await copy(1000, 500)
    await copy(1001, 50)
    expect(spool.paths().filter((path) => path.startsWith('/1000/')).length).toBeLessThan(520)
    expect(spool.paths().filter((path) => path.startsWith('/1001/'))).toHaveLength(50)
    await eventually(() => expect(spool.of('telemetryGap').length).toBeGreaterThan(0))
    const missed = spool.of('telemetryGap').reduce((sum, { telemetryGap }) => sum + (telemetryGap?.missed ?? 0), 0)
    expect(spool.paths().length + missed).toBe(1050)
  })

  it('at the end leaves the marker, so that the next start says that not all is well', async () => {
    const sensor = buildSensor()
    const runner = await startRunner([sensor])
    spool.fail = new CodedError('SPOOL_IO')
    void contextOf(sensor).emit(deleted('/f'))
    expect(await runner.stop('SIGTERM')).toBe(false)
    spool.fail = undefined
    await startRunner([buildSensor()])
    await eventually(() => expect(spool.of('agentStarted').at(-1)?.agentStarted).toMatchObject({ unclean: true }))
  })
})

describe('a sensor in trouble', () => {
  it('that throws is degraded, says so once, and is started again', async () => {
    let starts = 0
    const well = buildSensor()
    const runner = await startRunner([buildSensor({
      async start(context) {
        starts += 1
        if (starts < 4) throw new Error('the facility is gone')
        await well.start(context)
      },
    })])
    await eventually(() => expect(runner.sensors()[0]).toMatchObject({ tier: 'full', restarts: 3 }))
    await eventually(() => expect(spool.of('agentDegraded').map(({ agentDegraded }) => agentDegraded?.sensor)).toEqual(['files']))
  })

  it('that ends by itself is started again', async () => {
    const runner = await startRunner([buildSensor({ start: async () => {} })])
    await eventually(() => expect(runner.sensors()[0]?.restarts).toBeGreaterThan(1))
    expect(runner.sensors()[0]).toMatchObject({ tier: 'degraded', reason: expect.stringContaining('ended by itself') })
  })

  it('whose self-test fails is started again, and what the old start emits is not taken', async () => {
    let passes = false
    const sensor = buildSensor({ selfTest: async () => passes })
    const runner = await startRunner([sensor])
    await eventually(() => expect(sensor.contexts.length).toBeGreaterThan(1))
    passes = true
    await eventually(() => expect(runner.sensors()[0]).toMatchObject({ tier: 'full', selfTestPassed: true, lastSelfTestAtMs: 2000 }))
    await sensor.contexts[0]?.emit(deleted('/from-the-dead'))
    expect(spool.paths()).toEqual([])
    expect(spool.of('agentDegraded')).toHaveLength(1)
  })

  it('whose tier falls tells it as an activity, and a rise does not', async () => {
    const sensor = buildSensor()
    const runner = await startRunner([sensor])
    const context = contextOf(sensor)
    context.report({ tier: 'degraded', reason: 'no more watches', fix: 'raise the limit', watches: 7 })
    context.report(FULL)
    context.report({ tier: 'blind', reason: 'no rights', fix: 'run as root' })
    await eventually(() => expect(spool.of('agentDegraded').map(({ agentDegraded }) => agentDegraded?.reason)).toEqual(['no more watches', 'no rights']))
    expect(runner.sensors()[0]).toMatchObject({ tier: 'blind', reason: 'no rights', fix: 'run as root' })
  })

  it('that fails again and again is stopped with the reason, and tried again after a long time', async () => {
    let starts = 0
    const runner = await startRunner([buildSensor({ start: async () => { starts += 1; throw new Error('the facility is gone') } })], { times: { ...times, failLimit: 5, stoppedMs: 300 } })
    await eventually(() => expect(runner.sensors()[0]).toMatchObject({ tier: 'blind', reason: 'It failed 5 times within 10 minutes and is stopped. The last time: It failed.', fix: expect.stringContaining('tried again at 00:00 UTC') }))
    expect(starts).toBe(5)
    await eventually(() => expect(starts).toBe(6))
    expect(runner.sensors()[0]?.tier).toBe('blind')
    expect(spool.of('agentDegraded').map(({ agentDegraded }) => agentDegraded?.reason)).toContain('It failed 5 times within 10 minutes and is stopped. The last time: It failed.')
  })

  it('gets another chance at once under a policy that concerns it', async () => {
    const well = buildSensor()
    let works = false
    const runner = await startRunner([buildSensor({ async start(context) { void context.policy.files?.roots; if (!works) throw new Error('no'); await well.start(context) } })], { times: { ...times, failLimit: 2, stoppedMs: 600_000 } })
    await eventually(() => expect(runner.sensors()[0]?.tier).toBe('blind'))
    works = true
    await runner.apply({ files: { enabled: true, roots: ['/b'] } })
    await eventually(() => expect(runner.sensors()[0]?.tier).toBe('full'))
  })

  it('that does not stop in time is left behind, unheard', async () => {
    const sensor = buildSensor({ start: async (context) => (sensor.contexts.push(context), context.report(FULL), new Promise(() => {})) })
    const runner = await startRunner([sensor])
    await runner.apply({})
    await contextOf(sensor).emit(deleted('/late'))
    expect(spool.paths()).toEqual([])
  })

  it('of another system is blind with its reason, and is not started', async () => {
    const sensor = buildSensor({ platforms: ['win32'] })
    const runner = await startRunner([sensor])
    expect(runner.sensors()[0]).toMatchObject({ tier: 'blind', reason: 'Not here.' })
    expect(sensor.contexts).toEqual([])
  })
})

describe('an agent that keeps to its budget', () => {
  const how = { reason: 'The agent kept to its budget: x.', fix: 'Wait.' }

  it('says on the sensor what is slowed and why, hashes less, polls later, and gives it back', async () => {
    const asked: number[] = []
    const sensor = buildSensor()
    const features = buildSensor({ name: 'security-features' })
    const runner = await startRunner([sensor, features], { enrichment: { inspect: async (_path: string, options: { hashLimitBytes: number }) => void asked.push(options.hashLimitBytes) } as unknown as Enrichment })
    runner.slow('hashing', how)
    runner.slow('polls', how)
    expect(runner.sensors()).toMatchObject([{ name: 'files', tier: 'degraded', ...how }, { name: 'security-features', tier: 'degraded', ...how }])
    await contextOf(sensor).enrichment.inspect('/a', { hashLimitBytes: 50 << 20 })
    expect(contextOf(features).pace()).toBe(4)
    runner.slow('hashing', undefined)
    runner.slow('polls', undefined)
    await contextOf(sensor).enrichment.inspect('/a', { hashLimitBytes: 50 << 20 })
    expect(asked).toEqual([1 << 20, 50 << 20])
    expect(contextOf(features).pace()).toBe(1)
    expect(runner.sensors().map(({ tier }) => tier)).toEqual(['full', 'full'])
    await eventually(() => expect(spool.of('agentDegraded').map(({ agentDegraded }) => [agentDegraded?.sensor, agentDegraded?.reason])).toEqual([['files', how.reason], ['security-features', how.reason]]))
  })

  it('drops nothing of what is emitted meanwhile', async () => {
    const sensor = buildSensor()
    const runner = await startRunner([sensor])
    for (const step of ['inspection', 'hashing', 'listing', 'polls'] as const) runner.slow(step, how)
    await Promise.all(Array.from({ length: 500 }, (_, index) => contextOf(sensor).emit(deleted(`/f${index}`))))
    expect(spool.paths()).toHaveLength(500)
  })
})

describe('safe mode', () => {
  it('starts no sensor whatever the policy, says why, and keeps telling of itself', async () => {
    const sensor = buildSensor()
    const safeMode = { reason: 'The agent crashed 5 times within 10 minutes; the last time: exit code 70.', fix: 'It tries again.' }
    const runner = await startRunner([sensor], { safeMode, restartedAfter: 'exit code 70' })
    await runner.apply({ files: { enabled: true, roots: ['/c'] } })
    expect(sensor.contexts).toEqual([])
    expect(runner.sensors()).toMatchObject([{ tier: 'blind', ...safeMode }])
    await eventually(() => expect(spool.of('agentStarted')[0]?.agentStarted).toMatchObject({ restartedAfter: 'exit code 70', safeMode: safeMode.reason }))
    expect(spool.of('agentDegraded')[0]?.agentDegraded?.reason).toContain(safeMode.reason)
  })
})

describe('a change of policy', () => {
  it('restarts the sensors that have read what changed, and lets the others run', async () => {
    const files = buildSensor()
    const other = buildSensor({
      name: 'features', wanted: () => true,
      async start(context) {
        other.contexts.push(context)
        void context.policy.securityFeatures
        context.report(FULL)
        await untilAborted(context.signal)
      },
    })
    const runner = await startRunner([files, other])
    await runner.apply({ ...on, version: 2, securityFeatures: { enabled: true } })
    expect([files.contexts.length, other.contexts.length]).toEqual([1, 2])
    expect(other.contexts[1]?.policy.securityFeatures?.enabled).toBe(true)
    await runner.apply({ files: { enabled: true, roots: ['/b'] }, version: 3, securityFeatures: { enabled: true } })
    expect([files.contexts.length, other.contexts.length]).toEqual([2, 2])
    // What it has not read yet is the newest.
    expect(other.contexts[1]?.policy.version).toBe(3)
    expect(files.contexts[0]?.signal.aborted).toBe(true)
  })

  it('under which a sensor that ran well fails is refused; the last good one works again', async () => {
    const well = buildSensor()
    const sensor = buildSensor({
      start: async (context) => {
        if (context.policy.files?.roots?.includes('/bad') === true) throw new Error('cannot')
        await well.start(context)
      },
    })
    const runner = await startRunner([sensor])
    await expect(runner.apply({ files: { enabled: true, roots: ['/bad'] } })).rejects.toThrow('files')
    await runner.apply(on)
    expect(runner.sensors()[0]).toMatchObject({ tier: 'full' })
  })

  it('is not refused for a sensor that never worked on this device', async () => {
    const runner = await startRunner([buildSensor({ start: async () => Promise.reject(new Error('no facility')) })], {}, {})
    await runner.apply(on)
    expect(runner.sensors()[0]).toMatchObject({ tier: 'degraded' })
  })
})

const emitWith = async (actor: SensedActivity['actor']): Promise<wire.Activity | undefined> => {
  const sensor = buildSensor()
  await startRunner([sensor])
  await contextOf(sensor).emit(deleted('/f', actor === undefined ? {} : { actor }))
  return spool.of('fileDeleted').at(-1)
}
const writeProcess = (uid: number, loginUid: number): void => {
  platform.write('/proc/77/stat', '77 (cp) S 1 0 0')
  platform.write('/proc/77/status', `Name:\tcp\nPPid:\t1\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\n`)
  platform.write('/proc/77/loginuid', String(loginUid))
}

describe('who did it', () => {
  it('is the account of the process, with the process', async () => {
    writeProcess(1000, 4_294_967_295)
    expect(await emitWith({ pid: 77 })).toMatchObject({ actor: { account: 'alice', attribution: wire.Attribution.ATTRIBUTION_PROCESS, process: { pid: 77, name: 'cp' } } })
  })

  it('is the person who signed in where the process is root by sudo', async () => {
    writeProcess(0, 1000)
    expect((await emitWith({ pid: 77 }))?.actor).toMatchObject({ account: 'alice', accountId: '1000' })
  })

  it('is root where nobody signed in', async () => {
    writeProcess(0, 4_294_967_295)
    expect((await emitWith({ pid: 77 }))?.actor).toMatchObject({ account: 'root' })
  })

  it('is the only account with a session where nothing else is known', async () => {
    platform.setSessions([{ account: 'alice', remote: false, host: '' }, { account: 'alice', remote: true, host: 'h' }])
    expect((await emitWith(undefined))?.actor).toMatchObject({ account: 'alice', attribution: wire.Attribution.ATTRIBUTION_SESSION })
  })

  it('is nobody where two have a session', async () => {
    platform.setSessions([{ account: 'alice', remote: false, host: '' }, { account: 'bob', remote: false, host: '' }])
    expect((await emitWith(undefined))?.actor).toBeNull()
  })

  it('keeps a domain apart from the account', async () => {
    expect((await emitWith({ account: 'ACME\\alice' }))?.actor).toMatchObject({ account: 'alice', domain: 'ACME' })
  })
})

describe('the agent about itself', () => {
  it('says that it started, unclean only when the run before did not end well, and that it stopped', async () => {
    const runner = await startRunner([buildSensor()])
    expect(await runner.stop('SIGTERM')).toBe(true)
    await expect(stat(join(folder, 'agent.running'))).rejects.toThrow('ENOENT')
    await startRunner([buildSensor()])
    await startRunner([buildSensor()])
    await eventually(() => expect(spool.of('agentStarted').map(({ agentStarted }) => agentStarted?.unclean)).toEqual([false, false, true]))
    expect(spool.of('agentStopped')[0]?.agentStopped).toMatchObject({ reason: 'SIGTERM' })
  })

  it('lets a sensor tell what it has seen before it is stopped, and waits no longer than it may', async () => {
    let stop = false
    const sensor = buildSensor({ async start(context) {
      context.report(FULL)
      for (let index = 0; !context.signal.aborted; index += 1) {
        await turn()
        if (stop && index < 200_000) void context.emit(deleted(`/late${index}`))
      }
    } })
    const quick = buildSensor({ name: 'removable-media' })
    const runner = await startRunner([sensor, quick], { times: { ...times, drainMs: 300, quietMs: 50, flushMs: 5000 } })
    stop = true
    const ended = runner.stop('SIGTERM')
    void contextOf(quick).emit(deleted('/a-moment-later'))
    expect(await ended).toBe(true)
    expect(spool.paths()).toContain('/a-moment-later')
    expect(spool.of('agentStopped')).toHaveLength(1)
  })

  it('gives each sensor a memory that outlasts it', async () => {
    const sensor = buildSensor()
    await startRunner([sensor])
    const { memory } = contextOf(sensor)
    expect(await memory.get('seen')).toBeUndefined()
    await Promise.all([memory.set('seen', 'one'), memory.set('seen', 'two')])
    expect(await memory.get('seen')).toBe('two')
    expect(await readFile(join(folder, 'memory/files/seen'), 'utf8')).toBe('two')
    expect(() => memory.set('../../identity.json', '')).toThrow(RangeError)
    expect(() => memory.set('big', 'x'.repeat((1 << 20) + 1))).toThrow(RangeError)
  })
})
