// How the figures look: a line for people, JSON for programs, and docs/performance.md with docs/performance.json behind it.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Figure, type Goal, round, type Spread } from './bench.ts'
import { goalsTable } from './goals.ts'
import type { Machine } from './machine.ts'

const docs = join(import.meta.dirname, '../../docs')

const number = (value: number): string => (Math.abs(value) >= 1000 ? Math.round(round(value)).toLocaleString('en-GB') : String(round(value)))
const range = (values: Spread): string => (values.min === values.max ? number(values.median) : `${number(values.median)} (${number(values.min)} to ${number(values.max)})`)
const verdictOf = (goal: Goal): string => (goal.met ? 'met' : goal.aim === true ? 'aim, not met' : 'NOT MET')
const restOf = (figure: Figure): string => Object.entries(figure.figures).map(([key, value]) => `${key} ${typeof value === 'number' ? number(value) : value}`).join(', ')

export function figureLine(figure: Figure): string {
  const ratio = figure.ratio === undefined ? '' : `  ratio ${range(figure.ratio)}`
  const goals = figure.goals.map((goal) => `\n    ${verdictOf(goal)}: ${goal.text}`).join('')
  return `${figure.name}\n    ours ${range(figure.ours)} ${figure.unit}${figure.reference === undefined ? '' : `  against ${range(figure.reference)} (${figure.against ?? ''})`}${ratio}${goals}\n    ${restOf(figure)}`
}

export const jsonOf = (figures: readonly Figure[], skipped: readonly object[], problems: readonly object[], machine: Machine): string => JSON.stringify({ machine, figures, skipped, problems })

/** A figure with what it was measured on; pages keep those of an earlier day until they are measured again. */
interface Kept extends Figure {
  readonly machine: Machine
  readonly runs: number
}

/** What each group of figures measures, and how. */
const chapters: readonly { readonly prefix: string; readonly title: string; readonly text: string }[] = [
  {
    prefix: 'ingest.', title: 'Ingest: JetStream to committed and scored',
    text: `Batches of 100 activities in the mix of a working day (60 % changed files, 20 % new ones, then deletions, renames, sessions, packages, media, copies and changes of security features), encoded beforehand and published with acknowledgements by a process of its own, 32 in flight; a real \`nats-server\` with file storage.
Ours is the collector's own puller, ingest, store (WAL, \`synchronous=FULL\`) and evaluation with both templates on; it ends when the last user is scored. The raw chain, in the same run and in turn with ours, decodes, writes one \`jsonb_each\` statement a batch into the same table with the same indexes and durability, commits as many messages at once, and acknowledges: no ledger, no users, no insights, no scores.`,
  },
  {
    prefix: 'evaluate.', title: 'Evaluation: W1 and W6',
    text: `**W1, the leavers' hour**: a million activities of 1,000 users within one hour, a tenth of them leavers, 3 % of all copying 60 files to a stick within half an hour. A leaver with more than 20 copies within 3,600 s must get exactly one alert, everybody else none; an exact sliding window beside the generator says who. Ours decodes and checks every activity, folds it into insights of every indicator, and evaluates whoever has news after each hundred batches; the reference decodes with protobufjs and keeps a map of time windows for this one rule. One thread each, CPU time of the thread. *W1-decoded* leaves the decoding out on both sides.
**W6**: the same hour, everybody a leaver, in batches of 100 over 50 connections through JetStream, ingest, SQLite and evaluation; latency is from handing the decisive batch to the client until its alert is committed, at half of the rate that the run before it reached.`,
  },
  {
    prefix: 'peers.', title: 'W1 beside other programs',
    text: `The same hour, in turn with ours. *json-rules-engine*, *node-rules* and *json-logic-js* come from npm; they have no windows, so the copies of each user are counted beside them and they are asked on every event (the first 300,000 events, and the whole hour once, which says what they find). *SEC* and *rsyslog* are Debian's packages, unpacked and not installed. Ours decodes and checks the whole protobuf message of an activity and keeps insights of every indicator; the engines parse a JSON object, SEC matches a line of text, rsyslog takes lines from TCP apart and writes JSON, without a rule. CPU is user and system time of the whole process. Esper, OSSEC and Wazuh have to be built from source snapshots and did not run beside ours.`,
  },
  {
    prefix: 'overload.', title: 'W7: more than it can take',
    text: 'As W6, but the publisher offers as fast as the broker acknowledges, 256 batches in flight, until everything is offered; the stream keeps what the collector has not taken yet. Beside it: as many as W6 has, at the pace that the collector takes.',
  },
  {
    prefix: 'queries.', title: 'W9: every question of the console, and the cost of growth',
    text: `A collector with 10,000 people and devices, 5,000 alerts beside those that it makes itself, and more and more activities, written by the collector's own transaction of ingest; each million walks the same 60 days once more. Then each question that the console asks (\`scripts/bench/console-queries.ts\`) is asked 40 times over HTTPS, about other people, devices and alerts each time, while nobody waits to be scored. *Growth* is the CPU time of the whole process for the last 200,000 inserts before each size, insights included.`,
  },
  { prefix: 'load.', title: 'Connected agents', text: '`pnpm load`: every device is enrolled by the agent’s own code with a key of its own and has the agent’s own uplink over a TLS connection of its own, and the agent’s own keeper of policies; sensors and the disk are simulated. 70 % work in an office, 25 % develop, 3 % build, 2 % unpack thousands of files at once; a tenth is away once and comes back, a twentieth has a wrong clock. Memory is resident memory of collector and broker together, looked at each second from the first enrolment to the last commit.' },
  { prefix: 'crash.', title: 'W8: killed at random', text: 'Devices of `pnpm load` at work, while the collector and the broker are ended with `kill -9` again and again; from starting it again until it has committed something new.' },
  { prefix: 'start.', title: 'The collector’s start', text: 'From the start of the process on an installation that has nothing yet until it says that it is ready; its broker starts with it.' },
  { prefix: 'spool.', title: 'The agent’s spool', text: 'Appends that are synced to disk when they resolve, one or 1,000 outstanding, beside the same bytes written to a bare file with one `fdatasync` for all that wait.' },
  {
    prefix: 'files.', title: 'The files sensor: F1 to F4, F6',
    text: `The real sensor with enrichment, runner and spool in a process of its own and the child that reads files; CPU and memory of both count. Every file has its own content, so each is read and hashed. As root all of it runs on a file system of its own in a private mount namespace. chokidar and bare fanotify only say that there is a file: they read nothing and keep nothing. Latency is from just before \`open(2)\` until the activity is durable in our spool.
**F1** 20,000 files of 1 KiB at once into 200 folders. **F2** the same, each folder made just before its first file. **F3** 10,000 files, 1,000 a second. **F4** a tree of 10,000 folders with 100,000 files that is there before the start; from starting the process until the first new file in the last folder is an activity, and the highest memory within the next 10 s. **F6** nothing happens.`,
  },
  {
    prefix: 'agent.', title: 'The agent beside fatrace, inotifywait and @parcel/watcher: F1 to F7',
    text: `**F1** to **F3** as above, and **F5**, \`cp -r\` of 20,000 files on tmpfs: sensor, enrichment, runner and spool in a process of their own, with the child that reads; the others print or hand over a name and keep nothing. CPU is user and system time of all processes of a watcher, children included. Latency is from just before \`open(2)\` until the activity is durable, for the others until the name is there.
**F4**, **F6** and **F7** are the installed program with its watchdog, every sensor, its uplink and a collector. F4: a tree that is there before the start (a million files with \`--full\`, all of them empty); from starting the program until something that is done in its last folder is durable, the highest memory of the next 10 s, and the memory half a minute later. \`pssMb\` divides what processes share by those that share it on this machine, \`aloneMb\` counts it once, as on a device that runs nothing else of the kind. F6: nothing happens for a minute (ten with \`--full\`). F7: the activities of a minute at 1,000 a second (of an hour with \`--full\`) are spooled while the collector is unreachable, the writer is killed twice; then an agent sends all of it.`,
  },
  { prefix: 'latency.', title: 'From a copy to an alert', text: 'A whole installation with a real agent: a person’s process copies documents to a mounted volume, one by one, and each copy changes the alert that is there. From just before `close(2)` until the WebSocket message, and until the number of copies stands on the alert’s page in Chromium.' },
  {
    prefix: 'classifier.', title: 'Sensitive information in text',
    text: 'Eight megabytes of office text, one word in seven with digits, scanned by the agent’s scanner with one type, ten and all that it knows; CPU time of the process. *One by one* is what the same engine needs when each pattern is searched for on its own.',
  },
  {
    prefix: 'rollout.', title: 'A policy to 2,000 devices, ring by ring',
    text: 'Two thousand connections to a real `nats-server`, each with the credential of its device, and the agent’s own keeper behind each, which verifies every signed policy; 60 of them, spread evenly, cannot carry the bad policy out. Rings of 1, 10, 50 and 100 %, each watched for a second. Figures of the correct policy and of taking it back are the 95th percentile from being told to the look that found the proof in a heartbeat. All devices share one process and one machine with the collector.',
  },
  {
    prefix: 'enrol.', title: 'Ten thousand enrolments',
    text: 'A real installation and 10,000 devices in one process beside it, each with a key, a hardware id and a folder of its own, that come within four minutes, all from one address, and enrol with the agent’s own code: two HTTPS requests each over connections of their own, the pin checked, the identity written durably. The limit of one source is 25 a second after a burst of 250; whoever is too many is told a place in the line, and comes back. *Sent away* counts those answers, *most often* of one device; a try is the last one alone.',
  },
  { prefix: 'alert-queue.', title: 'The queue of 100,000 alerts', text: 'In a real browser: from opening the queue until its rows are there, nothing loads and a key marks the first of them; and what each of its questions takes.' },
  { prefix: 'user-chart.', title: 'The chart of one user', text: 'In a real browser, with 50,000 stored activities: from the choice of another range until the bubbles stand on the screen.' },
  { prefix: 'preview.', title: 'Previews of a policy', text: 'A policy is tried on what is stored of many people and days, while everything else goes on.' },
  { prefix: 'agent-idle', title: 'The installed agent, idle', text: 'Every sensor on, connected, for 25 s without activity on the watched file system.' },
]

const INTRODUCTION = `<!-- Generated by \`pnpm bench --write-doc\` from docs/performance.json; do not edit. -->

# Performance

\`pnpm bench\` measures Holdfast beside what it is compared with **in the same run, in turn**: this machine, this hour, these files. Trust the ratios; a rate or a time without one says more about the machine. Where nothing can be measured beside us, the ratio is to the limit that must hold. Figures are the median of the runs, with the smallest and the largest. Where others used the machine meanwhile the load before the run says so: then even a ratio is a lower bound, because ours has more to do than the reference and is disturbed more. Everything happens on loopback and in temporary folders.

A goal that is *aimed at* does not fail \`pnpm bench\`; every other one does.
`

const cell = (text: string): string => text.replaceAll('|', '\\|')
const machineText = ({ cpu, cores, memoryGb, kernel, node, load1, measuredAt }: Machine): string => `${cpu}, ${cores} cores, ${memoryGb} GB, ${kernel}, Node ${node.slice(1)}, load of others before it ${load1}, ${measuredAt}`

function row(figure: Kept): string {
  const beside = figure.reference !== undefined ? `${range(figure.reference)}, ${figure.against ?? ''}` : figure.limit === undefined ? '' : `limit ${number(figure.limit)}`
  const ratio = figure.ratio !== undefined ? range(figure.ratio) : figure.limit === undefined ? '' : `${number(figure.ours.median / figure.limit)} of the limit`
  return `| ${[figure.name, `${range(figure.ours)} ${figure.unit}`, beside, ratio, `${figure.better} is better`].map(cell).join(' | ')} |`
}

function page(figures: readonly Kept[]): string {
  const parts = [INTRODUCTION]
  const missed = figures.flatMap((figure) => figure.goals.filter((goal) => !goal.met).map((goal) => `- \`${figure.name}\`: ${goal.text}${goal.aim === true ? ' (aimed at)' : ''}`))
  parts.push('## The goals\n', `${goalsTable(new Map(figures.map((figure) => [figure.name, figure])))}\n`)
  parts.push('## What falls short\n', missed.length === 0 ? 'Every goal was met.\n' : `${missed.join('\n')}\n`)
  for (const { prefix, title, text } of chapters) {
    const own = figures.filter((figure) => figure.name.startsWith(prefix))
    if (own.length === 0) continue
    parts.push(`## ${title}\n`, `${text}\n`, '| figure | ours | beside it | ratio | |\n| --- | --- | --- | --- | --- |', ...own.map(row), '')
    for (const figure of own) {
      if (figure.goals.length > 0) parts.push(`\`${figure.name}\`: ${figure.goals.map((goal) => `${goal.text}: **${verdictOf(goal).toLowerCase()}**`).join('; ')}.`)
      parts.push(`${figure.goals.length > 0 ? '' : `\`${figure.name}\`. `}${restOf(figure)}. ${figure.runs} run${figure.runs === 1 ? '' : 's'}.\n`)
    }
    const machines = [...new Set(own.map((figure) => machineText(figure.machine)))]
    parts.push(...machines.map((text_) => `Measured on: ${text_}.\n`))
  }
  return `${parts.join('\n').trimEnd()}\n`
}

/** Adds what was measured to docs/performance.json and makes docs/performance.md from all of it. */
export async function writeDocument(figures: readonly Figure[], machine: Machine, runs: number): Promise<void> {
  const file = join(docs, 'performance.json')
  const before = await readFile(file, 'utf8').then((text) => JSON.parse(text) as readonly Kept[], () => [])
  const order = (name: string) => chapters.findIndex(({ prefix }) => name.startsWith(prefix))
  const kept = [...before.filter((old) => !figures.some((figure) => figure.name === old.name)), ...figures.map((figure) => ({ ...figure, machine, runs }))].toSorted((a, b) => order(a.name) - order(b.name) || a.name.localeCompare(b.name, 'en', { numeric: true }))
  await writeFile(file, `${JSON.stringify(kept, undefined, 2)}\n`)
  await writeFile(join(docs, 'performance.md'), page(kept))
}
