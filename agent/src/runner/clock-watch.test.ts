import { describe, expect, it, vi } from 'vitest'
import { watchClock } from './clock-watch.ts'

/** A busy machine may take its time. */
const eventually = <T>(probe: () => T | Promise<T>): Promise<T> => vi.waitFor(probe, { timeout: 10_000, interval: 5 })

describe('the clock', () => {
  it('is watched for steps, not for drift, and sleep is no step', async () => {
    let wall = 1_000_000
    let steady = 0
    const steps: number[] = []
    const ending = new AbortController()
    let looks = 0
    const done = watchClock({ now: () => wall, steady: () => ((looks += 1), steady), checkMs: 1 }, (step) => steps.push(step), ending.signal)
    const seen = async (): Promise<void> => {
      const before = looks
      await eventually(() => expect(looks).toBeGreaterThan(before + 1))
    }
    await seen()
    // Asleep for an hour: both go on.
    wall += 3_600_000
    steady += 3_600_000
    await seen()
    wall += 20_000
    await seen()
    wall += 20_000
    await seen()
    expect(steps).toEqual([])
    wall += 90_000
    await seen()
    wall -= 7_200_000
    await seen()
    ending.abort()
    await done
    expect(steps).toEqual([90_000, -7_200_000])
  })
})
