// The real agent as root, a folder of a hostile user among those that it watches, a secret that only root may read, and
// an honest user whose copies show whether the agent still keeps up.
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, chown, copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { wire } from '@holdfast/proto'
import { install, type Installation } from '../support/collector.ts'
import { isRunning, track } from '../support/own-processes.ts'
import { repository, until } from '../support/processes.ts'
import { applyPolicies, type RealAgent, runAgent, watch } from '../support/real-agent.ts'
import { type FaultContext, must } from './fault.ts'

const MALLORY = 47_002
const BOB = 47_003
/** A size that nothing else has. */
const SECRET_BYTES = 123_457
/** What an honest copy may take longer while a hostile user does its worst. */
const SLACK_MS = 3000

export interface AttackOptions {
  readonly seconds?: number
  readonly count?: number
  readonly pids?: readonly number[]
  readonly agentFolder?: string
  /** What an honest copy may take longer meanwhile. */
  readonly slackMs?: number
}

export interface HostileStage {
  readonly installation: Installation
  readonly agent: RealAgent
  /** Folders of the hostile user: one in a watched root, one that a cloud client synchronises. */
  readonly folders: readonly string[]
  readonly secretFolder: string
  /** A folder of the hostile user's that nobody watches. */
  readonly outside: string
  /** Runs a script of hostile-user.ts to its end, with honest copies going on, and gives its report. */
  attack<T>(script: string, options?: AttackOptions): Promise<T>
  /** Every stored activity, decoded. */
  activities(): Promise<readonly wire.Activity[]>
  /** What must hold whatever the hostile user did. */
  judge(): Promise<readonly wire.Activity[]>
}

/** Every FileFacts in an activity. */
export const factsOf = (activity: wire.Activity): readonly wire.FileFacts.$Properties[] => [
  activity.fileCopied?.destination, activity.fileCopied?.source, activity.fileCreated?.file, activity.fileChanged?.file, activity.fileRenamed?.file, activity.fileHidden?.file, activity.archiveCreated?.archive, activity.fileDownloaded?.file,
].filter((facts): facts is wire.FileFacts.$Properties => facts !== undefined && facts !== null)

const percentile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(share * values.length) - 1)] ?? 0

async function own(folder: string, uid: number): Promise<string> {
  await mkdir(folder, { recursive: true })
  await chown(folder, uid, uid)
  return folder
}

export async function buildHostileStage(context: FaultContext): Promise<HostileStage> {
  must(process.getuid?.() === 0, 'needs root: the agent under test runs as root, the hostile user does not')
  await chmod(context.folder, 0o711)
  const [homes, cloud, secretFolder] = [join(context.folder, 'home'), join(context.folder, 'cloud'), join(context.folder, 'secret')]
  const folders = [await own(join(homes, 'mallory'), MALLORY), await own(join(cloud, 'mallory'), MALLORY)]
  const [bobHome, bobCloud] = [await own(join(homes, 'bob'), BOB), await own(join(cloud, 'bob'), BOB)]
  const outside = await own(join(context.folder, 'outside'), MALLORY)
  await mkdir(secretFolder)
  const secret = randomBytes(SECRET_BYTES)
  await writeFile(join(secretFolder, 'doc.txt'), secret, { mode: 0o600 })

  const installation = await install()
  context.defer(() => installation.close())
  await applyPolicies(installation)
  await watch(installation, { roots: [homes], cloudFolders: [cloud] })
  const agent = await runAgent(installation, await installation.enrolAgent('agent'))
  context.defer(() => agent.stop('SIGKILL'))
  context.explain(() => `agent: ${agent.daemon.log().slice(-2500)}\ncollector: ${installation.daemon.log().slice(-1500)}`)

  const activities = async (): Promise<readonly wire.Activity[]> => {
    const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: true })
    try {
      return (await db.all<{ body: Uint8Array }>('SELECT body FROM activity ORDER BY k')).map((row) => wire.Activity.decode(row.body))
    } finally {
      await db.close()
    }
  }
  let copies = 0
  /** Copies one document to the cloud folder as bob; milliseconds until the copy is stored. */
  const honestCopy = async (): Promise<number> => {
    copies += 1
    const name = `honest-${copies}.txt`
    await writeFile(join(bobHome, name), `document ${copies} ${'x'.repeat(copies)}`)
    await chown(join(bobHome, name), BOB, BOB)
    await sleep(100)
    const begun = Date.now()
    const target = join(bobCloud, name)
    await copyFile(join(bobHome, name), target)
    await chown(target, BOB, BOB)
    const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: true })
    try {
      await until(`the honest copy ${name} to be stored`, 30, async () => ((await db.get<{ n: number }>('SELECT count(*) AS n FROM activity WHERE kind = 10 AND instr(body, CAST(? AS BLOB)) > 0', target))?.n ?? 0) > 0 ? true : undefined)
    } finally {
      await db.close()
    }
    return Date.now() - begun
  }

  const before: number[] = []
  for (let index = 0; index < 5; index += 1) before.push(await honestCopy())
  context.figures['honestP95MsBefore'] = percentile(before, 0.95)

  return {
    installation, agent, folders, secretFolder, outside, activities,
    async attack<T>(script: string, options: AttackOptions = {}) {
      const child = track(spawn(process.execPath, [join(repository, 'test/faults/hostile-user.ts'), String(MALLORY), script, JSON.stringify({ folders, secretFolder, outside, seconds: options.seconds ?? 5, count: options.count ?? 100, pids: options.pids ?? [], agentFolder: options.agentFolder ?? '' })], { stdio: ['ignore', 'pipe', 'pipe'] }))
      let out = ''
      let problem = ''
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (problem += chunk.toString()))
      const ended = once(child, 'close')
      const during: number[] = []
      do {
        context.signal.throwIfAborted()
        during.push(await honestCopy())
      } while (isRunning(child))
      const [code] = (await ended) as [number | null]
      if (code !== 0) throw new Error(`the hostile user ended with ${code}: ${problem.slice(-1500)}`)
      for (let index = 0; index < 3; index += 1) during.push(await honestCopy())
      context.figures['honestCopies'] = copies
      context.figures['honestP95MsDuring'] = percentile(during, 0.95)
      must(percentile(during, 0.95) <= percentile(before, 0.95) + (options.slackMs ?? SLACK_MS), `honest copies took ${percentile(during, 0.95)} ms at the 95th percentile, ${percentile(before, 0.95)} ms before`)
      return JSON.parse(out) as T
    },
    async judge() {
      must(agent.daemon.child.exitCode === null && agent.daemon.child.signalCode === null, `the agent ended: ${agent.daemon.log().slice(-1500)}`)
      // Told last, by somebody who may: how the agent names this content. Nothing before may have named it so.
      const known = await activities()
      await writeFile(join(bobCloud, 'told-by-root.txt'), secret)
      const told = await until('the content of the secret, told by root', 30, async () => (await activities()).flatMap(factsOf).find((facts) => facts.path === join(bobCloud, 'told-by-root.txt') && (facts.fingerprint ?? '') !== ''))
      const sha256 = createHash('sha256').update(secret).digest('hex')
      for (const activity of known) {
        for (const facts of factsOf(activity)) {
          must(facts.sizeBytes !== SECRET_BYTES, `the size of a secret file stands in an activity about ${facts.path}`)
          must(facts.sha256 !== sha256, `the hash of a secret file stands in an activity about ${facts.path}`)
          must(facts.fingerprint !== told.fingerprint, `the fingerprint of a secret file stands in an activity about ${facts.path}`)
        }
        must(!Buffer.from(wire.Activity.encode(activity).finish()).includes(secret.subarray(0, 32)), 'bytes of a secret file stand in an activity')
      }
      const state = await agent.device()
      must(state.unexplained === 0, `${state.unexplained} numbers are missing without an explanation`)
      must(!state.sensors.some((sensor) => sensor.name === 'files' && sensor.tier === 'blind'), 'the files sensor went blind')
      context.figures['activities'] = known.length
      context.figures['agentRssMb'] = Math.round((state.usage?.rssBytes ?? 0) / 1_048_576)
      return known
    },
  }
}
