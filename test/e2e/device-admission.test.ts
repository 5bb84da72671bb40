// How devices get in, are moved, put out and come back, with a real collector, its broker and a real agent:
//   F-60  a code that is used at once by very many, and a key that was copied
//   F-36  revoked while connected, while away, and while the broker is gone; what waits on the device is not lost
// Elsewhere: wrong, expired and revoked codes (collector/src/fleet/fleet.test.ts); credentials that are refused for a while, after
// which nobody has lost a key or enrolled anew (uplink-permissions.test.ts, F-61).
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { join } from 'node:path'
import type { Identity } from '@holdfast/agent/identity/contract.ts'
import { createUser, type KeyPair } from 'nkeys.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { install, type Installation } from '../support/collector.ts'
import { connectAsDevice } from '../support/device-connection.ts'
import { killPid } from '../support/own-processes.ts'
import { agentMain, runCommand, until } from '../support/processes.ts'
import { applyPolicies, type RealAgent, runAgent, watch } from '../support/real-agent.ts'

let installation: Installation
let agent: RealAgent
let dir: string

interface Answer {
  readonly status: number
  readonly code?: string
  readonly deviceId?: string
}
interface Code {
  readonly code: string
}
const newCode = (over: object = {}): Promise<Code> => installation.client.send<Code>('POST', '/api/v1/enrolment-codes', over)
const identityOf = async (folder: string): Promise<Identity> => JSON.parse(await readFile(join(folder, 'identity.json'), 'utf8')) as Identity

function post(body: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL('/api/v1/enrol', installation.url), { method: 'POST', ca: installation.ca, headers: { 'content-type': 'application/json' } }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => resolve({ ...(JSON.parse(Buffer.concat(chunks).toString()) as object), status: incoming.statusCode ?? 0 }))
    })
    outgoing.on('error', reject)
    outgoing.end(JSON.stringify(body))
  })
}

function enrol(code: string, { hardware, hostname = 'lt', key = createUser() }: { readonly hardware: string; readonly hostname?: string; readonly key?: KeyPair }): Promise<Answer> {
  const hardwareId = createHash('sha256').update(hardware).digest('hex')
  const publicKey = key.getPublicKey()
  const proof = Buffer.from(key.sign(new TextEncoder().encode(`holdfast-enrol\n${code.split('-')[2] ?? ''}\n${publicKey}\n${hardwareId}`))).toString('base64url')
  return post({ code, publicKey, hardwareId, hostname, os: 'linux', agentVersion: '0.1.0', proof })
}

beforeAll(async () => {
  installation = await install()
  await Promise.all(['docs', 'cloud'].map((name) => mkdir(join(installation.folder, name))))
  await watch(installation, { roots: [join(installation.folder, 'docs'), join(installation.folder, 'cloud')], cloudFolders: [join(installation.folder, 'cloud')] })
  await applyPolicies(installation)
  dir = await installation.enrolAgent('agent')
  agent = await runAgent(installation, dir)
}, 90_000)
afterAll(async () => {
  await agent.stop('SIGKILL')
  await installation.close()
}, 30_000)

describe('an enrolment code', () => {
  it('of five uses admits five devices of a thousand that come at once', async () => {
    const { code } = await newCode({ uses: 5 })
    const answers: Answer[] = []
    const queue = Array.from({ length: 1000 }, (_, n) => n)
    await Promise.all(Array.from({ length: 50 }, async () => {
      for (let n = queue.pop(); n !== undefined; n = queue.pop()) answers.push(await enrol(code, { hardware: `many ${n}`, hostname: `many-${n}` }))
    }))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ code: why }) => why))).toEqual(new Set(['ENROLMENT_CODE_USED', 'TOO_MANY_TRIES']))
    const { total } = await installation.client.get<{ total: number }>('/api/v1/devices?search=many-&limit=1')
    expect(total).toBe(5)
  }, 60_000)
})

describe('a device that is moved to another group', () => {
  it('keeps its key and its spool, and runs the policy of the group, by hand and by rule', async () => {
    const before = await identityOf(dir)
    await installation.client.send('PUT', '/api/v1/group-rules', { rules: [{ group: 'tills', tag: 'till' }] }, { 'if-match': '"0"' })
    await installation.client.send('PATCH', `/api/v1/devices/${agent.deviceId}`, { addTags: ['till'] })
    const runsIn = (group: string) => until(`the policy of ${group}`, 40, async () => {
      const state = (await agent.device()) as Awaited<ReturnType<RealAgent['device']>> & { readonly group: string }
      return state.group === group && state.policy.state === 'current' && (await identityOf(dir)).group === group ? state : undefined
    }).catch(async (error: unknown) => {
      throw new Error(`${String(error)}\n${JSON.stringify(await agent.device())}\n${agent.daemon.log().slice(-3000)}`)
    })
    await runsIn('tills')
    expect(await identityOf(dir)).toMatchObject({ publicKey: before.publicKey, deviceId: before.deviceId, group: 'tills' })
    await installation.client.send('PATCH', `/api/v1/devices/${agent.deviceId}`, { group: 'default' })
    await runsIn('default')
  }, 90_000)
})

describe('a device that is revoked', () => {
  it('while it is connected is cut off, knows why, keeps what it sees, and brings it when it is let in again', async () => {
    await installation.client.send('POST', `/api/v1/devices/${agent.deviceId}/revoke`)
    const revokedAt = Date.now()
    const status = async () => JSON.parse((await runCommand(agentMain, ['status', '--json', '--dir', dir])).stdout) as { uplink: { connected: boolean }; spool: { lastSeq: number; ackedSeq: number }; dismissed?: { why: string } }
    await until('the link to be cut', 60, async () => ((await status()).uplink.connected ? undefined : true))
    expect(Date.now() - revokedAt).toBeLessThan(60_000)
    expect((await status()).dismissed?.why).toBe('revoked')
    const held = (await status()).spool.lastSeq
    await writeFile(join(installation.folder, 'docs', 'plan.txt'), 'the plan '.repeat(500))
    await writeFile(join(installation.folder, 'cloud', 'plan.txt'), 'the plan '.repeat(500))
    await until('it to be kept on the device', 30, async () => ((await status()).spool.lastSeq > held ? true : undefined))
    const { publicKey } = await identityOf(dir)
    await agent.stop()
    const { code } = await newCode()
    const done = await runCommand(agentMain, ['enrol', '--force', '--collector', installation.url, '--code', code, '--dir', dir, '--json'])
    expect([done.code, (JSON.parse(done.stdout) as { deviceId: string }).deviceId]).toEqual([0, agent.deviceId])
    expect((await identityOf(dir)).publicKey).not.toBe(publicKey)
    agent = await runAgent(installation, dir)
    const after = await until('what waited to arrive', 30, async () => {
      const state = await agent.device()
      return state.spool !== undefined && state.spool.ackedSeq > held && state.spool.ackedSeq === state.spool.lastSeq ? state : undefined
    })
    expect([after.unexplained, after.health === 'revoked']).toEqual([0, false])
    expect((await status()).dismissed).toBeUndefined()
  }, 120_000)

  it('while the broker is gone is not let in when that is back', async () => {
    const { code } = await newCode()
    const key = createUser()
    const granted = await enrol(code, { hardware: 'away', hostname: 'away', key })
    const identity = { ...(granted as unknown as Identity), seed: new TextDecoder().decode(key.getSeed()), publicKey: key.getPublicKey() }
    const connection = await connectAsDevice(identity)
    const broker = installation.brokerPid()
    if (broker === undefined) throw new Error('there is no broker')
    killPid(broker, 'SIGKILL')
    await connection.closed()
    await installation.client.send('POST', `/api/v1/devices/${identity.deviceId}/revoke`)
    await until('the broker to be back', 30, async () => (installation.brokerPid() !== undefined && (await agent.device()).health !== 'offline' ? true : undefined))
    await expect(connectAsDevice(identity)).rejects.toThrow(/authoriz|authentication/i)
  }, 60_000)
})

describe('a key that was copied', () => {
  it('does not admit a second computer, and whoever runs the system is told', async () => {
    const key = createUser()
    const first = await until('a try that is not throttled', 70, async () => {
      const answer = await enrol((await newCode()).code, { hardware: 'first', hostname: 'twin', key })
      return answer.status === 429 ? undefined : answer
    })
    expect(first.status).toBe(200)
    expect(await enrol((await newCode()).code, { hardware: 'second', hostname: 'twin', key })).toMatchObject({ status: 403, code: 'ENROLMENT_KEY_TAKEN' })
    const { items } = await installation.client.get<{ items: readonly { kind: string; deviceId?: string }[] }>('/api/v1/fleet-notices?open=true')
    expect(items).toContainEqual(expect.objectContaining({ kind: 'key_reused', deviceId: first.deviceId }))
    // The same name is no clash: two computers may have it.
    expect((await enrol((await newCode()).code, { hardware: 'third', hostname: 'twin' })).status).toBe(200)
  }, 90_000)
})

describe('an image that is sealed', () => {
  it('has nothing of this computer left, and is refused while the agent runs', async () => {
    const seal = (...more: readonly string[]) => runCommand(agentMain, ['seal', '--json', '--dir', dir, ...more])
    expect((await seal()).stderr).toContain('SPOOL_LOCKED')
    await agent.stop()
    await writeFile(join(dir, 'agent.yaml'), 'log:\n  level: info\n')
    const { code } = await newCode({ uses: 100 })
    const codeFile = join(installation.folder, 'code')
    await writeFile(codeFile, `${code}\n`, { mode: 0o600 })
    const done = await seal('--discard-unsent', '--collector', installation.url, '--code-file', codeFile)
    expect([done.code, (JSON.parse(done.stdout) as { sealed: string }).sealed]).toEqual([0, agent.deviceId])
    expect((await readdir(dir)).filter((name) => name !== 'upgrade').toSorted()).toEqual(['agent.yaml', 'enrolment'])
    expect(await readFile(join(dir, 'enrolment'), 'utf8')).toBe(`collector=${installation.url}\ncode=${code}\n`)
    expect((await seal()).code).not.toBe(0)
  }, 60_000)
})
