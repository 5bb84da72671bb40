// A policy on its way to devices, through a whole installation: code in a file, rings, a halt by itself, the correct one, and
// back. The devices are connections with credentials of their own and the agent's keeper of policies behind each.
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Identity } from '@holdfast/agent/identity/contract.ts'
import type { PolicyKeeper } from '@holdfast/agent/policy/contract.ts'
import { createPolicyKeeper } from '@holdfast/agent/policy/policy-keeper.ts'
import { downSubject, heartbeatSubject, policySubject, toWireTimestamp, wire } from '@holdfast/proto'
import type { NatsConnection } from 'nats'
import { createUser } from 'nkeys.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { install, type Installation } from '../support/collector.ts'
import { connectAsDevice } from '../support/device-connection.ts'
import { until } from '../support/processes.ts'

const DEVICES = 4

interface Laptop {
  readonly id: string
  readonly keeper: PolicyKeeper
  readonly connection: NatsConnection
  safeMode: string
  beat(): void
}
interface Shown {
  readonly id: string
  readonly state: string
  readonly ring: number
  readonly counts: Readonly<Record<string, number>>
  readonly halt?: { readonly rule: string; readonly deviceIds: readonly string[] }
  readonly perRing: readonly { readonly devices: number; readonly counts: Readonly<Record<string, number>> }[]
  readonly needing: readonly { readonly deviceId: string; readonly reason?: string }[]
}

let installation: Installation
let laptops: Laptop[] = []
/** Cannot carry out a policy that watches this folder. */
const failsOn = new Map<string, string>()
/** Crashes over a policy that watches this folder. */
const crashesOn = new Map<string, string>()

async function startLaptop(name: string): Promise<Laptop> {
  const { code } = await installation.client.send<{ code: string }>('POST', '/api/v1/enrolment-codes', {})
  const key = createUser()
  const [publicKey, seed] = [key.getPublicKey(), new TextDecoder().decode(key.getSeed())]
  const hardwareId = createHash('sha256').update(name).digest('hex')
  const proof = Buffer.from(key.sign(new TextEncoder().encode(`holdfast-enrol\n${code.split('-')[2] ?? ''}\n${publicKey}\n${hardwareId}`))).toString('base64url')
  const granted = await installation.client.send<Omit<Identity, 'seed' | 'publicKey' | 'collectorUrl'>>('POST', '/api/v1/enrol', { code, publicKey, hardwareId, hostname: name, os: 'linux', agentVersion: '0.1.0', proof })
  const identity: Identity = { ...granted, seed, publicKey, collectorUrl: installation.url }
  const connection = await connectAsDevice(identity)
  const keeper = await createPolicyKeeper({
    folder: join(installation.folder, name), identity, now: Date.now,
    apply: async ({ files }) => {
      const roots = files?.roots ?? []
      if (roots.includes(failsOn.get(name) ?? '-')) throw new Error('a sensor that cannot start')
      laptop.safeMode = roots.includes(crashesOn.get(name) ?? '-') ? 'It crashed three times under this policy.' : ''
    },
  })
  const laptop: Laptop = {
    id: identity.deviceId, keeper, connection, safeMode: '',
    beat() {
      const { version, hash } = keeper.running()
      const refused = keeper.refused()
      connection.publish(heartbeatSubject(identity.deviceId), wire.Heartbeat.encode({ sentAt: toWireTimestamp(Date.now()), agentVersion: '1', hostname: name, os: 'linux', safeMode: laptop.safeMode, policy: { runningVersion: version, runningHash: hash, refusedVersion: refused?.version ?? 0, refusedReason: refused?.code ?? '' } }).finish())
    },
  }
  const consider = async (signed: Uint8Array): Promise<void> => {
    await keeper.consider(signed)
    laptop.beat()
  }
  connection.subscribe(policySubject(identity.group), { callback: (_error, message) => void consider(message.data) })
  connection.subscribe(downSubject(identity.deviceId), {
    callback: (_error, message) => {
      const { policy } = wire.Down.decode(message.data)
      if (policy != null) void consider(wire.SignedPolicy.encode(policy).finish())
    },
  })
  await connection.flush()
  laptop.beat()
  return laptop
}

const run = (root: string): readonly string[] => laptops.filter(({ keeper }) => keeper.running().policy.files?.roots?.includes(root) === true).map(({ id }) => id)
const show = async (): Promise<Shown> => JSON.parse(await installation.holdfast('rollout', 'show', 'default', '--json')) as Shown
const latest = async () => (await installation.client.get<{ items: Shown[] }>('/api/v1/rollouts?limit=1')).items[0]
const reaches = (state: string) => until(`a roll-out that is ${state}`, 20, async () => ((await latest())?.state === state ? true : undefined))

async function apply(root: string, rollout = ''): Promise<void> {
  const file = join(installation.folder, 'group.yaml')
  await writeFile(file, `group: default\nsettings:\n  roots: [${root}]\n${rollout}`)
  await installation.holdfast('policy', 'apply', '-f', file, '--json')
}
const plan = (more = ''): string => `rollout:\n  ringPercents: [25, 100]\n  soakSecs: 0\n  answerSecs: 10\n${more}`

beforeAll(async () => {
  installation = await install()
  await installation.client.send('POST', '/api/v1/policies', { name: 'Data leaks', template: 'data_leaks' })
  await apply('/first')
  laptops = await Promise.all(Array.from({ length: DEVICES }, (_, index) => startLaptop(`lt-${index}`)))
  await until('everybody to run the first policy', 20, () => (run('/first').length === DEVICES ? true : undefined))
}, 60_000)
afterAll(async () => {
  for (const { connection } of laptops) await connection.close()
  await installation.close()
})

describe('a policy in a file', { timeout: 60_000 }, () => {
  it('stops by itself in ring one when a device cannot carry it out, and reaches nobody else', async () => {
    for (let index = 0; index < DEVICES; index += 1) failsOn.set(`lt-${index}`, '/bad')
    await apply('/bad', plan())
    await reaches('halted')
    const shown = await show()
    expect(shown).toMatchObject({ ring: 1, halt: { rule: 'failed' }, counts: { rejected: 1, pending: DEVICES - 1 } })
    expect(shown.needing.map(({ reason }) => reason)).toEqual(['POLICY_INVALID'])
    expect(run('/first')).toHaveLength(DEVICES)
    const notices = await installation.client.get<{ items: { kind: string }[] }>('/api/v1/fleet-notices?open=true')
    expect(notices.items.some(({ kind }) => kind === 'rollout_halted')).toBe(true)
  })

  it('corrected reaches everybody', async () => {
    await apply('/good')
    await until('ring one', 20, () => (run('/good').length > 0 ? true : undefined))
    await reaches('completed')
    expect(run('/good')).toHaveLength(DEVICES)
    await until('every proof', 20, async () => ((await latest())?.counts['confirmed'] === DEVICES ? true : undefined))
  })

  it('is taken back from everybody with one command, as a higher version', async () => {
    const before = Math.max(...laptops.map(({ keeper }) => keeper.running().version))
    await installation.holdfast('rollout', 'roll-back', 'default', '--json')
    await reaches('rolled_back')
    expect(run('/first')).toHaveLength(DEVICES)
    for (const { keeper } of laptops) expect(keeper.running().version).toBeGreaterThan(before)
    expect(await installation.holdfast('policy', 'pull', '--group', 'default')).toContain('- /first')
  })

  it('that sends an agent into safe mode is stopped in ring one and taken back by itself', async () => {
    for (let index = 0; index < DEVICES; index += 1) crashesOn.set(`lt-${index}`, '/crash')
    await apply('/crash', plan('  onHalt: roll_back\n'))
    await until('the roll-out to be taken back', 20, async () => ((await latest())?.state === 'rolled_back' ? true : undefined))
    expect(run('/first')).toHaveLength(DEVICES)
    expect(laptops.every(({ safeMode }) => safeMode === '')).toBe(true)
    expect((await show()).halt).toMatchObject({ rule: 'failed' })
  })

  it('with a key that nobody knows is refused with its line, and nothing is sent', async () => {
    await expect(apply('/x', 'rolout:\n  soakSecs: 1\n')).rejects.toThrow(/line 4: \/rolout is not known; the nearest key is "rollout"/)
    expect(run('/x')).toEqual([])
  })
})
