// Devices of the roll-out bench, in a process of their own: each has its own connection with its own credential, and the
// agent's own keeper, which verifies, tries and keeps policies. What a device cannot carry out it refuses, as an agent does.
import { mkdtemp, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPolicyKeeper } from '@holdfast/agent/policy/policy-keeper.ts'
import { downSubject, heartbeatSubject, inboxPrefix, policySubject, syncSubject, toWireTimestamp, wire } from '@holdfast/proto'
import { connect, jwtAuthenticator, type NatsConnection } from 'nats'
import { serveParent } from './processes.ts'

const AT_ONCE = 25
const HEARTBEAT_MS = 30_000

export interface Credential {
  readonly id: string
  readonly jwt: string
  readonly seed: string
  /** Cannot carry out a policy that watches this folder. */
  readonly failsOn?: string
}

interface Connect {
  readonly url: string
  readonly caPem: string
  readonly policyKey: string
  readonly devices: readonly Credential[]
}

const connections: NatsConnection[] = []
const timers: NodeJS.Timeout[] = []
let folder = ''

async function startDevice({ id, jwt, seed, failsOn }: Credential, { url, caPem, policyKey }: Connect): Promise<void> {
  const keeper = await createPolicyKeeper({
    folder: join(folder, id), identity: { deviceId: id, organisation: 'bench', group: 'default', policyKeys: [policyKey] }, now: Date.now,
    apply: async ({ files }) => {
      if (failsOn !== undefined && files?.roots?.includes(failsOn) === true) throw new Error('a sensor that cannot start')
    },
  })
  // Where others use the machine, a handshake may take longer than anybody waits: as an agent does, it is tried again.
  const connection = await connect({ servers: [url], tls: { ca: caPem }, authenticator: jwtAuthenticator(jwt, new TextEncoder().encode(seed)), inboxPrefix: inboxPrefix(id), reconnect: true, waitOnFirstConnect: true, maxReconnectAttempts: -1, timeout: 60_000 })
  connections.push(connection)
  const beat = (): void => {
    const { version, hash } = keeper.running()
    const refused = keeper.refused()
    connection.publish(heartbeatSubject(id), wire.Heartbeat.encode({ sentAt: toWireTimestamp(Date.now()), agentVersion: '1', hostname: id, os: 'linux', policy: { runningVersion: version, runningHash: hash, refusedVersion: refused?.version ?? 0, refusedReason: refused?.code ?? '' } }).finish())
  }
  const consider = async (signed: Uint8Array): Promise<void> => {
    const verdict = await keeper.consider(signed)
    if (verdict.kind !== 'unchanged') beat()
  }
  connection.subscribe(policySubject('default'), { callback: (_error, message) => void consider(message.data) })
  connection.subscribe(downSubject(id), {
    callback: (_error, message) => {
      const { policy } = wire.Down.decode(message.data)
      if (policy != null) void consider(wire.SignedPolicy.encode(policy).finish())
    },
  })
  await connection.flush()
  connection.publish(syncSubject(id), wire.Sync.encode({ epoch: 'a'.repeat(32), firstHeldSeq: 1, policyHash: keeper.running().hash }).finish())
  beat()
  timers.push(setInterval(beat, HEARTBEAT_MS - Math.random() * 5000))
}

serveParent(async (message) => {
  if (message['do'] === 'connect') {
    const request = message as unknown as Connect
    // Two thousand agents do not share one disk: where memory may hold files, it does.
    folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'holdfast-bench-'))
    const waiting = [...request.devices]
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let device = waiting.pop(); device !== undefined; device = waiting.pop()) await startDevice(device, request)
    }))
    return { connected: connections.length }
  }
  for (const timer of timers) clearInterval(timer)
  await Promise.all(connections.map((connection) => connection.close()))
  await rm(folder, { recursive: true, force: true })
  return {}
})
