import type { LiveMessage } from '@holdfast/collector/contract'
import { describe, expect, test } from 'vitest'
import { noAnnouncements, reduceAnnouncements, type AnnouncementAction } from './announcements.ts'
import { backOffMs, keepLive, parseLiveMessage, type LiveSocket, type LiveState } from './connection.ts'
import { staleKeys } from './invalidations.ts'

const created = (alertId: string): LiveMessage => ({ topic: 'alert.created', alertId, severity: 'high', userId: 'u' })
const updated = (alertId: string): LiveMessage => ({ topic: 'alert.updated', alertId, severity: 'high', userId: 'u' })
const after = (...actions: AnnouncementAction[]) => actions.reduce(reduceAnnouncements, noAnnouncements)
const message = (one: LiveMessage): AnnouncementAction => ({ type: 'message', message: one })

describe('announcements', () => {
  test('an alert is announced once, however often it is told', () => {
    expect(after(message(created('a')), message(created('a')), message(updated('a')))).toEqual({ created: ['a'], changed: [], own: [] })
  })
  test('the change that this tab makes itself is no news, the next one is', () => {
    const own = after({ type: 'own-change', alertId: 'a' }, message(updated('a')))
    expect(own.changed).toEqual([])
    expect(reduceAnnouncements(own, message(updated('a'))).changed).toEqual(['a'])
  })
  test('showing empties the bar and does not forget the own changes that are under way', () => {
    expect(after(message(created('a')), { type: 'own-change', alertId: 'b' }, { type: 'shown' })).toEqual({ created: [], changed: [], own: ['b'] })
  })
  test('news about devices does not touch the queue', () => {
    expect(after(message({ topic: 'device.updated', deviceId: 'd' }))).toBe(noAnnouncements)
  })
})

describe('what a message makes stale', () => {
  test('the alert list is never reloaded under the mouse', () => {
    expect([...staleKeys(created('a')), ...staleKeys(updated('a'))].some(([resource, kind]) => resource === 'alerts' && kind !== 'one' && kind !== 'statistics')).toBe(false)
  })
  test('an open drawer is refreshed when its alert changes', () => {
    expect(staleKeys(updated('a'))).toContainEqual(['alerts', 'one', 'a'])
  })
})

describe('the connection', () => {
  const harness = () => {
    const sockets: LiveSocket[] = []
    const states: LiveState[] = []
    const messages: LiveMessage[] = []
    const waits: { readonly ms: number; readonly run: () => void }[] = []
    const stop = keepLive({
      open: () => {
        const socket: LiveSocket = { opened: null, closed: null, received: null, close: () => socket.closed?.() }
        sockets.push(socket)
        return socket
      },
      onMessage: (one) => messages.push(one), onState: (state) => states.push(state), random: () => 1,
      wait: (ms, run) => {
        waits.push({ ms, run })
        return () => undefined
      },
    })
    return { sockets, states, messages, waits, stop }
  }

  test('it comes back after each loss, waits longer each time, and starts over after a success', () => {
    const { sockets, waits, states } = harness()
    for (const at of [0, 1, 2]) {
      sockets[at]?.closed?.()
      waits[at]?.run()
    }
    sockets[3]?.opened?.()
    sockets[3]?.closed?.()
    expect(waits.map(({ ms }) => ms)).toEqual([1000, 2000, 4000, 1000])
    expect(states.at(-1)).toBe('waiting')
  })
  test('the wait is jittered and never longer than 30 s', () => {
    expect([backOffMs(50, () => 1), backOffMs(3, () => 0.5), backOffMs(0, () => 0)]).toEqual([30_000, 4000, 0])
  })
  test('nothing comes back once it is stopped', () => {
    const { stop, waits, sockets } = harness()
    stop()
    expect([waits.length, sockets.length]).toEqual([0, 1])
  })
  test('what is not a message is passed over', () => {
    const { sockets, messages } = harness()
    for (const data of ['', '{', 'null', '[]', '{"no":1}', '{"topic":5}', new Blob()]) sockets[0]?.received?.({ data })
    sockets[0]?.received?.({ data: JSON.stringify(created('a')) })
    expect(messages).toEqual([created('a')])
    expect(parseLiveMessage(undefined)).toBeUndefined()
  })
})
