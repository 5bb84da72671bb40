// A bus that honours its contract without a broker: what is not settled, or given back, is delivered again.
import type { Bus, BusMessage } from '../bus/contract.ts'

interface Held {
  readonly deviceId: string
  readonly data: Uint8Array
  deliveries: number
}

export interface FakeBus extends Bus {
  /** Puts a message into the stream. */
  publish(deviceId: string, data: Uint8Array): void
  /** Delivers everything in the stream until it is empty or was delivered `rounds` times. */
  deliver(rounds?: number): Promise<void>
  readonly stream: readonly { readonly deviceId: string; readonly deliveries: number }[]
  readonly acked: readonly string[]
  readonly terminated: readonly string[]
  readonly down: readonly { readonly deviceId: string; readonly data: Uint8Array }[]
  /** What happened, in order: `ack d_1`, `down d_1`, ... */
  readonly events: string[]
  /** Replaced by a test that wants announcements to fail. */
  onDown: (deviceId: string) => void
}

export function createFakeBus(): FakeBus {
  let handler: ((messages: readonly BusMessage[]) => Promise<void>) | undefined
  let held: Held[] = []
  const acked: string[] = []
  const terminated: string[] = []
  const down: { deviceId: string; data: Uint8Array }[] = []
  const events: string[] = []

  const deliverOnce = async (): Promise<void> => {
    const group = held.map((entry) => ({ entry, settled: '' }))
    const settle = (row: (typeof group)[number], how: string) => {
      if (row.settled !== '') throw new Error(`settled twice: ${row.settled}, then ${how}`)
      row.settled = how
      events.push(`${how} ${row.entry.deviceId}`)
    }
    await handler?.(group.map((row): BusMessage => ({
      deviceId: row.entry.deviceId, subject: `hf.v1.activity.${row.entry.deviceId}`, data: row.entry.data, redeliveries: row.entry.deliveries, waiting: 0,
      ack: () => settle(row, 'ack'), nak: () => settle(row, 'nak'), term: () => settle(row, 'term'),
    })))
    for (const row of group) {
      row.entry.deliveries += 1
      if (row.settled === '') throw new Error(`a message of ${row.entry.deviceId} was not settled`)
      if (row.settled === 'ack') acked.push(row.entry.deviceId)
      if (row.settled === 'term') terminated.push(row.entry.deviceId)
    }
    const gone = new Set(group.filter((row) => row.settled !== 'nak').map((row) => row.entry))
    held = held.filter((entry) => !gone.has(entry))
  }

  const bus: FakeBus = {
    stream: held, acked, terminated, down, events,
    onDown: () => {},
    publish: (deviceId, data) => void held.push({ deviceId, data, deliveries: 0 }),
    async deliver(rounds = 1) {
      for (let round = 0; round < rounds && held.length > 0; round += 1) await deliverOnce()
    },
    async consumeActivity(handle) {
      handler = handle
    },
    onHeartbeat: () => {},
    onSync: () => {},
    onAnswer: () => {},
    onEvidence: () => {}, onPackage: () => {},
    publishDown(deviceId, data) {
      bus.onDown(deviceId)
      down.push({ deviceId, data })
      events.push(`down ${deviceId}`)
    },
    tell: () => {},
    onTold: () => {},
    onReconnected: () => {},
    readRevocations: async () => {},
    publishPolicy: () => {},
    deviceCredential: () => 'jwt',
    renewedCredential: () => 'jwt',
    revoke: async () => {},
    deviceServers: [],
    connected: true,
    status: () => ({ connected: true, serverVersion: '0', streamMessages: held.length, streamBytes: 0, pending: held.length }),
    close: async () => {},
  }
  Object.defineProperty(bus, 'stream', { get: () => held })
  return bus
}
