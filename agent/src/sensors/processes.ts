// Programs being run: the first run of one that the policy names, programs that send files, with where to, and files that
// browsers, mail and chat programs open, which may be an upload.
//
// Nothing else of what people run is kept: neither the names of other programs nor any command line. Where a browser sends
// a file is not told: what it is connected to, or which page it shows, is no evidence for it.
import type { wire } from '@holdfast/proto'
import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { ActorHint } from '../activity.ts'
import { compileExclude } from '../platform/path-patterns.ts'
import { compiledFolder } from '../platform/compiled-code.ts'
import { readFileBeneath } from '../platform/linux/read-beneath.ts'
import { loadState, saveState } from './durable-state.ts'
import { namesOf, pidsOf, readStarted, type StartedProgram } from './processes/started.ts'
import { describeTransfer, isKnownDestination, remoteInConfig, TRANSFER_TOOLS, type Transfer } from './processes/transfers.ts'
import { pollStarts, POLL_MS, type StartListener, type StartWatch, watchConnector } from './processes/watch.ts'
import { readPlaces, watchedFolders } from './files/places.ts'
import { classOfProgram, UPLOAD_PROGRAMS } from './program-class.ts'
import type { Opened } from './processes/uploads.ts'
import { defineSensor, type SensorContext } from './sensor.ts'

/** What a person has run or pushed to is remembered, the oldest forgotten first. */
const REMEMBERED = 10_000
/** Starts that wait for their files to be read; a device that does more is told of as a gap. */
const MAX_WAITING = 1000
const MAX_RUNNING_AT_START = 65_536
const MAX_CONFIG_BYTES = 65_536
const SELF_TEST_MS = 5000

const looks = new WeakMap<AbortSignal, { readonly watch?: StartWatch; lookedAt: number }>()

/** Over sudo and su, as activities of files name the person. */
const personOf = ({ uid, loginUid }: StartedProgram): number => (uid === 0 && loginUid !== undefined ? loginUid : uid)

function actorOf(program: StartedProgram): ActorHint {
  const programClass = classOfProgram(program.executable, program.name)
  return {
    pid: program.pid, uid: personOf(program), attribution: 'process',
    process: {
      pid: program.pid, name: program.name, executable: program.executable, parentName: program.parentName, parentPid: program.ppid,
      ...(program.container === '' ? {} : { container: program.container }), ...(programClass === undefined ? {} : { programClass }),
    },
  }
}

/** The file that a name belongs to: a script has its interpreter as executable. */
function pathOf(program: StartedProgram, name: string): string {
  if (basename(program.executable).toLowerCase() === name) return program.executable
  const script = program.arguments.slice(0, 3).find((word) => basename(word).toLowerCase() === name || basename(word).toLowerCase().slice(0, 15) === name)
  return script === undefined ? program.executable : resolve(program.cwd === '' ? '/' : program.cwd, script)
}

interface Wishes {
  readonly runs: ReadonlySet<string>
  readonly tools: ReadonlySet<string>
  /** Programs whose reads may be uploads. */
  readonly uploads: ReadonlySet<string>
  readonly knownDestinations: readonly string[]
}

/** @returns undefined for a policy that wants nothing of it */
export function wishesOf({ applications, files }: wire.AgentPolicy.$Properties): Wishes | undefined {
  const allowed = new Set((applications?.allowedPrograms ?? []).map((name) => name.toLowerCase()))
  const left = (names: readonly string[]): ReadonlySet<string> => new Set(names.map((name) => name.toLowerCase()).filter((name) => !allowed.has(name)))
  const wishes: Wishes = {
    runs: left(applications?.runs === true ? (applications.deniedPrograms ?? []) : []),
    tools: left(applications?.transfers === true ? TRANSFER_TOOLS : []),
    uploads: left(applications?.uploads === true && files?.enabled === true ? UPLOAD_PROGRAMS : []),
    knownDestinations: applications?.knownDestinations ?? [],
  }
  return wishes.runs.size + wishes.tools.size + wishes.uploads.size === 0 ? undefined : wishes
}

async function createTeller(context: SensorContext, wishes: Wishes) {
  const { policy, platform, enrichment, memory, signal } = context
  const root = platform.root ?? '/'
  const saved = await loadState(memory, 'known')
  const known = new Set<string>(Array.isArray(saved) ? (saved as unknown[]).filter((key): key is string => typeof key === 'string') : [])
  const excludes = (policy.files?.excludes ?? []).map(compileExclude)
  const isPrivate = (path: string): boolean => excludes.some((matches) => matches(path))

  /** @returns whether it is new; it is remembered either way */
  const isFirst = async (key: string): Promise<boolean> => {
    if (known.has(key)) return false
    known.add(key)
    for (const oldest of known) {
      if (known.size <= REMEMBERED) break
      known.delete(oldest)
    }
    return true
  }
  const save = (): Promise<void> => saveState(memory, 'known', [...known])

  const deniedName = (program: StartedProgram): string | undefined => [basename(program.executable), program.name, basename(program.arguments[0] ?? '')].map((name) => name.toLowerCase()).find((name) => wishes.runs.has(name))

  async function tellRun(program: StartedProgram, name: string, recovered: boolean): Promise<void> {
    if (!(await isFirst(`run ${personOf(program)} ${name}`))) return
    await context.emit({
      kind: 'application_run', occurredAtMs: context.now(), actor: actorOf(program), ...(recovered ? { recovered } : {}),
      detail: { applicationRun: { application: { name, version: '', source: 'run', publisher: '', path: pathOf(program, name) } } },
    })
    await save()
  }

  /** A push to a place that the person has pushed to before is everyday work. */
  async function gitDestination(program: StartedProgram, transfer: Transfer): Promise<string | undefined> {
    const remote = /^remote:(.+)$/.exec(transfer.destination)?.[1]
    const config = remote === undefined ? undefined : readFileBeneath(transfer.files[0] ?? program.cwd, '.git/config', MAX_CONFIG_BYTES)
    const destination = remote === undefined ? transfer.destination : config?.kind === 'bytes' ? (remoteInConfig(config.bytes.toString('utf8'), remote) ?? transfer.destination) : transfer.destination
    if (isKnownDestination(destination, wishes.knownDestinations) || !(await isFirst(`push ${personOf(program)} ${destination}`))) return undefined
    await save()
    return destination
  }

  async function tellTransfer(program: StartedProgram): Promise<void> {
    const transfer = describeTransfer(program)
    if (transfer === undefined || !wishes.tools.has(transfer.tool)) return
    const occurredAtMs = context.now()
    const destination = transfer.tool === 'git' ? await gitDestination(program, transfer) : transfer.destination
    if (destination === undefined || isKnownDestination(destination, wishes.knownDestinations)) return
    const files = transfer.files.filter((file) => file !== enrichment.agentFolder && !file.startsWith(`${enrichment.agentFolder}/`) && !isPrivate(file))
    // All that was named is nobody's business here.
    if (transfer.files.length > 0 && files.length === 0) return
    const told = { tool: transfer.tool, destination }
    if (files.length === 0) await context.emit({ kind: 'file_read_by_transfer_tool', occurredAtMs, actor: actorOf(program), detail: { fileReadByTransferTool: told } })
    for (const path of files) {
      if (signal.aborted) return
      const { mtimeMs: _mtimeMs, ownerUid: _ownerUid, encrypted: _encrypted, ...file } = await enrichment.inspect(path, { hashLimitBytes: policy.files?.hashLimitBytes ?? 0, uid: program.uid })
      if (signal.aborted) return
      await context.emit({ kind: 'file_read_by_transfer_tool', occurredAtMs, actor: actorOf(program), detail: { fileReadByTransferTool: { file, ...told } } })
    }
  }

  return {
    async started(program: StartedProgram): Promise<void> {
      const name = deniedName(program)
      if (name !== undefined) await tellRun(program, name, false)
      if (wishes.tools.size > 0 && !signal.aborted) await tellTransfer(program)
    },
    /** The program can do much else than send: whether it did, nobody but the program knows. */
    async opened({ program, path }: Opened, occurredAtMs: number): Promise<void> {
      const { mtimeMs: _mtimeMs, ownerUid: _ownerUid, encrypted: _encrypted, ...file } = await enrichment.inspect(path, { hashLimitBytes: policy.files?.hashLimitBytes ?? 0, uid: program.uid })
      if (signal.aborted || file.state === 'gone' || file.state === 'special') return
      const tool = basename(program.executable) || program.name
      await context.emit({ kind: 'file_read_by_transfer_tool', occurredAtMs, actor: actorOf(program), detail: { fileReadByTransferTool: { file, tool, destination: '', possible: true } } })
    },
    /** What runs already: taken in silence the first time, told later when it is new, because it began while nobody looked. */
    async baseline(): Promise<void> {
      const isNew = saved === undefined
      for (const pid of pidsOf(root, MAX_RUNNING_AT_START)) {
        if (signal.aborted) return
        if (!namesOf(root, pid).some((name) => wishes.runs.has(name))) continue
        const program = readStarted(root, pid)
        const name = program === undefined ? undefined : deniedName(program)
        if (program === undefined || name === undefined) continue
        if (isNew) await isFirst(`run ${personOf(program)} ${name}`)
        else await tellRun(program, name, true)
      }
      if (isNew) await save()
    },
  }
}

/** Tells the thread where reads count, now and whenever a file system comes or goes. */
function followPlaces(context: SensorContext, watch: StartWatch): void {
  const { platform, signal, log } = context
  const tell = (): void => {
    readPlaces(context).then(
      ({ settings }) => watch.setPlaces({ scope: settings, folders: watchedFolders(settings).filter((folder) => existsSync(folder)) }),
      (error: unknown) => log.warn({ error: String(error) }, 'the watched places could not be read'),
    )
  }
  platform.watchMounts(tell, signal).catch((error: unknown) => log.warn({ error: String(error) }, 'mounts are not watched'))
  tell()
}

const untilAborted = (signal: AbortSignal): Promise<void> => new Promise((end) => (signal.aborted ? end() : signal.addEventListener('abort', () => end(), { once: true })))

async function run(context: SensorContext): Promise<void> {
  const { platform, policy, signal, enrichment, log } = context
  const wishes = wishesOf(policy)
  if (wishes === undefined || signal.aborted) return
  const root = platform.root ?? '/'
  const names = [...wishes.runs, ...wishes.tools]
  const teller = await createTeller(context, wishes)
  let waiting = 0
  let lost = 0
  let chain: Promise<void> = Promise.resolve()
  let failure: unknown
  const enqueue = (work: () => Promise<void>): void => {
    chain = chain.then(() => (signal.aborted ? undefined : work())).catch((error: unknown) => {
      failure ??= error
      log.error({ error }, 'a program that was run could not be told of')
    })
  }
  const gap = (reason: string, missed: number): void => enqueue(() => context.emit({ kind: 'telemetry_gap', occurredAtMs: context.now(), detail: { telemetryGap: { sensor: 'processes', reason, missed } } }))
  const take = (work: () => Promise<void>): void => {
    if (waiting >= MAX_WAITING) {
      lost += 1
      return
    }
    waiting += 1
    enqueue(async () => {
      try {
        await work()
      } finally {
        waiting -= 1
        if (waiting === 0 && lost > 0) {
          gap('rate_limited', lost)
          lost = 0
        }
      }
    })
  }
  const listener: StartListener = {
    onStarted: (program) => take(() => teller.started(program)),
    onOpened: (opened, atMs) => take(() => teller.opened(opened, atMs)),
    onMarks(failed) {
      const lack = failed.length === 0 ? '' : `what browsers open is not seen on ${failed.join(', ').slice(0, 300)}`
      if (lack === unseen) return
      unseen = lack
      report()
    },
    onOverflow: () => gap('queue_overflow', 0),
  }
  let unseen = ''
  const report = (): void => context.report(unseen === '' ? { tier: 'full', reason: '', fix: '' } : { tier: 'degraded', reason: unseen, fix: 'Keep documents on a file system that fanotify can mark (ext4, xfs, btrfs), on a kernel with CONFIG_FANOTIFY.' })

  let watch: StartWatch | undefined
  let reason = platform.elevated ? '' : 'the agent does not run as root'
  if (platform.elevated && root === '/' && platform.os === 'linux') {
    watch = await watchConnector(root, names, [...wishes.uploads], listener, compiledFolder(join(enrichment.folder, 'compiled'))).catch((error: unknown) => {
      reason = `the kernel’s process connector cannot be had (${error instanceof Error ? error.message : String(error)})`
      return undefined
    })
  } else if (reason === '') reason = 'the kernel’s process connector tells of the whole device only'
  looks.set(signal, { ...(watch === undefined ? {} : { watch }), lookedAt: performance.now() })
  try {
    await teller.baseline()
    if (watch !== undefined) {
      report()
      if (wishes.uploads.size > 0) followPlaces(context, watch)
      const end = await Promise.race([untilAborted(signal), watch.died])
      if (end !== undefined && !signal.aborted) throw end
    } else {
      context.report({ tier: 'degraded', reason: `${reason}; programs that run for less than ${POLL_MS / 1000} second are missed${wishes.uploads.size > 0 ? ', and what browsers open is not seen' : ''}`, fix: 'Run the agent as root, in the first user and network namespace, on a kernel with CONFIG_PROC_EVENTS.' })
      await pollStarts(root, names, listener, signal, () => {
        const look = looks.get(signal)
        if (look !== undefined) look.lookedAt = performance.now()
      })
    }
  } finally {
    await watch?.stop()
    // What hangs in the reading of a file is not waited for: it emits nothing any more.
    if (!signal.aborted) await chain
  }
  if (failure !== undefined && !signal.aborted) throw failure
}

/** First runs of denied programs, and transfers. */
export const processesSensor = defineSensor({
  name: 'processes',
  summary: 'The first run of programs that the policy names, programs that send files, with the files and where to, and files that browsers, mail and chat programs open.',
  emits: ['application_run', 'file_read_by_transfer_tool', 'telemetry_gap'],
  platforms: ['linux'],
  unsupportedReason: 'Programs being run are seen on Linux only for now.',
  unsupportedFix: 'Import the alerts of the security product that watches programs there (Defender, Wazuh, osquery).',
  wanted: (policy) => wishesOf(policy) !== undefined,
  start: run,
  // A program that the agent starts itself must be heard of.
  async selfTest({ platform, signal }) {
    const look = looks.get(signal)
    if (look?.watch === undefined) return look === undefined || performance.now() - look.lookedAt < POLL_MS * 30
    const before = look.watch.heard()
    await platform.run('true', []).catch(() => undefined)
    const until = performance.now() + SELF_TEST_MS
    while (look.watch.heard() === before && performance.now() < until && !signal.aborted) await new Promise((end) => setTimeout(end, 20))
    return signal.aborted || look.watch.heard() !== before
  },
})

