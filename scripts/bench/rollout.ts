// A roll-out to 2,000 devices: a bad policy that stops by itself, the correct one that reaches everybody, and taking that back.
import { type Bench, quantile, round, spread } from './bench.ts'
import { startPeer } from './processes.ts'
import type { Credential } from './rollout-devices.ts'

const ONLINE = 2000
const ABSENT = 20
const FAILING_SHARE = 0.03
/** Of 2,000, 1 per cent is the first ring. */
const RING_ONE = 21
const P95_MS = 5000
const HALT_MS = 300_000

interface Prepared {
  readonly url: string
  readonly caPem: string
  readonly policyKey: string
  readonly devices: readonly Credential[]
  readonly failing: number
}
interface Bad {
  readonly haltMs: number
  readonly ring: number
  readonly rule: string
  readonly moved: number
  readonly ran: number
}
interface Spread {
  readonly totalMs: number
  readonly samples: readonly number[]
  readonly confirmed: number
  readonly offline?: number
  readonly told?: number
}

export const rollout: Bench = {
  name: 'rollout', summary: '2,000 devices get a bad policy, the correct one, and the one before it again.', limitSecs: 900,
  async run(context) {
    const collector = startPeer('rollout-run.ts', [], { leads: true })
    const devices = startPeer('rollout-devices.ts', [])
    const prepared = await collector.ask<Prepared>({ do: 'prepare', folder: context.folder, online: ONLINE, absent: ABSENT, failing: Math.round(ONLINE * FAILING_SHARE) })
    context.signal.throwIfAborted()
    const began = performance.now()
    const { connected } = await devices.ask<{ connected: number }>({ do: 'connect', ...prepared })
    context.say(`rollout: ${connected} devices connected in ${Math.round(performance.now() - began)} ms, ${prepared.failing} of them cannot carry the bad policy out`)
    await collector.ask({ do: 'settled', online: ONLINE })
    const bad = await collector.ask<Bad>({ do: 'bad' })
    context.say(`rollout: stopped after ${bad.haltMs} ms in ring ${bad.ring + 1} by the rule ${bad.rule}, ${bad.moved} devices had moved`)
    context.signal.throwIfAborted()
    const good = await collector.ask<Spread>({ do: 'good', online: ONLINE })
    context.say(`rollout: the correct one reached ${good.confirmed} in ${good.totalMs} ms, p95 ${Math.round(quantile(good.samples, 0.95))} ms`)
    const back = await collector.ask<Spread>({ do: 'back' })
    context.say(`rollout: taken back from ${back.confirmed} in ${back.totalMs} ms, p95 ${Math.round(quantile(back.samples, 0.95))} ms`)
    await devices.ask({ do: 'end' })
    await collector.ask({ do: 'end' })
    await Promise.all([devices.end(), collector.end()])
    const p95 = (samples: readonly number[]): number => round(quantile(samples, 0.95))
    return [
      {
        name: 'rollout.bad-policy', unit: 'ms', better: 'lower', ours: spread([bad.haltMs]), limit: HALT_MS,
        goals: [{ text: 'it stops by itself in ring one', met: bad.ring === 0 && bad.rule === 'failed' }, { text: 'nobody outside ring one has moved', met: bad.moved <= RING_ONE && bad.ran <= RING_ONE }],
        figures: { devices: ONLINE, failing: prepared.failing, moved: bad.moved, ran: bad.ran },
      },
      {
        name: 'rollout.fixed-policy', unit: 'ms', better: 'lower', ours: spread([p95(good.samples)]), limit: P95_MS,
        goals: [{ text: 'it reaches every device that is there', met: good.confirmed === ONLINE && good.offline === ABSENT }, { text: '95 of 100 prove it within 5 s of being told', met: p95(good.samples) <= P95_MS }],
        figures: { confirmed: good.confirmed, offline: good.offline ?? 0, p50Ms: round(quantile(good.samples, 0.5)), maxMs: Math.max(...good.samples), wholeMs: good.totalMs },
      },
      {
        name: 'rollout.roll-back', unit: 'ms', better: 'lower', ours: spread([p95(back.samples)]), limit: P95_MS,
        goals: [{ text: 'it reaches every device that is there', met: back.confirmed === ONLINE }, { text: '95 of 100 prove it within 5 s of being told', met: p95(back.samples) <= P95_MS }],
        figures: { confirmed: back.confirmed, told: back.told ?? 0, p50Ms: round(quantile(back.samples, 0.5)), maxMs: Math.max(...back.samples), wholeMs: back.totalMs },
      },
    ]
  },
}
