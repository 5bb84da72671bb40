import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Orders, WatchdogTimes } from './contract.ts'
import { openCrashLog } from './crash-log.ts'
import { socketAddress } from './notify.ts'
import { createWatchdog, type Watchdog } from './watchdog.ts'

/** Patient with a busy machine; what a test waits for is short in that test alone. */
const QUICK: Partial<WatchdogTimes> = { silentMs: 15_000, pingMs: 5000, firstBeatMs: 15_000, backoffFirstMs: 5, backoffMaxMs: 20, crashLimit: 3, crashWindowMs: 60_000, safeModeMs: 60_000, stopMs: 15_000 }

vi.setConfig({ testTimeout: 60_000 })

interface Line {
  readonly pid?: number
  readonly orders?: Orders
  readonly environment?: readonly string[]
  readonly stopped?: string
  readonly grandchild?: number
}

let folder: string
let told: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-watchdog-'))
  told = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const journal = (): readonly Line[] => (existsSync(join(folder, 'journal')) ? readFileSync(join(folder, 'journal'), 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Line) : [])
const starts = (): readonly Line[] => journal().filter((line) => line.pid !== undefined)

async function until(what: string, holds: () => boolean): Promise<void> {
  const end = performance.now() + 30_000
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited for ${what}: ${JSON.stringify(journal())}`)
    await sleep(20)
  }
}

const isGone = (pid: number): boolean => {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

function watch(mode: string, times: Partial<WatchdogTimes> = {}): { readonly watchdog: Watchdog; readonly code: Promise<number> } {
  const watchdog = createWatchdog({
    folder, worker: [join(import.meta.dirname, 'worker.fixture.ts'), join(folder, 'journal'), mode], environment: { PATH: process.env['PATH'] }, times: { ...QUICK, ...times },
    steady: () => performance.now(), log: () => {}, manager: { watchdogMs: 100, tell: (state) => void told.push(state) },
  })
  return { watchdog, code: watchdog.run() }
}

describe('a worker that is well', () => {
  it('is told to stop, ends by itself, and its end is the watchdog’s', async () => {
    const { watchdog, code } = watch('well')
    await until('READY', () => told.some((state) => state.startsWith('READY=1')))
    await until('a sign of life passed on', () => told.includes('WATCHDOG=1'))
    watchdog.stop('SIGTERM')
    expect(await code).toBe(0)
    expect(journal().at(-1)).toEqual({ stopped: 'SIGTERM' })
    expect(told).toContain('STOPPING=1')
    expect(starts()).toHaveLength(1)
    expect(starts()[0]?.orders).toMatchObject({ watchdogPid: process.pid, restarts: 0, lastEnd: '' })
    expect(starts()[0]?.environment).not.toContain('HOLDFAST_AGENT_ORDERS')
  })

  it('is killed when it does not stop in time', async () => {
    const { watchdog, code } = watch('deaf', { stopMs: 100 })
    await until('READY', () => told.some((state) => state.startsWith('READY=1')))
    watchdog.stop('SIGTERM')
    expect(await code).toBe(1)
  })

  it('is killed at once when the watchdog is told a second time', async () => {
    const { watchdog, code } = watch('deaf', { stopMs: 600_000 })
    await until('READY', () => told.some((state) => state.startsWith('READY=1')))
    watchdog.stop('SIGTERM')
    watchdog.stop('SIGTERM')
    expect(await code).toBe(1)
  })
})

describe('a worker that has an answer', () => {
  it('is not started again, and its code is passed on', async () => {
    expect(await watch('refuses').code).toBe(3)
    expect(starts()).toHaveLength(1)
  })
})

describe('a worker that hangs', () => {
  it('is killed with what it had started when its loop spins, and started again with the reason', async () => {
    const { watchdog, code } = watch('spins-once', { silentMs: 1500, pingMs: 500 })
    await until('a second start', () => starts().length === 2)
    const [first, second] = starts()
    expect(isGone(first?.pid ?? 0)).toBe(true)
    expect(isGone(journal().find((line) => line.grandchild !== undefined)?.grandchild ?? 0)).toBe(true)
    expect(second?.orders).toMatchObject({ restarts: 1, lastEnd: expect.stringContaining('it did not answer') })
    watchdog.stop('test')
    expect(await code).toBe(0)
  })

  it('is killed when it is stopped before its first sign of life, and leads to safe mode like every crash', async () => {
    const { watchdog, code } = watch('never-beats', { firstBeatMs: 2000, crashLimit: 1, stopMs: 100 })
    await until('safe mode', () => starts().some((line) => line.orders?.safeMode !== undefined))
    watchdog.stop('test')
    await code
    expect(starts()[1]?.orders?.lastEnd).toContain('no sign of life')
  })
})

describe('a worker that crashes again and again', () => {
  it('is started in safe mode at the limit, with the reason, and stays up', async () => {
    const { watchdog, code } = watch('crashes')
    await until('safe mode', () => starts().length === 4)
    expect(starts().map((line) => line.orders?.safeMode === undefined)).toEqual([true, true, true, false])
    expect(starts()[3]?.orders?.safeMode?.reason).toBe('The agent crashed 3 times within 1 minutes; the last time: exit code 70.')
    await until('the manager to hear of it', () => told.some((state) => state.includes('SAFE MODE')))
    watchdog.stop('test')
    await code
  })

  it('is started again in safe mode, too', async () => {
    const { watchdog, code } = watch('crashes-always')
    await until('starts in safe mode', () => starts().length >= 6)
    expect(starts()[5]?.orders?.safeMode).toBeDefined()
    watchdog.stop('test')
    await code
  })

  it('tries the policy again when the time of safe mode is over, and goes back at the first crash', async () => {
    const { watchdog, code } = watch('crashes', { safeModeMs: 300 })
    await until('a second safe mode', () => starts().filter((line) => line.orders?.safeMode !== undefined).length === 2)
    expect(starts().map((line) => line.orders?.safeMode === undefined)).toEqual([true, true, true, false, true, false])
    expect(starts()[5]?.orders?.safeMode?.reason).toContain('again after safe mode')
    watchdog.stop('test')
    await code
  })

  it('leaves safe mode at once for a policy that has not crashed yet', async () => {
    const { watchdog, code } = watch('new-policy', { stopMs: 1000 })
    await until('a start without safe mode', () => starts().length === 5)
    // The time that the one before had for its end is over by then, and is not held against this one.
    await sleep(1500)
    expect(starts()).toHaveLength(5)
    expect(starts()[4]?.orders?.safeMode).toBeUndefined()
    expect(journal()).toContainEqual({ stopped: 'policy version 8 came' })
    watchdog.stop('test')
    expect(await code).toBe(0)
  })
})

describe('what is remembered of crashes', () => {
  const times = { backoffFirstMs: 1000, backoffMaxMs: 60_000, crashLimit: 5, crashWindowMs: 600_000, safeModeMs: 1_800_000, safeModeMaxMs: 14_400_000 } as WatchdogTimes
  let now = 0
  const open = (boot = 'boot-1') => openCrashLog(folder, times, () => now, boot)

  beforeEach(() => {
    now = 1_000_000
  })

  it('waits longer after each crash up to the cap, and forgets that after a calm time', () => {
    const log = open()
    const waits = Array.from({ length: 8 }, () => {
      now += 1000
      return log.crashed('exit code 70', 1000)
    })
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
    now += 700_000
    expect(log.crashed('exit code 70', 700_000)).toBe(1000)
  })

  it('counts crashes within ten minutes only', () => {
    const log = open()
    for (let crash = 0; crash < 20; crash += 1) {
      now += 200_000
      log.crashed('signal SIGSEGV', 199_000)
    }
    expect(log.safeMode()).toBeUndefined()
  })

  it('doubles the time of safe mode that did not help, up to the cap', () => {
    const log = open()
    for (let crash = 0; crash < 5; crash += 1) log.crashed('x', 0)
    const lasted: number[] = []
    for (let round = 0; round < 5; round += 1) {
      const { retryInMs = 0 } = log.safeMode() ?? {}
      lasted.push(retryInMs)
      now += retryInMs
      log.leaveSafeMode()
      log.crashed('x', 10)
    }
    expect(lasted).toEqual([1_800_000, 3_600_000, 7_200_000, 14_400_000, 14_400_000])
  })

  it('outlives the watchdog, but neither a boot nor a stop in good order', () => {
    for (let crash = 0; crash < 5; crash += 1) open().crashed('x', 0)
    expect(open().safeMode()).toMatchObject({ retryInMs: 1_800_000 })
    expect(open('boot-2').safeMode()).toBeUndefined()
    open().forget()
    expect(open().safeMode()).toBeUndefined()
  })

  it('begins anew when its file is damaged, and goes on when it cannot be written', () => {
    for (let crash = 0; crash < 5; crash += 1) open().crashed('x', 0)
    writeFileSync(join(folder, 'watchdog.json'), '{"boot":"boot-1","crashes":7}')
    expect(open().safeMode()).toBeUndefined()
    rmSync(join(folder, 'watchdog.json'))
    mkdirSync(join(folder, 'watchdog.json'))
    const log = open()
    for (let crash = 0; crash < 5; crash += 1) log.crashed('x', 0)
    expect(log.safeMode()).toBeDefined()
  })
})

describe('the address of a service manager', () => {
  it('is a path, or a name without one, and nothing else', () => {
    expect(socketAddress('/run/systemd/notify')?.subarray(2).toString()).toBe('/run/systemd/notify\0')
    expect(socketAddress('@abc')).toEqual(Buffer.from([1, 0, 0, 97, 98, 99]))
    expect(socketAddress('')).toBeUndefined()
    expect(socketAddress('vsock:2:1')).toBeUndefined()
    expect(socketAddress(`/${'x'.repeat(120)}`)).toBeUndefined()
  })
})
