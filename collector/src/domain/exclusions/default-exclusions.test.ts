import { describe, expect, test } from 'vitest'
import { buildActivity } from '../../testing/builders.ts'
import type { Activity } from '../risk/activity.ts'
import { compileDetection, defaultDetection } from './compile-detection.ts'
import { defaultExclusions } from './default-exclusions.ts'
import { pathProblem } from './path-pattern.ts'
import { defaultDetectionSettings } from './settings.ts'

const file = (path: string, over: Partial<Activity> = {}): Activity => buildActivity({ kind: 'file_deleted', file: { path, sizeBytes: 1, location: 'local' }, ...over })
const ruleOf = (activity: Activity): string | undefined => defaultDetection.judge(activity).excluded?.rule

describe('default exclusions', () => {
  test.each(defaultExclusions.map((row) => [row.id, row] as const))('%s holds for its example and not beside it, and not when it is unticked', (id, row) => {
    expect(ruleOf(file(row.holdsFor))).toBe(`default:${id}`)
    expect(ruleOf(file(row.notFor))).toBeUndefined()
    const without = compileDetection({ ...defaultDetectionSettings, defaultExclusionsOff: [id] })
    expect(without.judge(file(row.holdsFor)).excluded?.rule).not.toBe(`default:${id}`)
  })
  test('each has an id, a reason and patterns that are patterns', () => {
    expect(new Set(defaultExclusions.map(({ id }) => id)).size).toBe(defaultExclusions.length)
    for (const { id, why, paths, system } of defaultExclusions) {
      expect([id, /^[a-z][a-z0-9_]+$/.test(id), why.endsWith('.'), paths.filter((path) => pathProblem(path) !== undefined)]).toEqual([id, true, true, []])
      expect(['linux', 'macos', 'windows', 'any']).toContain(system)
    }
    expect(new Set(defaultExclusions.map(({ system }) => system))).toEqual(new Set(['linux', 'macos', 'windows', 'any']))
  })
})

describe('hiding in a folder of programs gains nothing', () => {
  const cache = '/home/alice/.cache/plan.docx'
  const plan = '/home/alice/plan.docx'
  test('what leaves is counted, wherever it lay and wherever it goes', () => {
    for (const location of ['removable', 'network_share', 'cloud_sync', 'remote_session'] as const) {
      expect(ruleOf(buildActivity({ kind: 'file_copied', file: { path: '/media/stick/node_modules/plan.docx', sizeBytes: 1, location }, source: { path: cache, sizeBytes: 1, location: 'local' } }))).toBeUndefined()
    }
    expect(ruleOf(file(cache, { kind: 'file_read_by_transfer_tool' }))).toBeUndefined()
  })
  test('a rename or a copy into it, or out of it, is counted', () => {
    expect(ruleOf(file(cache, { kind: 'file_renamed', oldPath: plan }))).toBeUndefined()
    expect(ruleOf(file(plan, { kind: 'file_renamed', oldPath: cache }))).toBeUndefined()
    expect(ruleOf(file(cache, { kind: 'file_renamed', oldPath: '/home/alice/.cache/old' }))).toBe('default:linux_cache')
    expect(ruleOf(file(cache, { kind: 'file_copied', source: { path: plan, sizeBytes: 1, location: 'local' } }))).toBeUndefined()
  })
  test('a copy that had left and is deleted there is counted', () => {
    expect(ruleOf(file(cache, { detail: { wasExfiltrated: true } }))).toBeUndefined()
    expect(ruleOf(file(cache, { detail: { wasExfiltrated: false } }))).toBe('default:linux_cache')
  })
  test('a shell’s history is counted also among settings of programs', () => {
    expect(ruleOf(file(String.raw`C:\Users\alice\AppData\Roaming\Microsoft\Windows\PowerShell\PSReadLine\ConsoleHost_history.txt`))).toBeUndefined()
  })
})
