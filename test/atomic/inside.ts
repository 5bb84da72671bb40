// Runs on the stage: starts the sensors on this (copied) system, does the act, and prints what they told as JSON.
import { filesSensor } from '@holdfast/agent/sensors/files.ts'
import { type FakeRun, startSensor } from '@holdfast/agent/sensors/fake-context.ts'
import { securityFeaturesSensor } from '@holdfast/agent/sensors/security-features.ts'
import { createLinuxPlatform } from '@holdfast/agent/platform/linux/platform.ts'
import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Act, judge, type Seen, stateNames } from './act.ts'

/** An interval of polls is a second here; an act whose echo takes longer is not seen. */
const LONGEST_MS = 14_000
/** How long silence must last where nothing is to be told. */
const QUIET_MS = 4000

const shell = (text: string): void => {
  const { status, stderr } = spawnSync('/bin/bash', ['-c', text], { encoding: 'utf8', timeout: 60_000, env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', USER: 'root', LC_ALL: 'C' } })
  if (status !== 0) process.stderr.write(`${text} ended with ${status}: ${stderr}\n`)
}

const act = JSON.parse(process.argv[2] ?? '') as Act
if (act.prepare !== undefined) shell(act.prepare)

const platform = createLinuxPlatform('/')
const runs: FakeRun[] = [startSensor(securityFeaturesSensor, { platform, nowMs: Date.now(), agentFolder: '/nonexistent', policy: { securityFeatures: { enabled: true, pollIntervalSecs: 1 } } })]
if (act.expect.kind === 'activity') runs.push(startSensor(filesSensor, { platform, nowMs: Date.now(), agentFolder: '/nonexistent', policy: { files: { enabled: true, roots: ['/root', '/home', '/tmp'], kinds: ['file_copied', 'file_created', 'file_changed', 'file_renamed', 'file_deleted', 'archive_created'], hashLimitBytes: 1 << 20 } } }))
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
shell(act.act)
const isSilent = act.expect.kind === 'nothing'
while (performance.now() - startedAt < (isSilent ? QUIET_MS : LONGEST_MS)) {
  if (!isSilent && judge(act, seen()) === undefined) break
  await sleep(50)
}
// What else the same act brings.
await sleep(1200)
process.stdout.write(JSON.stringify(seen()))
process.exit(0)
