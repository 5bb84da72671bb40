// The composition of a running agent, and its end.
//
// Order of the end (SIGTERM, SIGINT; within about 5 s): sensors stop, what they emitted goes to the disk, the uplink sends
// what it still can, then lineage and spool close. Whatever does not reach the collector is in the spool for the next start.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Config, type ConfigKey, loadConfig } from '../config.ts'
import { sweepLeftovers } from '../drill/leftovers.ts'
import { createDrillMarks } from '../drill/marks.ts'
import { onWire } from '../drill/report.ts'
import { createEdge } from '../edge/edge.ts'
import { createEnrichment } from '../enrich/enrichment.ts'
import type { Evidence } from '../evidence/contract.ts'
import { watchDropFolder } from '../exceptions/drop-folder.ts'
import { createExceptions } from '../exceptions/exceptions.ts'
import { exceptionWords } from '../exceptions/texts.ts'
import { createEvidence } from '../evidence/evidence.ts'
import { createGovernor, type Governor } from '../health/governor.ts'
import { createHeartbeat } from '../health/heartbeat.ts'
import { keepMemorySmall } from '../health/memory.ts'
import { type AgentStatus, createStatusWriter } from '../health/status-file.ts'
import { costOfAll } from '../health/own-processes.ts'
import { hashProgramApart } from '../health/program-hash.ts'
import { steadyClock } from '../health/steady-clock.ts'
import { createUsageMeter } from '../health/usage.ts'
import type { Identity } from '../identity/contract.ts'
import { proxyFor, type Proxy } from '../identity/proxy.ts'
import { createReKeying } from '../identity/re-key.ts'
import { keepDismissal, keepTrust, loadIdentity, renewCredential } from '../identity/identity-file.ts'
import { createContent } from '../inspect/content.ts'
import { createNotices } from '../notice/notices.ts'
import { currentPlatform } from '../platform/current.ts'
import { createOrders } from '../orders/orders.ts'
import { writeDurably } from '../platform/durable-file.ts'
import { createAnswerer } from '../questions/answerer.ts'
import { createMemory } from '../runner/memory.ts'
import type { PolicyKeeper } from '../policy/contract.ts'
import { createPolicyKeeper } from '../policy/policy-keeper.ts'
import { createRunner, type Runner } from '../runner/runner.ts'
import { sensors } from '../sensors/registry.ts'
import type { SpoolContract } from '../spool/contract.ts'
import { openSpool } from '../spool/spool.ts'
import { createUpgrader } from '../upgrade/upgrader.ts'
import type { Uplink } from '../uplink/contract.ts'
import { connectDevice } from '../uplink/connect.ts'
import { createUplink } from '../uplink/uplink.ts'
import { CRASHED } from '../watchdog/contract.ts'
import type { WorkerLink } from '../watchdog/worker-link.ts'
import { discloseCollection, publishDisclosure } from './disclosure.ts'
import { askedFile, readAsked } from './asked.ts'
import { contentFolder, disclosureFile, drillFolder, evidenceFolder, lineageFolder, spoolFolder } from './folders.ts'
import { createLog, type Log } from './log.ts'
import { requestFolder } from './request-exception.ts'
import { runUpgradeApart } from './run-upgrade.ts'
import { VERSION } from './version.ts'

const DEFAULT_HEARTBEAT_SECS = 60
/** An hour without the collector at a thousand activities a second is 1.2 GB. */
const DEFAULT_SPOOL_BYTES = 2 * 1024 ** 3
const MIN_SPOOL_BYTES = 1 << 20
const HASH_AFTER_MS = 15_000
/** What the uplink gets to send the last activities. */
const LAST_WORDS_MS = 1000
/** The status says what the agent cost over at least this long; to ask the kernel costs milliseconds. */
const STATUS_USAGE_MS = 30_000
/** A terminal and the runner above us may both pass on one Ctrl-C. */
const SAME_SIGNAL_MS = 500

/** Whichever is smaller, of those that say something. */
function spoolLimit(config: Config, policyBytes: number | null | undefined): number {
  const wanted = [config['spool.maxBytes'], policyBytes ?? 0].filter((bytes) => bytes > 0)
  return Math.max(MIN_SPOOL_BYTES, wanted.length === 0 ? DEFAULT_SPOOL_BYTES : Math.min(...wanted))
}

interface Parts {
  readonly identity: Identity
  readonly elevated: boolean
  readonly startedAtMs: number
  readonly runner: Runner
  readonly spool: SpoolContract
  readonly keeper: PolicyKeeper
  readonly uplink: Uplink
  readonly evidence: Evidence
  readonly usage: ReturnType<typeof createUsageMeter>
  readonly governor: Governor
  readonly orders: WorkerLink['orders']
}

const iso = (ms: number): string => new Date(ms).toISOString()

function buildStatus({ identity, elevated, startedAtMs, runner, spool, keeper, uplink, evidence, usage, governor, orders }: Parts): AgentStatus {
  const { lastConnectedAtMs, nextTryAtMs, ...link } = uplink.status()
  const policy = keeper.running()
  const refused = keeper.refused()
  return {
    format: 1, pid: process.pid, startedAt: iso(startedAtMs), updatedAt: iso(Date.now()), agentVersion: VERSION,
    deviceId: identity.deviceId, group: identity.group, organisation: identity.organisation, collectorUrl: identity.collectorUrl, elevated,
    uplink: { ...link, ...(lastConnectedAtMs === undefined ? {} : { lastConnectedAt: iso(lastConnectedAtMs) }), ...(nextTryAtMs === undefined ? {} : { nextTryAt: iso(nextTryAtMs) }) },
    spool: { ...spool.figures(), problem: runner.problem() },
    policy: {
      runningVersion: policy.version, runningHash: policy.hash, appliedAt: iso(policy.appliedAtMs), ...(policy.expiresAtMs === undefined ? {} : { expiresAt: iso(policy.expiresAtMs) }),
      ...(refused === undefined ? {} : { refusedVersion: refused.version, refusedReason: refused.code }),
    },
    evidence: evidence.status(), sensors: runner.sensors(), usage: usage.read(), warnings: [...orders.warnings, ...governor.warnings()],
    ...(orders.watchdogPid === 0 ? {} : { watchdog: { pid: orders.watchdogPid, restarts: orders.restarts, lastEnd: orders.lastEnd, ...(orders.safeMode === undefined ? {} : { safeMode: orders.safeMode.reason }) } }),
  }
}

/** The proxy between this device and a broker, read anew for each connection: it may have been changed meanwhile. */
function proxyOf(folder: string, server: string): Proxy | undefined {
  const { hostname, port } = new URL(server)
  return proxyFor(folder, hostname, Number(port || 4222), process.env)
}

/** Resolves with the signal's name at the first SIGTERM or SIGINT, or the watchdog's word; a later signal does not wait. */
function untilAskedToStop(log: Log, link: WorkerLink): Promise<string> {
  return new Promise((resolve) => {
    let askedAt: number | undefined
    link.onStop((why) => {
      askedAt ??= performance.now()
      log.info({ why }, 'stopping')
      resolve(why)
    })
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (askedAt !== undefined && performance.now() - askedAt > SAME_SIGNAL_MS) process.exit(1)
        if (askedAt !== undefined) return
        askedAt = performance.now()
        log.info({ signal }, 'stopping')
        resolve(signal)
      })
    }
  })
}

/** What the kernel is asked about this process; where it cannot be asked, everything else works. */
async function harden(isRoot: boolean, link: WorkerLink, log: Log): Promise<void> {
  if (process.platform !== 'linux') return
  try {
    const { hardenProcess } = await import('../platform/linux/harden.ts')
    if (!hardenProcess({ isRoot, ...(link.isWatched && link.orders.watchdogPid > 0 ? { parentPid: link.orders.watchdogPid } : {}) })) process.exit(1)
  } catch (error) {
    log.warn({ err: error }, 'core dumps of this process could not be forbidden')
  }
}

function describeSafeMode({ orders }: WorkerLink): { readonly reason: string; readonly fix: string } | undefined {
  if (orders.safeMode === undefined) return undefined
  const { reason, retryInMs } = orders.safeMode
  return { reason, fix: `It tries the policy again at ${new Date(Date.now() + retryInMs).toISOString().slice(0, 16)} UTC. A changed policy, or a restart of the agent, ends safe mode at once; the log says what crashed.` }
}

async function sendLastWords(uplink: Uplink, spool: SpoolContract): Promise<void> {
  const deadline = performance.now() + LAST_WORDS_MS
  const open = (): boolean => spool.figures().ackedSeq < spool.figures().lastSeq
  while (uplink.status().connected && open() && performance.now() < deadline) await sleep(20)
}

/**
 * `holdfast-agent run`: resolves after a clean stop.
 *
 * @throws NOT_ENROLLED, IDENTITY_UNSAFE, CONFIG_UNKNOWN_KEY, CONFIG_INVALID, SPOOL_LOCKED, SPOOL_IO
 */
export async function runAgent(folder: string, flags: Partial<Record<ConfigKey, string>>, link: WorkerLink): Promise<void> {
  const config = await loadConfig(folder, flags, process.env)
  const enrolled = await loadIdentity(folder)
  // One object for everybody who asks which group this is: a renewed credential may be for another.
  const identity: Identity & { group: string; policyKeys: readonly string[]; caPem: string } = config['nats.servers'].length > 0 ? { ...enrolled, natsServers: config['nats.servers'] } : { ...enrolled }
  const log = createLog(config['log.level'])
  const crash = (error: unknown): void => {
    log.fatal({ err: error }, 'the agent failed; what is in the spool is safe')
    process.exit(CRASHED)
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
  const stopAsked = untilAskedToStop(log, link)

  const platform = await currentPlatform()
  await harden(platform.elevated, link, log)
  const safeMode = describeSafeMode(link)
  const { now } = Date
  const startedAtMs = now()
  const watched = link.orders.watchdogPid > 0 ? { watchdogPid: link.orders.watchdogPid } : {}
  let isListingSlow = false
  let programHash = ''
  const spool = await openSpool({ folder: spoolFolder(folder), maxBytes: spoolLimit(config, undefined), now, log })
  const enrichment = await createEnrichment({ folder: lineageFolder(folder), agentFolder: folder, platform, now, log, rests: () => isListingSlow })
  // Set once there is a status to write and an uplink to beat.
  const listeners: (() => void)[] = []
  const changed = (): void => listeners.forEach((listener) => listener())
  /** Once there is an uplink. */
  let beat = (): void => {}
  const evidence = await createEvidence({ folder: evidenceFolder(folder), identity, now, log, onChange: changed })
  const content = await createContent({ folder: contentFolder(folder), now, log })
  // A drill that was killed half way may have left its stick and its canaries; nobody else takes them away.
  const swept = platform.os === 'linux' && platform.elevated ? await sweepLeftovers(drillFolder(folder), platform).catch(() => 0) : 0
  if (swept > 0) log.warn({ things: swept }, 'what a fire drill had left behind is taken away')
  const drills = createDrillMarks({ folder: drillFolder(folder), elevated: platform.elevated, now, log, onReport: () => beat() })
  const notices = createNotices(platform, { log, compiledFolder: join(lineageFolder(folder), 'compiled') })
  const exceptions = await createExceptions({ folder, notices, emit: (activity) => runner.say(activity), now, steady: steadyClock, log })
  const edge = createEdge({
    notices, emit: (activity) => runner.say(activity), now, steady: steadyClock,
    exceptions: {
      allows: (media, uid) => exceptions.allows(media, uid), label: (language) => exceptionWords(language).ask,
      ask: (media, uid, reason) => void (reason === undefined ? exceptions.askForReason(uid) : exceptions.ask({ uid, media, reason, hours: 24, via: 'notice' })),
    },
  })
  const runner: Runner = await createRunner({
    folder, sensors, platform, enrichment, spool, version: VERSION, now, steady: steadyClock, log, onChange: changed,
    attach: (activity) => content.attach(activity),
    markOf: (activity) => drills.markOf(activity),
    rankOf: (activity, who) => edge.judge(activity, who),
    onStored(activity, seq, drill, who) {
      if (drill === undefined) {
        exceptions.saw(activity)
        edge.stored(activity, who)
      }
      // A canary is no evidence of anything.
      if (drill === undefined) evidence.consider(activity, spool.epoch, seq)
      else drills.stored(activity, drill, spool.epoch, seq)
    },
    pressure: () => spool.figures().bytes / spool.figures().maxBytes,
    restartedAfter: link.orders.lastEnd, ...(safeMode === undefined ? {} : { safeMode }),
  })

  const governor = createGovernor({
    measure: () => costOfAll(watched.watchdogPid), steady: steadyClock, reported: () => runner.reported(), log,
    slow(step, state) {
      if (step === 'inspection') content.slow(state !== undefined)
      if (step === 'listing') isListingSlow = state !== undefined
      runner.slow(step, state)
    },
  })
  const disclose = async (policy: PolicyKeeper): Promise<void> => {
    const path = disclosureFile(folder, config['disclosure.file'])
    if (path === undefined) return
    const running = policy.running()
    await publishDisclosure(path, discloseCollection(running.policy, identity, { ...running, asked: await readAsked(folder) })).catch((error: unknown) => log.warn({ err: error }, 'what is collected cannot be published'))
  }
  const keeper = await createPolicyKeeper({
    folder, identity, now, holdsBack: safeMode !== undefined,
    async keepTrust({ authorities, ...keys }) {
      const trust = { ...keys, caPem: `${authorities.map((pem) => pem.trimEnd()).join('\n')}\n` }
      await keepTrust(folder, identity, trust)
      Object.assign(identity, trust)
    },
    apply: async (policy) => {
      await runner.apply(policy)
      evidence.follow(policy)
      content.follow(policy)
      edge.follow(policy)
      governor.follow(policy)
      await spool.setMaxBytes(spoolLimit(config, policy.reporting?.spoolMaxBytes))
    },
  })
  const first = keeper.running()
  await spool.setMaxBytes(spoolLimit(config, first.policy.reporting?.spoolMaxBytes))
  const refusedAtStart = keeper.refused()
  if (refusedAtStart !== undefined) log.error({ code: refusedAtStart.code }, 'the kept policy is not good any more; nothing is collected until a new one comes')

  const lastDrill = () => {
    const report = drills.lastReport()
    return report === undefined ? undefined : onWire(report)
  }
  const answerer = createAnswerer({
    platform, enrichment, now, steady: steadyClock, policy: () => keeper.running().policy, sensors: () => runner.sensors().map(({ name, tier, reason, fix, emitted }) => ({ name, tier, reason, fix, emitted })), memoryOf: createMemory(folder, log), own: [folder],
    remembered: await readAsked(folder),
    onAsked(asked) {
      void writeDurably(askedFile(folder), JSON.stringify(asked)).then(() => disclose(keeper)).catch((error: unknown) => log.warn({ err: error }, 'what was asked cannot be written'))
    },
  })
  const upgrader = await createUpgrader({
    folder, home: process.env['HOLDFAST_AGENT_HOME'], version: VERSION, elevated: platform.elevated, platform: `${process.platform}-${process.arch}`, log,
    runUpgrade: (options) => runUpgradeApart(folder, options), onChange: () => beat(),
  })
  const reKeying = createReKeying(identity, () => platform.hardwareId())
  const orders = createOrders({
    identity, now, log,
    onUpgrade: (id, upgrade) => upgrader.order(id, upgrade),
    onException: (decision) => exceptions.decide(decision),
    onQuestion: (question) => answerer.answer(question),
    async onReKey(id, later) {
      log.warn({ order: id }, 'the collector asks for another key: somebody else has the present one')
      const offer = await reKeying.offer(id, () => later({ outcome: 'taken' }))
      return { outcome: 'offered', data: Buffer.from(JSON.stringify(offer)) }
    },
  })
  const uplink = createUplink({
    identity, spool, now, random: Math.random, log,
    heartbeat: createHeartbeat({ version: VERSION, platform, sensors: () => runner.sensors(), spool: () => ({ ...spool.figures(), problem: runner.problem() }), policy: keeper, usage: createUsageMeter(steadyClock, watched), drill: lastDrill, programHash: () => programHash, safeMode: safeMode?.reason ?? '', restarts: link.orders.restarts, upgrade: () => upgrader.state(), now, steady: steadyClock }),
    heartbeatIntervalSecs: () => config['heartbeat.intervalSecs'] || keeper.running().policy.reporting?.heartbeatIntervalSecs || DEFAULT_HEARTBEAT_SECS,
    policyState: () => keeper.running(),
    evidence, upgrades: upgrader,
    onDrill: (news) => drills.heard(news),
    onOrder: (signed, answer) => orders.heard(signed, answer),
    async keepCredential(before, jwt, key) {
      identity.group = await renewCredential(folder, before, jwt, key)
      Object.assign(identity, key, { jwt })
    },
    reKeying,
    onDismissed(why) {
      log.error({ why }, 'the collector takes the credential of this device away; it has to be enrolled again')
      void keepDismissal(folder, why, now()).catch((error: unknown) => log.warn({ err: error }, 'why cannot be kept'))
    },
    async onPolicy(signed) {
      const verdict = await keeper.consider(signed)
      if (verdict.kind === 'applied') {
        log.info({ version: verdict.running.version, hash: verdict.running.hash }, 'a policy is in force')
        await disclose(keeper)
      } else if (verdict.kind === 'held') link.tryPolicy(`policy version ${verdict.version} came`)
      else if (verdict.kind === 'refused') log.error({ code: verdict.code, version: verdict.version }, 'a policy was refused')
      changed()
    },
  }, { connect: (server, as) => connectDevice(as, server, proxyOf(folder, server)) })
  beat = () => uplink.beat()
  const status = createStatusWriter(
    folder,
    () => buildStatus({ identity, elevated: platform.elevated, startedAtMs, runner, spool, keeper, uplink, evidence, usage: statusUsage, governor, orders: link.orders }),
    (error) => log.warn({ err: error }, 'the status cannot be written'),
  )
  const statusUsage = createUsageMeter(steadyClock, { ...watched, minMs: STATUS_USAGE_MS })
  let tiers = ''
  listeners.push(() => {
    status.touch()
    // The collector hears at once when a sensor sees more or less, not of every watch that is counted.
    const next = runner.sensors().map(({ name, tier }) => `${name} ${tier}`).join()
    if (next !== tiers) uplink.beat()
    tiers = next
  })

  const ending = new AbortController()
  evidence.follow(first.policy)
  content.follow(first.policy)
  edge.follow(first.policy)
  governor.follow(first.policy)
  await runner.start(first.policy)
  link.ready()
  // Not at once: a start has more urgent things to do.
  const hashing = (async () => {
    await sleep(HASH_AFTER_MS, undefined, { signal: ending.signal, ref: false })
    programHash = await hashProgramApart(join(import.meta.dirname, '../..'), ending.signal)
  })().catch((error: unknown) => {
    if (!ending.signal.aborted) log.warn({ err: error }, 'the program could not be hashed')
  })
  await disclose(keeper)
  const drilling = drills.watch(ending.signal).catch((error: unknown) => log.warn({ err: error }, 'no fire drill can be taken'))
  const disclosed = disclosureFile(folder, config['disclosure.file'])
  const requests = disclosed === undefined || !platform.elevated ? undefined : watchDropFolder({ folder: requestFolder(disclosed), log, take: (dropped) => exceptions.ask({ ...dropped, via: 'command' }) }, ending.signal).catch((error: unknown) => log.warn({ err: error }, 'people cannot lay down requests'))
  keepMemorySmall(ending.signal)
  const beating = Promise.all([uplink.run(ending.signal), status.run(ending.signal), governor.run(ending.signal), hashing, drilling, requests]).catch(crash)
  log.info({ device: identity.deviceId, version: VERSION, policy: first.version, elevated: platform.elevated }, 'the agent runs')
  process.stdout.write(`${JSON.stringify({ ready: true, device: identity.deviceId })}\n`)

  const signal = await stopAsked
  // What waits for a look into its file goes to the disk without one.
  await content.close()
  await edge.close()
  const whole = await runner.stop(signal)
  await sendLastWords(uplink, spool)
  ending.abort()
  await beating
  await evidence.close()
  await enrichment.close()
  await spool.close()
  log.info({ clean: whole }, 'the agent stopped')
}
