// Keeps the agent within its budget: at rest 1 % of one core and 120 MB, under load what the policy says. It slows one thing
// at a time, says which and why, and gives it back later. Slowing never drops an activity: what is slowed is done later, or
// is left out with a mark on the activity (`skipped`, `too_big`).
//
//   every 30 s ──► over the limit twice in a row ──► one more step     inspection → hashing → listing → polls
//                  below 60 % of it four times   ──► one step back     the last first
//
// At rest, which means that nothing was reported for five minutes, only the steps help that work by themselves: listing, polls.
// One look costs a few milliseconds, so that the governor itself stays below a ten-thousandth of a core.
import { setTimeout as sleep } from 'node:timers/promises'
import type { wire } from '@holdfast/proto'
import type { Cost } from './own-processes.ts'

export const steps = ['inspection', 'hashing', 'listing', 'polls'] as const
export type Step = (typeof steps)[number]
const AT_REST: readonly Step[] = ['listing', 'polls']

const LOOK_MS = 30_000
const LOOKS_OVER = 2
const LOOKS_BELOW = 4
const BELOW = 0.6
/** At rest a tenth look: a search at the start, a log rotation or a package update is no reason. */
const LOOKS_OVER_AT_REST = 10
/** design: idle at most 1 % of one core and 120 MB. */
export const IDLE_BUDGET = { cpuMillis: 10, bytes: 120 * 1_000_000 } as const
/** Under load, when the policy says nothing: a quarter of a core, and three times the memory at rest. */
export const LOAD_LIMIT = { cpuMillis: 250, bytes: 360 << 20 } as const

/** Plain words for each step: what it means for what is seen. */
const MEANING: Readonly<Record<Step, string>> = {
  inspection: 'few files are looked into; the others are marked as skipped',
  hashing: 'files above 1 MiB get a fingerprint of their ends and no whole hash',
  listing: 'files that nobody touches are listed later, so the source of a copy may be unknown for longer',
  polls: 'what tells nobody of its changes is looked at four times less often',
}

export interface Slowed {
  readonly reason: string
  readonly fix: string
}

export interface Governor {
  /** Takes the limits of a policy. */
  follow(policy: wire.AgentPolicy.$Properties): void
  /** Takes one look; called by `run`, and by tests. */
  look(): void
  /** What is slowed now, in plain words, and what else is over the budget. */
  warnings(): readonly string[]
  /** Looks until the signal aborts. */
  run(signal: AbortSignal): Promise<void>
}

export interface GovernorDeps {
  readonly measure: () => Cost
  /** Milliseconds of a clock that never jumps. */
  readonly steady: () => number
  /** Activities that were reported so far: no news means rest. */
  readonly reported: () => number
  /** Slows a step, or gives it back (undefined). */
  readonly slow: (step: Step, state: Slowed | undefined) => void
  readonly log: { warn(object: object, message: string): void; info(object: object, message: string): void }
}

const percent = (millis: number): string => `${Math.round(millis) / 10} %`
const mebibytes = (bytes: number): string => `${Math.round(bytes / (1 << 20))} MiB`

export function createGovernor({ measure, steady, reported, slow, log }: GovernorDeps): Governor {
  const slowed: { readonly step: Step; readonly state: Slowed }[] = []
  let limit: { readonly cpuMillis: number; readonly bytes: number } = LOAD_LIMIT
  let before = measure()
  let beforeAt = steady()
  let reportedBefore = reported()
  let restLooks = 0
  let restOver = 0
  let over = 0
  let below = 0
  let memoryWarning = ''

  const takeStep = (choice: readonly Step[], why: string): void => {
    const step = choice.find((one) => !slowed.some((other) => other.step === one))
    if (step === undefined) return
    const state = { reason: `The agent kept to its budget: ${why}; ${MEANING[step]}.`, fix: 'It ends by itself when the load does. Raise the agent’s limits of the group, or watch fewer places, if it comes often.' }
    slowed.push({ step, state })
    log.warn({ step, why }, 'the agent is over its budget and slows something')
    slow(step, state)
  }

  const stepBack = (): void => {
    const last = slowed.pop()
    if (last === undefined) return
    log.info({ step: last.step }, 'the agent is within its budget again')
    slow(last.step, undefined)
  }

  const judge = (cpuMillis: number, bytes: number, isAtRest: boolean): void => {
    const cpuOver = cpuMillis > limit.cpuMillis
    const memoryOver = bytes > limit.bytes
    over = cpuOver || memoryOver ? over + 1 : 0
    restOver = isAtRest && cpuMillis > IDLE_BUDGET.cpuMillis ? restOver + 1 : 0
    const calm = cpuMillis < limit.cpuMillis * BELOW && bytes < limit.bytes * BELOW && !(isAtRest && cpuMillis > IDLE_BUDGET.cpuMillis)
    below = calm ? below + 1 : 0
    if (over >= LOOKS_OVER) {
      over = 0
      takeStep(steps, cpuOver ? `${percent(cpuMillis)} of a core, ${percent(limit.cpuMillis)} allowed` : `${mebibytes(bytes)} of memory, ${mebibytes(limit.bytes)} allowed`)
    } else if (restOver >= LOOKS_OVER_AT_REST) {
      restOver = 0
      takeStep(AT_REST, `${percent(cpuMillis)} of a core at rest, ${percent(IDLE_BUDGET.cpuMillis)} allowed`)
    } else if (below >= LOOKS_BELOW) {
      below = 0
      stepBack()
    }
    memoryWarning = isAtRest && bytes > IDLE_BUDGET.bytes ? `The agent uses ${mebibytes(bytes)} of memory at rest; its budget is ${mebibytes(IDLE_BUDGET.bytes)}.` : ''
  }

  const governor: Governor = {
    follow({ reporting }) {
      const { cpuLimitMillis, memoryLimitBytes } = reporting ?? {}
      limit = { cpuMillis: cpuLimitMillis || LOAD_LIMIT.cpuMillis, bytes: memoryLimitBytes || LOAD_LIMIT.bytes }
    },
    look() {
      const [now, at] = [measure(), steady()]
      const elapsedMs = at - beforeAt
      const news = reported() - reportedBefore
      reportedBefore += news
      const cpuMillis = Math.max(0, ((now.cpuMs - before.cpuMs) / Math.max(1, elapsedMs)) * 1000)
      before = now
      beforeAt = at
      // Woken long after its time: the device slept, and says nothing of its usage meanwhile.
      if (elapsedMs > 4 * LOOK_MS) return
      restLooks = news === 0 ? restLooks + 1 : 0
      judge(cpuMillis, now.bytes, restLooks >= LOOKS_OVER_AT_REST)
    },
    warnings: () => [...slowed.map(({ state }) => state.reason), ...(memoryWarning === '' ? [] : [memoryWarning])],
    async run(signal) {
      while (!signal.aborted) {
        await sleep(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined)
        if (!signal.aborted) governor.look()
      }
    },
  }
  return governor
}
