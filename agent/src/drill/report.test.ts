import { describe, expect, it } from 'vitest'
import type { DrillProgress, KindProgress } from './contract.ts'
import { type Attempt, makeReport, onWire, parseReport } from './report.ts'

const NOW = 1_800_000_000_000
const id = 'f'.repeat(32)
const copy: Attempt = { kind: 'file_copied', sensor: 'files', act: 'A copy.', actedAtMs: NOW }
const scored: KindProgress = { seen: 1, durableAtMs: NOW + 1, storedAtMs: NOW + 2, scoredAtMs: NOW + 3, indicators: ['copy_to_removable_media'] }
const of = (kinds: DrillProgress['kinds'], attempts: readonly Attempt[] = [copy], sensors: Parameters<typeof makeReport>[4] = new Map(), stopped = false) => makeReport(id, { startedAtMs: NOW, endedAtMs: NOW + 9 }, attempts, { format: 1, id, refused: '', kinds }, sensors, stopped)

describe('the outcome of a drill', () => {
  it('is passed when everything that was expected was scored', () => {
    expect(of({ file_copied: scored }).outcome).toBe('passed')
  })

  it('stays passed where a sensor sees nothing by its tier, which says why and what to do', () => {
    const blind: Attempt = { kind: 'removable_media_mounted', sensor: 'removable-media', act: 'A stick.', problem: { outcome: 'not_expected', reason: 'The sensor is blind: no root.', fix: 'Run the agent as root.' } }
    const report = of({ file_copied: scored }, [copy, blind])
    expect(report.outcome).toBe('passed')
    expect(report.signals[1]).toMatchObject({ outcome: 'not_expected', reason: 'The sensor is blind: no root.', fix: 'Run the agent as root.' })
  })

  it.each([
    ['missed', {}],
    ['kept', { file_copied: { seen: 1, durableAtMs: NOW + 1, indicators: [] } }],
    ['stored', { file_copied: { seen: 1, durableAtMs: NOW + 1, storedAtMs: NOW + 2, scoredAtMs: NOW + 3, indicators: [] } }],
  ] as readonly (readonly [string, DrillProgress['kinds']])[])('is failed when a signal was %s, and the signal says why and what to do', (outcome, kinds) => {
    const report = of(kinds)
    expect([report.outcome, report.signals[0]?.outcome]).toEqual(['failed', outcome])
    expect(report.signals[0]?.reason).not.toBe('')
    expect(report.signals[0]?.fix).not.toBe('')
  })

  it('names the tier of a sensor that missed something', () => {
    const [signal] = of({}, [copy], new Map([['files', { tier: 'degraded', reason: 'no fanotify', fix: 'Allow CAP_SYS_ADMIN.' }]])).signals
    expect(signal?.reason).toContain('It is degraded: no fanotify')
    expect(signal?.fix).toBe('Allow CAP_SYS_ADMIN.')
  })

  it('is failed when nothing at all could be expected, and stopped when somebody stopped it', () => {
    expect(of({}, []).outcome).toBe('failed')
    expect(of({ file_copied: scored }, [copy], new Map(), true).outcome).toBe('stopped')
  })
})

describe('a report', () => {
  it('comes back from its file and goes out with its times', () => {
    const report = of({ file_copied: scored })
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report)
    expect(onWire(report)).toMatchObject({ id, outcome: 'passed', signals: [{ kind: 'file_copied', outcome: 'scored', durableMs: 1, storedMs: 2, scoredMs: 3 }] })
  })

  it.each([[{}], [null], ['x'], [{ format: 1, id: 'x' }], [{ ...of({}), signals: [{ kind: 'file_copied', outcome: 'fine' }] }], [{ ...of({}), signals: [null] }]])('that is damaged is none: %j', (value) => {
    expect(parseReport(value)).toBeUndefined()
  })
})
