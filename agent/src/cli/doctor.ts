// `holdfast-agent doctor`: looks for what keeps the agent from its work, and says how to mend it.
//
// Each check stands alone and never throws: a device in trouble has more than one. `fail` is what stops activities from being
// seen, kept or sent; `warn` is what makes them fewer or later.
import { constants, existsSync } from 'node:fs'
import { access, readFile, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { connect, type ConnectionOptions, jwtAuthenticator } from 'nats'
import { inboxPrefix } from '@holdfast/proto'
import { type Config, loadConfig } from '../config.ts'
import { CodedError } from '../errors.ts'
import { readStatus } from '../health/status-file.ts'
import { explainFailure, parseCollectorUrl } from '../identity/collector-http.ts'
import type { Identity } from '../identity/contract.ts'
import { loadIdentity } from '../identity/identity-file.ts'
import { currentPlatform } from '../platform/current.ts'
import type { Platform } from '../platform/platform.ts'
import { readKeptPolicy } from '../policy/policy-keeper.ts'
import { problemOf } from '../uplink/problem.ts'
import { type Check, exitOf, fail, ok, warn } from './checks.ts'
import { formatAge, formatBytes, print, printJson } from './output.ts'
import { preflight } from './preflight.ts'
import { drillLine, lastDrill } from './status.ts'

const CONNECT_TIMEOUT_MS = 5000
const POLICY_WARN_MS = 7 * 86_400_000
const DISK_WARN_BYTES = 1 << 30
const DISK_FAIL_BYTES = 64 << 20
/** Without fanotify each watched folder (and with chokidar each file) takes a watch. */
const WATCHES_WARN = 65_536

async function checkIdentity(folder: string): Promise<{ readonly check: Check; readonly identity?: Identity }> {
  try {
    const identity = await loadIdentity(folder)
    return { identity, check: ok('identity', `${identity.deviceId}, group ${identity.group}, organisation ${identity.organisation}; key readable by this account only`) }
  } catch (error) {
    if (!(error instanceof CodedError)) throw error
    const fix = error.code === 'NOT_ENROLLED' ? 'holdfast-agent enrol --collector https://… --code HF1-…' : 'See the text on the left; after that, start the agent again.'
    return { check: fail('identity', `${error.code}: ${error.message}`, fix) }
  }
}

async function checkConfig(folder: string): Promise<{ readonly check: Check; readonly config?: Config }> {
  try {
    return { config: await loadConfig(folder, {}, process.env), check: ok('configuration', 'agent.yaml and the environment are good') }
  } catch (error) {
    return { check: fail('configuration', error instanceof CodedError ? error.message : String(error), `Mend ${folder}/agent.yaml, or the variable that is named.`) }
  }
}

function explainNats(error: unknown, server: string): string {
  const problem = problemOf(error)
  if (problem === 'NOT_AUTHORISED' || problem === 'CREDENTIAL_INVALID') return `${server} refuses this device`
  if (problem === 'TLS_MISSING') return `${server} does not speak TLS`
  if (problem === 'TIMED_OUT') return explainFailure({ code: 'ETIMEDOUT' }, server)
  // nats keeps what the socket said within its own error.
  const inner = typeof error === 'object' && error !== null && 'chainedError' in error ? error.chainedError : undefined
  return explainFailure(inner ?? error, server)
}

async function checkNats(identity: Identity, servers: readonly string[]): Promise<readonly Check[]> {
  return Promise.all(servers.map(async (server) => {
    const options: ConnectionOptions = {
      servers: [server], authenticator: jwtAuthenticator(identity.jwt, new TextEncoder().encode(identity.seed)), tls: { ca: identity.caPem }, timeout: CONNECT_TIMEOUT_MS, reconnect: false, maxReconnectAttempts: 0,
      inboxPrefix: inboxPrefix(identity.deviceId), name: `${identity.deviceId} doctor`,
    }
    try {
      const connection = await connect(options)
      const version = connection.info?.version ?? 'of unknown version'
      await connection.close()
      return ok('NATS', `${server} (nats-server ${version}) accepts this device`)
    } catch (error) {
      const words = explainNats(error, server)
      return fail('NATS', words, words.includes('refuses this device') ? 'Was the device revoked? Enrol again with --force and a new code.' : 'Open this address to the device (default port 4222), or set nats.servers in agent.yaml to a way round.')
    }
  }))
}

async function checkPolicy(folder: string, identity: Identity): Promise<Check> {
  try {
    const kept = await readKeptPolicy(folder, identity)
    if (kept === undefined) return warn('policy', 'none has arrived yet; nothing is collected', 'Start the agent and let it connect; on the collector, apply a policy.')
    const left = kept.expiresAtMs - Date.now()
    const words = `version ${kept.version}, signed by a trusted key`
    if (left <= 0) return warn('policy', `${words}, but it ended ${formatAge(kept.expiresAtMs, Date.now())}; it runs on`, 'Let the agent connect; the collector sends a new one.')
    return left < POLICY_WARN_MS ? warn('policy', `${words}, ends within a week`, 'Let the agent connect; the collector renews it.') : ok('policy', `${words}, good until ${new Date(kept.expiresAtMs).toISOString().slice(0, 10)}`)
  } catch (error) {
    return fail('policy', error instanceof CodedError ? `${error.code}: ${error.message}` : String(error), 'Start the agent: it asks the collector for a good one.')
  }
}

async function checkProcess(folder: string): Promise<readonly Check[]> {
  const found = await readStatus(folder, Date.now())
  if (found.kind === 'denied') return [warn('agent', `this account may not read ${folder}`, 'Use the account of the agent, usually root.')]
  if (found.kind !== 'running') {
    const words = { never: 'it was never started', stopped: 'it does not run', hung: 'its process gives no sign of life' }[found.kind]
    return [fail('agent', words, 'holdfast-agent run, or start its service.')]
  }
  const { status } = found
  const { spool } = status
  const blind = status.sensors.filter((sensor) => sensor.tier === 'blind' || sensor.tier === 'degraded')
  const share = spool.bytes / Math.max(1, spool.maxBytes)
  return [
    ok('agent', `process ${status.pid} runs since ${formatAge(Date.parse(status.startedAt), Date.now())}`),
    spool.problem !== '' ? fail('spool', `it cannot write: ${spool.problem}`, 'Free space on the disk, or mend it; the agent tries on by itself.')
      : spool.dropped > 0 ? warn('spool', `${spool.dropped} activities did not fit and were dropped, with a record of it`, 'Let the device connect more often, or allow a larger spool.')
        : share > 0.8 ? warn('spool', `${Math.round(share * 100)} % of ${formatBytes(spool.maxBytes)} are used`, 'Let the device connect, or allow a larger spool.')
          : ok('spool', `${spool.lastSeq - spool.ackedSeq} activities wait, ${formatBytes(spool.bytes)} of ${formatBytes(spool.maxBytes)}`),
    ...blind.map((sensor) => warn(`sensor ${sensor.name}`, `${sensor.tier}: ${sensor.reason}`, sensor.fix)),
    ...status.warnings.map((text) => warn('budget', text, 'Watch fewer places, or leave out busy ones.')),
  ]
}

/** The folder, or before enrolment the nearest one above it that is there. */
const nearestFolder = (folder: string): string => (existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder)))

/** Whether anybody has ever seen that this device is seen. */
async function checkDrill(folder: string, platform: Platform): Promise<readonly Check[]> {
  if (platform.os !== 'linux' || !platform.elevated) return []
  const report = await lastDrill(folder)
  const words = drillLine(report, Date.now())
  if (report === undefined) return [warn('fire drill', 'there was none on this device', 'holdfast-agent drill: harmless acts, and how soon each is seen.')]
  const open = report.signals.find(({ fix, outcome }) => fix !== '' && outcome !== 'not_expected')
  return [report.outcome === 'passed' ? ok('fire drill', words) : warn('fire drill', words, open === undefined ? 'Run holdfast-agent drill again.' : `${open.kind}: ${open.fix}`)]
}

async function checkDisk(wanted: string): Promise<Check> {
  const folder = nearestFolder(wanted)
  try {
    const { bavail, bsize } = await statfs(folder)
    const free = bavail * bsize
    const words = `${formatBytes(free)} free for the spool`
    if (free < DISK_FAIL_BYTES) return fail('disk', words, `Free space on the disk of ${folder}.`)
    await access(folder, constants.W_OK)
    return free < DISK_WARN_BYTES ? warn('disk', words, `Free space on the disk of ${folder}.`) : ok('disk', words)
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    return fail('disk', code === 'EACCES' || code === 'EROFS' ? `${folder} cannot be written to` : `${folder}: ${code}`, 'Use the account of the agent, usually root.')
  }
}

const readNumber = async (path: string): Promise<number> => Number(await readFile(path, 'utf8').catch(() => 'NaN'))

async function checkSystem(platform: Platform): Promise<readonly Check[]> {
  const rights = platform.elevated ? ok('rights', 'runs as root, so every sensor can do its best') : warn('rights', 'does not run as root: no fanotify, no other account’s files, no process names', 'Run the agent as root (a service).')
  if (platform.os !== 'linux') return [rights]
  // The kernel shows these limits only where fanotify is built in (since 5.13; before that it has none to show).
  const fanotify = await readNumber('/proc/sys/fs/fanotify/max_user_marks')
  const watches = await readNumber('/proc/sys/fs/inotify/max_user_watches')
  return [
    rights,
    Number.isNaN(fanotify) ? warn('fanotify', 'this kernel does not offer it', 'A kernel of at least 5.13 with CONFIG_FANOTIFY sees copies with the program that made them.') : ok('fanotify', platform.elevated ? 'there, and this account may use it' : 'there, for root'),
    watches < WATCHES_WARN ? warn('inotify', `${watches} watches for each account`, 'sysctl fs.inotify.max_user_watches=524288') : ok('inotify', Number.isNaN(watches) ? 'no limit found' : `${watches} watches for each account`),
  ]
}

export interface DoctorOptions {
  readonly collector?: string
  /** First part of an enrolment code, to compare the collector's authority with. */
  readonly pin?: string
}

/** The way to a collector from a device that is not enrolled: the rest of the doctor would only say so, six times. */
async function examineBefore(folder: string, origin: string, { pin }: DoctorOptions): Promise<readonly Check[]> {
  const { check: configCheck, config } = await checkConfig(folder)
  const servers = config?.['nats.servers'] ?? []
  const [disk, system, way] = await Promise.all([checkDisk(folder), checkSystem(await currentPlatform()), preflight({ folder, origin, environment: process.env, ...(pin === undefined ? {} : { pin }), ...(servers.length === 0 ? {} : { natsServers: servers }) })])
  return [configCheck, disk, ...system, ...way]
}

/** All checks of a folder, in an order in which a person would look. */
export async function examine(folder: string, options: DoctorOptions): Promise<readonly Check[]> {
  const { check: identityCheck, identity } = await checkIdentity(folder)
  const asked = options.collector === undefined ? undefined : parseCollectorUrl(options.collector)
  if (identity === undefined && asked !== undefined && identityCheck.detail.startsWith('NOT_ENROLLED')) return examineBefore(folder, asked, options)
  const platform = await currentPlatform()
  const { check: configCheck, config } = await checkConfig(folder)
  const origin = asked ?? identity?.collectorUrl
  const servers = config !== undefined && config['nats.servers'].length > 0 ? config['nats.servers'] : identity?.natsServers
  const groups = await Promise.all([
    checkProcess(folder),
    checkDisk(folder).then((check) => [check]),
    checkSystem(platform),
    checkDrill(folder, platform),
    identity === undefined ? [] : checkPolicy(folder, identity).then((check) => [check]),
    // An enrolled device asks NATS below, with its credential.
    origin === undefined ? [] : preflight({ folder, origin, environment: process.env, ...(identity === undefined ? {} : { caPem: identity.caPem, natsServers: [] }), ...(options.pin === undefined ? {} : { pin: options.pin }) }),
    identity === undefined || servers === undefined ? [] : checkNats(identity, servers),
  ])
  return [identityCheck, configCheck, ...groups.flat()]
}

/** `holdfast-agent doctor`. @returns the exit code; see checks.ts */
export async function runDoctor(folder: string, options: DoctorOptions & { readonly json: boolean }): Promise<0 | 1 | 4 | 5> {
  const checks = await examine(folder, options)
  const exit = exitOf(checks)
  if (options.json) printJson({ healthy: exit === 0, exit, checks })
  else {
    for (const { verdict, name, detail, fix } of checks) {
      print(`${verdict.padEnd(4)}  ${name}: ${detail}`)
      if (fix !== '') print(`      -> ${fix}`)
    }
  }
  return exit
}
