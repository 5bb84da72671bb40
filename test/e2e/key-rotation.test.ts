// The key that signs policies and the certificate authority are changed under a real agent that goes on working: it learns of
// the next ones from a policy that the present key signed, and nothing that it saw meanwhile is lost or doubled.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { wire } from '@holdfast/proto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { install, type Installation } from '../support/collector.ts'
import { agentMain, type Daemon, startDaemon, until } from '../support/processes.ts'
import { applyPolicies, type DeviceState, type RealAgent, runAgent, watch } from '../support/real-agent.ts'

let installation: Installation
let agent: RealAgent
let again: Daemon | undefined
let folder: string
let dir: string

interface Kept {
  readonly policyKeys: readonly string[]
  readonly caPem: string
}
const kept = async (): Promise<Kept> => JSON.parse(await readFile(join(dir, 'identity.json'), 'utf8')) as Kept
const authoritiesOf = ({ caPem }: Kept): number => caPem.split('BEGIN CERTIFICATE').length - 1
const trusts = (keys: number, authorities: number): Promise<Kept> => until(`the agent to trust ${keys} keys and ${authorities} authorities`, 60, async () => {
  const now = await kept()
  return now.policyKeys.length === keys && authoritiesOf(now) === authorities ? now : undefined
})

/** Somebody copies a document to the cloud. */
async function copy(name: string): Promise<void> {
  await writeFile(join(folder, name), `a document ${name} ${'x'.repeat(500)}`)
  await sleep(300)
  await copyFile(join(folder, name), join(folder, 'cloud', name))
}
/** How often each name is stored. */
async function stored(): Promise<Readonly<Record<string, number>>> {
  const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: true })
  try {
    const counts: Record<string, number> = {}
    for (const { body } of await db.all<{ body: Uint8Array }>('SELECT body FROM activity')) {
      const path = wire.Activity.decode(body).fileCopied?.destination?.path ?? ''
      if (path.includes('/cloud/')) counts[path.split('/').at(-1) ?? ''] = (counts[path.split('/').at(-1) ?? ''] ?? 0) + 1
    }
    return counts
  } finally {
    await db.close()
  }
}
const arrives = (name: string) => until(`${name} to be stored`, 60, async () => ((await stored())[name] === 1 ? true : undefined))
const device = async (): Promise<DeviceState> => JSON.parse(await installation.holdfast('device', 'show', agent.deviceId, '--json')) as DeviceState

/** The step of both, while the collector stands still and somebody works on. */
async function step(name: string): Promise<void> {
  await installation.stop()
  await copy(`during-${name}.txt`)
  for (const key of ['policy', 'authority']) await installation.holdfast('keys', 'rotate', key, '--step', name)
  await installation.start()
}
const behind = async (key: string, name: string): Promise<readonly string[]> => (JSON.parse(await installation.holdfast('keys', 'rotate', key, '--step', name, '--dry-run', '--json')) as { readonly behind: readonly string[] }).behind
const nobodyBehind = (name: string) => until('every device to know', 60, async () => ((await Promise.all([behind('policy', name), behind('authority', name)])).flat().length === 0 ? true : undefined))

beforeAll(async () => {
  installation = await install()
  folder = join(installation.folder, 'watched')
  await mkdir(join(folder, 'cloud'), { recursive: true })
  await applyPolicies(installation)
  await watch(installation, { roots: [folder], cloudFolders: [join(folder, 'cloud')] })
  dir = await installation.enrolAgent('agent')
  agent = await runAgent(installation, dir)
})
afterAll(async () => {
  await again?.stop()
  await agent.stop()
  await installation.close()
})

describe('the policy key and the authority are changed', () => {
  it('step by step under a working agent, which loses nothing and trusts only the new ones in the end', async () => {
    const first = await kept()
    await copy('before.txt')
    await arrives('before.txt')

    await step('announce')
    const both = await trusts(2, 2)
    expect(both.policyKeys).toContain(first.policyKeys[0])
    await nobodyBehind('switch')

    await step('switch')
    await arrives('during-switch.txt')
    await nobodyBehind('retire')

    await step('retire')
    const last = await trusts(1, 1)
    expect(last.policyKeys[0]).not.toBe(first.policyKeys[0])
    expect(last.caPem.trim()).toBe((await readFile(join(installation.dir, 'ca', 'ca.pem'), 'utf8')).trim())
    expect(last.caPem.trim()).not.toBe(first.caPem.trim())

    // The kept policy and the connection stand on the new ones alone.
    await agent.stop()
    again = startDaemon(agentMain, ['run', '--dir', dir])
    await until('the agent to watch again', 60, () => (again?.log().includes('"ready"') === true ? true : undefined))
    const begunMs = Date.now()
    await until('its heartbeat', 60, async () => (Date.parse((await device()).lastSeenAt ?? '') > begunMs ? true : undefined))
    await copy('after.txt')
    await arrives('after.txt')
    expect(await stored()).toEqual({ 'before.txt': 1, 'during-announce.txt': 1, 'during-switch.txt': 1, 'during-retire.txt': 1, 'after.txt': 1 })
    const state = await device()
    expect([state.unexplained, state.policy.state, state.policy.refusedReason ?? '']).toEqual([0, 'current', ''])
    const audit = JSON.parse(await installation.holdfast('audit', 'list', '--json')) as { readonly items: readonly { readonly action: string }[] }
    expect(audit.items.filter(({ action }) => action === 'key.rotated')).toHaveLength(6)
  }, 180_000)
})
