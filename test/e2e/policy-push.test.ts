// A change of settings reaches a running agent within seconds and changes what it watches; what was altered is refused.
import { generateKeyPairSync, sign } from 'node:crypto'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { policyPath } from '@holdfast/agent/policy/policy-keeper.ts'
import { policySubject, wire } from '@holdfast/proto'
import type { NatsConnection } from 'nats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { install, type Installation } from '../support/collector.ts'
import { connectAsCollector } from '../support/collector-connection.ts'
import { until } from '../support/processes.ts'
import { applyPolicies, type DeviceState, type RealAgent, runAgent, watch } from '../support/real-agent.ts'

/** From the answer of the API to the heartbeat that names the new hash. */
const PUSH_MS = 5000

let installation: Installation
let agent: RealAgent
let folder: string
let bus: NatsConnection

const copies = async (name: string): Promise<number> => (await installation.client.get<{ items: { file?: { path: string } }[] }>('/api/v1/activities?kind=file_copied&limit=500')).items.filter((item) => item.file?.path.endsWith(`/${name}`)).length
/** Somebody copies a document from a folder to the cloud. */
async function copyToCloud(from: string, name: string): Promise<void> {
  await writeFile(join(folder, from, name), `a document ${name} ${'x'.repeat(500)}`)
  await sleep(300)
  await copyFile(join(folder, from, name), join(folder, 'cloud', name))
}

/** The wire form of the policy that the collector wants, as it signed it. */
async function wantedPolicy(): Promise<Uint8Array> {
  const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: true })
  try {
    const row = await db.get<{ signed: Uint8Array }>("SELECT signed FROM agent_policy WHERE grp = 'default'")
    if (row === undefined) throw new Error('no policy was compiled')
    return row.signed
  } finally {
    await db.close()
  }
}
const refusal = async (reason: string): Promise<DeviceState> =>
  until(`the refusal ${reason} in a heartbeat`, 20, async () => {
    const state = await agent.device()
    return state.policy.refusedReason === reason ? state : undefined
  })

beforeAll(async () => {
  installation = await install()
  folder = join(installation.folder, 'watched')
  for (const part of ['first', 'second', 'cloud']) await mkdir(join(folder, part), { recursive: true })
  await applyPolicies(installation)
  await watch(installation, { roots: [join(folder, 'first')] })
  agent = await runAgent(installation, await installation.enrolAgent('agent'))
  bus = await connectAsCollector(installation)
})
afterAll(async () => {
  await bus.close()
  await agent.stop()
  await installation.close()
})

describe('a change of what a group watches', () => {
  it('runs on the agent within five seconds, proved by its heartbeat, and changes what is seen', async () => {
    await copyToCloud('first', 'unseen.txt')
    const begun = Date.now()
    const wanted = await watch(installation, { roots: [join(folder, 'first'), join(folder, 'second')], cloudFolders: [join(folder, 'cloud')] })
    const state = await until('the heartbeat with the wanted hash', 15, async () => {
      const now = await agent.device()
      return now.policy.runningHash === wanted.policyHash ? now : undefined
    })
    expect(Date.now() - begun).toBeLessThan(PUSH_MS)
    expect(state.policy).toMatchObject({ state: 'current', wantedVersion: wanted.policyVersion, runningVersion: wanted.policyVersion })
    await until('a copy under the new settings to be seen', 20, async () => {
      await copyToCloud('second', 'seen.txt')
      await sleep(500)
      return (await copies('seen.txt')) > 0 ? true : undefined
    })
    expect(await copies('unseen.txt')).toBe(0)
    expect(agent.daemon.child.exitCode).toBeNull()
  })
})

describe('a policy that is not the collector’s', () => {
  it('is refused with one flipped byte, wherever that is, and the last good one stays', async () => {
    const good = await wantedPolicy()
    const before = (await agent.device()).policy
    const { body } = wire.SignedPolicy.decode(good)
    const at = Buffer.from(good).indexOf(Buffer.from(body ?? []))
    for (const place of [at, at + Math.floor((body?.length ?? 0) / 2), at + (body?.length ?? 1) - 1]) {
      const flipped = Uint8Array.from(good)
      flipped[place] = (flipped[place] ?? 0) ^ 1
      bus.publish(policySubject('default'), flipped)
      await bus.flush()
    }
    const state = await refusal('POLICY_WRONG_KEY')
    expect(state.policy).toMatchObject({ runningHash: before.runningHash, runningVersion: before.runningVersion })
  })

  it('is refused when it is an older one, played again', async () => {
    const older = await wantedPolicy()
    await watch(installation, { roots: [join(folder, 'first')], cloudFolders: [join(folder, 'cloud')] })
    const newer = await until('the newer policy to run', 15, async () => {
      const now = await agent.device()
      return now.policy.state === 'current' && now.policy.runningVersion === now.policy.wantedVersion ? now : undefined
    })
    bus.publish(policySubject('default'), older)
    await bus.flush()
    const state = await refusal('POLICY_OLDER')
    expect(state.policy.runningHash).toBe(newer.policy.runningHash)
  })

  it('is refused without a signature, and with that of a stranger', async () => {
    const { body } = wire.SignedPolicy.decode(await wantedPolicy())
    bus.publish(policySubject('default'), wire.SignedPolicy.encode({ body: body ?? new Uint8Array(), signatures: [] }).finish())
    await bus.flush()
    await refusal('POLICY_UNSIGNED')
    const { privateKey } = generateKeyPairSync('ed25519')
    bus.publish(policySubject('default'), wire.SignedPolicy.encode({ body: body ?? new Uint8Array(), signatures: [{ keyId: '0'.repeat(16), signature: sign(null, body ?? new Uint8Array(), privateKey) }] }).finish())
    await bus.flush()
    const state = await refusal('POLICY_WRONG_KEY')
    expect(agent.daemon.child.exitCode).toBeNull()
    expect(state.policy.runningVersion).toBeGreaterThan(0)
  })

  it('is refused at the start when the agent’s own copy was altered by one byte, and got again from the collector', async () => {
    await agent.stop()
    const stored = policyPath(agent.dir)
    const bytes = await readFile(stored)
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1
    await writeFile(stored, bytes)
    agent = await runAgent(installation, agent.dir)
    expect(agent.daemon.log()).toMatch(/POLICY_(WRONG_KEY|UNREADABLE|UNSIGNED)/)
    expect((await agent.device()).policy).toMatchObject({ state: 'current' })
  })
})
