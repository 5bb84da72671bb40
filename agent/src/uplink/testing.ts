// What the uplink's tests share: a real nats-server, a collector that keeps a ledger, a proxy that swallows answers.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ACTIVITY_STREAM, ACTIVITY_SUBJECTS, deviceOfSubject, downSubject, HEARTBEAT_SUBJECTS, SYNC_SUBJECTS, wire } from '@holdfast/proto'
import { AckPolicy, connect, DiscardPolicy, type JsMsg, type NatsConnection, StorageType } from 'nats'
import type { Identity } from '../identity/contract.ts'
import { openSpool, type Spool } from '../spool/spool.ts'
import { connectionOptions } from './connect.ts'
import type { Uplink, UplinkDeps, UplinkLog } from './contract.ts'
import { createUplink, type UplinkOptions } from './uplink.ts'

export const quiet: UplinkLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

/** Polls until the probe is true. */
export async function until(what: string, probe: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  const deadline = performance.now() + seconds * 1000
  while (!(await probe())) {
    if (performance.now() > deadline) throw new Error(`waited ${seconds} s for ${what}`)
    await sleep(10)
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export const program = (): string => {
  const found = spawnSync(join(import.meta.dirname, '../../../scripts/get-nats-server'), { encoding: 'utf8' })
  if (found.status !== 0) throw new Error(`get-nats-server: ${found.stderr}`)
  return found.stdout.trim()
}

export interface Broker {
  readonly port: number
  readonly url: string
  start(): Promise<void>
  /** kill -9, and optionally its storage with it. */
  kill(options?: { readonly wipe: boolean }): Promise<void>
}

/** A nats-server with JetStream below `folder`, on a port that stays the same over restarts. */
export async function startBroker(folder: string): Promise<Broker> {
  const port = await freePort()
  const file = join(folder, 'nats.conf')
  const store = join(folder, 'jetstream')
  await writeFile(file, `listen: 127.0.0.1:${port}\njetstream { store_dir: ${JSON.stringify(store)} }\n`)
  const path = program()
  let child: ChildProcess | undefined
  const broker: Broker = {
    port, url: `nats://127.0.0.1:${port}`,
    async start() {
      await mkdir(store, { recursive: true })
      child = spawn(path, ['-c', file], { stdio: 'ignore' })
      await until('the broker to listen', () => new Promise<boolean>((resolve) => {
        const socket = createConnection(port, '127.0.0.1')
        socket.on('connect', () => {
          socket.destroy()
          resolve(true)
        })
        socket.on('error', () => resolve(false))
      }))
    },
    async kill(options = { wipe: false }) {
      if (child !== undefined && child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit')
        child.kill('SIGKILL')
        await gone
      }
      if (options.wipe) await rm(store, { recursive: true, force: true })
    },
  }
  await broker.start()
  return broker
}

/** Stands for the collector: declares the stream, keeps a ledger of bodies and gaps, answers syncs with watermarks. */
export interface FakeCollector {
  /** `epoch seq` -> body; the first one counts. */
  readonly stored: Map<string, Uint8Array>
  /** Numbers that came again. */
  duplicates: number
  readonly batches: wire.ActivityBatch[]
  readonly sizes: number[]
  readonly gaps: wire.GapRecord.$Properties[]
  readonly heartbeats: wire.Heartbeat[]
  readonly syncs: wire.Sync[]
  /** False keeps watermarks back, as if ingest stood still; syncs are answered all the same. */
  ingesting: boolean
  /** False keeps every answer back. */
  answering: boolean
  watermark(epoch: string): number
  /** Counts these as committed before. */
  preload(epoch: string, lastSeq: number): void
  down(device: string, message: wire.Down.$Properties): void
  readonly connection: NatsConnection
  close(): Promise<void>
}

export async function declareStream(connection: NatsConnection, maxBytes = -1): Promise<void> {
  const manager = await connection.jetstreamManager()
  await manager.streams.add({ name: ACTIVITY_STREAM, subjects: [ACTIVITY_SUBJECTS], storage: StorageType.File, discard: DiscardPolicy.New, max_bytes: maxBytes })
}

export async function startCollector(url: string, options: { readonly stream?: boolean; readonly maxBytes?: number; readonly ingesting?: boolean } = {}): Promise<FakeCollector> {
  const connection = await connect({ servers: url, maxReconnectAttempts: -1, reconnectTimeWait: 50 })
  const covered = new Map<string, Set<number>>()
  const of = (epoch: string): Set<number> => {
    const known = covered.get(epoch) ?? new Set<number>()
    covered.set(epoch, known)
    return known
  }
  const ended = new AbortController()
  const collector: FakeCollector = {
    stored: new Map(), duplicates: 0, batches: [], sizes: [], gaps: [], heartbeats: [], syncs: [], ingesting: options.ingesting ?? true, answering: true, connection,
    watermark(epoch) {
      const known = of(epoch)
      let reached = 0
      while (known.has(reached + 1)) reached += 1
      return reached
    },
    preload(epoch, lastSeq) {
      for (let seq = 1; seq <= lastSeq; seq += 1) of(epoch).add(seq)
    },
    down: (device, message) => connection.publish(downSubject(device), wire.Down.encode(message).finish()),
    async close() {
      ended.abort()
      await connection.close()
    },
  }
  const announce = (device: string, epoch: string): void => {
    if (collector.answering) collector.down(device, { watermark: { epoch, committedSeq: collector.watermark(epoch) } })
  }
  const ingest = (message: JsMsg): void => {
    const device = deviceOfSubject(message.subject) ?? ''
    const batch = wire.ActivityBatch.decode(message.data)
    collector.batches.push(batch)
    collector.sizes.push(message.data.length)
    const epochs = new Set([batch.epoch])
    for (const [index, body] of batch.activities.entries()) {
      const seq = batch.firstSeq + index
      const name = `${batch.epoch} ${seq}`
      if (collector.stored.has(name)) collector.duplicates += 1
      else collector.stored.set(name, Uint8Array.from(body))
      of(batch.epoch).add(seq)
    }
    for (const gap of batch.gaps) {
      const epoch = gap.epoch === undefined || gap.epoch === null || gap.epoch === '' ? batch.epoch : gap.epoch
      collector.gaps.push(gap)
      epochs.add(epoch)
      for (let seq = gap.firstSeq ?? 0; seq <= (gap.lastSeq ?? -1); seq += 1) of(epoch).add(seq)
    }
    message.ack()
    for (const epoch of epochs) announce(device, epoch)
  }
  const pull = async (): Promise<void> => {
    const manager = await connection.jetstreamManager()
    await manager.consumers.add(ACTIVITY_STREAM, { durable_name: 'test', ack_policy: AckPolicy.Explicit })
    const consumer = await connection.jetstream().consumers.get(ACTIVITY_STREAM, 'test')
    while (!ended.signal.aborted) {
      if (!collector.ingesting) {
        await sleep(10)
        continue
      }
      for await (const message of await consumer.fetch({ max_messages: 50, expires: 1000 })) ingest(message)
    }
  }
  const keepPulling = async (): Promise<void> => {
    while (!ended.signal.aborted && !connection.isClosed()) {
      try {
        await declareStream(connection, options.maxBytes)
        await pull()
      } catch (error) {
        // The broker is away or was wiped; the declaration comes again.
        if (!(error instanceof Error)) throw error
        await sleep(20)
      }
    }
  }
  connection.subscribe(SYNC_SUBJECTS, {
    callback: (error, message) => {
      if (error !== null) return
      const sync = wire.Sync.decode(message.data)
      collector.syncs.push(sync)
      announce(deviceOfSubject(message.subject) ?? '', sync.epoch)
    },
  })
  connection.subscribe(HEARTBEAT_SUBJECTS, { callback: (error, message) => (error === null ? void collector.heartbeats.push(wire.Heartbeat.decode(message.data)) : undefined) })
  await connection.flush()
  if (options.stream !== false) {
    await declareStream(connection, options.maxBytes)
    void keepPulling()
  }
  return collector
}

export interface Proxy {
  readonly url: string
  /** Swallows what the server says; the client's bytes go through. */
  dropAnswers: boolean
  /** Swallows everything. */
  blackHole: boolean
  reset(): void
  close(): Promise<void>
}

export async function startProxy(port: number): Promise<Proxy> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = createConnection(port, '127.0.0.1')
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', end)
      socket.on('close', () => {
        sockets.delete(socket)
        end()
      })
    }
    client.on('data', (bytes) => (proxy.blackHole ? undefined : upstream.write(bytes)))
    upstream.on('data', (bytes) => (proxy.blackHole || proxy.dropAnswers ? undefined : client.write(bytes)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const proxy: Proxy = {
    url: `nats://127.0.0.1:${address.port}`, dropAnswers: false, blackHole: false,
    reset: () => sockets.forEach((socket) => socket.destroy()),
    async close() {
      proxy.reset()
      server.close()
      await once(server, 'close')
    },
  }
  return proxy
}

export const DEVICE = 'device-1'
export const GROUP = 'everyone'

export function testIdentity(servers: readonly string[]): Identity {
  return {
    deviceId: DEVICE, group: GROUP, organisation: 'test', collectorUrl: 'https://localhost:1', natsServers: servers, seed: 'SUATESTSEED', publicKey: 'U', jwt: '', caPem: '', policyKeys: [],
  }
}

export interface Stage {
  readonly folder: string
  readonly broker: Broker
  spool(name?: string): Promise<Spool>
  collector(options?: Parameters<typeof startCollector>[1]): Promise<FakeCollector>
  proxy(): Promise<Proxy>
  /** A running uplink over plain connections; ends with the stage. */
  uplink(spool: Spool, options?: UplinkOptions & { readonly servers?: readonly string[]; readonly deps?: Partial<UplinkDeps> }): Uplink & { stop(): Promise<void> }
  close(): Promise<void>
}

/** Short times, so that a test waits for conditions and not for minutes. */
export const fastTimings = { firstAnswerMs: 500, syncMs: 150, syncCapMs: 300, resendMs: 300, resendCapMs: 600, ackTimeoutMs: 400, tickMs: 20 } as const

export async function setStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-uplink-'))
  const broker = await startBroker(folder)
  const closers: (() => Promise<unknown>)[] = []
  return {
    folder, broker,
    async spool(name = 'spool') {
      const spool = await openSpool({ folder: join(folder, name), maxBytes: 256 * 1024 * 1024, now: Date.now, log: quiet })
      closers.unshift(() => spool.close())
      return spool
    },
    async collector(options) {
      const collector = await startCollector(broker.url, options)
      closers.push(() => collector.close())
      return collector
    },
    async proxy() {
      const proxy = await startProxy(broker.port)
      closers.push(() => proxy.close())
      return proxy
    },
    uplink(spool, { servers = [broker.url], deps, ...options } = {}) {
      const identity = testIdentity(servers)
      const stop = new AbortController()
      const uplink = createUplink(
        { identity, spool, heartbeat: () => Promise.resolve({ hostname: 'here' }), heartbeatIntervalSecs: () => 60, policyState: () => ({ hash: 'abc', version: 3 }), onPolicy: () => Promise.resolve(), now: Date.now, random: () => 0.01, log: quiet, ...deps },
        { connect: (server) => connect(connectionOptions(identity, server)), ...options, timings: { ...fastTimings, ...options.timings } },
      )
      const running = uplink.run(stop.signal)
      const end = async () => {
        stop.abort()
        await running
      }
      closers.unshift(end)
      return { ...uplink, stop: end }
    },
    async close() {
      for (const close of closers) await close()
      await broker.kill({ wipe: true })
      await rm(folder, { recursive: true, force: true })
    },
  }
}
