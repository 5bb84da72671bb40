import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Role } from '../../access/permissions.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { LiveMessage } from './schema.ts'

describe('live announcements on a real port', () => {
  let at: TestApp
  let port: number
  const sockets: WebSocket[] = []
  beforeEach(async () => {
    at = await openTestApp()
    await at.app.listen({ host: '127.0.0.1', port: 0 })
    ;({ port } = at.app.server.address() as AddressInfo)
  })
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.terminate()
    await at.close()
  })

  /** Connects; `heard` grows, and `next` waits until it has so many. */
  const listen = (headers: Readonly<Record<string, string>>) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/live`, { headers })
    sockets.push(socket)
    socket.on('error', () => {})
    const heard: LiveMessage[] = []
    socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as LiveMessage))
    const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()))
    const next = async (count: number): Promise<readonly LiveMessage[]> => {
      while (heard.length < count) await once(socket, 'message')
      return heard
    }
    return { socket, heard, next, closed }
  }
  const as = (role: Role) => listen({ cookie: at.as(role)['cookie'] ?? '' })
  const refusal = async (headers: Readonly<Record<string, string>>): Promise<number> => {
    const { socket } = listen(headers)
    const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }]
    return answer.statusCode
  }
  const announceAll = () => {
    at.live.publish({ topic: 'alert.created', alertId: 'al_1', severity: 'high', userId: 'u_1' })
    at.live.publish({ topic: 'device.updated', deviceId: 'd_1' })
    at.live.publish({ topic: 'policy.updated', policyId: 'p_1' })
  }

  test('nobody without a session gets in, nor a page of another site with one', async () => {
    expect(await refusal({})).toBe(401)
    expect(await refusal({ cookie: '__Host-holdfast=forged' })).toBe(401)
    expect(await refusal({ cookie: at.as('Analyst')['cookie'] ?? '', origin: 'https://evil.example' })).toBe(403)
  })
  test.each<[Role, readonly string[]]>([
    ['Analyst', ['alert.created', 'device.updated', 'policy.updated']], ['Admin', ['device.updated', 'policy.updated']], ['Approver', ['policy.updated']], ['Auditor', []],
  ])('%s hears %j and nothing else', async (role, topics) => {
    const listener = as(role)
    const [hello] = await listener.next(1)
    expect(hello?.topic).toBe('hello')
    announceAll()
    // Something that this role hears last, so that silence is not only slowness.
    const analyst = as('Analyst')
    await analyst.next(1)
    announceAll()
    await analyst.next(4)
    await listener.next(1 + 2 * topics.length)
    expect(listener.heard.slice(1).map((message) => message.topic)).toEqual([...topics, ...topics])
  })
  test('whoever signs out hears nothing more', async () => {
    const listener = as('Analyst')
    await listener.next(1)
    announceAll()
    await listener.next(4)
    await at.app.inject({ method: 'DELETE', url: '/api/v1/session', headers: at.as('Analyst') })
    announceAll()
    await listener.closed
    expect(listener.heard.length).toBe(4)
  })
  test('an account that is disabled hears nothing more', async () => {
    const listener = as('Analyst')
    await listener.next(1)
    await at.app.inject({ method: 'PATCH', url: '/api/v1/accounts/a_Analyst', headers: { ...at.as('Admin'), 'content-type': 'application/json' }, payload: '{"disabled":true}' })
    announceAll()
    await listener.closed
    expect(listener.heard.length).toBe(1)
  })
  test('a session that has expired hears nothing more', async () => {
    const listener = as('Analyst')
    await listener.next(1)
    at.nowMs += 13 * 3_600_000
    announceAll()
    await listener.closed
    expect(listener.heard.length).toBe(1)
  })
  test('a client that talks too much is cut off and the server lives', async () => {
    const listener = as('Analyst')
    await listener.next(1)
    listener.socket.send('x'.repeat(100_000))
    await listener.closed
    const another = as('Analyst')
    expect((await another.next(1)).length).toBe(1)
  })
})
