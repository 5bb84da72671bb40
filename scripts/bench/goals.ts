// The goals that a release is held against: what must hold, where it would be ahead of every peer, and which figure says so.
//
// Numbers come from what peers do on a machine of this kind and from its own limits; a figure that was not measured says why.
import { type Figure, round } from './bench.ts'

/** What was measured of one goal. */
export interface Finding {
  readonly text: string
  readonly must: boolean
  readonly stretch?: boolean
}

export interface GoalRow {
  readonly id: string
  readonly quantity: string
  readonly must: string
  readonly stretch: string
  /** @returns undefined when its figures are not there */
  measured(figures: Figures): Finding | undefined
  /** Why there is nothing, where there can be nothing here. */
  readonly unmeasured?: string
}

/** Figures by name. */
export type Figures = ReadonlyMap<string, Figure>

const extra = (figure: Figure, name: string): number => Number(figure.figures[name])
const holds = (figure: Figure, words: string): boolean => figure.goals.filter(({ text }) => text.includes(words)).every(({ met }) => met)
/** A finding of one figure. */
const of = (name: string, say: (figure: Figure) => Finding) => (figures: Figures): Finding | undefined => {
  const figure = figures.get(name)
  return figure === undefined ? undefined : say(figure)
}
const times = (value: number): string => `${round(value)} ×`
const thousands = (value: number): string => Math.round(round(value)).toLocaleString('en-GB')
/** A ratio in which more is better. */
const atLeast = (name: string, must: number, stretch: number) => of(name, ({ ratio, ours, reference }) => {
  const value = ratio?.median ?? Number.NaN
  return { text: `${times(value)} (${thousands(ours.median)} against ${thousands(reference?.median ?? Number.NaN)})`, must: value >= must, stretch: value >= stretch }
})

const EXACT = ['evaluate.W1', 'evaluate.W2', 'evaluate.W3', 'evaluate.W4', 'evaluate.W5', 'evaluate.W6', 'overload.W7'] as const
const isExact = (figure: Figure): boolean => figure.goals.filter(({ text }) => /found|exact|same alerts|those of the reference/.test(text)).every(({ met }) => met)

export const goalRows: readonly GoalRow[] = [
  {
    id: 'G1', quantity: 'W1 alerts, against the exact reference', must: 'all found, none wrong, at any rate', stretch: 'W4, W5 and W7 as well',
    measured(figures) {
      const measured = EXACT.flatMap((name) => (figures.has(name) ? [{ name, figure: figures.get(name) as Figure }] : []))
      if (!figures.has('evaluate.W1')) return undefined
      const wrong = measured.filter(({ figure }) => !isExact(figure)).map(({ name }) => name.split('.')[1] ?? '')
      return { text: `${wrong.length === 0 ? 'exact' : `wrong: ${wrong.join(', ')}`} in ${measured.map(({ name }) => name.split('.')[1]).join(', ')}`, must: wrong.length === 0, stretch: wrong.length === 0 && measured.length === EXACT.length }
    },
  },
  { id: 'G2', quantity: 'W1, decoding and policy, activities per CPU second, against Esper 6.1', must: '0.7 ×', stretch: '1.5 ×', measured: () => undefined, unmeasured: 'Esper is not in Debian’s or npm’s packages; it has to be built from a source snapshot' },
  { id: 'G2', quantity: '… against Wazuh 3.3.1 analysisd', must: '1.8 ×', stretch: '4 ×', measured: () => undefined, unmeasured: 'not in Debian’s packages; it has to be built from a source snapshot' },
  { id: 'G2', quantity: '… against SEC', must: '2 ×', stretch: '5 ×', measured: atLeast('peers.sec', 2, 5) },
  { id: 'G2', quantity: '… against json-rules-engine', must: '5 ×', stretch: '12 ×', measured: atLeast('peers.json-rules-engine', 5, 12) },
  { id: 'G2', quantity: '… against decoding with protobufjs and a hand-written map', must: '0.5 ×', stretch: '1 ×', measured: atLeast('evaluate.W1', 0.5, 1) },
  { id: 'G3', quantity: 'policy alone, decoded objects, against Esper in memory (1.85 M a CPU second on another machine of this kind)', must: '0.5 ×', stretch: '1 ×', measured: of('evaluate.W1-decoded', ({ ours }) => ({ text: `${times(ours.median / 1_850_000)} of that figure (${thousands(ours.median)}); Esper itself did not run beside it`, must: ours.median >= 925_000, stretch: ours.median >= 1_850_000 })) },
  { id: 'G4', quantity: 'W2, rate with a million users against a thousand', must: '0.45', stretch: '0.7', measured: of('evaluate.W2', ({ ratio }) => ({ text: String(round(ratio?.median ?? Number.NaN)), must: (ratio?.median ?? 0) >= 0.45, stretch: (ratio?.median ?? 0) >= 0.7 })) },
  { id: 'G5', quantity: 'W2, state of an active user', must: '1.0 kB', stretch: '0.4 kB', measured: of('evaluate.W2', (figure) => ({ text: `${extra(figure, 'bytesAUser1000000')} bytes`, must: extra(figure, 'bytesAUser1000000') <= 1024, stretch: extra(figure, 'bytesAUser1000000') <= 410 })) },
  { id: 'G6', quantity: 'W3, rate with 200 policies against one', must: '0.3', stretch: '0.6', measured: of('evaluate.W3', ({ ratio }) => ({ text: String(round(ratio?.median ?? Number.NaN)), must: (ratio?.median ?? 0) >= 0.3, stretch: (ratio?.median ?? 0) >= 0.6 })) },
  { id: 'G7', quantity: 'W6, activities a second on two cores, SQLite, all processes', must: '25,000', stretch: '45,000', measured: of('evaluate.W6', (figure) => ({ text: thousands(extra(figure, 'highestRate')), must: extra(figure, 'highestRate') >= 25_000, stretch: extra(figure, 'highestRate') >= 45_000 })) },
  { id: 'G7', quantity: '… per core, against what Wazuh 5.0 publishes (2,300)', must: '6 ×', stretch: '12 ×', measured: of('evaluate.W6', (figure) => ({ text: times(extra(figure, 'highestRate') / 2 / 2300), must: extra(figure, 'highestRate') / 2 >= 6 * 2300, stretch: extra(figure, 'highestRate') / 2 >= 12 * 2300 })) },
  { id: 'G7', quantity: '… without storage, against rsyslog from TCP to a file', must: '0.5 ×', stretch: '1 ×', measured: atLeast('peers.rsyslog', 0.5, 1) },
  { id: 'G8', quantity: 'W6, activity to alert at half of the highest rate', must: 'p50 100 ms, p99 1 s', stretch: 'p99 250 ms', measured: of('evaluate.W6', (figure) => ({ text: `p50 ${extra(figure, 'p50Ms')} ms, p99 ${round(figure.ours.median)} ms`, must: extra(figure, 'p50Ms') <= 100 && figure.ours.median <= 1000, stretch: figure.ours.median <= 250 })) },
  { id: 'G9', quantity: 'JetStream publish, activities a second of one process', must: '459,000 (0.3 of the client’s limit)', stretch: '918,000', measured: of('ingest.devices-100', (figure) => {
    const rate = 1e6 / extra(figure, 'publisherCpuUsPerActivity')
    return { text: `${thousands(rate)} per CPU second`, must: rate >= 459_000, stretch: rate >= 918_000 }
  }) },
  { id: 'G10', quantity: 'W7, overload: lost, memory, rate', must: '0 lost, 1.5 × memory', stretch: '0.9 of the highest rate', measured: of('overload.W7', (figure) => ({ text: `${holds(figure, 'nothing lost') ? 'nothing lost' : 'LOST'}, ${times(figure.ratio?.median ?? Number.NaN)} memory, ${extra(figure, 'rateRatio')} of the rate, offered ${extra(figure, 'offeredTimes')} × of it`, must: holds(figure, 'nothing lost') && holds(figure, 'the memory'), stretch: extra(figure, 'rateRatio') >= 0.9 })) },
  { id: 'G11', quantity: 'W8, killed at random: lost, double alerts, restart to work', must: '0, 0, 5 s', stretch: '2 s', measured: of('crash.W8', (figure) => ({ text: `${extra(figure, 'lost')} lost, ${extra(figure, 'doubled')} doubled, ${round(figure.ours.median)} ms`, must: extra(figure, 'lost') === 0 && extra(figure, 'doubled') === 0 && figure.ours.median <= 5000, stretch: figure.ours.median <= 2000 })) },
  {
    id: 'G12', quantity: 'W9, cost of an insert at 100 M against 1 M rows', must: '1.4', stretch: '1.15', measured: of('queries.growth', ({ ratio, unit }) => ({ text: `${round(ratio?.median ?? Number.NaN)} (${/at (\d+m)/.exec(unit)?.[1] ?? '?'} against 1m)`, must: (ratio?.median ?? Infinity) <= 1.4, stretch: (ratio?.median ?? Infinity) <= 1.15 })),
  },
  {
    id: 'G12', quantity: 'W9, p99 of the slowest question of the console', must: '200 ms', stretch: '50 ms',
    measured(figures) {
      const [largest] = [...figures.values()].filter(({ name }) => /^queries\.\d+m$/.test(name)).toSorted((a, b) => Number(b.figures['activities']) - Number(a.figures['activities']))
      return largest === undefined ? undefined : { text: `${round(largest.ours.max)} ms at ${largest.name.slice('queries.'.length)}`, must: largest.ours.max <= 200, stretch: largest.ours.max <= 50 }
    },
  },
  { id: 'G12', quantity: 'bytes on disk for an activity, against its own bytes', must: '1.2 ×', stretch: '0.5 ×', measured: of('queries.growth', (figure) => {
    const size = Object.keys(figure.figures).filter((key) => key.startsWith('bytes')).at(-1)?.slice('bytes'.length) ?? ''
    const ratio = extra(figure, `bytes${size}`) / extra(figure, `bodyBytes${size}`)
    return { text: `${round(ratio)} × (${extra(figure, `bytes${size}`)} bytes, ${extra(figure, `bodyBytes${size}`)} of them as sent; indexes and insights are in it)`, must: ratio <= 1.2, stretch: ratio <= 0.5 }
  }) },
  {
    id: 'G13', quantity: 'F1 and F2, files lost of 20,000', must: '0, 0', stretch: 'the same with 100,000 files there',
    measured(figures) {
      const [f1, f2] = [figures.get('agent.F1'), figures.get('agent.F2')]
      return f1 === undefined || f2 === undefined ? undefined : { text: `${extra(f1, 'lost')}, ${extra(f2, 'lost')}`, must: extra(f1, 'lost') + extra(f2, 'lost') === 0 }
    },
  },
  { id: 'G14', quantity: 'F3, from create until durable in the spool', must: 'p50 30 ms, p99 150 ms', stretch: '5 and 25 ms', measured: of('agent.F3', (figure) => ({ text: `p50 ${extra(figure, 'p50Ms')} ms, p99 ${extra(figure, 'p99Ms')} ms`, must: extra(figure, 'p50Ms') <= 30 && extra(figure, 'p99Ms') <= 150, stretch: extra(figure, 'p50Ms') <= 5 && extra(figure, 'p99Ms') <= 25 })) },
  {
    id: 'G15', quantity: 'agent, CPU a file in F1 and F3, all processes', must: '70 and 135 µs', stretch: '3 × fatrace',
    measured(figures) {
      const [f1, f3] = [figures.get('agent.F1'), figures.get('agent.F3')]
      return f1 === undefined || f3 === undefined ? undefined : { text: `${round(f1.ours.median)} and ${round(f3.ours.median)} µs, ${times(f1.ratio?.median ?? Number.NaN)} and ${times(f3.ratio?.median ?? Number.NaN)} fatrace`, must: f1.ours.median <= 70 && f3.ours.median <= 135, stretch: (f1.ratio?.median ?? Infinity) <= 3 && (f3.ratio?.median ?? Infinity) <= 3 }
    },
  },
  { id: 'G16', quantity: 'agent, memory at F4', must: '130 MB', stretch: '90 MB', measured: of('agent.F4', (figure) => ({ text: `${extra(figure, 'pssMb')} MB, ${extra(figure, 'restPssMb')} MB half a minute later`, must: extra(figure, 'pssMb') <= 130, stretch: extra(figure, 'pssMb') <= 90 })) },
  { id: 'G17', quantity: 'F4, start to first activity', must: '1.5 s', stretch: '0.5 s', measured: of('agent.F4', ({ ours }) => ({ text: `${round(ours.median)} ms`, must: ours.median <= 1500, stretch: ours.median <= 500 })) },
  { id: 'G18', quantity: 'F5, how much longer a copy takes', must: '1.8 ×', stretch: '1.45 ×', measured: of('agent.F5', ({ ours }) => ({ text: times(ours.median), must: ours.median <= 1.8, stretch: ours.median <= 1.45 })) },
  { id: 'G19', quantity: 'F6, idle', must: '0.5 % of a core', stretch: '0.1 %', measured: of('agent.F6', ({ ours }) => ({ text: `${round(ours.median)} %`, must: ours.median <= 0.5, stretch: ours.median <= 0.1 })) },
  { id: 'G20', quantity: 'F7, an outage: bytes on disk an activity, replayed a second, lost', must: '1.5 ×, 20,000, 0', stretch: '0.5 ×, 100,000', measured: of('agent.F7', (figure) => {
    const ratio = extra(figure, 'spoolBytesEach') / extra(figure, 'bodyBytes')
    return { text: `${times(ratio)}, ${thousands(figure.ours.median)}, ${extra(figure, 'lost')}`, must: ratio <= 1.5 && figure.ours.median >= 20_000 && extra(figure, 'lost') === 0, stretch: ratio <= 0.5 && figure.ours.median >= 100_000 }
  }) },
  { id: 'G21', quantity: 'collector, start to ready', must: '2 s', stretch: '0.6 s', measured: of('start.collector', ({ ours }) => ({ text: `${round(ours.median)} ms`, must: ours.median <= 2000, stretch: ours.median <= 600 })) },
]

/** The table as Markdown. */
export function goalsTable(figures: Figures): string {
  const rows = goalRows.map((row) => {
    const found = row.measured(figures)
    const verdict = found === undefined ? 'not measured' : !found.must ? '**missed**' : found.stretch === true ? 'stretch met' : 'met'
    return `| ${row.id} | ${row.quantity} | ${row.must} | ${row.stretch} | ${found?.text ?? row.unmeasured ?? ''} | ${verdict} |`
  })
  return `| | what | must | stretch | measured | |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}`
}
