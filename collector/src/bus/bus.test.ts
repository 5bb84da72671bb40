import { existsSync, rmSync } from 'node:fs'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { ACTIVITY_STREAM, activitySubject, downSubject, evidenceSubject, heartbeatSubject, inboxPrefix, INGEST_CONSUMER, policySubject, syncSubject } from '@holdfast/proto'
import { Events, type NatsConnection } from 'nats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BusMessage } from './contract.ts'
import { createKey } from './nkeys.ts'
import { startTestBus, type TestBus } from './test-bus.ts'

async function until<T>(what: string, probe: () => Promise<T | undefined> | T | undefined, seconds = 20): Promise<T> {
  for (const end = Date.now() + seconds * 1000; ;) {
    const value = await probe()
    if (value !== undefined) return value
    if (Date.now() > end) throw new Error(`waited for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Everything that a consumer was handed, settled at once. */
function collect(test: TestBus) {
  const ending = new AbortController()
  const groups: (readonly BusMessage[])[] = []
  const running = test.bus.consumeActivity(async (messages) => {
    groups.push(messages)
    for (const message of messages) message.ack()
  }, ending.signal)
  return {
    groups,
    messages: () => groups.flat(),
    async stop() {
      ending.abort()
      await running
    },
  }
}

const text = (data: Uint8Array): string => new TextDecoder().decode(data)

describe('what a device may do on the bus', { timeout: 60_000 }, () => {
  let test: TestBus
  let device: NatsConnection
  const violations: string[] = []
  beforeAll(async () => {
    test = await startTestBus()
    device = await test.connectDevice('d_one')
    void (async () => {
      for await (const status of device.status()) if (status.type === Events.Error) violations.push(`${(status.permissionContext?.operation ?? '?')} ${status.permissionContext?.subject ?? '?'}`)
    })()
  }, 60_000)
  afterAll(async () => {
    await device.close()
    await test.close()
  })

  it.each([activitySubject('d_one'), heartbeatSubject('d_one'), syncSubject('d_one'), evidenceSubject('d_one')])('publishes on its own subject %s', async (subject) => {
    device.publish(subject, 'x')
    await device.flush()
    expect(violations).not.toContain(`publish ${subject}`)
  })

  it.each([
    activitySubject('d_two'), heartbeatSubject('d_two'), syncSubject('d_two'), evidenceSubject('d_two'), downSubject('d_one'), downSubject('d_two'), policySubject('default'), `${inboxPrefix('d_two')}.x`,
    `$JS.API.STREAM.INFO.${ACTIVITY_STREAM}`, `$JS.API.STREAM.DELETE.${ACTIVITY_STREAM}`, `$JS.API.STREAM.PURGE.${ACTIVITY_STREAM}`, `$JS.API.CONSUMER.MSG.NEXT.${ACTIVITY_STREAM}.${INGEST_CONSUMER}`, '$JS.API.INFO',
    `$JS.ACK.${ACTIVITY_STREAM}.${INGEST_CONSUMER}.1.1.1.1.0`, '$SYS.REQ.SERVER.PING', '$SYS.REQ.CLAIMS.UPDATE', '_INBOX.anybody', 'hf.v1.activity', 'anything',
  ])('may not publish on %s', async (subject) => {
    device.publish(subject, 'x')
    await device.flush()
    expect(await until('the refusal', () => violations.find((line) => line === `publish ${subject}`))).toBeDefined()
  })

  it.each([downSubject('d_one'), policySubject('default'), `${inboxPrefix('d_one')}.>`])('subscribes to %s', async (subject) => {
    const subscription = device.subscribe(subject)
    await device.flush()
    expect(subscription.isClosed()).toBe(false)
    expect(violations).not.toContain(`subscription ${subject}`)
    subscription.unsubscribe()
  })

  it.each([downSubject('d_two'), 'hf.v1.down.*', 'hf.v1.policy.*', policySubject('other'), `${inboxPrefix('d_two')}.>`, 'hf.v1.activity.*', 'hf.v1.>', '$JS.>', '$JS.API.>', '$JS.EVENT.>', '$SYS.>', '_INBOX.>', '>', '*.>'])('may not subscribe to %s', async (subject) => {
    const subscription = device.subscribe(subject, { callback() {} })
    await device.flush()
    expect(await until('the refusal', () => violations.find((line) => line === `subscription ${subject}`))).toBeDefined()
    await until('the end of the subscription', () => subscription.isClosed() || undefined)
  })

  it('cannot make the broker act for it by naming another subject as its reply', async () => {
    const heard: string[] = []
    test.bus.onHeartbeat(({ deviceId }) => heard.push(deviceId))
    for (const reply of [`$JS.API.STREAM.DELETE.${ACTIVITY_STREAM}`, `$JS.API.STREAM.PURGE.${ACTIVITY_STREAM}`, `$JS.API.CONSUMER.DELETE.${ACTIVITY_STREAM}.${INGEST_CONSUMER}`]) device.publish(activitySubject('d_one'), 'x', { reply })
    await device.flush()
    // The collector's subscription may reach the server after the first one.
    await until('a heartbeat behind them', () => {
      device.publish(heartbeatSubject('d_one'), 'x')
      return heard.includes('d_one') || undefined
    })
    // Whatever was done to the stream is seen by what is published after it.
    const consumer = collect(test)
    const ack = await device.jetstream().publish(activitySubject('d_one'), 'after')
    expect(ack.stream).toBe(ACTIVITY_STREAM)
    await until('the activity', () => consumer.messages().some((message) => text(message.data) === 'after') || undefined)
    await consumer.stop()
    expect(consumer.messages().filter((message) => text(message.data) === 'x').length).toBeGreaterThanOrEqual(3)
  })

  it('may send 1 MiB in one message, though the server takes more from the collector', () => {
    expect(device.info?.max_payload).toBe(1024 * 1024)
    expect(() => device.publish(activitySubject('d_one'), new Uint8Array(1024 * 1024 + 1))).toThrow('MAX_PAYLOAD_EXCEEDED')
  })
})

describe('a key that was revoked', () => {
  it('loses its live connection, stays out over a restart and a wiped resolver, and is good again with a later credential', async () => {
    const test = await startTestBus()
    const key = createKey('user')
    const old = test.bus.deviceCredential({ id: 'd_one', group: 'default', publicKey: key.publicKey })
    const connection = await test.connectDevice('d_one', { key, jwt: old })
    const bystander = await test.connectDevice('d_two')
    const closed = connection.closed()
    await test.bus.revoke(key.publicKey)
    await closed
    await expect(test.connectDevice('d_one', { key, jwt: old })).rejects.toThrow(/authorization/i)
    const fresh = test.bus.deviceCredential({ id: 'd_one', group: 'default', publicKey: key.publicKey })
    const back = await test.connectDevice('d_one', { key, jwt: fresh })
    await back.close()
    expect(bystander.isClosed()).toBe(false)
    await bystander.close()
    await test.stop()

    // The store keeps the list; everything of the server's own is gone.
    rmSync(join(test.folder, 'nats'), { recursive: true })
    const again = await startTestBus({ folder: test.folder, keyring: test.keyring, revocations: { [key.publicKey]: Math.floor(Date.now() / 1000) } })
    await expect(again.connectDevice('d_one', { key, jwt: old })).rejects.toThrow(/authorization/i)
    await again.close()
  }, 60_000)
})

describe('the activity stream', () => {
  it('hands a lone message over while the next pull waits, and settles it for good', async () => {
    const test = await startTestBus()
    const device = await test.connectDevice('d_one')
    const consumer = collect(test)
    for (const word of ['first', 'second', 'third']) {
      await device.jetstream().publish(activitySubject('d_one'), word)
      await until('the message', () => consumer.messages().some((message) => text(message.data) === word) || undefined)
    }
    expect(consumer.groups.map((group) => group.map((message) => [message.deviceId, text(message.data), message.redeliveries]))).toEqual([[['d_one', 'first', 0]], [['d_one', 'second', 0]], [['d_one', 'third', 0]]])
    await consumer.stop()
    await device.close()
    await test.close()
  }, 60_000)

  it('hands a message over again after a nak and never after a term', async () => {
    const test = await startTestBus()
    const device = await test.connectDevice('d_one')
    const seen: string[] = []
    const ending = new AbortController()
    const running = test.bus.consumeActivity(async (messages) => {
      for (const message of messages) {
        seen.push(`${text(message.data)} ${message.redeliveries}`)
        if (text(message.data) === 'bad') message.term()
        else if (message.redeliveries < 2) message.nak(10)
        else message.ack()
      }
    }, ending.signal)
    await device.jetstream().publish(activitySubject('d_one'), 'bad')
    await device.jetstream().publish(activitySubject('d_one'), 'again')
    await until('the third delivery', () => seen.includes('again 2') || undefined)
    expect(seen).toEqual(['bad 0', 'again 0', 'again 1', 'again 2'])
    ending.abort()
    await running
    await device.close()
    await test.close()
  }, 60_000)

  it('hands over everything once while thousands of messages come, in groups of at most 64', async () => {
    const test = await startTestBus()
    const device = await test.connectDevice('d_one')
    const stream = device.jetstream()
    const total = 3000
    const publishing = (async () => {
      for (let sent = 0; sent < total; sent += 100) await Promise.all(Array.from({ length: 100 }, (_, index) => stream.publish(activitySubject('d_one'), String(sent + index))))
    })()
    const consumer = collect(test)
    await publishing
    await until('all messages', () => (consumer.messages().length >= total ? true : undefined))
    await consumer.stop()
    expect(new Set(consumer.messages().map((message) => text(message.data))).size).toBe(total)
    expect(consumer.messages()).toHaveLength(total)
    expect(Math.max(...consumer.groups.map((group) => group.length))).toBeLessThanOrEqual(64)
    await device.close()
    await test.close()
  }, 60_000)

  it('refuses to be purged or to lose a message, also for the collector itself', async () => {
    const test = await startTestBus()
    const { connect, jwtAuthenticator } = await import('nats')
    const { serverUserJwt } = await import('./claims.ts')
    const { keyring } = test
    const own = await connect({ servers: [test.url], tls: { ca: test.caPem }, authenticator: jwtAuthenticator(serverUserJwt(keyring.account, keyring.collector.publicKey, 'test', Math.floor(Date.now() / 1000)), new TextEncoder().encode(keyring.collector.seed)) })
    const manager = await own.jetstreamManager()
    const { config } = await manager.streams.info(ACTIVITY_STREAM)
    expect(config).toMatchObject({ storage: 'file', retention: 'workqueue', discard: 'new', deny_delete: true, deny_purge: true, max_age: 0, max_msgs: -1 })
    await expect(manager.streams.purge(ACTIVITY_STREAM)).rejects.toThrow(/purge/i)
    await own.close()
    await test.close()
  }, 60_000)
})

describe('a broker that dies or loses its files', () => {
  it('is started again on the same port when it is killed, keeps what was published, and the consumer goes on', async () => {
    const test = await startTestBus()
    const device = await test.connectDevice('d_one')
    await device.jetstream().publish(activitySubject('d_one'), 'before')
    const { pid, port } = test.server
    process.kill(pid ?? 0, 'SIGKILL')
    const consumer = collect(test)
    await until('another server', () => (test.server.pid !== pid && test.bus.connected ? true : undefined))
    expect(test.server.port).toBe(port)
    await until('what was published before', () => consumer.messages().some((message) => text(message.data) === 'before') || undefined)
    const back = await test.connectDevice('d_one')
    await back.jetstream().publish(activitySubject('d_one'), 'after')
    await until('what was published after', () => consumer.messages().some((message) => text(message.data) === 'after') || undefined)
    expect(test.server.restarts).toBe(1)
    await consumer.stop()
    await back.close()
    await test.close()
  }, 60_000)

  it.each(['jetstream', 'everything'])('makes stream and consumer anew when %s is wiped while it runs', async (what) => {
    const test = await startTestBus()
    const consumer = collect(test)
    const device = await test.connectDevice('d_one')
    await device.jetstream().publish(activitySubject('d_one'), 'before')
    await until('the first message', () => consumer.messages().length === 1 || undefined)
    const meta = join(test.folder, 'nats/jetstream/jetstream', test.keyring.account.publicKey, 'streams', ACTIVITY_STREAM, 'meta.inf')
    await until('the stream on disk', () => existsSync(meta) || undefined)
    await until('the watcher to have seen the files', () => test.server.watching || undefined)
    rmSync(join(test.folder, what === 'everything' ? 'nats' : 'nats/jetstream'), { recursive: true, force: true })
    await until('another server', () => (test.server.restarts > 0 && test.bus.connected && existsSync(meta) ? true : undefined))
    const back = await until('a connection', () => test.connectDevice('d_one').catch(() => undefined))
    await until('a taken activity', () => back.jetstream().publish(activitySubject('d_one'), 'after').catch(() => undefined))
    await until('the message', () => consumer.messages().some((message) => text(message.data) === 'after') || undefined)
    expect(test.bus.connected).toBe(true)
    await consumer.stop()
    await back.close()
    await test.close()
  }, 60_000)

  it('takes a new certificate without losing a connection', async () => {
    const test = await startTestBus()
    const device = await test.connectDevice('d_one')
    const serialOf = () =>
      new Promise<string>((resolve, reject) => {
        // NATS greets in the clear and then wants TLS.
        const plain = connectTcp({ host: '127.0.0.1', port: test.server.port })
        plain.once('error', reject)
        plain.once('data', () => {
          const socket = connectTls({ socket: plain, servername: 'localhost', ca: test.caPem }, () => {
            resolve(socket.getPeerCertificate().serialNumber)
            socket.destroy()
          })
          socket.once('error', reject)
        })
      })
    const before = await serialOf()
    await test.renewCertificate()
    await until('the new certificate', async () => ((await serialOf()) === before ? undefined : true))
    await device.jetstream().publish(activitySubject('d_one'), 'still here')
    expect(test.server.restarts).toBe(0)
    await device.close()
    await test.close()
  }, 60_000)

  it('ends a server that an earlier collector of this folder left behind', async () => {
    const test = await startTestBus()
    const left = test.server.pid ?? 0
    const second = await startTestBus({ folder: test.folder, keyring: test.keyring })
    // The first one's supervisor starts its own again elsewhere in time; what counts is that the pid of the file was ended.
    expect(() => process.kill(left, 0)).toThrow(/ESRCH/)
    await test.stop()
    await second.close()
  }, 60_000)
})
