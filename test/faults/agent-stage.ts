// An installation with a folder that is watched and one that a cloud client synchronises, for faults of the real agent.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { wire } from '@holdfast/proto'
import { install, type Installation } from '../support/collector.ts'
import { childrenOf } from '../support/own-processes.ts'
import { until } from '../support/processes.ts'
import { applyPolicies, watch } from '../support/real-agent.ts'
import type { FaultContext } from './fault.ts'

/** Every stored activity of an installation, in the order of storing. */
export async function storedActivities(installation: Installation): Promise<readonly wire.Activity[]> {
  const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: true })
  try {
    return (await db.all<{ body: Uint8Array }>('SELECT body FROM activity ORDER BY k')).map((row) => wire.Activity.decode(row.body))
  } finally {
    await db.close()
  }
}

/** The worker below a watchdog. */
export const workerOf = (watchdogPid: number): number | undefined => childrenOf(watchdogPid)[0]

export const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

export interface AgentStage {
  readonly installation: Installation
  /** The agent's own folder. */
  readonly dir: string
  /** What it watches, and within it what counts as a cloud folder. */
  readonly home: string
  readonly cloud: string
  /** Copies a new document to the cloud folder and waits until the copy is stored. */
  readonly copy: (name: string) => Promise<void>
}

export async function buildAgentStage(context: FaultContext): Promise<AgentStage> {
  const installation = await install()
  context.defer(() => installation.close())
  const [home, cloud] = [join(context.folder, 'home'), join(context.folder, 'cloud')]
  await mkdir(home)
  await mkdir(cloud)
  await applyPolicies(installation)
  await watch(installation, { roots: [home], cloudFolders: [cloud] })
  const dir = await installation.enrolAgent('agent')
  return {
    installation, dir, home, cloud,
    async copy(name) {
      const path = join(cloud, name)
      await writeFile(path, `document ${name}`)
      await until(`the copy ${name} to be stored`, 30, async () => ((await storedActivities(installation)).some((activity) => activity.fileCopied?.destination?.path === path) ? true : undefined))
    },
  }
}
