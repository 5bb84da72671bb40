import { describe, expect, test } from 'vitest'
import { createPace, returnSpreadSecs } from './pace.ts'

describe('the return of a fleet', () => {
  test('a small fleet comes at once, a large one over minutes, and nobody is kept away for longer than ten', () => {
    expect([returnSpreadSecs(100, 500), returnSpreadSecs(5000, 500), returnSpreadSecs(100_000, 500), returnSpreadSecs(1_000_000, 500)]).toEqual([0, 23, 478, 600])
  })
})

describe('credit', () => {
  const at = (sharers = 1) => {
    let ms = 0
    const pace = createPace(() => sharers, () => ms)
    return { pace, wait: (more: number) => (ms += more) }
  }
  /** A stream that gives 100 messages a second, with so many behind. */
  const busy = ({ pace, wait }: ReturnType<typeof at>, behind: number, secs = 60) => {
    for (let second = 0; second < secs; second += 1) {
      wait(1000)
      pace.took(100, behind)
    }
  }
  test('is the agent’s own limit while nothing waits', () => {
    expect(at().pace.credit(true)).toBe(256)
  })
  test('falls with the wait that is foreseen, down to nothing for those who hold a backlog', () => {
    const given = [50, 150, 400, 800, 1500].map((behind) => {
      const stream = at()
      busy(stream, behind)
      return stream.pace.credit(true)
    })
    expect(given).toEqual([256, 16, 4, 1, 0])
  })
  test('leaves one batch to a device that is up to date, however long the wait', () => {
    const stream = at()
    busy(stream, 100_000)
    expect(stream.pace.credit(false)).toBe(1)
  })
  test('counts with the speed of all processes that take from the stream', () => {
    const stream = at(3)
    busy(stream, 800)
    expect([Math.round(stream.pace.waitSecs * 10) / 10, stream.pace.credit(true)]).toEqual([2.7, 16])
  })
  test('comes back when nothing more is taken', () => {
    const stream = at()
    busy(stream, 5000)
    stream.wait(11_000)
    expect(stream.pace.credit(true)).toBe(256)
  })
})
