// One load: devices in processes of their own, connected, at work, drained, and counted.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { quantile, round } from '../bench/bench.ts'
import { machine, type Machine } from '../bench/machine.ts'
import { type Peer, startPeer } from '../bench/processes.ts'
import type { LoadOptions } from './arguments.ts'
import type { Figures, Fleet } from './devices.ts'
import { expectedPerSec } from './profiles.ts'
import { type Server, startServer, type Use } from './server.ts'

const SAMPLE_MS = 1000
/** Rest before and after, in which memory settles. */
const REST_MS = 5000

interface Peak {
  readonly rssMb: number
  readonly cpuSecs: number
}

/** Of an installation of its own only. */
export interface ServerUse {
  /** Highest sum of the two at one moment, resident. */
  readonly peakMb: number
  /** With every device connected, before they begin. */
  readonly connectedMb: number
  readonly collector: Peak
  readonly broker: Peak
}

export interface LoadReport {
  readonly machine: Machine
  readonly options: Omit<LoadOptions, 'collector' | 'dir' | 'json'>
  readonly devices: number
  readonly connectSecs: number
  readonly workSecs: number
  readonly drainSecs: number
  readonly expectedPerSec: number
  readonly madePerSec: number
  /** From the append on the device until a watermark covered it. */
  readonly committedMs: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number }
  readonly figures: Omit<Figures, 'delaysMs'>
  readonly server?: ServerUse
  /** What the store holds of this run; of an installation of its own only. */
  readonly stored?: number
  readonly alerts?: number
  /** Open alerts of one user under one policy beyond the first. */
  readonly doubledAlerts?: number
  /** Made and not committed, or stored more or less often than once. */
  readonly wrong: number
}

function added(all: readonly Figures[]): Figures {
  const sum = (of: (figures: Figures) => number): number => all.reduce((total, figures) => total + of(figures), 0)
  const tally = (of: (figures: Figures) => Readonly<Record<string, number>>): Record<string, number> => {
    const total: Record<string, number> = {}
    for (const figures of all) for (const [name, count] of Object.entries(of(figures))) total[name] = (total[name] ?? 0) + count
    return total
  }
  return {
    made: sum((one) => one.made), committed: sum((one) => one.committed), waiting: sum((one) => one.waiting), heldBack: sum((one) => one.heldBack), published: sum((one) => one.published), resent: sum((one) => one.resent), connected: sum((one) => one.connected), reconnects: sum((one) => one.reconnects),
    offlineTimes: sum((one) => one.offlineTimes), policies: sum((one) => one.policies), cpuSecs: sum((one) => one.cpuSecs), rssMb: sum((one) => one.rssMb), byProfile: tally((one) => one.byProfile), problems: tally((one) => one.problems), delaysMs: all.flatMap((one) => one.delaysMs),
  }
}

/** Looks at the server again and again until it is told to end. */
function watchServer(server: Server | undefined): { readonly peak: () => number; end(): Promise<void> } {
  let peakMb = 0
  const over = new AbortController()
  const look = async (of: Server): Promise<void> => {
    while (!over.signal.aborted) {
      const { collector, broker } = await of.use()
      peakMb = Math.max(peakMb, collector.rssMb + broker.rssMb)
      await sleep(SAMPLE_MS)
    }
  }
  const looking = server === undefined ? undefined : look(server)
  return {
    peak: () => peakMb,
    async end() {
      over.abort()
      await looking
    },
  }
}

const rounded = ({ rssMb, cpuSecs }: Use): Peak => ({ rssMb: round(rssMb), cpuSecs: round(cpuSecs) })
const less = (after: Use, before: Use): Use => ({ rssMb: after.rssMb, cpuSecs: after.cpuSecs - before.cpuSecs })

/** What may be done to an installation of its own while the devices work. */
export interface Stage {
  readonly server: Server
  /** Activities that the collector has told the devices it has. */
  committed(): Promise<number>
}

/**
 * @param say one line of progress for people
 * @param during runs beside the work, and is waited for
 * @throws Error when a process does not start or ends
 */
export async function runLoad(options: LoadOptions, say: (line: string) => void, signal: AbortSignal, during?: (stage: Stage) => Promise<void>): Promise<LoadReport> {
  const { devices, workers, secs } = options
  const host = await machine()
  const folder = options.dir ?? (await mkdtemp(join(tmpdir(), 'holdfast-load-')))
  const peers: Peer[] = []
  let server: Awaited<ReturnType<typeof startServer>> | undefined
  try {
    if (options.collector === undefined) server = await startServer(join(folder, 'collector'), devices)
    const { url: collectorUrl, code } = options.collector ?? server ?? { url: '', code: '' }
    const watch = watchServer(server)
    const fleetOf = (worker: number): Fleet => {
      const first = Math.floor((worker * devices) / workers)
      return { ...options, folder: join(folder, 'devices'), collectorUrl, code, first, count: Math.floor(((worker + 1) * devices) / workers) - first }
    }
    for (let worker = 0; worker < Math.min(workers, devices); worker += 1) peers.push(startPeer('../load/devices.ts', []))
    const everybody = <T>(message: (worker: number) => object): Promise<T[]> => Promise.all(peers.map((peer, worker) => peer.ask<T>(message(worker))))
    const begun = performance.now()
    await everybody((worker) => ({ do: 'connect', fleet: fleetOf(worker) }))
    const connectSecs = (performance.now() - begun) / 1000
    say(`load: ${devices} devices are connected after ${connectSecs.toFixed(0)} s`)
    signal.throwIfAborted()
    await sleep(REST_MS)
    const resting = await server?.use()
    const workFrom = performance.now()
    await everybody(() => ({ do: 'begin', secs }))
    if (server !== undefined) await during?.({ server, committed: async () => (await everybody<{ committed: number }>(() => ({ do: 'committed' }))).reduce((sum, { committed }) => sum + committed, 0) })
    await everybody(() => ({ do: 'finish' }))
    const workSecs = (performance.now() - workFrom) / 1000
    const drainFrom = performance.now()
    await everybody(() => ({ do: 'drain', secs: options.drainSecs }))
    const drainSecs = (performance.now() - drainFrom) / 1000
    const last = await server?.use()
    const { delaysMs, ...figures } = added(await everybody<Figures>(() => ({ do: 'figures' })))
    await watch.end()
    await everybody(() => ({ do: 'end' }))
    const kept = await server?.stop()
    const stored = kept === undefined || server === undefined ? undefined : kept.activities - server.before
    const { collector: _, dir: __, json: ___, ...told } = options
    return {
      machine: host, options: told, devices, connectSecs: round(connectSecs), workSecs: round(workSecs), drainSecs: round(drainSecs), expectedPerSec: round(expectedPerSec(devices, options.mix, options.pace)), madePerSec: round(figures.made / workSecs),
      committedMs: { p50: round(quantile(delaysMs, 0.5)), p95: round(quantile(delaysMs, 0.95)), p99: round(quantile(delaysMs, 0.99)), max: round(quantile(delaysMs, 1)) },
      figures: { ...figures, cpuSecs: round(figures.cpuSecs), rssMb: round(figures.rssMb) },
      ...(last === undefined || resting === undefined ? {} : { server: { peakMb: round(watch.peak()), connectedMb: round(resting.collector.rssMb + resting.broker.rssMb), collector: rounded(less(last.collector, resting.collector)), broker: rounded(less(last.broker, resting.broker)) } }),
      ...(stored === undefined ? {} : { stored, alerts: kept?.alerts ?? 0, doubledAlerts: kept?.doubledAlerts ?? 0 }),
      wrong: figures.made - figures.committed + (stored === undefined ? 0 : Math.abs(stored - figures.made)),
    }
  } finally {
    for (const peer of peers) await peer.end()
    if (options.dir === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
