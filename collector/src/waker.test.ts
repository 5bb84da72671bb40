import { describe, expect, test } from 'vitest'
import { createWaker } from './waker.ts'

const never = new AbortController().signal
const isOver = async (rest: Promise<void>): Promise<boolean> => Promise.race([rest.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))])

describe('a loop that rests', () => {
  test('has its first turn at once, and later ones when somebody wakes it', async () => {
    const waker = createWaker()
    expect(await isOver(waker.rest(never))).toBe(true)
    waker.begin()
    const rest = waker.rest(never)
    expect(await isOver(rest)).toBe(false)
    waker.wake()
    expect(await isOver(rest)).toBe(true)
  })
  test('does not miss what comes while it works, and takes what came before its turn as seen', async () => {
    const waker = createWaker()
    waker.begin()
    waker.wake()
    expect(await isOver(waker.rest(never))).toBe(true)
    waker.begin()
    expect(await isOver(waker.rest(never))).toBe(false)
  })
  test('ends with the signal, before and during the rest, and leaves no listener behind', async () => {
    const waker = createWaker()
    const ending = new AbortController()
    waker.begin()
    const rest = waker.rest(ending.signal)
    ending.abort()
    expect([await isOver(rest), await isOver(waker.rest(ending.signal))]).toEqual([true, true])
  })
  test('ends by itself after its time', async () => {
    const waker = createWaker()
    waker.begin()
    const kept = setInterval(() => {}, 1000)
    await waker.rest(never, 1)
    clearInterval(kept)
    expect(await isOver(waker.rest(never))).toBe(false)
  })
})
