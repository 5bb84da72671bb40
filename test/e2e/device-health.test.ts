// Every named fault of a device, produced for real, and seen in the API and in the console with what to do about it.
//
// The collector, its broker and its console are real. Faults that an agent has are an agent's: it is killed, its network is
// held, its policy lapses. What takes an attacker or another computer is done over the device's own credential: its clock is
// set, its numbers come twice, its bytes are damaged, its disk is copied.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Identity } from '@holdfast/agent/identity/contract.ts'
import { activitySubject, downSubject, heartbeatSubject, toWireTimestamp, wire } from '@holdfast/proto'
import type { NatsConnection } from 'nats'
import { createUser } from 'nkeys.js'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, newContext, settled, signInBrowser, startBrowser } from '../support/browser.ts'
import { install, type Installation } from '../support/collector.ts'
import { connectAsDevice } from '../support/device-connection.ts'
import { until } from '../support/processes.ts'
import { applyPolicies, type RealAgent, runAgent, watch } from '../support/real-agent.ts'

interface Fault {
  readonly code: string
  readonly severity: string
  readonly detail: string
  readonly fix: string
}
interface Seen {
  readonly id: string
  readonly hostname: string
  readonly health: string
  readonly group: string
  readonly faults: readonly Fault[]
  readonly policy: { readonly state: string; readonly wantedVersion: number; readonly wantedHash: string }
  readonly cutOff?: { readonly why: string }
}
interface Notice {
  readonly id: string
  readonly kind: string
  readonly deviceId?: string
  readonly clearedAt?: string
}

let installation: Installation
let browser: Browser
let agent: RealAgent
const connections: NatsConnection[] = []

const device = (id: string): Promise<Seen> => installation.client.get<Seen>(`/api/v1/devices/${id}`)
const codesOf = async (id: string): Promise<readonly string[]> => (await device(id)).faults.map(({ code }) => code)
const notices = async (): Promise<readonly Notice[]> => (await installation.client.get<{ items: readonly Notice[] }>('/api/v1/fleet-notices?open=true')).items
/** Waits until the API names the fault of the device. */
const named = (id: string, code: string): Promise<Fault> => until(`${code} of ${id}`, 30, async () => (await device(id)).faults.find((fault) => fault.code === code)).catch(async (error: unknown) => {
  throw new Error(`${String(error)}\n${JSON.stringify((await device(id)).faults)}`)
})

interface Body {
  readonly id: string
  readonly identity: Identity
  readonly connection: NatsConnection
  /** What it says of itself from now on; it is said again and again, as an agent does. */
  say(over: Partial<wire.Heartbeat.$Properties>): void
  batch(epoch: string, firstSeq: number, ...bodies: readonly Uint8Array[]): void
}

const EPOCH = 'e'.repeat(32)
const spool = (over: Partial<wire.SpoolState.$Properties> = {}): wire.SpoolState.$Properties => ({ epoch: EPOCH, lastSeq: 0, ackedSeq: 0, bytes: 0, maxBytes: 1_048_576, dropped: 0, ...over })
const timers: NodeJS.Timeout[] = []
let born = 0

/** The same hardware would be the same device: each of these is another computer. */
async function enrol(hostname: string): Promise<Identity> {
  born += 1
  const { code } = await installation.client.send<{ code: string }>('POST', '/api/v1/enrolment-codes', {})
  const key = createUser()
  const hardwareId = createHash('sha256').update(`${hostname} ${born}`).digest('hex')
  const publicKey = key.getPublicKey()
  const proof = Buffer.from(key.sign(new TextEncoder().encode(`holdfast-enrol\n${code.split('-')[2] ?? ''}\n${publicKey}\n${hardwareId}`))).toString('base64url')
  const granted = await installation.client.send<Omit<Identity, 'seed' | 'publicKey' | 'collectorUrl'>>('POST', '/api/v1/enrol', { code, publicKey, hardwareId, hostname, os: 'linux', agentVersion: '0.1.0', proof })
  return { ...granted, collectorUrl: installation.url, seed: new TextDecoder().decode(key.getSeed()), publicKey }
}

/** A device that has enrolled, with a connection that says what it is told to, and that it runs what it should. */
async function speaking(hostname: string): Promise<Body> {
  const identity = await enrol(hostname)
  const connection = await connectAsDevice(identity)
  connections.push(connection)
  const startedAt = Date.now() - 60_000
  const wanted = (await device(identity.deviceId)).policy
  let told: Partial<wire.Heartbeat.$Properties> = {}
  const beat = (): void => {
    if (connection.isClosed()) return
    connection.publish(heartbeatSubject(identity.deviceId), wire.Heartbeat.encode({
      sentAt: toWireTimestamp(Date.now()), agentVersion: '0.1.0', hostname, os: 'linux', osVersion: '13', kernel: '6', uptimeSecs: Math.floor((Date.now() - startedAt) / 1000), elevated: true, permissionSet: 99, spool: spool(),
      policy: { runningVersion: wanted.wantedVersion, runningHash: wanted.wantedHash }, sensors: [], ...told,
    }).finish())
  }
  timers.push(setInterval(beat, 1000))
  beat()
  return {
    id: identity.deviceId, identity, connection,
    say(over) {
      told = over
      beat()
    },
    batch: (epoch, firstSeq, ...bodies) => connection.publish(activitySubject(identity.deviceId), wire.ActivityBatch.encode({ epoch, firstSeq, activities: [...bodies] }).finish()),
  }
}

const activity = (what: string): Uint8Array => wire.Activity.encode({ occurredAt: toWireTimestamp(Date.now()), observedAt: toWireTimestamp(Date.now()), sensor: 'agent', agentTampered: { what } }).finish()

beforeAll(async () => {
  installation = await install()
  browser = await startBrowser()
  await watch(installation, { roots: [join(installation.folder, 'watched')] })
  await applyPolicies(installation)
  agent = await runAgent(installation, await installation.enrolAgent('agent'))
}, 90_000)
afterAll(async () => {
  for (const timer of timers) clearInterval(timer)
  for (const connection of connections) await connection.close().catch(() => undefined)
  await agent.stop('SIGKILL')
  await browser.close()
  await installation.close()
}, 30_000)

describe('a device that is not well', () => {
  it('says why, in the API and in the console, with what helps', async () => {
    const bodies = await Promise.all(['spool', 'clock', 'sender', 'watches', 'blind', 'refuser', 'stale', 'crashed', 'changed', 'gap', 'twice', 'damaged', 'behind'].map((name) => speaking(name)))
    const [spooled, clock, sender, watches, blind, refuser, stale, crashed, changed, gap, twice, damaged, behind] = bodies as [Body, Body, Body, Body, Body, Body, Body, Body, Body, Body, Body, Body, Body]
    await until('every one to be heard', 20, async () => ((await Promise.all(bodies.map(({ id }) => device(id)))).every(({ health }) => health !== 'never_seen') ? true : undefined))
    changed.say({ programHash: 'a'.repeat(64) })
    await until('its program to be known', 10, async () => ((await device(changed.id)).health === 'never_seen' ? undefined : true))

    spooled.say({ spool: spool({ bytes: 900_000, dropped: 3 }) })
    clock.say({ sentAt: toWireTimestamp(Date.now() - 3_600_000) })
    sender.say({ spool: spool({ lastSeq: 40, ackedSeq: 2 }) })
    watches.say({ sensors: [{ name: 'files', tier: wire.SensorTier.SENSOR_TIER_DEGRADED, reason: 'only 5 files and folders are watched, the rest is not seen', fix: 'Raise the sysctl fs.inotify.max_user_watches, narrow the roots, or run the agent as root.' }] })
    blind.say({ sensors: [{ name: 'screen-lock', tier: wire.SensorTier.SENSOR_TIER_BLIND, reason: 'no session bus', fix: 'Run it in a session.' }, { name: 'applications', tier: wire.SensorTier.SENSOR_TIER_DEGRADED, reason: 'not root', fix: 'Run the agent as root.' }] })
    const { policy } = await device(refuser.id)
    refuser.say({ policy: { runningVersion: 0, runningHash: '', refusedVersion: policy.wantedVersion, refusedReason: 'POLICY_TOO_LARGE' } })
    stale.say({ policy: { runningVersion: policy.wantedVersion, runningHash: policy.wantedHash, expiresAt: toWireTimestamp(Date.now() - 1000) } })
    behind.say({ policy: { runningVersion: 1, runningHash: 'c'.repeat(64), refusedVersion: 0, refusedReason: '' } })
    crashed.say({ safeMode: 'The sensor files crashed five times.' })
    changed.say({ programHash: 'b'.repeat(64) })
    gap.batch(EPOCH, 5, activity('fifth'))
    twice.batch(EPOCH, 1, activity('first'))
    twice.batch(EPOCH, 1, activity('another first'))
    damaged.connection.publish(activitySubject(damaged.id), new TextEncoder().encode('no batch'))
    // Two computers with one credential, each with an agent that was started at another time.
    const copied = await speaking('copied')
    const second = await connectAsDevice(copied.identity)
    connections.push(second)
    timers.push(setInterval(() => {
      if (!second.isClosed()) second.publish(heartbeatSubject(copied.id), wire.Heartbeat.encode({ sentAt: toWireTimestamp(Date.now()), hostname: 'copied-2', uptimeSecs: 5000, spool: spool({ epoch: 'f'.repeat(32) }), policy: {} }).finish())
    }, 700))
    const toldWhy: (string | null | undefined)[] = []
    for (const connection of [copied.connection, second]) connection.subscribe(downSubject(copied.id), { callback: (_, message) => void toldWhy.push(wire.Down.decode(message.data).dismissal?.why) })
    // A real agent that is killed without a word.
    await agent.stop('SIGKILL')
    const killedAt = Date.now()
    const { deviceId: neverId } = await enrol('never')

    const expected: readonly (readonly [string, string])[] = [
      [spooled.id, 'SPOOL_FILLING'], [spooled.id, 'SPOOL_DROPPED'], [clock.id, 'CLOCK_SKEW'], [clock.id, 'CLOCK_MOVED'], [sender.id, 'NOT_SENDING'], [watches.id, 'WATCH_LIMIT'], [blind.id, 'SENSOR_BLIND'], [blind.id, 'SENSOR_DEGRADED'],
      [refuser.id, 'POLICY_REFUSED'], [stale.id, 'POLICY_STALE'], [behind.id, 'POLICY_BEHIND'], [crashed.id, 'SAFE_MODE'], [changed.id, 'PROGRAM_CHANGED'], [gap.id, 'UNEXPLAINED_GAP'], [twice.id, 'NUMBERS_TWICE'], [damaged.id, 'INGEST_REJECTED'], [copied.id, 'CLONED'], [agent.deviceId, 'OFFLINE'], [neverId, 'NEVER_SEEN'], [stale.id, 'NEVER_DRILLED'],
    ]
    const faults = await Promise.all(expected.map(([id, code]) => named(id, code)))
    expect(faults.filter(({ detail, fix }) => detail === '' || fix === '')).toEqual([])

    // Whoever runs the system is told of what cannot wait.
    const told = await until('the notices', 20, async () => {
      const open = await notices()
      const has = (kind: string, id: string): boolean => open.some((notice) => notice.kind === kind && notice.deviceId === id)
      return has('device_silent', agent.deviceId) && has('device_gap', gap.id) && has('device_cloned', copied.id) && has('device_program_changed', changed.id) ? open : undefined
    })
    const silent = told.find(({ kind, deviceId }) => kind === 'device_silent' && deviceId === agent.deviceId)
    expect(silent).toBeDefined()
    expect(Date.now() - killedAt).toBeLessThan(40_000)

    // The list finds devices by a fault.
    const list = await until('the list by a fault', 20, async () => {
      const page = await installation.client.get<{ items: readonly Seen[] }>('/api/v1/devices?fault=SAFE_MODE')
      return page.items.length > 0 ? page.items : undefined
    })
    expect(list.map(({ id }) => id)).toEqual([crashed.id])

    // The console says each with its fix, in both languages.
    const context = await newContext(browser)
    await signInBrowser(context, installation)
    const page = await context.newPage()
    for (const id of new Set(expected.map(([one]) => one))) {
      await page.goto(`${installation.url}/devices/${id}`)
      for (const [, code] of expected.filter(([one]) => one === id)) {
        const row = page.locator(`[data-fault="${code}"]`).first()
        await row.waitFor()
        expect([code, await row.innerText()]).toEqual([code, expect.stringMatching(/What to do: \S/) as string])
      }
    }
    await page.goto(`${installation.url}/devices/${copied.id}`)
    await page.getByRole('button', { name: 'Take the key away…' }).first().waitFor()
    await settled(page)
    expect(await axeViolations(page)).toEqual([])

    // The key of the clone is taken away from the console: both are told why, both are out, and neither gets back.
    await page.getByRole('button', { name: 'Take the key away…' }).first().click()
    await page.getByRole('textbox', { name: 'Reason' }).fill('copied image')
    await page.getByRole('button', { name: 'Take the key away', exact: true }).click()
    await Promise.all([copied.connection.closed(), second.closed()])
    expect(toldWhy.filter((why) => why === 'cloned')).toHaveLength(2)
    await expect(connectAsDevice(copied.identity)).rejects.toThrow(/authoriz|authentication/i)
    expect(await device(copied.id)).toMatchObject({ health: 'revoked', cutOff: { why: 'cloned' } })
    expect(await codesOf(copied.id)).toContain('REVOKED')

    await page.goto(`${installation.url}/devices`)
    await settled(page)
    expect(await axeViolations(page)).toEqual([])
    await context.close()
  }, 60_000)
})
