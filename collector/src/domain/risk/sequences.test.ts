import { describe, expect, test } from 'vitest'
import { buildActivity, buildPolicy, buildTrigger, DAY_MS, MONDAY_MS } from '../../testing/builders.ts'
import type { Activity } from './activity.ts'
import { countInsights, mergeInsights } from './count.ts'
import { scorePolicy } from './evaluate.ts'
import { createHistory } from './history.ts'
import type { Insight } from './insight.ts'
import { sequencePattern, sequencePatterns } from './sequence-patterns.ts'
import { createSequenceFinder } from './sequences.ts'
import { trailsOf } from './trails.ts'

const MINUTE_MS = 60_000
let counter = 0
const one = (kind: Activity['kind'], minute: number, over: Partial<Activity>): Activity => buildActivity({ id: `a${(counter += 1)}`, kind, occurredAtMs: MONDAY_MS + minute * MINUTE_MS, ...over })
const local = (path: string, fingerprint?: string): NonNullable<Activity['file']> => ({ path, sizeBytes: 10, location: 'local', ...(fingerprint === undefined ? {} : { fingerprint }) })
const stick = (path: string, fingerprint?: string): NonNullable<Activity['file']> => ({ ...local(path, fingerprint), location: 'removable' })

const download = (name: string, minute = 0, print?: string) => one('file_downloaded', minute, { file: local(`/d/${name}`, print) })
const rename = (from: string, to: string, minute = 10, print?: string) => one('file_renamed', minute, { file: local(to, print), oldPath: from, extensionChanged: true })
const copy = (from: string, minute = 20, print?: string) => one('file_copied', minute, { file: stick(`/media/s/${from.replaceAll('/', '_')}`, print), source: local(from, print) })
const remove = (path: string, minute = 30) => one('file_deleted', minute, { file: local(path) })
const pack = (archive: string, members: readonly string[], minute = 10) => one('archive_created', minute, { file: local(archive), archive: { memberCount: members.length, encrypted: false, members } })

function fold(activities: readonly Activity[]): readonly Insight[] {
  const all = new Map<string, Insight>()
  for (const activity of activities) {
    for (const added of countInsights([activity])) {
      const key = `${added.day} ${added.indicator}`
      const before = all.get(key)
      all.set(key, before === undefined ? added : mergeInsights(before, added))
    }
  }
  return [...all.values()]
}
const found = (activities: readonly Activity[], id: string, counts: (indicator: string) => boolean = () => true): readonly number[] => {
  const pattern = sequencePattern(id)
  return pattern === undefined ? expect.fail(id) : createSequenceFinder(createHistory(fold(activities)), counts).days(pattern).map((day) => day.files)
}
const names = Array.from({ length: 6 }, (_, index) => `f${index}`)
const flat = (make: (name: string) => readonly Activity[]): readonly Activity[] => names.flatMap(make)

describe('the same file', () => {
  test('is followed by its content, whatever it is called', () => {
    expect(found(flat((name) => [download(name, 0, name), copy(`/other/${name}`, 20, name)]), 'download_then_exfiltration')).toEqual([6])
  })
  test('is followed by its path where the content is not known, over a rename', () => {
    const renamed = flat((name) => [download(name), rename(`/d/${name}`, `/d/${name}.jpg`), copy(`/d/${name}.jpg`), remove(`/d/${name}.jpg`)])
    expect(found(renamed, 'download_disguise_exfiltration_clean_up')).toEqual([6])
    expect(found(renamed, 'download_then_exfiltration')).toEqual([6])
  })
  test('is followed from its content to a path that a deletion alone knows', () => {
    expect(found(flat((name) => [copy(`/d/${name}`, 20, name), remove(`/d/${name}`)]), 'exfiltration_then_clean_up')).toEqual([6])
  })
  test('is followed into an archive that leaves, and counted by what is in it', () => {
    expect(found([...names.map((name) => download(name, 0, name)), pack('/d/all.zip', names), copy('/d/all.zip')], 'download_then_exfiltration')).toEqual([6])
    expect(found([pack('/d/all.zip', names), copy('/d/all.zip'), remove('/d/all.zip')], 'archive_exfiltration_clean_up').length).toBe(1)
  })
  test('is followed through a rename and a zip to a second stick, with and without the making of the zip seen', () => {
    const first = flat((name) => [download(name, 0, name), rename(`/d/${name}`, `/d/${name}.jpg`, 10, name), copy(`/d/${name}.jpg`, 20, name)])
    const made = one('archive_created', 30, { file: local('/d/all.zip', 'zip'), archive: { memberCount: 6, encrypted: true, members: names } })
    const second = one('file_copied', 40, { file: stick('/media/second/photos.raw', 'zip'), source: local('/d/photos.raw', 'zip'), archive: { memberCount: 6, encrypted: true, members: names } })
    expect(found([...first, made, second], 'download_disguise_exfiltration')).toEqual([6])
    expect(found([...first, made, second], 'archive_then_exfiltration')).toEqual([7])
    const unseen = flat((name) => [download(name, 0, name), rename(`/d/${name}`, `/d/${name}.jpg`, 10, name)])
    expect(found([...unseen, second], 'download_disguise_exfiltration')).toEqual([6])
  })
  test('is followed from the folder in which it was gathered', () => {
    const gathered = one('files_staged', 10, { file: undefined as never, gathered: names })
    expect(found([...flat((name) => [download(name, 0, name)]), gathered, ...flat((name) => [copy(`/d/${name}`, 20, name)])], 'archive_then_exfiltration')).toEqual([6])
  })
  test('is another one when neither content nor any name is the same', () => {
    expect(found(flat((name) => [download(name, 0, name), copy(`/other/${name}x`, 20, `${name}x`)]), 'download_then_exfiltration')).toEqual([])
  })
})

describe('the order of steps', () => {
  test('counts', () => {
    expect(found(flat((name) => [copy(`/d/${name}`, 0, name), download(name, 20, name)]), 'download_then_exfiltration')).toEqual([])
    expect(found(flat((name) => [download(name, 0, name), copy(`/d/${name}`, 40, name), rename(`/d/${name}`, `/d/${name}.jpg`, 60, name)]), 'download_disguise_exfiltration')).toEqual([])
  })
  test('holds over midnight and ends with the hours of the pattern', () => {
    const apart = (hours: number) => found(flat((name) => [download(name, 0, name), copy(`/d/${name}`, hours * 60, name)]), 'download_then_exfiltration')
    expect([apart(16), apart(71)]).toEqual([[6], [6]])
    expect(apart(74)).toEqual([])
  })
  test('of activities that arrive in any order and grouping is the same', () => {
    const activities = flat((name) => [download(name), rename(`/d/${name}`, `/d/${name}.jpg`), copy(`/d/${name}.jpg`), remove(`/d/${name}.jpg`)])
    const whole = found(activities, 'download_disguise_exfiltration_clean_up')
    for (const seed of [3, 99, 12_345]) {
      const shuffled = activities.map((activity, index) => ({ activity, key: Math.imul(index + 3, seed) >>> 0 })).toSorted((a, b) => a.key - b.key).map(({ activity }) => activity)
      expect(found(shuffled, 'download_disguise_exfiltration_clean_up')).toEqual(whole)
    }
  })
})

describe('more files than are followed', () => {
  const copied = (count: number, minute: number, day = 0) => Array.from({ length: count }, (_, index) => { const name = `many${day}-${index}`; return [download(name, minute + day * 1440, name), copy(`/d/${name}`, minute + 20 + day * 1440, name)] }).flat()
  const counted = (insights: readonly Insight[], limit?: number) => {
    const of = (id: string) => insights.filter((insight) => insight.indicator === id)
    return trailsOf(of('copy_to_removable_media'), of('file_downloaded'), limit)
  }
  test('are a sample of all days, and each stands for as many as were left out', () => {
    const insights = fold(Array.from({ length: 20 }, (_, day) => copied(50, 0, day)).flat())
    expect(counted(insights).map((trail) => trail.sightings[0]?.files)).toEqual(Array.from({ length: 1000 }, () => 1))
    const sample = counted(insights, 200)
    expect(sample.length).toBe(200)
    expect(sample.reduce((sum, trail) => sum + (trail.sightings[0]?.files ?? 0), 0)).toBeGreaterThan(850)
    expect(sample.reduce((sum, trail) => sum + (trail.sightings[0]?.files ?? 0), 0)).toBeLessThan(1150)
    expect(new Set(sample.map((trail) => trail.sightings[0]?.insight.day)).size).toBe(20)
  })
})

describe('in a score', () => {
  const policy = buildPolicy({ template: 'data_theft_by_departing_users' })
  const codes = (activities: readonly Activity[], over: Parameters<typeof buildPolicy>[0] = {}) => scorePolicy(buildPolicy({ template: 'data_theft_by_departing_users', ...over }), fold(activities), { triggers: [buildTrigger()] })?.parts.map((part) => part.code) ?? []
  const whole = flat((name) => [download(name), rename(`/d/${name}`, `/d/${name}.jpg`), copy(`/d/${name}.jpg`), remove(`/d/${name}.jpg`)])
  test('only the longest of what is found counts, and it names its files and evidence', () => {
    expect(codes(whole).filter((code) => code.startsWith('sequence.'))).toEqual(['sequence.download_disguise_exfiltration_clean_up'])
    const part = scorePolicy(policy, fold(whole), { triggers: [buildTrigger()] })?.parts.find((other) => other.code.startsWith('sequence.'))
    expect(part?.reason).toContain('6 files')
    expect(new Set(part?.evidence.map((id) => whole.find((activity) => activity.id === id)?.kind))).toEqual(new Set(['file_downloaded', 'file_renamed', 'file_copied', 'file_deleted']))
  })
  test('one that is switched off, or of which a step is, is none', () => {
    expect(codes(whole, { sequences: { download_disguise_exfiltration_clean_up: false } })).toContain('sequence.download_disguise_exfiltration')
    expect(codes(whole, { indicators: { file_deleted: false, exfiltrated_file_deleted: false } })).toContain('sequence.download_disguise_exfiltration')
  })
  test('few files in many steps score more than the same files in none', () => {
    const plain = scorePolicy(policy, fold(flat((name) => [copy(`/d/${name}`, 20, name)])), { triggers: [buildTrigger()] })?.score ?? 0
    expect(scorePolicy(policy, fold(whole), { triggers: [buildTrigger()] })?.score).toBeGreaterThan(plain + 20)
  })
  test('one file adds nothing for its steps, and five add all of it', () => {
    const added = (count: number) => scorePolicy(policy, fold([...names.slice(0, count).flatMap((name) => [download(name), copy(`/d/${name}`)]), ...Array.from({ length: 12 }, (_, index) => copy(`/e/x${index}`, 60))]), { triggers: [buildTrigger()] })?.parts.find((part) => part.code.startsWith('sequence.'))?.points
    expect([1, 3, 5].map(added)).toEqual([undefined, 5, 10])
  })
  test('protection that is switched off is little alone and much before files leave', () => {
    const off = one('security_feature_changed', 0, { file: undefined as never, feature: { id: 'firewall.ufw', from: 'enabled', to: 'disabled' } })
    const leave = Array.from({ length: 12 }, (_, index) => copy(`/d/x${index}`, 60))
    const scoreOf = (activities: readonly Activity[]) => scorePolicy(policy, fold(activities), { triggers: [buildTrigger()] })?.score ?? 0
    expect(scoreOf([off])).toBeLessThanOrEqual(33)
    expect(scoreOf(leave)).toBeLessThanOrEqual(33)
    expect(scoreOf([off, ...leave])).toBeGreaterThanOrEqual(67)
    expect(scoreOf([...leave, { ...off, occurredAtMs: MONDAY_MS + DAY_MS }])).toBeLessThan(67)
  })
  test('files of a sequence may be what triggers', () => {
    const leaks = buildPolicy({ triggers: [], cumulative: false, triggerSequences: [{ sequence: 'download_then_exfiltration', files: 6 }] })
    expect(scorePolicy(leaks, fold(whole))?.trigger).toMatchObject({ kind: 'sequence_threshold', sequence: 'download_then_exfiltration' })
    expect(scorePolicy(buildPolicy({ triggers: [], cumulative: false, triggerSequences: [{ sequence: 'download_then_exfiltration', files: 7 }] }), fold(whole))).toBeUndefined()
  })
})

test('every pattern has steps and rising thresholds, and covers only patterns that are shorter', () => {
  for (const pattern of sequencePatterns) {
    const { low, medium, high } = pattern.thresholds
    expect([pattern.id, pattern.steps.length >= 2 && low <= medium && medium <= high]).toEqual([pattern.id, true])
    for (const id of pattern.covers) expect(sequencePattern(id)?.steps.length ?? 99).toBeLessThan(pattern.steps.length)
  }
})
