// holdfast serve: the roles of this process, all of them by default, started in the order of dependence and stopped in the opposite one.
import { createServer } from 'node:https'
import { mkdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { randomUUID, X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import { createSealer, sealKeyOf } from './access/seal.ts'
import { anchorHead } from './audit/anchors.ts'
import { createExportDelivery } from './exports/delivery.ts'
import { installationIdOf } from './exports/feed-settings.ts'
import { exportLag } from './exports/lag.ts'
import { createMailer } from './exports/mail.ts'
import { createDelivery } from './notices/delivery.ts'
import { createNotifications } from './notices/notifications.ts'
import { sealPlainSecrets, usableMailSettings } from './notices/settings.ts'
import { sendHead } from './privacy/audit-targets.ts'
import { repeatErasures } from './privacy/erasure.ts'
import { createPeople } from './privacy/people.ts'
import { expireRequests } from './privacy/requests.ts'
import { createRetention } from './privacy/retention.ts'
import { createPieceServer } from './agent-packages/pieces.ts'
import { openPackageShelf } from './agent-packages/shelf.ts'
import { createUpgrades, type Upgrades } from './agent-packages/upgrades.ts'
import { appendAudit } from './audit/chain.ts'
import { assertSeal } from './backup/container.ts'
import { drillBackup } from './backup/drill.ts'
import { backupName, makeBackup, pruneBackups } from './backup/make.ts'
import { settleRestore } from './backup/restore.ts'
import { createSchedule } from './backup/schedule.ts'
import { createBus } from './bus/bus.ts'
import { operatorJwt, systemAccountJwt } from './bus/claims.ts'
import type { Bus } from './bus/contract.ts'
import { findServer } from './bus/find-server.ts'
import { type AccountClaim, createAccountClaim } from './bus/revocations.ts'
import { reservePort } from './bus/ports.ts'
import { type BusServer, startServer } from './bus/server.ts'
import { ensureServerCertificate } from './bus/server-certificate.ts'
import { createServerCertificate } from './bus/pki.ts'
import { type ClusterFiles, writeWhole } from './bus/server-config.ts'
import { busUrls, certificateNames, isLoopback, isWildcard, publicUrlOf } from './cli/addresses.ts'
import { backupDepsOf, drillDeps, sealOf } from './cli/backups.ts'
import { doctorDepsOf } from './cli/doctor.ts'
import { type Installation, loadInstallation, ORGANISATION_SETTING, pathsOf } from './cli/installation.ts'
import { takeRunFiles } from './cli/run-files.ts'
import { VERSION } from './cli/version.ts'
import { type Config, type ConfigKey, loadConfig } from './config.ts'
import { createAnalysis } from './analysis/analysis.ts'
import { analyticsNews, policyWarnings } from './analysis/news.ts'
import { createReportJobs } from './analysis/report-jobs.ts'
import { createRiskLevels } from './analysis/risk-levels.ts'
import { createConnectors } from './connectors/imports.ts'
import { mergeInsights } from './domain/risk/count.ts'
import { CodedError } from './errors.ts'
import { examine } from './doctor/doctor.ts'
import { createEvaluation } from './evaluation/evaluation.ts'
import { createBundleJobs } from './escalation/bundle-jobs.ts'
import { endExpiredShares } from './escalation/links.ts'
import { createTicketQueue } from './escalation/tickets/queue.ts'
import { purposeOf } from './escalation/tickets/target.ts'
import { createEvidenceRoom } from './evidence/evidence.ts'
import { createReceiver } from './evidence/receive.ts'
import { openVault } from './evidence/vault.ts'
import { drillState } from './domain/drills/drill.ts'
import { createDrills } from './fleet/drills.ts'
import { readMediaAllowances } from './fleet/allowed-media.ts'
import { createQuestions, expireQuestions } from './questions/questions.ts'
import { admitRequest, createExceptions, endExceptions } from './exceptions/exceptions.ts'
import { createFleet } from './fleet/fleet.ts'
import { createOrders, type Orders } from './fleet/orders.ts'
import { ANALYTICS_SETTING } from './fleet/groups.ts'
import { storedRevocations } from './fleet/revoked-keys.ts'
import { createRollouts, type Rollouts } from './rollout/rollouts.ts'
import { buildApp } from './http/app.ts'
import { openSecrets } from './http/exports/settings.ts'
import { openDetection } from './ingest/detection.ts'
import { createIngest } from './ingest/ingest.ts'
import { createPace, returnSpreadSecs } from './ingest/pace.ts'
import { createLog, type Log, logged } from './log.ts'
import { createMetrics } from './metrics.ts'
import type { Tracing } from './tracing.ts'
import { createUpkeep } from './upkeep.ts'
import { MAX_BATCH_ACTIVITIES } from '@holdfast/proto'
import { alone, createMembers } from './roles/members.ts'
import { startProbe } from './roles/probe.ts'
import { assertPossible, type Role, ROLES, rolesOf } from './roles/roles.ts'
import { hearOrders, remoteOrders, shareDetection, shareFleet, shareLive } from './roles/share.ts'
import { allTurns, createTurns } from './roles/turns.ts'
import { createExchange, nobody } from './roles/words.ts'
import { openStore } from './store/open-store.ts'
import type { DevicePolicyRevision, Store, StoreWriter } from './store/store.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const RISK_LEVELS_EVERY_MS = 60_000
const NOTIFICATIONS_EVERY_MS = 30_000
const DAY_MS = 24 * HOUR_MS
const STOP_MS = 9500
/** A terminal and the runner above us may both pass on one Ctrl-C. */
const SAME_SIGNAL_MS = 500

/** What was started, to be stopped in the opposite order. */
function createStack(log: Log) {
  const closers: { readonly name: string; readonly close: () => void | Promise<void> }[] = []
  return {
    push: (name: string, close: () => void | Promise<void>) => void closers.push({ name, close }),
    async unwind() {
      for (const { name, close } of closers.splice(0).toReversed()) {
        try {
          await close()
        } catch (error) {
          log.error({ err: error, part: name }, 'a part did not stop as it should')
        }
      }
    },
  }
}
type Stack = ReturnType<typeof createStack>

interface StartedBus {
  readonly bus: Bus
  readonly server?: BusServer
}

interface BusParts {
  readonly installation: Installation
  readonly config: Config
  readonly claim: AccountClaim
  readonly store: Store
  readonly roles: ReadonlySet<Role>
  /** Name of this server among those of a cluster. */
  readonly instance: string
  readonly certificateFile: string
  readonly keyFile: string
  readonly stack: Stack
  readonly log: Log
}

/** The routes of a cluster and what they are made safe with; undefined where the server stands alone. */
async function clusterOf({ config, installation }: BusParts, folder: string): Promise<ClusterFiles | undefined> {
  const routes = config['bus.routes']
  if (routes.length === 0) return undefined
  const wrong = routes.find((route) => !/^.+:\d{1,5}$/.test(route))
  if (wrong !== undefined) throw new CodedError('CONFIG_INVALID', { key: 'bus.routes', problem: `must be host:port; "${wrong}" is not` })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const made = await createServerCertificate(installation.authority, certificateNames(config), Date.now(), { asClient: true })
  const files = { certificateFile: join(folder, 'route.pem'), keyFile: join(folder, 'route-key.pem') }
  writeWhole(files.keyFile, made.keyPem)
  writeWhole(files.certificateFile, made.certificatePem)
  return { ...files, caFile: pathsOf(installation.dir).caPem, host: config['bus.host'], port: config['bus.clusterPort'], routes }
}

async function startBus(parts: BusParts): Promise<StartedBus> {
  const { installation, config, claim, store, roles, instance, stack, log } = parts
  const { dir, keyring, authority } = installation
  const maxBytes = config['bus.maxBytes']
  const external = config['nats.servers']
  const routes = config['bus.routes']
  const replicas = config['bus.replicas'] === 0 ? Math.max(1, Math.min(3, external.length, routes.length || external.length)) : config['bus.replicas']
  const common = { keyring, claim, revocations: () => storedRevocations(store), now: Date.now, log }
  // Servers that were named are used, unless this process was told to be one of them.
  if (external.length > 0 && !(roles.has('bus') && config.roles.length > 0)) {
    const bus = await createBus({ ...common, servers: external, deviceServers: external, stream: { maxBytes, replicas }, caPem: [authority.certificatePem, ...rootCertificates].join('\n') })
    stack.push('bus', () => bus.close())
    return { bus }
  }
  const found = await findServer(config['bus.serverPath'], process.env, (problem) => log.warn(problem))
  const issuedAt = Math.floor(Date.now() / 1000)
  const account = keyring.account.publicKey
  const systemAccount = keyring.systemAccount.publicKey
  const folder = config['bus.folder'] === '' ? pathsOf(dir).nats : config['bus.folder']
  const cluster = await clusterOf(parts, folder)
  const server = await startServer({
    folder, name: `holdfast-${account.slice(1, 9).toLowerCase()}${cluster === undefined ? '' : `-${instance}`}`, serverPath: found.path, host: config['bus.host'], port: config['bus.port'], maxBytes, account, systemAccount, log, ...(cluster === undefined ? {} : { cluster }),
    certificateFile: parts.certificateFile, keyFile: parts.keyFile, operatorJwt: operatorJwt(keyring.operator, systemAccount, issuedAt),
    accounts: () => ({ [account]: claim.jwt(), [systemAccount]: systemAccountJwt(keyring.operator, systemAccount, issuedAt) }),
  })
  stack.push('nats-server', () => server.stop())
  const host = config['bus.host']
  const bus = await createBus({
    ...common, servers: [`tls://${isWildcard(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${server.port}`], deviceServers: external.length > 0 ? external : busUrls(config, server.port), stream: { maxBytes, replicas: cluster === undefined ? 1 : replicas }, caPem: authority.certificatePem,
  })
  stack.push('bus', () => bus.close())
  return { bus, server }
}

/** Listens; where only one outer address is listened on, the command line still finds the API on loopback. */
async function listen(app: FastifyInstance, https: { readonly key: string; readonly cert: string }, host: string, port: number, stack: Stack, log: Log): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw new CodedError('PORT_IN_USE', { what: 'The console', host, port, flag: 'http-port' }, { cause })
    throw new CodedError('ADDRESS_UNUSABLE', { what: 'The console', host, port, problem: code ?? 'unknown' }, { cause })
  }
  stack.push('http', () => app.close())
  if (isWildcard(host) || isLoopback(host)) return
  const local = createServer({ key: https.key, cert: https.cert }, (request, response) => void app.server.emit('request', request, response))
  local.on('error', (error) => log.warn({ err: error }, 'commands on this machine cannot reach the API over loopback'))
  local.listen({ host: '127.0.0.1', port })
  stack.push('loopback', () => {
    local.close()
    local.closeAllConnections()
  })
}

/** That somebody is watched more closely is for the watchers of the watchers to see. */
const auditStricter = (now: () => number) => (tx: StoreWriter, { deviceId, version, why }: DevicePolicyRevision): Promise<void> =>
  appendAudit(tx, { actor: { id: 'system', name: 'system' }, action: why === undefined ? 'device.stricter_policy_ended' : 'device.stricter_policy', targetKind: 'device', targetId: deviceId, detail: { version, ...why }, atMs: now() })

function repeat(name: string, everyMs: number, work: () => Promise<void>, stack: Stack, log: Log): void {
  const timer = setInterval(() => void work().catch((error: unknown) => log.error({ err: error, part: name }, 'a regular task failed')), everyMs)
  stack.push(name, () => clearInterval(timer))
}

/** Backups and drills by the configuration; none without a folder. @throws CONFIG_INVALID, BACKUP_KEY_INVALID */
function scheduleBackups(dir: string, config: Config, store: Store, now: () => number, stack: Stack, log: Log): void {
  const folder = config['backup.folder']
  if (folder === '') return
  const given = { recipient: config['backup.recipient'], passphraseFile: config['backup.passphraseFile'] }
  const seal = () => sealOf(given.recipient === '' ? undefined : given.recipient, given.passphraseFile === '' ? undefined : given.passphraseFile)
  // At the start and not at three in the morning.
  assertSeal(seal())
  const deps = backupDepsOf(dir)
  const opener = () => {
    const sealed = seal()
    return sealed.kind === 'passphrase' ? { passphrase: sealed.passphrase } : {}
  }
  const schedule = createSchedule({
    store, everyHours: config['backup.everyHours'], drillEveryDays: config['backup.drillEveryDays'], now, log,
    make: () => makeBackup(deps, { file: join(folder, backupName(now())), seal: seal(), verify: true }),
    ...(given.recipient === '' ? { drill: (file: string) => drillBackup(drillDeps, { file, opener: opener(), temporary: dir }) } : {}),
    prune: () => pruneBackups(folder, deps.installation, config['backup.keep']),
  })
  repeat('backups', MINUTE_MS, () => schedule.tick(), stack, log)
}

/** @throws CONFIG_INVALID */
function instanceOf(config: Config, roles: ReadonlySet<Role>): string {
  const name = config.instance === '' ? `${hostname()}-${roles.size === ROLES.length ? 'all' : [...roles].join('-')}` : config.instance
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/.test(name)) throw new CodedError('CONFIG_INVALID', { key: 'instance', problem: 'must be letters, digits, dots and dashes' })
  return name
}

/** Loaded only where traces are asked for. @throws CONFIG_INVALID */
async function openTracing(config: Config, instance: string, stack: Stack, log: Log): Promise<Tracing | undefined> {
  const endpoint = config['tracing.endpoint']
  if (endpoint === '') return undefined
  if (!/^https?:\/\/[^/]/.test(endpoint) || !URL.canParse(endpoint)) throw new CodedError('CONFIG_INVALID', { key: 'tracing.endpoint', problem: 'must be an address such as http://127.0.0.1:4318' })
  const { createTracing } = await import('./tracing.ts')
  const tracing = createTracing({ endpoint, samplePercent: config['tracing.samplePercent'], version: VERSION, instance, log })
  stack.push('tracing', () => tracing.close())
  return tracing
}

async function countHeld(store: Store) {
  const [devices, activities, { counts }] = await Promise.all([store.devices({ limit: 1 }), store.activityCount(), store.alertStatistics(Date.now())])
  return { devices: devices.total ?? 0, activities, alerts: counts }
}

/** @returns addresses, once everything answers */
async function start(installation: Installation, config: Config, stack: Stack, log: Log, draining: () => boolean, fatal: (error: unknown) => void): Promise<{ readonly url: string; readonly nats: string }> {
  const { dir, authority, policyKey } = installation
  const paths = pathsOf(dir)
  const now = Date.now
  const roles = rolesOf(config.roles)
  const shared = config.store !== ''
  assertPossible(roles, { shared, servers: config['nats.servers'] })
  const instance = instanceOf(config, roles)
  const ownTls = shared ? join(paths.tls, instance) : paths.tls
  const run = takeRunFiles(dir, shared ? { instance, isFace: roles.has('http') } : undefined)
  stack.push('run files', () => run.release())
  const store = await openStore(config, paths.database)
  stack.push('store', () => store.close())
  const organisation = (await store.setting(ORGANISATION_SETTING)) ?? ''
  const member = `${instance}-${randomUUID()}`
  const onLost = (error: unknown): void => log.warn({ err: error }, 'what the processes share could not be looked at; it is looked at again')
  const restored = await settleRestore(store, dir, now())
  if (restored !== undefined) log.warn({ backup: restored.backupId, madeAt: restored.backupMadeAt }, 'the installation was restored from a backup: devices send again what they hold, all sessions ended, and what changed since the backup is not known any more')
  const again = await repeatErasures(store, paths.erasures, now())
  if (again > 0) log.warn({ people: again }, 'people who were erased had come back with an older database; they are erased again')
  const sealer = createSealer(sealKeyOf(policyKey))
  const sealed = await sealPlainSecrets(store, sealer)
  if (sealed > 0) log.info({ secrets: sealed }, 'secrets that an earlier release kept in the clear are sealed')
  const anchor = async () => {
    await anchorHead(store, paths.anchors, now())
    await sendHead({ store, now, organisation, hostname: hostname(), mailer: async () => { const settings = await usableMailSettings(store, sealer); return settings === undefined ? undefined : createMailer(settings) } })
  }
  const host = config['http.host']
  const port = roles.has('http') ? await reservePort(host, config['http.port'], 'The console', 'http-port') : config['http.port']
  const url = publicUrlOf(config, port)
  const names = certificateNames(config)
  const certificateFiles = { certificate: join(ownTls, 'server.pem'), key: join(ownTls, 'server-key.pem') }
  const { certificatePem, keyPem } = await ensureServerCertificate(certificateFiles, authority, names, now())
  let certificateEndsAtMs = new X509Certificate(certificatePem).validToDate.getTime()

  const claim = createAccountClaim(installation.keyring, await storedRevocations(store), now)
  const { bus, server } = await startBus({ installation, config, claim, store, roles, instance, certificateFile: certificateFiles.certificate, keyFile: certificateFiles.key, stack, log })
  const ending = new AbortController()
  const exchange = shared ? createExchange(bus, member, onLost) : nobody
  const members = shared ? createMembers({ id: member, roles, exchange }) : alone
  const turns = store.locks === undefined ? allTurns : createTurns(store.locks, members, onLost)
  stack.push('turns', () => turns.close())
  const deliverTurn = turns.of('deliver')
  /** Regular work that one of the processes does. */
  const chore = (name: string, everyMs: number, work: () => Promise<void>): void => {
    if (roles.has('deliver')) repeat(name, everyMs, async () => ((await deliverTurn(name)) === undefined ? undefined : work()), stack, log)
  }
  if (roles.has('deliver') && (await deliverTurn('audit anchors')) !== undefined) await anchorHead(store, paths.anchors, now())
  // The file has the head as it stops; a target that does not answer must not hold that up.
  if (roles.has('deliver')) stack.push('audit anchor', async () => ((await deliverTurn('audit anchors')) === undefined ? undefined : anchorHead(store, paths.anchors, now())))
  chore('audit anchors', HOUR_MS, anchor)

  const pace = createPace(() => members.count('ingest'))
  let spreadSecs = 0
  const countDevices = async (): Promise<void> => {
    spreadSecs = returnSpreadSecs((await store.devices({ limit: 1 })).total ?? 0, config['bus.connectsPerSecond'])
  }
  if (roles.has('ingest')) {
    await countDevices()
    repeat('return of devices', MINUTE_MS, countDevices, stack, log)
  }

  const live = shareLive(exchange)
  const owns = (deviceId: string): boolean => members.owns('ingest', deviceId)
  const fleet = shareFleet(createFleet({ store, bus, policyKey, signer: installation.signer, evidenceKey: installation.evidenceKeys.publicKey, organisation, caPem: authority.certificatePem, now, log, onDeviceChanged: (deviceId) => {
    live.publish({ topic: 'device.updated', deviceId })
    wake.rollouts()
    wake.upgrades()
  }, owns, turnOf: turns.of('ingest'), toldTo: (behind) => ({ credit: pace.credit(behind > MAX_BATCH_ACTIVITIES), returnSpreadSecs: spreadSecs }), syncsPerSecond: 2 * config['bus.connectsPerSecond'], onStricter: auditStricter(now), onDrill: (deviceId, report) => drills.reported(deviceId, report), onHeard: (deviceId) => orders.heard(deviceId), onDeviceMoved: (deviceId, group) => detection.joined(deviceId, group), serverCertificateEndsAtMs: () => certificateEndsAtMs }), exchange, onLost)
  const rollouts = createRollouts({ store, fleet, now, log, turnOf: deliverTurn, onChanged: ({ id, group, state }) => live.publish({ topic: 'rollout.updated', rolloutId: id, group, state }) })
  const vault = await openVault(paths.evidence)
  const evidence = createEvidenceRoom({ store, vault, keys: installation.evidenceKeys, now })
  const receiver = createReceiver({
    store, vault, keys: installation.evidenceKeys, now, log,
    onReceived: (item) => live.publish({ topic: 'evidence.received', evidenceId: item.id, userId: item.userId }),
    onQuota: (scope, percent) => live.publish({ topic: 'evidence.quota', scope, percent }),
  })
  if (roles.has('ingest')) bus.onEvidence((message) => receiver.handle(message))
  if (roles.has('deliver') && (await deliverTurn('evidence')) !== undefined) await evidence.sweep()
  chore('evidence', DAY_MS, async () => void (await evidence.sweep()))
  const riskLevels = createRiskLevels({ store, now, onLevel: ({ userId, level }) => {
    live.publish({ topic: 'user.risk_level', userId, level })
    fleet.followRiskLevels()
  } })
  let levels: Promise<unknown> = Promise.resolve()
  const evaluation = createEvaluation({
    store, now, log, owns: (userId) => members.owns('evaluate', userId), sharers: () => Math.max(1, members.count('evaluate')),
    onEvaluated: (userIds) => {
      // One after the other, and the last one before the store is closed.
      levels = levels.then(() => riskLevels.consider(userIds)).catch((error: unknown) => log.error({ err: error }, 'risk levels could not be looked at; the next evaluation does'))
    },
    onAlert: (alert, change) => {
      metrics.alertChanged(change)
      wake.exports()
      live.publish({ topic: `alert.${change}`, alertId: alert.id, severity: alert.severity, userId: alert.userId })
    },
  })
  const detection = shareDetection(await openDetection(store, readMediaAllowances), exchange, onLost)
  const drills = createDrills({
    store, bus, detection: () => detection.compiled, now, log, onChanged: (deviceId) => live.publish({ topic: 'device.updated', deviceId }),
    onEnded: (tx, drill) => appendAudit(tx, { actor: { id: 'system', name: 'system' }, action: 'device.drilled', targetKind: 'device', targetId: drill.deviceId, detail: { drill: drill.id, outcome: drillState(drill), activities: drill.activities }, atMs: now() }),
  })
  const orders: Orders = roles.has('ingest') ? createOrders({ bus, signer: installation.signer, organisation, now, log, owns, onOver: hearOrders(() => orders, exchange) }) : remoteOrders(() => wake.orders(), exchange)
  const packageShelf = await openPackageShelf(paths.agentPackages)
  const pieces = createPieceServer({ store, shelf: packageShelf, steady: () => performance.now(), bytesPerSec: config['upgrades.maxBytesPerSec'], log })
  if (roles.has('ingest')) bus.onPackage((message) => pieces.handle(message))
  const upgrades = createUpgrades({ store, orders, now, log, turnOf: deliverTurn, onChanged: ({ id, group, state }) => {
    pieces.forget()
    live.publish({ topic: 'rollout.updated', rolloutId: id, group, state })
  } })
  const exceptions = createExceptions({ store, orders, now, onChanged: ({ id }) => live.publish({ topic: 'exception.decided', exceptionId: id }) })
  const questions = createQuestions({ store, orders, now, onChanged: (askingId) => live.publish({ topic: 'question.state', askingId }) })
  const ingest = createIngest({ store, bus, count: detection.count, merge: mergeInsights, now, log, drills, onRequest: async (tx, activity, atMs) => {
    if (await admitRequest(tx, activity, atMs)) live.publish({ topic: 'exception.requested' })
  }, isPutOut: (deviceId) => fleet.isPutOut(deviceId), onUsers: () => wake.evaluate(), pace, returnSpreadSecs: () => spreadSecs, onCommitted: ({ startedAtMs, seconds, messages, activities, ok }) => {
    if (ok) metrics.ingestCommitted(seconds)
    tracing?.record({ name: 'ingest', kind: 'consumer', startedAtMs, endedAtMs: startedAtMs + seconds * 1000, ok, attributes: { 'messaging.system': 'nats', 'messaging.batch.message_count': messages, 'holdfast.activities': activities } })
  } })
  const connectors = createConnectors({ store, count: detection.count, merge: mergeInsights, now, exclusively: (work) => turns.exclusively('imports', work), onUsers: () => wake.evaluate() })
  const tracing = await openTracing(config, instance, stack, log)
  const authorityEndsAtMs = new X509Certificate(authority.certificatePem).validToDate.getTime()
  const metrics = createMetrics({
    version: VERSION, logged, busMaxBytes: config['bus.maxBytes'], looked: () => fleet.tally, upkeep: createUpkeep({ store, dir, database: paths.database, now, certificates: () => ({ server: certificateEndsAtMs, authority: authorityEndsAtMs }) }),
    ingest: ingest.counters, evaluation: evaluation.counters, fleet: fleet.counters, bus: () => bus.status(), busRestarts: () => server?.restarts ?? 0, store: () => countHeld(store), exports: () => exportLag(store, now()),
  })

  const retention = createRetention({ store, now, key: policyKey, evidence })
  stack.push('retention', () => retention.stop())
  chore('retention', HOUR_MS, () => retention.daily())
  chore('requests that are over', MINUTE_MS, async () => {
    for (const over of await store.write((tx) => expireRequests(tx, now()))) live.publish({ topic: 'privacy.decided', requestId: over.id, accountId: over.accountId })
  })

  chore('exceptions and questions that are over', MINUTE_MS, async () => {
    for (const { id } of await store.write((tx) => expireQuestions(tx, now()))) live.publish({ topic: 'question.state', askingId: id })
    for (const { id } of await store.write((tx) => endExceptions(tx, now()))) live.publish({ topic: 'exception.decided', exceptionId: id })
  })

  const reports = createReportJobs({ store, detection: () => detection.compiled, now, log, turnOf: deliverTurn, onState: ({ id, userId, state, progress }) => live.publish({ topic: 'report.state', reportId: id, userId, state, progress }) })
  const delivery = createDelivery({ store, sealer, now, turnOf: deliverTurn, consoleUrl: url, organisation, log, onNotice: (notice) => live.publish({ topic: 'notice.sent', noticeId: notice.id, caseId: notice.caseId, userId: notice.userId, state: notice.state }) })
  const analysis = createAnalysis({ store, now, population: evaluation.population, riskLevels, onLevel: () => {}, healthOf: (device) => fleet.healthOf(device, undefined, now()).health, variants: () => new Set(detection.stored.settings.variants.map(({ indicator, id }) => `${indicator}#${id}`)) })
  const notifications = createNotifications({
    store, now, log, onQueued: () => wake.mail(), policyWarnings: () => policyWarnings(store, analysis.facts), analyticsNews: async () => analyticsNews(analysis.busiest, (await store.setting(ANALYTICS_SETTING)) === 'on'),
  })
  const people = createPeople(store)
  const bundles = createBundleJobs({
    store, evidence, names: () => people.names(), key: policyKey, sealKey: sealKeyOf(policyKey), folder: paths.bundles, organisation, version: VERSION, now, log, turnOf: deliverTurn,
    onState: ({ id, caseId, userId, state, progress }) => live.publish({ topic: 'bundle.state', bundleId: id, caseId, userId, state, progress }),
  })
  const tickets = createTicketQueue({ store, now, turnOf: deliverTurn, consoleUrl: url, log, secretOf: (target) => sealer.open(target.secret, purposeOf(target.id)), onChanged: ({ caseId, userId }) => live.publish({ topic: 'case.updated', caseId, userId }) })
  chore('what cases left behind', MINUTE_MS, async () => {
    for (const { caseId, userId } of await bundles.sweep()) live.publish({ topic: 'case.updated', caseId, userId })
    for (const link of await endExpiredShares(store, now())) live.publish({ topic: 'case.updated', caseId: link.ref, userId: link.userId })
  })
  const exportPlace = { hostname: hostname(), folder: paths.exports }
  const exportDelivery = createExportDelivery({
    store, now, log, turnOf: deliverTurn, organisation, installationId: await installationIdOf(store), version: VERSION, consoleUrl: url, names: () => people.names(), place: exportPlace,
    openSecrets: (target) => openSecrets(sealer, target), onState: (targetId) => live.publish({ topic: 'export.state', targetId }),
  })
  /** Whatever wakes a loop wakes those of every process. */
  const everywhere = (what: string, local: () => void) => exchange.everywhere('wake', what, local)
  const waitingOrders = async (): Promise<void> => {
    await exceptions.start()
    await questions.start()
  }
  const wake = {
    evaluate: everywhere('evaluate', () => evaluation.wake()), rollouts: everywhere('rollouts', () => rollouts.wake()), upgrades: everywhere('upgrades', () => upgrades.wake()), exports: everywhere('exports', () => exportDelivery.wake()), mail: everywhere('mail', () => delivery.wake()), reports: everywhere('reports', () => reports.wake()), bundles: everywhere('bundles', () => bundles.wake()), tickets: everywhere('tickets', () => tickets.wake()),
    orders: everywhere('orders', () => void (roles.has('ingest') ? waitingOrders().catch(onLost) : undefined)),
  }
  // What was told while there was no connection to the broker was missed.
  bus.onReconnected(() => {
    if (!shared) return
    detection.reload().catch(onLost)
    fleet.heardOf.settings().catch(onLost)
    for (const call of Object.values(wake)) call()
  })
  exchange.on('putOut', () => void bus.readRevocations().catch(onLost))
  members.start(ending.signal)

  // What the command line changed while nobody served goes out now.
  const tellsFleet = roles.has('ingest') && (await turns.of('ingest')('fleet')) !== undefined
  if (tellsFleet) await store.write((tx) => fleet.compilePolicies(tx))
  else await fleet.heardOf.settings()
  if (roles.has('ingest')) fleet.start(ending.signal)
  else if (roles.has('http')) fleet.overhear(ending.signal)
  const loops = {
    ingest: [ingest], evaluate: [evaluation], http: [], bus: [],
    deliver: [reports, delivery, exportDelivery, bundles, tickets, rollouts, upgrades],
  } satisfies Record<Role, readonly { run(signal: AbortSignal): Promise<void> }[]>
  const work = Promise.all([...roles].flatMap((role) => loops[role].map((loop) => loop.run(ending.signal))))
  work.catch(fatal)
  stack.push('ingest and evaluation', async () => {
    ending.abort()
    await work
    await levels
    await drills.settled()
    await fleet.flush()
    // Only now: until here this process answered its devices, and its work had not come to a stop.
    members.leave()
  })
  if (tellsFleet) await fleet.pushPolicies()
  if (roles.has('ingest')) await waitingOrders()
  if (!shared) scheduleBackups(dir, config, store, now, stack, log)
  if (roles.has('deliver') && (await deliverTurn('notifications')) !== undefined) await notifications.look()
  chore('notifications', NOTIFICATIONS_EVERY_MS, async () => void (await notifications.look()))
  chore('risk levels', RISK_LEVELS_EVERY_MS, async () => void (await riskLevels.expire()))
  const renewCertificate = async (taken: (next: { readonly certificatePem: string; readonly keyPem: string }) => void): Promise<void> => {
    const next = await ensureServerCertificate(certificateFiles, authority, names, now())
    if (!next.renewed) return
    certificateEndsAtMs = new X509Certificate(next.certificatePem).validToDate.getTime()
    taken(next)
    server?.reload()
    log.info('the server certificate was made anew')
  }
  if (!roles.has('http')) {
    repeat('certificate', DAY_MS, () => renewCertificate(() => {}), stack, log)
    if (config['probe.listen'] !== '') {
      const probe = await startProbe(config['probe.listen'], { metrics, ready: async () => ({ store: await store.setting('readyz').then(() => true, () => false), bus: bus.connected, draining: !draining() }) })
      stack.push('probe', () => probe.close())
    }
    return { url: '', nats: bus.deviceServers[0] ?? '' }
  }
  const https = { key: keyPem, cert: certificatePem }
  const sharedRollouts: Rollouts = {
    ...rollouts, wake: wake.rollouts,
    async settle(rollout, tell) {
      await rollouts.settle(rollout, tell)
      wake.rollouts()
    },
  }
  const sharedUpgrades: Upgrades = {
    ...upgrades, wake: wake.upgrades,
    async settle(upgrade, tell) {
      await upgrades.settle(upgrade, tell)
      wake.upgrades()
    },
  }
  const app = await buildApp({
    config, doctor: () => examine(doctorDepsOf(installation, config, () => bus.status()), store), installationKey: policyKey, anchorsPath: paths.anchors, erasuresPath: paths.erasures, retention,
    store, fleet, rollouts: sharedRollouts, upgrades: sharedUpgrades, packageShelf, evidence, delivery: { wake: wake.mail }, exportDelivery: { wake: wake.exports }, exportPlace, people, reports: { ...reports, wake: wake.reports }, escalation: { bundles: { wake: wake.bundles, read: (bundle) => bundles.read(bundle), remove: (bundle) => bundles.remove(bundle) }, tickets: { wake: wake.tickets } }, exceptions, questions, bus, ingest, detection, evaluation: { ...evaluation, wake: wake.evaluate }, connectors, analysis, riskLevels, live, metrics, ...(tracing === undefined ? {} : { tracing }), organisation, collectorUrl: url, caPem: authority.certificatePem, consoleDir: join(import.meta.dirname, '../console/dist'), localToken: run.localToken, sealKey: sealKeyOf(policyKey), version: VERSION, now, draining, https, log,
  })
  // An import that was decided before a crash is completed beside everything else; others wait for it.
  void connectors.resume().catch((error: unknown) => log.error({ err: error }, 'an import that was cut off could not be completed; the next import or start tries again'))
  await listen(app, https, host, port, stack, log)
  repeat('certificate', DAY_MS, () => renewCertificate((next) => {
    const tls = app.server as unknown as { setSecureContext(options: { readonly key: string; readonly cert: string }): void }
    tls.setSecureContext({ key: next.keyPem, cert: next.certificatePem })
  }), stack, log)
  run.announce(`https://127.0.0.1:${port}`)
  return { url, nats: bus.deviceServers[0] ?? '' }
}

/**
 * Runs until a signal. Prints one line of JSON on stdout when it is ready: `{"ready":true,"url":…,"nats":…}`.
 *
 * @param flags configuration from the command line
 * @throws NOT_INITIALISED, CONFIG_…, ALREADY_RUNNING, PORT_IN_USE, ADDRESS_UNUSABLE, BUS_…, STORE_CORRUPT, with everything stopped again
 */
export async function serve(dir: string, flags: Readonly<Partial<Record<ConfigKey, string>>>): Promise<void> {
  const installation = loadInstallation(dir)
  const config = loadConfig(dir, flags, process.env)
  const log = createLog(config['log.level'])
  const stack = createStack(log)
  let stopping: Promise<never> | undefined
  let stoppedAtMs = 0

  const leave = (code: number): never => {
    log.flush()
    process.exit(code)
  }
  const stop = (code: number): Promise<never> => {
    stoppedAtMs = Date.now()
    stopping ??= (async () => {
      const force = setTimeout(() => {
        log.error('it took too long to stop; ending by force')
        leave(1)
      }, STOP_MS)
      await stack.unwind()
      clearTimeout(force)
      return leave(code)
    })()
    return stopping
  }
  const fatal = (error: unknown): void => {
    log.fatal({ err: error }, 'the collector cannot go on')
    void stop(1)
  }
  process.on('uncaughtException', fatal)
  process.on('unhandledRejection', fatal)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping === undefined) {
        log.info({ signal }, 'stopping')
        void stop(0)
      } else if (Date.now() - stoppedAtMs > SAME_SIGNAL_MS) leave(1)
    })
  }

  try {
    const addresses = await start(installation, config, stack, log, () => stopping !== undefined, fatal)
    process.stdout.write(`${JSON.stringify({ ready: true, ...addresses })}\n`)
    if (process.stderr.isTTY) process.stderr.write(`The console is at ${addresses.url}. Ctrl-C stops the collector.\n`)
  } catch (error) {
    if (stopping !== undefined) await stopping
    await stack.unwind()
    process.removeAllListeners('uncaughtException')
    process.removeAllListeners('unhandledRejection')
    throw error
  }
}
