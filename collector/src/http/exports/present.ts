import { problemKinds, type Problem } from '../../exports/problem.ts'
import { breakerOf, readSettings, readState, type SecretName, type TargetState } from '../../exports/targets.ts'
import type { DeadLetter, ExportReplay, StoredTarget } from '../../store/exports.ts'
import type { DeadLetterView, ProblemView, TargetView } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

export const presentProblem = ({ kind, detail, status, certificate }: Problem): ProblemView => ({ kind, detail, advice: problemKinds[kind], ...(status === undefined ? {} : { status }), ...(certificate === undefined ? {} : { certificate }) })

function stateOf(target: StoredTarget, state: TargetState, waiting: number): TargetView['state'] {
  if (target.isPaused) return 'paused'
  if (state.failures > 0) return breakerOf(state) === 'open' ? 'open' : 'failing'
  return waiting > 0 ? 'behind' : 'good'
}

export interface TargetAround {
  readonly lag: { readonly records: number; readonly oldestAtMs?: number }
  readonly replays: readonly ExportReplay[]
  readonly deadLetters: number
  /** Names of the secrets that are set. */
  readonly secrets: readonly SecretName[]
  readonly nowMs: number
}

export function presentTarget(target: StoredTarget, { lag, replays, deadLetters, secrets, nowMs }: TargetAround): TargetView {
  const { place, format, batchSize, allowPrivate, names, tls = {} } = readSettings(target.doc)
  const state = readState(target.state)
  return {
    id: target.id, name: target.name, place: { ...place }, format, batchSize, allowPrivate, names, tls: { ...tls }, secrets: [...secrets], paused: target.isPaused, revision: target.revision,
    state: stateOf(target, state, lag.records), sent: target.sent, dropped: target.dropped, deadLetters, failures: state.failures,
    lag: { records: lag.records, seconds: lag.oldestAtMs === undefined ? 0 : Math.max(0, Math.round((nowMs - lag.oldestAtMs) / 1000)) },
    replays: replays.map(({ nextSeq, toSeq }) => ({ nextId: nextSeq, toId: toSeq })),
    ...(state.lastSentAtMs === undefined ? {} : { lastSentAt: iso(state.lastSentAtMs) }), ...(state.lastFailureAtMs === undefined ? {} : { lastFailureAt: iso(state.lastFailureAtMs) }),
    ...(state.failures > 0 && state.nextTryAtMs > nowMs ? { nextTryAt: iso(state.nextTryAtMs) } : {}), ...(state.problem === undefined ? {} : { problem: presentProblem(state.problem) }),
  }
}

export const presentDeadLetter = ({ seq, kind, ref, atMs, refusedAtMs, reason }: DeadLetter): DeadLetterView => ({ id: seq, kind, ref, at: iso(atMs), refusedAt: iso(refusedAtMs), reason })
