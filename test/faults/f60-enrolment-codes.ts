import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Identity } from '@holdfast/agent/identity/contract.ts'
import { enrol } from '@holdfast/agent/identity/enrol.ts'
import { loadIdentity, pendingSeed } from '@holdfast/agent/identity/identity-file.ts'
import { createReKeying } from '@holdfast/agent/identity/re-key.ts'
import { createOrders } from '@holdfast/agent/orders/orders.ts'
import { assertRenews, readCredential } from '@holdfast/agent/identity/credential.ts'
import { backoffMs, retryAfterMs } from '@holdfast/agent/uplink/backoff.ts'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { answerSubject, downSubject, heartbeatSubject, toWireTimestamp, wire } from '@holdfast/proto'
import { install, type Installation } from '../support/collector.ts'
import { connectAsDevice } from '../support/device-connection.ts'
import { until } from '../support/processes.ts'
import { type Fault, type FaultContext, must } from './fault.ts'
import { hardwareOf } from './fleet.ts'

const MOST_TRIES = 12

interface Device {
  readonly id: string
  readonly hostname: string
}

async function makeCode(installation: Installation, uses = 1): Promise<string> {
  return (await installation.client.send<{ code: string }>('POST', '/api/v1/enrolment-codes', { uses })).code
}
const devices = async (installation: Installation): Promise<readonly Device[]> => (await installation.client.get<{ items: Device[] }>('/api/v1/devices?limit=200')).items

/** The code of the refusal; `admitted` when there was none. A collector that says "later", or is overrun, is asked again, as agents do. */
async function tryEnrol(context: FaultContext, installation: Installation, name: string, code: string, platform = hardwareOf(name)): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    context.signal.throwIfAborted()
    try {
      await enrol({ folder: join(context.folder, name), collectorUrl: installation.url, code, force: true, agentVersion: '0.1.0', platform })
      return 'admitted'
    } catch (error) {
      const { code: why = '', parameters = {} } = error as { code?: string; parameters?: Readonly<Record<string, unknown>> }
      const told = Number(parameters['seconds'] ?? 0)
      if (why === 'COLLECTOR_UNREACHABLE' && tries < MOST_TRIES) await sleep(told > 0 ? retryAfterMs(told, context.random.next()) : backoffMs(tries, context.random.next()))
      else return why === 'ENROLMENT_REFUSED' ? String(parameters['code']) : why
    }
  }
}

/** One secret, wrong in its middle. */
const otherSecret = (code: string): string => {
  const [head = '', pin = '', secret = ''] = code.split('-')
  return [head, pin, secret.split('').toReversed().join('')].join('-')
}

interface Computer {
  readonly dismissed: () => string
  readonly publicKey: () => string
  readonly closed: () => boolean
  readonly beat: () => void
}

/** An agent's link on hardware of its own, with an identity that it was enrolled with, or that it was copied to. */
async function computer(context: FaultContext, from: Identity, hostname: string, hardware: string, epoch: string): Promise<Computer> {
  let identity = from
  let dismissed = ''
  let moving = false
  const reKeying = createReKeying(identity, () => hardwareOf(hardware).hardwareId())
  const orders = createOrders({
    identity, now: Date.now, log: { info() {}, warn() {} }, onException: async () => 'unknown', onQuestion: async () => ({ outcome: 'unknown' }),
    onReKey: async (id, later) => ({ outcome: 'offered', data: Buffer.from(JSON.stringify(await reKeying.offer(id, () => later({ outcome: 'taken' })))) }),
  })
  const open = async () => {
    const opened = await connectAsDevice(identity)
    context.defer(() => opened.close())
    opened.subscribe(downSubject(identity.deviceId), { callback: (_, { data }) => {
      const down = wire.Down.decode(data)
      if (down.order) orders.heard(wire.SignedOrder.encode(down.order).finish(), (answer) => opened.publish(answerSubject(identity.deviceId), answer))
      if (down.dismissal && ['', identity.publicKey].includes(down.dismissal.key ?? '')) dismissed = down.dismissal.why ?? ''
      const key = reKeying.offered(readCredential(down.credential?.jwt ?? '')?.publicKey ?? '')
      if (key === undefined || down.credential?.jwt == null) return
      assertRenews({ ...identity, ...key }, down.credential.jwt)
      identity = { ...identity, ...key, jwt: down.credential.jwt }
      reKeying.taken()
      moving = true
      void (async () => {
        await opened.flush()
        await opened.close()
        connection = await open()
        moving = false
      })()
    } })
    return opened
  }
  let connection = await open()
  const startedAt = Date.now()
  return {
    dismissed: () => dismissed, publicKey: () => identity.publicKey, closed: () => connection.isClosed(),
    beat() {
      if (connection.isClosed() || moving) return
      connection.publish(heartbeatSubject(identity.deviceId), wire.Heartbeat.encode({ sentAt: toWireTimestamp(Date.now()), agentVersion: '1', hostname, os: 'linux', uptimeSecs: Math.floor((Date.now() - startedAt) / 1000), spool: { epoch, lastSeq: 0, ackedSeq: 0 } }).finish())
    },
  }
}

/** One key on two computers at a time: seen, told, and mended by itself. */
async function copiedAndAlive(context: FaultContext, installation: Installation): Promise<number> {
  await tryEnrol(context, installation, 'original', await makeCode(installation))
  const identity = await loadIdentity(join(context.folder, 'original'))
  const original = await computer(context, identity, 'original', 'original', 'a'.repeat(32))
  const copy = await computer(context, identity, 'copy', 'copy', 'b'.repeat(32))
  const show = () => installation.client.get<{ faults: readonly { code: string }[] }>(`/api/v1/devices/${identity.deviceId}`)
  const begun = Date.now()
  let seenMs = 0
  context.explain(() => JSON.stringify({ seenMs, original: [original.publicKey(), original.closed()], copy: [copy.publicKey(), copy.closed(), copy.dismissed()], was: identity.publicKey }))
  await until('the device to have another key, and its copy to be refused', 90, async () => {
    original.beat()
    await sleep(150)
    copy.beat()
    await sleep(150)
    if (seenMs === 0 && (await show()).faults.some(({ code }) => code === 'CLONED')) seenMs = Date.now() - begun
    return original.publicKey() !== identity.publicKey && copy.closed() ? true : undefined
  })
  must(seenMs > 0, 'that one key is used on two computers is nowhere shown')
  must(copy.dismissed() === 'cloned' && original.dismissed() === '', `the copy was told "${copy.dismissed()}", the device "${original.dismissed()}"`)
  must(await connectAsDevice(identity).then(() => false, () => true), 'the key of before still opens a connection')
  original.beat()
  await until('the fault to be gone', 20, async () => {
    original.beat()
    return (await show()).faults.some(({ code }) => code === 'CLONED') ? undefined : true
  })
  const { items } = await installation.client.get<{ items: readonly { action: string }[] }>('/api/v1/audit?limit=20&action=device.re_keyed')
  must(items.length === 1, `the audit log has ${items.length} entries of it`)
  context.figures['cloneSeenMs'] = seenMs
  return Date.now() - begun
}

export const enrolmentCodes: Fault = {
  id: 'F-60', name: 'enrolment-codes', title: 'enrolment codes and device keys in the wrong hands',
  does: 'A code is used a second time, after its end, with a wrong secret, and by many devices at once; two computers of one name enrol; a key that is not admitted yet is copied to another machine; a device’s whole identity is copied, and both go on.',
  oracle: 'One code admits as many devices as it says and no more, whoever comes first; a name is no identity; a copied key is refused and told; two computers with one key are shown as CLONED within seconds, the one that was enrolled gets another key by itself, and the copy is cut off and told why.',
  limitSecs: { short: 180, full: 600 },
  async run(context) {
    const installation = await install()
    context.defer(() => installation.close())
    context.explain(() => installation.daemon.log().slice(-3000))
    const used = await makeCode(installation)
    must((await tryEnrol(context, installation, 'first', used)) === 'admitted', 'a good code admits nobody')
    must((await tryEnrol(context, installation, 'second', used)) === 'ENROLMENT_CODE_USED', 'a used code')
    must((await tryEnrol(context, installation, 'third', otherSecret(await makeCode(installation)))) === 'ENROLMENT_CODE_UNKNOWN', 'a code with another secret')
    must((await tryEnrol(context, installation, 'typo', 'HF1-NOCODE')) === 'ENROLMENT_CODE_INVALID', 'a text that is no code')
    const over = await makeCode(installation)
    const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: false })
    await db.exec(`UPDATE enrolment_code SET expires_at = ${Date.now() - 1000} WHERE uses = 0`)
    await db.close()
    must((await tryEnrol(context, installation, 'late', over)) === 'ENROLMENT_CODE_EXPIRED', 'a code after its end')

    const before = (await devices(installation)).length
    const [many, uses] = [context.count(40, 1000), 3]
    const shared = await makeCode(installation, uses)
    const outcomes = await Promise.all(Array.from({ length: many }, (_, index) => tryEnrol(context, installation, `crowd-${index}`, shared)))
    const admitted = outcomes.filter((outcome) => outcome === 'admitted').length
    must(admitted === uses && (await devices(installation)).length === before + uses, `${admitted} of ${many} were admitted by a code for ${uses}`)
    must(outcomes.every((outcome) => outcome === 'admitted' || outcome === 'ENROLMENT_CODE_USED'), `refusals of other kinds: ${[...new Set(outcomes)].join()}`)

    const sameName = { ...hardwareOf('namesake-1'), hardwareId: hardwareOf('namesake-2').hardwareId }
    must((await tryEnrol(context, installation, 'namesake-1', await makeCode(installation))) === 'admitted' && (await tryEnrol(context, installation, 'namesake-2', await makeCode(installation), sameName)) === 'admitted', 'a second computer of one name is not admitted')
    must((await devices(installation)).filter(({ hostname }) => hostname === 'namesake-1').length === 2, 'two computers of one name are one device')

    // The key of an admitted device, on a machine that has a code of its own.
    const { seed } = await loadIdentity(join(context.folder, 'first'))
    await pendingSeed(join(context.folder, 'thief'), () => seed)
    must((await tryEnrol(context, installation, 'thief', await makeCode(installation))) === 'ENROLMENT_KEY_TAKEN', 'a copied key is admitted on other hardware')
    const { items } = await installation.client.get<{ items: readonly { kind: string }[] }>('/api/v1/fleet-notices?open=true')
    must(items.some(({ kind }) => kind === 'key_reused'), 'nobody is told of the copied key')

    context.figures['reKeyedMs'] = await copiedAndAlive(context, installation)
    Object.assign(context.figures, { crowd: many, admitted, identityBytes: (await readFile(join(context.folder, 'first', 'identity.json'))).length })
  },
}
