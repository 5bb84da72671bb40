// Thousands of devices that are connected and work, beside one collector and its broker: what the two hold in memory.
import { join } from 'node:path'
import { readLoadArguments } from '../load/arguments.ts'
import { runLoad } from '../load/load.ts'
import { type Bench, type Figure, spread } from './bench.ts'

const DEVICES = 5000
const FULL_DEVICES = 10_000
const LIMIT_MB = 1024
const SECS = 60
/** A quarter of the busy rates: thousands of devices share this machine with the collector, and would starve each other. */
const PACE = 0.25

export const fleetLoad: Bench = {
  name: 'load', summary: '5,000 agents connected by TLS with keys of their own (10,000 with --full), at work for a minute: memory of collector and broker.', limitSecs: 1500,
  async run(context): Promise<readonly Figure[]> {
    const devices = Number(process.env['HOLDFAST_BENCH_DEVICES'] ?? (context.full ? FULL_DEVICES : DEVICES))
    const options = readLoadArguments(['--devices', String(devices), '--secs', String(SECS), '--pace', String(PACE), '--dir', join(context.folder, 'load'), '--json'])
    if (options === 'help') throw new Error('no load')
    const { server, figures, wrong, committedMs, madePerSec, connectSecs, stored, alerts } = await runLoad(options, (line) => context.say(line), context.signal)
    if (server === undefined) throw new Error('the load has no server of its own')
    return [{
      name: 'load.agents', unit: 'MB resident, collector and broker together, at most', better: 'lower', ours: spread([server.peakMb]), limit: LIMIT_MB,
      goals: [{ text: `${devices} connected agents in at most 1 GB`, met: server.peakMb <= LIMIT_MB }, { text: 'every activity committed and stored once', met: wrong === 0 }, { text: 'every agent is connected at the end', met: figures.connected === devices }],
      figures: {
        devices, connectedMb: server.connectedMb, collectorMb: server.collector.rssMb, brokerMb: server.broker.rssMb, collectorCpuSecs: server.collector.cpuSecs, brokerCpuSecs: server.broker.cpuSecs, devicesCpuSecs: figures.cpuSecs, activities: figures.made, madePerSec, stored: stored ?? 0, alerts: alerts ?? 0,
        enrolledAndConnectedSecs: connectSecs, awayAndBack: figures.offlineTimes, reconnects: figures.reconnects, p50Ms: committedMs.p50, p95Ms: committedMs.p95, p99Ms: committedMs.p99,
      },
    }]
  },
}
