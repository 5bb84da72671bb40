// What is wrong is refused with a reason code; nothing of it is stored, and the process lives.
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import type { Identity } from '@holdfast/agent/identity/contract.ts'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { activitySubject, heartbeatSubject, toWireTimestamp, wire } from '@holdfast/proto'
import { createUser } from 'nkeys.js'
import type { NatsConnection } from 'nats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { install, type Installation } from '../support/collector.ts'
import { connectAsDevice } from '../support/device-connection.ts'
import { asOperator, metric } from '../support/operator.ts'
import { agentMain, collectorMain, runCommand, until } from '../support/processes.ts'
import { rawRequest } from '../support/raw-http.ts'

let installation: Installation
let identity: Identity
let other: Identity
let agentDir: string

const enrol = async (dir: string, code: string, ...more: string[]) => runCommand(agentMain, ['enrol', '--collector', installation.url, '--code', code, '--dir', join(installation.folder, dir), ...more])
const newCode = async (): Promise<{ readonly code: string; readonly id: string }> => JSON.parse(await installation.holdfast('enrolment-code', 'create', '--json')) as { code: string; id: string }

/** Another letter at this place. */
const change = (code: string, at: number): string => `${code.slice(0, at)}${code[at] === 'A' ? 'B' : 'A'}${code.slice(at + 1)}`

beforeAll(async () => {
  installation = await install()
  await installation.client.send('POST', '/api/v1/policies', { name: 'Data leaks', template: 'data_leaks' })
  agentDir = await installation.enrolAgent('device')
  identity = await loadIdentity(agentDir)
  // A second device of the same name server: its credentials are what a forger would want.
  other = { ...identity, deviceId: `${identity.deviceId}x` }
})
afterAll(async () => {
  await installation.close()
})

const batch = (activities: readonly Uint8Array[], firstSeq = 1) => wire.ActivityBatch.encode({ epoch: randomBytes(16).toString('hex'), firstSeq, activities: [...activities] }).finish()
const activity = (path: string) => wire.Activity.encode({ occurredAt: toWireTimestamp(Date.now()), sensor: 'test', actor: { account: 'someone', accountId: '1500' }, fileCopied: { destination: { path, sizeBytes: 1, location: wire.LocationKind.LOCATION_KIND_REMOVABLE } } }).finish()
const quarantined = async () => (await installation.client.get<{ items: { reason: string; bytes: number; subject: string }[] }>('/api/v1/quarantine')).items

/** The same process as before, and as many activities. */
async function unharmed<T>(work: () => Promise<T>): Promise<T> {
  const [pid, before] = [installation.daemon.child.pid, await metric(installation, 'holdfast_activities')]
  const result = await work()
  expect(installation.daemon.child.exitCode).toBeNull()
  expect(installation.daemon.child.pid).toBe(pid)
  expect(await metric(installation, 'holdfast_activities')).toBe(before)
  return result
}

describe('the configuration of the collector', () => {
  let dir: string
  beforeAll(async () => {
    dir = join(installation.folder, 'configured')
    await runCommand(collectorMain, ['init', '--dir', dir, '--organisation', 'test'])
  })
  it.each([
    ['an unknown key', 'http:\n  prot: 8443\n', 'CONFIG_UNKNOWN_KEY', /line 2.*http\.port/],
    ['broken YAML', 'http:\n  port: [8443\n', 'CONFIG_INVALID', /line/],
    ['a value of the wrong type', 'http:\n  port: many\n', 'CONFIG_INVALID', /http\.port/],
    ['a value out of bounds', 'http:\n  port: 70000\n', 'CONFIG_INVALID', /between 0 and 65535/],
    ['a list in the place of the mapping', '- http\n', 'CONFIG_INVALID', /mapping/],
  ])('refuses %s before anything is started', async (_, text, code, detail) => {
    await writeFile(join(dir, 'holdfast.yaml'), text)
    for (const args of [['config', 'check', '--dir', dir], ['serve', '--dir', dir, '--bus-port', '0']]) {
      const done = await runCommand(collectorMain, args)
      expect(done).toMatchObject({ code: 2 })
      expect(done.stderr).toContain(code)
      expect(done.stderr).toMatch(detail)
      expect(done.stderr).not.toMatch(/\n\s+at /)
    }
  })
})

describe('messages of a device', () => {
  let device: NatsConnection
  beforeAll(async () => {
    device = await connectAsDevice(identity)
  })
  afterAll(() => device.close())

  const publish = async (bytes: Uint8Array) => (await device.request(activitySubject(identity.deviceId), bytes, { timeout: 5000 })).json<{ stream?: string; error?: { code: number } }>()

  it.each([
    ['malformed protobuf', Uint8Array.of(0x0f, 0x01, 0x02, 0xff), 'DECODE_FAILED'],
    ['an oversized batch', wire.ActivityBatch.encode({ epoch: 'a'.repeat(32), firstSeq: 1, activities: Array.from({ length: 11 }, () => new Uint8Array(60_000)) }).finish(), 'TOO_LARGE'],
    ['an epoch that is none', wire.ActivityBatch.encode({ epoch: 'A; DROP TABLE activity', firstSeq: 1, activities: [new Uint8Array([1])] }).finish(), 'EPOCH_INVALID'],
    ['a number beyond what counts exactly', wire.ActivityBatch.encode({ epoch: 'b'.repeat(32), firstSeq: Number.MAX_SAFE_INTEGER, activities: [new Uint8Array([1]), new Uint8Array([1])] }).finish(), 'SEQ_INVALID'],
  ])('puts %s into quarantine with its bytes and its reason', async (_, bytes, reason) => {
    await unharmed(async () => {
      const before = (await quarantined()).length
      expect((await publish(bytes)).error).toBeUndefined()
      const rows = await until('the message to be in quarantine', 20, async () => {
        const now = await quarantined()
        return now.length > before ? now : undefined
      })
      expect(rows.find((row) => row.bytes === bytes.length)).toMatchObject({ reason, subject: activitySubject(identity.deviceId) })
    })
  })

  it('keeps the good activities of a batch and puts the one that is too large into quarantine', async () => {
    const before = await metric(installation, 'holdfast_activities')
    await publish(batch([activity('/media/x/one.txt'), activity(`/media/x/${'y'.repeat(70_000)}`), activity('/media/x/two.txt')]))
    await until('two activities to be stored', 20, async () => ((await metric(installation, 'holdfast_activities')) === before + 2 ? true : undefined))
    expect((await quarantined()).map((row) => row.reason)).toContain('ACTIVITY_TOO_LARGE')
  })

  it('cuts off a device that sends more than its credential allows, and lets it come back', async () => {
    await unharmed(async () => {
      const greedy = await connectAsDevice(identity)
      const closed = greedy.closed()
      expect(() => greedy.publish(activitySubject(identity.deviceId), new Uint8Array(3 << 20))).toThrow(/MAX_PAYLOAD/)
      // A client that does not keep to what the server told it.
      if (greedy.info !== undefined) greedy.info.max_payload = 1 << 30
      greedy.publish(activitySubject(identity.deviceId), new Uint8Array(3 << 20))
      // What the server says may be lost with the connection that it cuts.
      expect(String(await closed)).toMatch(/payload|ECONNRESET/i)
      const back = await connectAsDevice(identity)
      await back.flush()
      await back.close()
      expect(await metric(installation, 'holdfast_bus_connected')).toBe(1)
    })
  })

  it.each([
    ['another device’s activities', () => activitySubject(other.deviceId)],
    ['another device’s heartbeat', () => heartbeatSubject(other.deviceId)],
    ['a policy', () => 'hf.v1.policy.default'],
    ['a watermark', () => `hf.v1.down.${identity.deviceId}`],
    ['the administration of the stream', () => '$JS.API.STREAM.PURGE.HF_ACTIVITY'],
    ['claims of the account', () => '$SYS.REQ.CLAIMS.UPDATE'],
  ])('refuses that a device publishes %s', async (_, subject) => {
    await unharmed(async () => {
      const forger = await connectAsDevice(identity)
      const violations: string[] = []
      void (async () => {
        for await (const status of forger.status()) if (status.permissionContext !== undefined) violations.push(`${status.permissionContext.operation} ${status.permissionContext.subject}`)
      })()
      forger.publish(subject(), batch([activity('/media/x/forged.txt')]))
      await forger.flush()
      await until('the violation to be told', 10, () => (violations.length > 0 ? true : undefined))
      expect(violations).toEqual([`publish ${subject()}`])
      await forger.close()
    })
  })

  it.each([
    ['another device’s watermarks', () => `hf.v1.down.${other.deviceId}`],
    ['the policies of another group', () => 'hf.v1.policy.finance'],
    ['everybody’s activities', () => 'hf.v1.activity.*'],
    ['everything', () => '>'],
    ['other inboxes', () => '_INBOX.>'],
  ])('refuses that a device listens to %s', async (_, subject) => {
    const spy = await connectAsDevice(identity)
    const heard = await new Promise<string>((resolve) => {
      spy.subscribe(subject(), { callback: (error) => resolve(error === null ? 'a message' : error.message) })
    })
    expect(heard.toLowerCase()).toContain('permissions violation')
    await spy.close()
  })

  it('refuses a forged device: credentials of one with the key of another', async () => {
    const stranger = createUser()
    await expect(connectAsDevice({ ...identity, seed: new TextDecoder().decode(stranger.getSeed()) })).rejects.toThrow(/authorization/i)
  })

  it('takes a good message after all of this', async () => {
    const before = await metric(installation, 'holdfast_activities')
    await publish(batch([activity('/media/x/fresh.txt')]))
    await until('the fresh activity to be stored', 20, async () => ((await metric(installation, 'holdfast_activities')) === before + 1 ? true : undefined))
    expect(installation.daemon.child.exitCode).toBeNull()
  })
})

describe('enrolment codes', () => {
  it('refuses a code that was used', async () => {
    const { code } = await newCode()
    expect((await enrol('first', code)).code).toBe(0)
    const again = await enrol('second', code)
    expect(again).toMatchObject({ code: 5 })
    expect(again.stderr).toContain('ENROLMENT_CODE_USED')
    await expect(readFile(join(installation.folder, 'second', 'identity.json'))).rejects.toThrow(/ENOENT/)
  })

  it('refuses a code that has expired', async () => {
    const { code, id } = await newCode()
    const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: false })
    await db.run('UPDATE enrolment_code SET expires_at = ? WHERE id = ?', Date.now() - 1000, id)
    await db.close()
    const done = await enrol('late', code)
    expect(done).toMatchObject({ code: 5 })
    expect(done.stderr).toContain('ENROLMENT_CODE_EXPIRED')
  })

  it('refuses a code that was revoked', async () => {
    const { code, id } = await newCode()
    await installation.holdfast('enrolment-code', 'revoke', id)
    const done = await enrol('revoked', code)
    expect(done).toMatchObject({ code: 5 })
    expect(done.stderr).toMatch(/ENROLMENT_CODE_(REVOKED|USED|UNKNOWN|EXPIRED)/)
  })

  it.each([
    ['a part that is missing', (code: string) => code.slice(0, 14), 'ENROLMENT_CODE_INVALID'],
    ['another secret', (code: string) => change(code, code.length - 1), 'ENROLMENT_CODE_UNKNOWN'],
    ['the pin of another authority', (code: string) => change(code, 8), 'ENROLMENT_PIN_MISMATCH'],
  ])('refuses a code with %s', async (_, spoil, reason) => {
    const { code } = await newCode()
    const done = await enrol('typo', spoil(code))
    expect(done.code).not.toBe(0)
    expect(done.stderr).toContain(reason)
    expect(installation.daemon.child.exitCode).toBeNull()
  })

  it('is not used up by twenty who cannot prove their key', async () => {
    const { code } = await newCode()
    const answers = await Promise.all(Array.from({ length: 20 }, async (_, index) => {
      const pair = createUser()
      return rawRequest(installation.url, installation.ca, 'POST', '/api/v1/enrol', {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, publicKey: pair.getPublicKey(), hardwareId: index.toString(16).padStart(64, '0'), hostname: 'h', os: 'linux', agentVersion: '0.1.0', proof: Buffer.from(pair.sign(Buffer.from('wrong'))).toString('base64url') }),
      })
    }))
    // None proves its key, so none is admitted, and the code is not used up by them.
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.code}`))).toEqual(new Set(['403 ENROLMENT_PROOF_INVALID']))
    expect((await enrol('after-the-rush', code, '--force')).code).toBe(0)
  })
})

describe('requests', () => {
  it.each([
    ['bad JSON', 'POST', '/api/v1/enrolment-codes', '{"group": ', 400, 'REQUEST_INVALID'],
    ['an empty body', 'POST', '/api/v1/enrolment-codes', '', 400, 'REQUEST_INVALID'],
    ['a wrong type', 'POST', '/api/v1/enrolment-codes', '{"uses":"three"}', 400, 'REQUEST_INVALID'],
    ['an unknown key', 'POST', '/api/v1/enrolment-codes', '{"use":3}', 400, 'REQUEST_INVALID'],
    ['a number out of bounds', 'POST', '/api/v1/enrolment-codes', '{"expiresInSecs":1}', 400, 'REQUEST_INVALID'],
    ['a group that is no name', 'POST', '/api/v1/enrolment-codes', '{"group":"hf.*.>"}', 400, 'REQUEST_INVALID'],
    ['a prototype in the place of a body', 'POST', '/api/v1/enrolment-codes', '{"__proto__":{"uses":1}}', 400, 'REQUEST_INVALID'],
    ['settings with a missing part', 'PUT', '/api/v1/groups/default/settings', '{"roots":["~"]}', 400, 'REQUEST_INVALID'],
    ['a policy of no template', 'POST', '/api/v1/policies', '{"name":"x","template":"mind_reading"}', 400, 'POLICY_INVALID'],
    ['a policy with an unknown key', 'POST', '/api/v1/policies', '{"name":"x","template":"data_leaks","treshold":3}', 400, 'POLICY_INVALID'],
    ['an unknown sort field', 'GET', '/api/v1/alerts?sort=password_hash', undefined, 400, 'REQUEST_INVALID'],
    ['an unknown filter', 'GET', '/api/v1/alerts?severty=high', undefined, 400, 'REQUEST_INVALID'],
    ['a filter that is no value', 'GET', '/api/v1/alerts?severity=terrible', undefined, 400, 'REQUEST_INVALID'],
    ['a limit that is too high', 'GET', '/api/v1/alerts?limit=100000', undefined, 400, 'REQUEST_INVALID'],
    ['a cursor that nobody gave', 'GET', '/api/v1/alerts?cursor=%27%3B--', undefined, 400, 'REQUEST_INVALID'],
    ['an id with a path in it', 'GET', '/api/v1/devices/..%2f..%2fetc', undefined, 400, 'REQUEST_INVALID'],
    ['an id that is not there', 'GET', '/api/v1/devices/d_nothing', undefined, 404, 'NOT_FOUND'],
    ['a change without a revision', 'PATCH', '/api/v1/alerts/al_nothing', '{"status":"confirmed"}', undefined, undefined],
  ] as const)('refuses %s with a code', async (_, method, path, body, status, code) => {
    await unharmed(async () => {
      const answer = await asOperator(installation, method, path, body === undefined ? {} : { body })
      expect(answer).toMatchObject({ status: status ?? answer.status })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      expect(answer.code).toBe(code ?? answer.code)
      expect(answer.headers['content-type']).toContain('application/problem+json')
      expect(answer.body).not.toMatch(/SQLITE|node_modules|\bat .*\.ts:/)
    })
  })

  it.each([
    ['application/json\ta', 415],
    ['application/json garbage', 415],
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
  ])('refuses the content type "%s"', async (type, status) => {
    const answer = await asOperator(installation, 'POST', '/api/v1/enrolment-codes', { body: '{"uses":"three"}', headers: { 'content-type': type } })
    expect([status, 400]).toContain(answer.status)
    expect(answer.code).not.toBe('')
  })

  it('refuses a body of several MiB without reading it to its end', async () => {
    const answer = await asOperator(installation, 'POST', '/api/v1/policies', { body: JSON.stringify({ name: 'x'.repeat(8 << 20) }) }).catch((error: unknown) => ({ status: 413, code: String(error) }))
    expect(answer.status).toBe(413)
  })

  it('refuses a broken YAML policy on the command line, and stores none', async () => {
    const file = join(installation.folder, 'broken.yaml')
    await writeFile(file, 'name: [Data\ntemplate: data_leaks\n')
    const before = (await installation.client.get<{ items: unknown[] }>('/api/v1/policies')).items.length
    const done = await runCommand(collectorMain, ['policy', 'apply', '-f', file, '--dir', installation.dir])
    expect(done).toMatchObject({ code: 2 })
    expect(done.stderr).toMatch(/POLICY_INVALID|REQUEST_INVALID/)
    expect((await installation.client.get<{ items: unknown[] }>('/api/v1/policies')).items).toHaveLength(before)
  })

  it('refuses everything without a session but what says so', async () => {
    for (const path of ['/api/v1/alerts', '/api/v1/users', '/api/v1/devices', '/api/v1/audit', '/api/v1/quarantine', '/api/v1/policies', '/api/v1/enrolment-codes']) {
      const answer = await rawRequest(installation.url, installation.ca, 'GET', path)
      expect(`${answer.status} ${answer.code}`).toBe('401 SESSION_REQUIRED')
    }
  })
})

describe('the command line of the agent', () => {
  it.each([
    ['an unknown command', ['enroll'], 2],
    ['an unknown option', ['run', '--fast'], 2],
    ['an address that is none', ['enrol', '--collector', 'collector', '--code', 'HF1-X'], 2],
    ['a code that is none', ['enrol', '--collector', 'https://127.0.0.1:1', '--code', 'hello'], 2],
  ])('refuses %s with a message and its own exit code', async (_, args, code) => {
    const done = await runCommand(agentMain, [...args, '--dir', join(installation.folder, 'nothing')])
    expect([code, 5]).toContain(done.code)
    expect(done.stderr).not.toMatch(/\n\s+at /)
    expect(done.stderr.length).toBeGreaterThan(0)
  })

  it('says that a device is not enrolled', async () => {
    const done = await runCommand(agentMain, ['run', '--dir', join(installation.folder, 'nothing')])
    expect(done.code).toBe(3)
    expect(done.stderr).toContain('NOT_ENROLLED')
  })

  it.each([
    ['an unknown key', 'logg:\n  level: debug\n', /CONFIG_UNKNOWN_KEY/],
    ['broken YAML', 'log: [\n', /CONFIG_INVALID/],
  ])('refuses %s in its configuration', async (_, text, problem) => {
    await writeFile(join(agentDir, 'agent.yaml'), text)
    const done = await runCommand(agentMain, ['run', '--dir', agentDir])
    expect(done).toMatchObject({ code: 2 })
    expect(done.stderr).toMatch(problem)
  })
})
