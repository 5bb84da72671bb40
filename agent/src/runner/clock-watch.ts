// Tells when somebody moved the clock: the distance between the wall clock and one that cannot be set.
import { setTimeout as sleep } from 'node:timers/promises'

/** Below this a time service is at work, not a person. */
export const CLOCK_STEP_MS = 30_000
const CHECK_MS = 5000

/**
 * Calls back with the step in milliseconds, positive for forward, until the signal aborts.
 *
 * @param steady milliseconds that also count while the device sleeps, or every wake-up would look like a step
 */
export async function watchClock(deps: { readonly now: () => number; readonly steady: () => number; readonly checkMs?: number }, onStep: (stepMs: number) => void, signal: AbortSignal): Promise<void> {
  let distance = deps.now() - deps.steady()
  while (!signal.aborted) {
    await sleep(deps.checkMs ?? CHECK_MS, undefined, { signal, ref: false }).catch(() => undefined)
    if (signal.aborted) return
    const next = deps.now() - deps.steady()
    const step = Math.round(next - distance)
    if (Math.abs(step) > CLOCK_STEP_MS) onStep(step)
    // Slow drift is followed, so that it never adds up to a step.
    distance = next
  }
}
