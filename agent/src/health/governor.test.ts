import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { createGovernor, type Slowed, type Step } from './governor.ts'
import { costOfAll } from './own-processes.ts'
import { createUsageMeter } from './usage.ts'

/** A governor whose agent uses what the test says; each look is half a minute later. */
function build(options: { readonly news?: number } = {}) {
  const state = { cpuMs: 0, bytes: 80_000_000, at: 0, reported: 0, news: options.news ?? 100 }
  const slowed = new Map<Step, Slowed>()
  const history: string[] = []
  const governor = createGovernor({
    measure: () => ({ cpuMs: state.cpuMs, bytes: state.bytes }), steady: () => state.at, reported: () => state.reported, log: { warn() {}, info() {} },
    slow(step, how) {
      history.push(`${how === undefined ? '-' : '+'}${step}`)
      if (how === undefined) slowed.delete(step)
      else slowed.set(step, how)
    },
  })
  const look = (cpuMillis: number, count = 1, elapsedMs = 30_000): void => {
    for (let index = 0; index < count; index += 1) {
      state.at += elapsedMs
      state.cpuMs += (cpuMillis * elapsedMs) / 1000
      state.reported += state.news
      governor.look()
    }
  }
  return { governor, state, slowed, history, look }
}

describe('an agent under load', () => {
  it('slows nothing for one short peak', () => {
    const { look, history } = build()
    look(900)
    look(100)
    look(900)
    expect(history).toEqual([])
  })

  it('slows one thing at a time, in order, and no more than there is', () => {
    const { look, history } = build()
    look(400, 2)
    expect(history).toEqual(['+inspection'])
    look(400, 20)
    expect(history).toEqual(['+inspection', '+hashing', '+listing', '+polls'])
  })

  it('says why, what it means and what to do', () => {
    const { look, slowed, governor } = build()
    look(412, 2)
    expect(slowed.get('inspection')?.reason).toBe('The agent kept to its budget: 41.2 % of a core, 25 % allowed; few files are looked into; the others are marked as skipped.')
    expect(slowed.get('inspection')?.fix).toContain('limits of the group')
    expect(governor.warnings()).toEqual([slowed.get('inspection')?.reason])
  })

  it('gives back the last first, one at a time, after two calm minutes each', () => {
    const { look, history, governor } = build()
    look(400, 4)
    look(100, 3)
    expect(history).toEqual(['+inspection', '+hashing'])
    look(100)
    expect(history.at(-1)).toBe('-hashing')
    look(100, 4)
    expect(history.at(-1)).toBe('-inspection')
    expect(governor.warnings()).toEqual([])
  })

  it('neither slows nor gives back between the two marks', () => {
    const { look, history } = build()
    look(400, 2)
    look(200, 50)
    expect(history).toEqual(['+inspection'])
  })

  it('slows for memory, too', () => {
    const { look, state, history, slowed } = build()
    state.bytes = 500 << 20
    look(10, 2)
    expect(history).toEqual(['+inspection'])
    expect(slowed.get('inspection')?.reason).toContain('500 MiB of memory, 360 MiB allowed')
  })

  it('keeps the limits of the policy', () => {
    const { look, governor, history } = build()
    governor.follow({ reporting: { cpuLimitMillis: 800 } })
    look(700, 10)
    expect(history).toEqual([])
    governor.follow({})
    look(700, 2)
    expect(history).toEqual(['+inspection'])
  })
})

describe('an agent at rest', () => {
  it('may use one per cent, and slows what works by itself when it uses more for ten minutes', () => {
    const { look, history } = build({ news: 0 })
    look(9, 40)
    expect(history).toEqual([])
    look(20, 9)
    expect(history).toEqual([])
    look(20)
    expect(history).toEqual(['+listing'])
    look(20, 10)
    expect(history).toEqual(['+listing', '+polls'])
    look(20, 50)
    expect(history).toEqual(['+listing', '+polls'])
  })

  it('is not at rest while something is reported', () => {
    const { look, history } = build({ news: 1 })
    look(50, 100)
    expect(history).toEqual([])
  })

  it('says that it takes more memory than it should', () => {
    const { look, state, governor } = build({ news: 0 })
    state.bytes = 150 << 20
    look(1, 10)
    expect(governor.warnings()).toEqual(['The agent uses 150 MiB of memory at rest; its budget is 114 MiB.'])
  })
})

describe('a device that slept', () => {
  it('is not judged by the time that it was asleep', () => {
    const { look, history, state } = build()
    look(400)
    state.cpuMs += 1_000_000
    look(10_000, 1, 3_600_000)
    expect(history).toEqual([])
  })
})

describe.runIf(process.platform === 'linux')('the cost of all processes', () => {
  it('counts what a child used while it runs and after it has ended, and never less than before', async () => {
    const before = costOfAll()
    const child = spawn(process.execPath, ['-e', 'while (process.cpuUsage().user < 300000); process.send(1); setTimeout(() => {}, 60000)'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    await new Promise((resolve) => child.once('message', resolve))
    const during = costOfAll()
    expect(during.cpuMs - before.cpuMs).toBeGreaterThanOrEqual(150)
    expect(during.bytes).toBeGreaterThan(before.bytes)
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    expect(costOfAll().cpuMs - before.cpuMs).toBeGreaterThanOrEqual(150)
  })

  it('counts the watchdog, and a process that is gone as nothing', () => {
    expect(costOfAll(process.ppid).bytes).toBeGreaterThan(costOfAll().bytes)
    expect(costOfAll(4_194_300).bytes).toBeGreaterThan(0)
  })

  it('is asked again only after a while', () => {
    let asked = 0
    let at = 0
    const meter = createUsageMeter(() => at, { minMs: 1000, measure: () => ({ cpuMs: ++asked * 100, bytes: 7 }) })
    at = 1000
    expect(meter.read()).toEqual({ rssBytes: 7, cpuMillis: 100 })
    at = 1500
    expect(meter.read()).toEqual({ rssBytes: 7, cpuMillis: 100 })
    expect(asked).toBe(2)
  })
})
