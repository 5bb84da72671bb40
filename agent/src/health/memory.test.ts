import { afterEach, describe, expect, it, vi } from 'vitest'
import { keepMemorySmall } from './memory.ts'

const ending: AbortController[] = []
afterEach(() => {
  for (const one of ending.splice(0)) one.abort()
  vi.useRealTimers()
})

const MIB = 1 << 20

describe('memory that a burst left behind', () => {
  it('goes back once it is quiet, once, and again only after it has grown', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    let resident = 100 * MIB
    const giveBack = vi.fn<() => Promise<void>>(async () => { resident = 60 * MIB })
    const end = new AbortController()
    ending.push(end)
    vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 0, system: 0 })
    keepMemorySmall(end.signal, { resident: () => resident, giveBack, lookMs: 1000 })
    await vi.advanceTimersByTimeAsync(1000)
    expect(giveBack).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(5000)
    expect(giveBack).toHaveBeenCalledTimes(1)
    resident = 80 * MIB
    await vi.advanceTimersByTimeAsync(1000)
    expect(giveBack).toHaveBeenCalledTimes(2)
    end.abort()
    resident = 200 * MIB
    await vi.advanceTimersByTimeAsync(5000)
    expect(giveBack).toHaveBeenCalledTimes(2)
    vi.restoreAllMocks()
  })

  it('stays while there is work', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const giveBack = vi.fn<() => Promise<void>>(async () => {})
    const end = new AbortController()
    ending.push(end)
    vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 900_000_000, system: 0 })
    keepMemorySmall(end.signal, { resident: () => 100 * MIB, giveBack, lookMs: 1000 })
    await vi.advanceTimersByTimeAsync(3000)
    expect(giveBack).not.toHaveBeenCalled()
    vi.restoreAllMocks()
  })
})
