// A small agent with a generator in the place of its sensors: the real identity, spool and uplink in a process of its own.
//
// usage: workload.ts --dir D --agent N --base MS --journal FILE [--max-bytes N] [--servers tls://...]
//
// Takes {"perSecond":n} and {"issue":n} over the IPC channel, and reports where it stands five times a second.
// SIGTERM stops it as an agent stops; it may be killed at any time.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { openSpool } from '@holdfast/agent/spool/spool.ts'
import { createUplink } from '@holdfast/agent/uplink/uplink.ts'
import { toWireTimestamp } from '@holdfast/proto'
import { issueActivity } from './activities.ts'
import { type Obligation, openJournal } from './journal.ts'

export interface WorkloadStatus {
  readonly issued: number
  readonly acknowledged: number
  /** Appends that the spool refused. */
  readonly refused: number
  readonly refusedBy: string
  readonly pending: number
  readonly epoch: string
  readonly lastSeq: number
  readonly ackedSeq: number
  readonly bytes: number
  readonly dropped: number
  readonly connected: boolean
  readonly problem: string
  readonly published: number
  readonly resent: number
  readonly atMs: number
}

export interface WorkloadCommand {
  readonly perSecond?: number
  readonly issue?: number
}

const TICK_MS = 20
/** Appends under way at once; sensors on a hot path do not wait either. */
const PENDING_MAX = 4000

const { values } = parseArgs({ options: { dir: { type: 'string' }, agent: { type: 'string' }, base: { type: 'string' }, journal: { type: 'string' }, 'max-bytes': { type: 'string' }, servers: { type: 'string' } } })
const { dir, agent: agentText, base, journal: journalPath } = values
if (dir === undefined || agentText === undefined || base === undefined || journalPath === undefined) throw new Error('usage: workload.ts --dir D --agent N --base MS --journal FILE')

const agent = Number(agentText)
const baseMs = Number(base)
const log = Object.fromEntries((['debug', 'info', 'warn', 'error'] as const).map((level) => [level, (object: object, message: string) => {
  if (level !== 'debug') process.stderr.write(`${JSON.stringify({ level, message, ...object, err: (object as { err?: Error }).err?.message })}\n`)
}])) as Record<'debug' | 'info' | 'warn' | 'error', (object: object, message: string) => void>

const loaded = await loadIdentity(dir)
const identity = values.servers === undefined ? loaded : { ...loaded, natsServers: values.servers.split(',') }
const spool = await openSpool({ folder: join(dir, 'spool'), maxBytes: Number(values['max-bytes'] ?? 1 << 30), now: Date.now, log })
const journal = openJournal(journalPath)
const uplink = createUplink({
  identity, spool, heartbeat: async () => ({ sentAt: toWireTimestamp(Date.now()), agentVersion: 'workload', hostname: `workload-${agent}`, sensors: [] }), heartbeatIntervalSecs: () => 2,
  policyState: () => ({ hash: '', version: 0 }), onPolicy: async () => {}, now: Date.now, random: Math.random, log,
})
const stop = new AbortController()
const running = uplink.run(stop.signal)

let perSecond = 0
let owed = 0
let issued = 0
let acknowledged = 0
let refused = 0
let refusedBy = ''
const pending = new Set<Promise<void>>()
let batch: Obligation[] = []

const flush = (): void => {
  const ready = batch
  batch = []
  journal.acknowledged(ready)
  acknowledged += ready.length
}

async function issueOne(): Promise<void> {
  const number = journal.next()
  issued += 1
  try {
    const seq = await spool.append(issueActivity({ agent, number }, baseMs))
    // Those that one commit resolves are written together, after all of their promises ran.
    if (batch.length === 0) queueMicrotask(() => queueMicrotask(flush))
    batch.push({ number, epoch: spool.epoch, seq })
  } catch (error) {
    refused += 1
    refusedBy = (error as { code?: string }).code ?? String(error)
  }
}

const status = (): WorkloadStatus => {
  const { epoch, lastSeq, ackedSeq, bytes, dropped } = spool.figures()
  const { connected, problem, published, resent } = uplink.status()
  return { issued, acknowledged, refused, refusedBy, pending: pending.size, epoch, lastSeq, ackedSeq, bytes, dropped, connected, problem, published, resent, atMs: Date.now() }
}
const report = setInterval(() => {
  if (process.connected) process.send?.(status())
}, 200)

process.on('message', (command: WorkloadCommand) => {
  if (command.perSecond !== undefined) perSecond = command.perSecond
  owed += command.issue ?? 0
})
process.on('SIGTERM', () => stop.abort())
process.on('disconnect', () => stop.abort())

let last = Date.now()
while (!stop.signal.aborted) {
  await sleep(TICK_MS)
  const now = Date.now()
  owed += (perSecond * Math.min(now - last, 1000)) / 1000
  last = now
  while (owed >= 1 && pending.size < PENDING_MAX) {
    owed -= 1
    const one = issueOne().finally(() => pending.delete(one))
    pending.add(one)
  }
  // What could not be issued is not made up for: the generator never floods after a stall.
  if (perSecond > 0) owed = Math.min(owed, perSecond)
}
await Promise.all(pending)
flush()
clearInterval(report)
await running
await spool.close()
journal.close()
process.exit(0)
