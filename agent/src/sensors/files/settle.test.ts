import { describe, expect, it } from 'vitest'
import { createSettler, LONGEST_MS, QUICK_MS, QUIET_MS, type Written } from './settle.ts'

const written = (path: string, more: Partial<Written> = {}): Written => ({ kind: 'written', path, place: 'removable', created: true, atMs: 0, ...more })

describe('a file that is written in several steps', () => {
  it('is told once, after it was quiet', () => {
    const settler = createSettler()
    for (let at = 0; at < 500; at += 50) settler.add(written('/s/a'), at)
    expect(settler.due(500, 10)).toEqual([])
    expect(settler.due(450 + QUIET_MS, 10)).toHaveLength(1)
    expect(settler.size).toBe(0)
  })

  it('without an end is told every two seconds', () => {
    const settler = createSettler()
    let told = 0
    for (let at = 0; at <= 3 * LONGEST_MS; at += 20) {
      settler.add(written('/s/log', { created: false }), at)
      told += settler.due(at, 10).length
    }
    expect(told).toBeGreaterThanOrEqual(2)
    expect(told).toBeLessThanOrEqual(4)
  })

  it('is new when its first step made it, and keeps who began it', () => {
    const settler = createSettler()
    settler.add(written('/s/a', { doer: { pid: 5, process: { pid: 5, ppid: 1, name: 'cp', executable: '/bin/cp', uid: 1, parentName: 'sh' } } }), 0)
    settler.add(written('/s/a', { created: false, doer: { pid: 6 } }), 10)
    expect(settler.due(1000, 10)).toMatchObject([{ created: true, doer: { pid: 5 } }])
  })
})

describe('a new local file', () => {
  it('is told almost at once, and what is written to it later is a second look', () => {
    const settler = createSettler()
    settler.add(written('/h/a', { place: 'local' }), 0)
    expect(settler.nextMs(0)).toBe(QUICK_MS)
    expect(settler.due(QUICK_MS, 10)).toHaveLength(1)
    settler.add(written('/h/a', { place: 'local', created: false }), 20)
    expect(settler.nextMs(20)).toBe(QUIET_MS)
  })
})

describe('what waits', () => {
  it('can be taken back, follows its folder, and comes in portions', () => {
    const settler = createSettler()
    for (let index = 0; index < 10; index++) settler.add(written(`/s/d/${index}`), index)
    expect(settler.take('/s/d/3')?.path).toBe('/s/d/3')
    settler.moveFolder('/s/d', '/s/e')
    expect(settler.due(1000, 4).map(({ path }) => path)).toEqual(['/s/e/0', '/s/e/1', '/s/e/2', '/s/e/4'])
    expect(settler.size).toBe(5)
    expect(settler.nextMs(1000)).toBe(0)
  })
})
