import { activitySubject } from '@holdfast/proto'
import { connect, jwtAuthenticator, type NatsConnection } from 'nats'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { serverUserJwt } from './claims.ts'
import { createPuller } from './pull.ts'
import { startTestBus, type TestBus } from './test-bus.ts'

let bus: TestBus
let connection: NatsConnection

beforeEach(async () => {
  bus = await startTestBus()
  const { account, collector } = bus.keyring
  const jwt = serverUserJwt(account, collector.publicKey, 'test', Math.floor(Date.now() / 1000))
  connection = await connect({ servers: bus.url, tls: { ca: bus.caPem }, authenticator: jwtAuthenticator(jwt, new TextEncoder().encode(collector.seed)) })
})

afterEach(async () => {
  await connection.close()
  await bus.close()
})

describe('little traffic', () => {
  // A pull that is not followed at once keeps a message waiting for the pull's own timer, 5 s later: longer than this test may take.
  test('what comes after a pull ran out is handed over by the next one', async () => {
    const device = await bus.connectDevice('d_quiet')
    const stop = new AbortController()
    const handled: string[] = []
    const troubles: string[] = []
    let arrived = () => {}
    const puller = createPuller(connection, {
      pullMs: 120, onTrouble: (status) => troubles.push(status), onError: (error) => troubles.push(String(error)),
      async handle(messages) {
        for (const message of messages) {
          handled.push(Buffer.from(message.data).toString())
          message.ack()
        }
        arrived()
      },
    })
    const running = puller.run(stop.signal)
    const sent = Array.from({ length: 6 }, (_, index) => `batch ${index}`)
    for (const text of sent) {
      // Two pulls run out meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 250))
      const here = new Promise<void>((resolve) => {
        arrived = resolve
      })
      await device.jetstream().publish(activitySubject('d_quiet'), Buffer.from(text))
      await here
    }
    stop.abort()
    await running
    await device.close()
    expect(handled).toEqual(sent)
    expect(troubles).toEqual([])
  })
})
