import { describe, expect, test } from 'vitest'
import { createFakePlatform } from './fake-platform.ts'
import { createMountWatch } from './linux/mount-watch.ts'
import { watchByPolling } from './poll-watch.ts'

describe('a watch of the mount table', () => {
  test('tells all who ask of a change, and nobody after the end', async () => {
    const device = createFakePlatform({ '/proc/self/mountinfo': 'one' })
    const watch = createMountWatch(device.root)
    const stop = new AbortController()
    try {
      const told: string[] = []
      const first = new Promise<void>((resolve) => void watch(() => { told.push('a'); resolve() }, stop.signal))
      const second = new Promise<void>((resolve) => void watch(() => { told.push('b'); resolve() }, stop.signal))
      device.write('/proc/self/mountinfo', 'two')
      await Promise.all([first, second])
      expect(told).toEqual(['a', 'b'])
    } finally {
      stop.abort()
      device.dispose()
    }
  })

  test('ends at once for a signal that has aborted', async () => {
    let told = 0
    await createMountWatch('/nowhere')(() => told++, AbortSignal.abort())
    expect(told).toBe(0)
  })
})

describe('a watch by polling', () => {
  test('a failed question is no change, and the first answer is none either', async () => {
    const stop = new AbortController()
    const answers = ['a', undefined, 'a', 'b']
    let told = 0
    const next = async (): Promise<string> => {
      const answer = answers.shift()
      if (answer === undefined) throw new Error('cannot be asked now')
      return answer
    }
    await watchByPolling(next, 1, () => {
      told++
      expect(answers).toEqual([])
      stop.abort()
    }, stop.signal)
    expect(told).toBe(1)
  })
})
