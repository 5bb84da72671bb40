// A fire drill: harmless real acts on this device, each with the time until it was durable, stored, scored and alerted on.
//
//   holdfast-agent drill ──plan.json──> agent that runs     (what will be done, before it is done)
//   acts on the system   ──sensors────> agent: an activity that is exactly one of the planned acts carries the drill's id
//                        <─progress.json─ agent: durable here; stored, scored, alerted as the collector says (DrillNews)
//   report.json ──────────────────────> agent: in every heartbeat from then on
//
// All files stand in `drill/` of the agent's folder: 0600 in 0700, and whoever may write there owns the agent anyway. A mark
// says that an activity counts for nobody, so it must not be had by anybody else: the agent gives it only where it runs as
// root, only for names that a drill has made up (64 random bits), in folders that only root may write to, with the content
// and the process that the plan names, and only so many times. Nobody can ask for a mark with what a sensor sees.
import type { ActivityKind, wire } from '@holdfast/proto'

/** One thing that the drill does, or undoes, as the sensors will tell it. */
export interface PlannedAct {
  readonly kind: ActivityKind
  /** Activities that may carry the mark for it. */
  readonly times: number
  /** Paths of files, mount points, programs or folders, exactly; for a security feature the file that it is made of, as its value names it. */
  readonly paths: readonly string[]
  /** Check sums that the object may have, where the activity has one. */
  readonly sha256?: readonly string[]
  /** The feature that the decoy belongs to. */
  readonly feature?: string
}

export interface DrillPlan {
  readonly format: 1
  /** 32 lower-case hex digits. */
  readonly id: string
  /** The process that acts. */
  readonly pid: number
  readonly startedAtMs: number
  /** No activity is marked after it. */
  readonly endsAtMs: number
  readonly acts: readonly PlannedAct[]
}

/** How far one kind has come; times by the device's clock. */
export interface KindProgress {
  readonly seen: number
  readonly durableAtMs?: number
  readonly storedAtMs?: number
  readonly scoredAtMs?: number
  readonly alertedAtMs?: number
  readonly indicators: readonly string[]
  /** Under which it would be part of an alert. */
  readonly policy?: string
  readonly score?: number
}

export interface DrillProgress {
  readonly format: 1
  /** Drill whose plan the agent has taken. */
  readonly id: string
  /** Why the agent marks nothing; empty when it does. */
  readonly refused: string
  readonly kinds: Readonly<Partial<Record<ActivityKind, KindProgress>>>
}

export type SignalOutcome = 'alerted' | 'scored' | 'stored' | 'kept' | 'missed' | 'not_done' | 'not_expected'

export interface SignalResult {
  readonly kind: ActivityKind
  readonly sensor: string
  /** What was done, in plain words. */
  readonly act: string
  readonly outcome: SignalOutcome
  readonly reason: string
  readonly fix: string
  readonly durableMs?: number
  readonly storedMs?: number
  readonly scoredMs?: number
  readonly alertedMs?: number
  readonly indicators: readonly string[]
  readonly policy?: string
  readonly score?: number
}

export interface DrillReport {
  readonly format: 1
  readonly id: string
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly outcome: 'passed' | 'failed' | 'stopped'
  readonly signals: readonly SignalResult[]
}

/** What the rest of the agent sees of a drill. */
export interface DrillMarks {
  /** Takes plans and reports until the signal aborts. */
  watch(signal: AbortSignal): Promise<void>
  /** The drill that an activity belongs to, if it is exactly one of its acts; counts it. */
  markOf(activity: MarkedActivity): string | undefined
  /** A marked activity is durable. */
  stored(activity: MarkedActivity, drill: string, epoch: string, seq: number): void
  /** What the collector says. */
  heard(news: wire.DrillNews.$Properties): void
  lastReport(): DrillReport | undefined
  /** Resolves when what is known is on the disk. */
  flush(): Promise<void>
}

/** As much of a sensed activity as a mark depends on. */
export interface MarkedActivity {
  readonly kind: ActivityKind
  readonly actor?: { readonly pid?: number }
  readonly detail: Pick<wire.Activity.$Properties, 'fileCopied' | 'fileCreated' | 'fileChanged' | 'fileRenamed' | 'fileDeleted' | 'archiveCreated' | 'filesStaged' | 'removableMediaMounted' | 'removableMediaUnmounted' | 'securityFeatureChanged' | 'applicationInstalled' | 'applicationRemoved'>
}

/** Every name that a drill makes up begins so, with 16 hex digits of its id behind it. */
export const DRILL_NAME = 'holdfast-drill-'
export const drillName = (id: string): string => `${DRILL_NAME}${id.slice(0, 16)}`
/** A plan that is older is none: nobody can leave one lying for later. */
export const MAX_DRILL_MS = 15 * 60_000
