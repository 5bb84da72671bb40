import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeDurably } from '../platform/durable-file.ts'
import { drillName, type DrillPlan, type DrillProgress, type MarkedActivity } from './contract.ts'
import { createDrillMarks } from './marks.ts'
import { makeReport } from './report.ts'

const NOW = 1_800_000_000_000
const EPOCH = 'e'.repeat(32)
const planOf = (id: string): DrillPlan => ({ format: 1, id, pid: 4242, startedAtMs: NOW, endsAtMs: NOW + 60_000, acts: [{ kind: 'file_copied', times: 2, paths: [`/media/${drillName(id)}/${drillName(id)}-00.txt`] }] })
const first = planOf('1'.repeat(32))
const second = planOf('2'.repeat(32))
const actOfPlan = (plan: DrillPlan): MarkedActivity => ({ kind: 'file_copied', detail: { fileCopied: { destination: { path: plan.acts[0]?.paths[0] ?? '' } } } })

let folder: string
let nowMs: number
let reports: number
let stop: AbortController
let watching: Promise<void>
const silent = { info: () => {}, warn: () => {} }

async function start(elevated = true) {
  stop = new AbortController()
  const marks = createDrillMarks({ folder: join(folder, 'drill'), elevated, now: () => nowMs, log: silent, onReport: () => (reports += 1) })
  watching = marks.watch(stop.signal)
  while ((await stat(join(folder, 'drill')).catch(() => undefined)) === undefined) await new Promise((resolve) => setTimeout(resolve, 5))
  return marks
}
const give = (plan: DrillPlan): Promise<void> => writeDurably(join(folder, 'drill/plan.json'), JSON.stringify(plan), { sync: false })
const progress = async (isSo: (found: DrillProgress) => boolean): Promise<DrillProgress> => {
  for (;;) {
    const found = await readFile(join(folder, 'drill/progress.json'), 'utf8').then((text) => JSON.parse(text) as DrillProgress, () => undefined)
    if (found !== undefined && isSo(found)) return found
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-drill-marks-'))
  nowMs = NOW
  reports = 0
})
afterEach(async () => {
  stop.abort()
  await watching
  await rm(folder, { recursive: true })
})

describe('marks of a drill', () => {
  it('are given from the plan on, so many times and no more, and never without a plan', async () => {
    const marks = await start()
    expect(marks.markOf(actOfPlan(first))).toBeUndefined()
    await give(first)
    await progress(({ id }) => id === first.id)
    expect([1, 2, 3].map(() => marks.markOf(actOfPlan(first)))).toEqual([first.id, first.id, undefined])
    expect(marks.markOf(actOfPlan(second))).toBeUndefined()
  })

  it('end with the plan', async () => {
    const marks = await start()
    await give(first)
    await progress(({ id }) => id === first.id)
    nowMs = NOW + 60_001
    expect(marks.markOf(actOfPlan(first))).toBeUndefined()
  })

  it('are still given for what an earlier drill takes back while the next one begins', async () => {
    const marks = await start()
    await give(first)
    await progress(({ id }) => id === first.id)
    await give(second)
    await progress(({ id }) => id === second.id)
    expect([marks.markOf(actOfPlan(first)), marks.markOf(actOfPlan(second))]).toEqual([first.id, second.id])
  })

  it('are refused where the agent does not run as root, and the drill is told why', async () => {
    const marks = await start(false)
    await give(first)
    expect((await progress(({ id }) => id === first.id)).refused).toContain('root')
    expect(marks.markOf(actOfPlan(first))).toBeUndefined()
  })

  it('are not given for a plan that others may write', async () => {
    const marks = await start()
    await writeDurably(join(folder, 'drill/plan.json'), JSON.stringify(first), { mode: 0o666, sync: false })
    await give(second)
    await progress(({ id }) => id === second.id)
    expect(marks.markOf(actOfPlan(first))).toBeUndefined()
  })
})

describe('what is measured', () => {
  it('is the first time that each step was heard of, by the device’s clock', async () => {
    const marks = await start()
    await give(first)
    await progress(({ id }) => id === first.id)
    nowMs = NOW + 100
    marks.stored(actOfPlan(first), first.id, EPOCH, 7)
    nowMs = NOW + 200
    marks.heard({ drill: first.id, arrivals: [{ epoch: EPOCH, seq: 7 }, { epoch: EPOCH, seq: 99, scored: true }] })
    nowMs = NOW + 300
    marks.heard({ drill: first.id, arrivals: [{ epoch: EPOCH, seq: 7, scored: true, indicators: ['copy_to_removable_media'] }] })
    nowMs = NOW + 400
    marks.heard({ drill: first.id, arrivals: [{ epoch: EPOCH, seq: 7, scored: true, indicators: ['copy_to_removable_media'], policy: 'Data leaks', score: 25 }] })
    marks.heard({ drill: second.id, arrivals: [{ epoch: EPOCH, seq: 7, policy: 'Other', score: 99 }] })
    const { kinds } = await progress(({ kinds: { file_copied: found } }) => found?.alertedAtMs !== undefined)
    expect(kinds.file_copied).toEqual({ seen: 1, durableAtMs: NOW + 100, storedAtMs: NOW + 200, scoredAtMs: NOW + 300, alertedAtMs: NOW + 400, indicators: ['copy_to_removable_media'], policy: 'Data leaks', score: 25 })
  })

  it('is known again after a restart, as the last report', async () => {
    const report = makeReport(first.id, { startedAtMs: NOW, endedAtMs: NOW + 500 }, [{ kind: 'file_copied', sensor: 'files', act: 'A copy.', actedAtMs: NOW }], { format: 1, id: first.id, refused: '', kinds: { file_copied: { seen: 1, durableAtMs: NOW + 20, storedAtMs: NOW + 40, scoredAtMs: NOW + 60, indicators: ['copy_to_removable_media'] } } }, new Map(), false)
    await start()
    stop.abort()
    await watching
    await writeFile(join(folder, 'drill/report.json'), JSON.stringify(report), { mode: 0o600 })
    const marks = await start()
    while (marks.lastReport() === undefined) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(reports).toBe(1)
    expect(marks.lastReport()).toEqual(report)
    expect(report).toMatchObject({ outcome: 'passed', signals: [{ outcome: 'scored', durableMs: 20, storedMs: 40, scoredMs: 60 }] })
  })
})
