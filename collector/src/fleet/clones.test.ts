import { describe, expect, it } from 'vitest'
import { createCloneWatch } from './clones.ts'

const START = Date.UTC(2026, 5, 1)
const beat = (atSecs: number, uptimeSecs: number, epoch = 'e', hostname = 'lt-1') => ({ receivedAtMs: START + atSecs * 1000, uptimeSecs, hostname, spool: { epoch, lastSeq: 0, ackedSeq: 0, bytes: 0, maxBytes: 0, dropped: 0 } })

describe('one credential on two computers', () => {
  it('shows when heartbeats of two agents take turns, whatever differs between them', () => {
    for (const other of [{ epoch: 'f' }, { hostname: 'lt-2' }, { behind: 3600 }]) {
      const watch = createCloneWatch()
      const turns = [0, 1, 2, 3].map((n) => watch.heard('d', n % 2 === 0 ? beat(n * 15, 5000 + n * 15) : beat(n * 15, 5000 + n * 15 - (other.behind ?? 0), other.epoch, other.hostname)))
      expect(turns).toEqual([false, false, false, true])
      expect(watch.of('d', START)?.length).toBe(other.hostname === undefined ? 1 : 2)
      watch.forget('d')
      expect(watch.of('d', START)).toBeUndefined()
    }
  })

  it('is not a restart, an upgrade, a new name, a fresh spool, or a heartbeat that was on its way for long', () => {
    const watch = createCloneWatch()
    const told = [beat(0, 500), beat(30, 2), beat(60, 32), beat(90, 3, 'f'), beat(120, 33, 'f', 'lt-2'), beat(400, 62, 'f', 'lt-2'), beat(410, 323, 'f', 'lt-2'), beat(440, 353, 'f', 'lt-2')].map((report) => watch.heard('d', report))
    expect(told).toEqual(Array.from({ length: 8 }, () => false))
    expect(watch.of('d', START)).toBeUndefined()
  })

  it('is forgotten when the other one was not heard for a day', () => {
    const watch = createCloneWatch()
    for (const n of [0, 1, 2, 3, 4]) watch.heard('d', beat(n, 500, n % 2 === 0 ? 'e' : 'f'))
    expect(watch.of('d', START + 3_600_000)).toEqual(['lt-1'])
    expect(watch.of('d', START + 90_000_000)).toBeUndefined()
  })
})
