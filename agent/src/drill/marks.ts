// The agent's side of a drill: takes plans, marks exactly their acts, and keeps how far each has come.
import { watch as watchFolder } from 'node:fs'
import { join } from 'node:path'
import type { ActivityKind, wire } from '@holdfast/proto'
import { makePrivateFolder, writeDurably } from '../platform/durable-file.ts'
import type { DrillMarks, DrillPlan, DrillProgress, DrillReport, KindProgress, PlannedAct } from './contract.ts'
import { actOf, parsePlan } from './plan.ts'
import { readPrivateJson } from './private-file.ts'
import { parseReport } from './report.ts'

/** What comes together is written together; a figure of a drill is not falsified by it, since times are taken before. */
const GATHER_MS = 10

export interface DrillMarksDeps {
  /** `drill/` of the agent's folder; made 0700 where it is absent. */
  readonly folder: string
  /** Without root anybody with the agent's account could ask for marks. */
  readonly elevated: boolean
  readonly now: () => number
  readonly log: { info(object: object, message: string): void; warn(object: object, message: string): void }
  /** There is another report. */
  readonly onReport?: () => void
}

type Kinds = Partial<Record<ActivityKind, KindProgress>>

interface Running {
  readonly plan: DrillPlan
  readonly left: Map<PlannedAct, number>
  /** Kinds of what is durable, by epoch and number. */
  readonly kinds: Map<string, ActivityKind>
  progress: Kinds
}

/** What a drill has put there goes after its report; the next drill may begin at once. */
const PLANS_KEPT = 4
const NOTHING: KindProgress = { seen: 0, indicators: [] }

export function createDrillMarks({ folder, elevated, now, log, onReport }: DrillMarksDeps): DrillMarks {
  /** Latest first: its progress is what is written. */
  let plans: readonly Running[] = []
  let report: DrillReport | undefined
  let refused = ''
  let refusedId = ''
  let writing: Promise<void> = Promise.resolve()
  let scheduled = false

  const write = async (): Promise<void> => {
    scheduled = false
    const [running] = plans
    const id = refusedId === '' ? running?.plan.id ?? '' : refusedId
    if (id === '') return
    const progress: DrillProgress = { format: 1, id, refused: refusedId === '' ? '' : refused, kinds: running?.progress ?? {} }
    await writeDurably(join(folder, 'progress.json'), JSON.stringify(progress), { sync: false }).catch((error: unknown) => log.warn({ err: error }, 'the progress of a drill cannot be written'))
  }
  const touch = (): void => {
    if (scheduled) return
    scheduled = true
    // One after the other: two writers of one file would be in each other's way.
    setTimeout(() => { writing = writing.then(write) }, GATHER_MS).unref()
  }
  const update = (running: Running, kind: ActivityKind, change: (before: KindProgress) => KindProgress): void => {
    running.progress = { ...running.progress, [kind]: change(running.progress[kind] ?? NOTHING) }
    touch()
  }

  const takePlan = async (): Promise<void> => {
    const found = await readPrivateJson(join(folder, 'plan.json'))
    const plan = parsePlan(found, now())
    if (plan === undefined || plan.id === plans[0]?.plan.id || plan.id === refusedId) return
    if (!elevated) {
      refused = 'The agent does not run as root, so it marks no activity as part of a drill.'
      refusedId = plan.id
      return touch()
    }
    const running: Running = { plan, left: new Map(plan.acts.map((act) => [act, act.times])), kinds: new Map(), progress: {} }
    plans = [running, ...plans.filter((one) => one.plan.endsAtMs >= now())].slice(0, PLANS_KEPT)
    log.info({ drill: plan.id, acts: plan.acts.length }, 'a fire drill begins')
    touch()
  }
  const takeReport = async (): Promise<void> => {
    const next = parseReport(await readPrivateJson(join(folder, 'report.json')))
    if (next === undefined || (next.id === report?.id && next.endedAtMs === report.endedAtMs)) return
    report = next
    onReport?.()
  }
  const look = async (): Promise<void> => {
    await takePlan()
    await takeReport()
  }

  return {
    async watch(signal) {
      await makePrivateFolder(folder)
      let looking: Promise<void> = Promise.resolve()
      await new Promise<void>((resolve) => {
        if (signal.aborted) return resolve()
        try {
          const watcher = watchFolder(folder, { persistent: false, signal }, (_event, name) => {
            if (name === 'plan.json' || name === 'report.json') looking = looking.then(look)
          })
          watcher.on('error', (error) => log.warn({ err: error }, 'drills are not seen any more; a restart of the agent mends it'))
          watcher.on('close', resolve)
        } catch (error) {
          log.warn({ err: error }, 'the folder of drills cannot be watched, so no drill is taken')
          resolve()
        }
        signal.addEventListener('abort', () => resolve(), { once: true })
        // After the watch: what is written in between is seen by both.
        looking = looking.then(look)
      })
      await looking
    },
    markOf(activity) {
      for (const { plan, left } of plans) {
        const act = now() > plan.endsAtMs ? undefined : actOf(plan, activity)
        const times = act === undefined ? 0 : left.get(act) ?? 0
        if (act === undefined || times <= 0) continue
        left.set(act, times - 1)
        return plan.id
      }
      return undefined
    },
    stored(activity, drill, epoch, seq) {
      const running = plans.find(({ plan }) => plan.id === drill)
      if (running === undefined) return
      const atMs = now()
      running.kinds.set(`${epoch} ${seq}`, activity.kind)
      update(running, activity.kind, (before) => ({ ...before, seen: before.seen + 1, durableAtMs: before.durableAtMs ?? atMs }))
    },
    heard(news) {
      const running = plans.find(({ plan }) => plan.id === news.drill)
      if (running === undefined) return
      const atMs = now()
      for (const arrival of news.arrivals ?? []) {
        const kind = running.kinds.get(`${arrival.epoch ?? ''} ${arrival.seq ?? 0}`)
        if (kind !== undefined) update(running, kind, (before) => arrived(before, arrival, atMs))
      }
    },
    lastReport: () => report,
    async flush() {
      await writing
      if (scheduled) await write()
    },
  }
}

/** The first time counts: what comes again says nothing new. */
function arrived(before: KindProgress, { scored = false, indicators, policy, score }: wire.DrillArrival.$Properties, atMs: number): KindProgress {
  const counted = (indicators ?? []).length > 0
  return {
    ...before, storedAtMs: before.storedAtMs ?? atMs,
    ...(scored === true ? { scoredAtMs: before.scoredAtMs ?? atMs } : {}),
    ...(counted ? { indicators: [...new Set([...before.indicators, ...(indicators ?? [])])] } : {}),
    ...(policy === undefined || policy === null || policy === '' ? {} : { alertedAtMs: before.alertedAtMs ?? atMs, policy, score: score ?? 0 }),
  }
}
