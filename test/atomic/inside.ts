// Runs on the stage: starts the sensors on this (copied) system, does the act, and prints what they told as JSON.
import { createEnrichment } from '@holdfast/agent/enrich/enrichment.ts'
import { filesSensor } from '@holdfast/agent/sensors/files.ts'
import { type FakeRun, startSensor } from '@holdfast/agent/sensors/fake-context.ts'
import { securityFeaturesSensor } from '@holdfast/agent/sensors/security-features.ts'
import { createLinuxPlatform } from '@holdfast/agent/platform/linux/platform.ts'
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Act, judge, type Seen, stateNames } from './act.ts'

/** An interval of polls is a second here; an act whose echo takes longer is not seen. */
const LONGEST_MS = 14_000
/** How long silence must last where nothing is to be told. */
const QUIET_MS = 4000

/** Beside the sensors, not instead of them: what an act does and undoes again must be seen in between. */
const shell = (text: string): Promise<void> => new Promise((resolve) => {
  const child = spawn('/bin/bash', ['-c', text], { stdio: ['ignore', 'ignore', 'inherit'], timeout: 60_000, env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', USER: 'root', LC_ALL: 'C' } })
  child.on('exit', (code) => {
    if (code !== 0) process.stderr.write(`${text} ended with ${code}\n`)
    resolve()
  })
})

const act = JSON.parse(process.argv[2] ?? '') as Act
if (act.prepare !== undefined) await shell(act.prepare)

const platform = createLinuxPlatform('/')
const runs: Pick<FakeRun, 'emitted' | 'reports'>[] = [startSensor(securityFeaturesSensor, { platform, nowMs: Date.now(), agentFolder: '/nonexistent', policy: { securityFeatures: { enabled: true, pollIntervalSecs: 1 } } })]

/** The sensor of files with the enrichment that a real agent has: what an archive is, its content says. */
async function startFiles(): Promise<Pick<FakeRun, 'emitted' | 'reports'>> {
  const folder = '/run/holdfast-act'
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const emitted: FakeRun['emitted'] = []
  const reports: FakeRun['reports'] = []
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const kept = new Map<string, string>()
  const enrichment = await createEnrichment({ folder, platform, now: Date.now, log })
  void filesSensor.start({
    policy: { files: { enabled: true, roots: ['/root', '/home', '/tmp'], kinds: ['file_copied', 'file_created', 'file_changed', 'file_renamed', 'file_deleted', 'archive_created'], hashLimitBytes: 1 << 20 } },
    platform, enrichment, log, signal: new AbortController().signal, now: Date.now, pace: () => 1,
    emit: async (activity) => void emitted.push(activity), report: (state) => void reports.push(state),
    memory: { get: async (key) => kept.get(key), set: async (key, value) => void kept.set(key, value) },
  })
  return { emitted, reports }
}
if (act.expect.kind === 'activity') runs.push(await startFiles())
for (const run of runs) while (run.reports.length === 0) await sleep(20)
await sleep(300)
for (const run of runs) process.stderr.write(`${JSON.stringify(run.reports.at(-1))}\n`)
for (const run of runs) run.emitted.length = 0

const startedAt = performance.now()
const arrivals = new Map<object, number>()
const seen = (): readonly Seen[] => runs.flatMap((run) => run.emitted.map((activity): Seen => {
  if (!arrivals.has(activity)) arrivals.set(activity, Math.round(performance.now() - startedAt))
  const changed = activity.detail.securityFeatureChanged
  const afterMs = arrivals.get(activity) ?? 0
  if (changed == null) return { kind: activity.kind, path: JSON.stringify(activity.detail).slice(0, 200), afterMs }
  return { kind: activity.kind, feature: changed.feature ?? '', from: stateNames[changed.from ?? 0], to: stateNames[changed.to ?? 0], fromValue: changed.fromValue ?? '', toValue: changed.toValue ?? '', seenBy: changed.seenBy ?? '', afterMs }
}))
await shell(act.act)
const isSilent = act.expect.kind === 'nothing'
while (performance.now() - startedAt < (isSilent ? QUIET_MS : LONGEST_MS)) {
  if (!isSilent && judge(act, seen()) === undefined) break
  await sleep(50)
}
// What else the same act brings.
await sleep(1200)
process.stdout.write(JSON.stringify(seen()))
process.exit(0)
