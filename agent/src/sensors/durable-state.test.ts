import { describe, expect, test } from 'vitest'
import { loadState, saveState } from './durable-state.ts'

const buildMemory = (): { readonly room: Map<string, string>; get(key: string): Promise<string | undefined>; set(key: string, value: string): Promise<void> } => {
  const room = new Map<string, string>()
  return { room, get: async (key) => room.get(key), set: async (key, value) => void room.set(key, value) }
}

/** Text that does not deflate. */
const noise = (length: number): string => {
  let state = 1
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647
    return String.fromCharCode(33 + (state % 90))
  }).join('')
}

describe('states of any size', () => {
  test('what was saved is loaded, the last one counts', async () => {
    const memory = buildMemory()
    expect(await loadState(memory, 'key')).toBeUndefined()
    await saveState(memory, 'key', [1, 'ä'])
    await saveState(memory, 'key', { b: 2 })
    expect(await loadState(memory, 'key')).toEqual({ b: 2 })
  })

  test('a state of several megabytes is cut into values of less than one', async () => {
    const memory = buildMemory()
    const state = [noise(3_000_000)]
    await saveState(memory, 'key', state)
    expect(await loadState(memory, 'key')).toEqual(state)
    expect(memory.room.size).toBeGreaterThan(3)
    expect(Math.max(...[...memory.room.values()].map((value) => value.length))).toBeLessThan(1 << 20)
  })
})

describe('crashes and damage', () => {
  test('a crash in the middle of a save leaves the old state whole', async () => {
    const memory = buildMemory()
    await saveState(memory, 'key', 'old')
    let writes = 0
    const failing = { ...memory, set: async (key: string, value: string) => {
      if (++writes > 2) throw new Error('power cut')
      await memory.set(key, value)
    } }
    await expect(saveState(failing, 'key', [noise(3_000_000)])).rejects.toThrow('power cut')
    expect(await loadState(memory, 'key')).toBe('old')
  })

  test.each(['', 'null', '1', '{"parts":"x","generation":"a"}', '{"parts":3,"generation":"a"}', '{"parts":1,"generation":"c"}'])('a head of %j is no state', async (head) => {
    const memory = buildMemory()
    await saveState(memory, 'key', 'old')
    memory.room.set('key', head)
    memory.room.set('key.a.0', 'damaged')
    expect(await loadState(memory, 'key')).toBeUndefined()
  })
})
