// The leavers' hour through programs that others use for it, in turn with ours: rule engines of npm, and what Debian has.
//
// Everything is fetched into the bench's own folder. What cannot be fetched is named, and the others are measured all the same.
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Bench, type BenchContext, type Figure, type Goal, ratios, round, spread } from './bench.ts'
import { leaversHour, leaversStartMs } from './leavers.ts'
import { writePeerFiles } from './peer-events.ts'
import { type ProgramPass, runRsyslog, runSec, unpackDebian } from './peer-programs.ts'
import { type Peer, startPeer } from './processes.ts'

const run = promisify(execFile)
const ACTIVITIES = 1_000_000
const USERS = 1000
const SEED = 7
/** The slow engines get a part of the hour: their rate does not change over it. */
const ENGINE_EVENTS = 300_000

const ENGINES = { 'json-rules-engine': { version: '7', must: 5, stretch: 12 }, 'node-rules': { version: '9', must: undefined, stretch: undefined }, 'json-logic-js': { version: '2', must: undefined, stretch: undefined } } as const
type EngineName = keyof typeof ENGINES
const PROGRAMS = { sec: { packages: ['sec'], must: 2, stretch: 5 }, rsyslog: { packages: ['rsyslog', 'liblognorm5', 'libestr0', 'libfastjson4'], must: 0.5, stretch: 1 } } as const
type ProgramName = keyof typeof PROGRAMS

interface Pass {
  readonly alerted: readonly string[]
  readonly cpuSecs: number
  readonly events: number
  readonly rssMb: number
}

/** @returns the folder that modules are found from; undefined with what went wrong said */
async function fetchEngines(context: BenchContext): Promise<string | undefined> {
  const folder = join(context.folder, 'engines')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'peers', version: '1.0.0', private: true, type: 'commonjs' }))
  try {
    await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, ...Object.entries(ENGINES).map(([name, { version }]) => `${name}@${version}`)], { cwd: folder, timeout: 180_000 })
    return join(folder, 'package.json')
  } catch (error) {
    context.say(`peers: the rule engines of npm are missing: ${error instanceof Error ? error.message.split('\n')[0] ?? '' : ''}`)
    return undefined
  }
}

async function fetchProgram(context: BenchContext, name: ProgramName): Promise<string | undefined> {
  const root = join(context.folder, `root-${name}`)
  try {
    await unpackDebian(root, PROGRAMS[name].packages)
    return root
  } catch (error) {
    context.say(`peers: ${name} is missing: ${error instanceof Error ? error.message.split('\n')[0] ?? '' : ''}`)
    return undefined
  }
}

const perCpuSecond = ({ events, cpuSecs }: { readonly events: number; readonly cpuSecs: number }): number => events / Math.max(0.01, cpuSecs)
const asPass = ({ lines, ...pass }: ProgramPass): Pass => ({ ...pass, events: lines })

function figureOf(name: string, ours: readonly Pass[], peer: readonly Pass[], expected: readonly string[], aims: { readonly must: number | undefined; readonly stretch: number | undefined }, what: string, extra: Readonly<Record<string, number | string>>): Figure {
  const ratio = ratios(ours.map(perCpuSecond), peer.map(perCpuSecond))
  const found = new Set(peer.at(-1)?.alerted ?? [])
  const goals: Goal[] = [
    ...(aims.must === undefined ? [] : [{ text: `at least ${aims.must} times ${name}`, met: ratio.median >= aims.must }]),
    ...(aims.stretch === undefined ? [] : [{ text: `at least ${aims.stretch} times ${name}`, met: ratio.median >= aims.stretch, aim: true }]),
    { text: 'ours: every leaver found, nobody wrong', met: ours.every(({ alerted }) => alerted.length === expected.length && expected.every((account) => alerted.includes(account))) },
  ]
  return {
    name: `peers.${name}`, unit: 'activities per CPU second', better: 'higher', ours: spread(ours.map(perCpuSecond)), reference: spread(peer.map(perCpuSecond)), against: what, ratio, goals,
    figures: { activities: ACTIVITIES, users: USERS, peerEvents: peer[0]?.events ?? 0, peerFound: `${expected.filter((account) => found.has(account)).length}/${expected.length}`, peerRssMb: round(spread(peer.map(({ rssMb }) => rssMb)).median), oursRssMb: round(spread(ours.map(({ rssMb }) => rssMb)).median), ...extra },
  }
}

export const peers: Bench = {
  name: 'peers', summary: 'W1 by json-rules-engine, node-rules, json-logic, SEC and rsyslog, in turn with ours.', limitSecs: 1500,
  async run(context) {
    const hour = leaversHour({ seed: SEED, activities: ACTIVITIES, users: USERS, startMs: leaversStartMs(Date.now()), perBatch: 100 })
    const [json, log] = [join(context.folder, 'hour.jsonl'), join(context.folder, 'hour.log')]
    const bytes = await writePeerFiles(hour, json, log)
    const expected = [...hour.expected.keys()]
    const modules = await fetchEngines(context)
    const roots = new Map<ProgramName, string>()
    for (const name of Object.keys(PROGRAMS) as ProgramName[]) {
      const root = await fetchProgram(context, name)
      if (root !== undefined) roots.set(name, root)
    }
    const ours = startPeer('evaluate-run.ts', [])
    const engine: Peer | undefined = modules === undefined ? undefined : startPeer('peer-engine-run.ts', [])
    const passes = new Map<string, Pass[]>()
    const note = (name: string, pass: Pass): void => {
      passes.set(name, [...(passes.get(name) ?? []), pass])
      context.say(`peers: ${name} ${Math.round(perCpuSecond(pass))} activities per CPU second, ${pass.alerted.length} alerts`)
    }
    try {
      await ours.ask({ do: 'prepare', seed: SEED, activities: ACTIVITIES, users: USERS })
      await engine?.ask({ do: 'prepare', path: json, leavers: [...hour.leavers] })
      await ours.ask({ mode: 'ours' })
      for (let turn = 0; turn < context.runs; turn += 1) {
        context.signal.throwIfAborted()
        const answer = await ours.ask<Omit<Pass, 'events'> & { readonly activities: number }>({ mode: 'ours' })
        note('ours', { ...answer, events: answer.activities })
        // Of the last turn every engine gets the whole hour, so that what it finds is known.
        const limit = turn === context.runs - 1 ? ACTIVITIES : ENGINE_EVENTS
        for (const name of Object.keys(ENGINES) as EngineName[]) if (engine !== undefined) note(name, await engine.ask<Pass>({ do: 'run', engine: name, modules, limit }))
        for (const [name, root] of roots) {
          try {
            note(name, asPass(await (name === 'sec' ? runSec : runRsyslog)(root, context.folder, log, ACTIVITIES)))
          } catch (error) {
            roots.delete(name)
            context.say(`peers: ${name} does not run here: ${error instanceof Error ? error.message : String(error)}`)
          }
        }
      }
    } finally {
      await ours.end()
      await engine?.end()
    }
    const of = (name: string): readonly Pass[] => passes.get(name) ?? []
    const told = { jsonBytesPerEvent: round(bytes.jsonBytes / ACTIVITIES), logBytesPerEvent: round(bytes.logBytes / ACTIVITIES) }
    const missing = [...Object.keys(ENGINES), ...Object.keys(PROGRAMS)].filter((name) => of(name).length === 0)
    return [
      ...(Object.keys(ENGINES) as EngineName[]).filter((name) => of(name).length > 0).map((name) => figureOf(name, of('ours'), of(name), expected, ENGINES[name], `${name} with a map of windows beside it, JSON`, told)),
      ...(Object.keys(PROGRAMS) as ProgramName[]).filter((name) => of(name).length > 0).map((name) => figureOf(name, of('ours'), of(name), expected, PROGRAMS[name], name === 'sec' ? 'SEC with its own windows, text lines' : 'rsyslog: TCP, mmnormalize, JSON file; no rule', { ...told, ...(missing.length === 0 ? {} : { missing: missing.join(', ') }) })),
    ]
  },
}
