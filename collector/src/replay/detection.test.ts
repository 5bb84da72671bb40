import { describe, expect, test } from 'vitest'
import { readActivity } from '../connectors/files/activity-json.ts'
import { readSettings } from '../domain/exclusions/read-settings.ts'
import type { DetectionSettings } from '../domain/exclusions/settings.ts'
import { buildPolicy, MONDAY_MS } from '../testing/builders.ts'
import { readPeople } from './people.ts'
import { createReplay } from './replay.ts'

const settingsOf = (document: unknown): DetectionSettings => {
  const read = readSettings(document)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.settings
}
const copy = (path: string, index: number) => readActivity({ device: 'd_1', seq: index + 1, occurredAt: new Date(MONDAY_MS + index * 1000).toISOString(), sensor: 'files', actor: { account: 'alice', accountId: '1000' }, fileCopied: { destination: { path, sizeBytes: 10, location: 2 } } })
const scores = (make: (index: number) => string, options: Partial<Parameters<typeof createReplay>[0]>): readonly number[] => {
  const { people } = readPeople('user')
  const replay = createReplay({ policies: [buildPolicy()], people, ...options })
  for (let index = 0; index < 40; index += 1) replay.add(copy(make(index), index))
  return replay.finish().alerts.map(({ alert }) => alert.score)
}

describe('replay under detection settings', () => {
  test('scores nothing of what they leave out, and all of the rest', () => {
    const detection = settingsOf({ exclusions: { paths: ['/media/backup'] } })
    const all = scores((index) => `/media/stick/${index}`, {})
    expect(all.length).toBe(1)
    expect(scores((index) => `/media/backup/${index}`, {})).toEqual(all)
    expect(scores((index) => `/media/backup/${index}`, { detection })).toEqual([])
    expect(scores((index) => `/media/stick/${index}`, { detection })).toEqual(all)
  })
  test('marks the priority content of its policies', () => {
    const policy = buildPolicy({ priorityContent: { extensions: ['dwg'] }, scoreOnlyPriorityContent: true })
    expect(scores((index) => `/media/stick/${index}.txt`, { policies: [policy] })).toEqual([])
    expect(scores((index) => `/media/stick/${index}.dwg`, { policies: [policy] }).length).toBe(1)
  })
  test('counts a variant for a policy that names it', () => {
    const detection = settingsOf({ groups: [{ name: 'plans', fileTypes: ['dwg'] }], variants: [{ indicator: 'copy_to_removable_media', id: 'plans', mode: 'include', groups: ['plans'] }] })
    const policy = buildPolicy({ indicators: { copy_to_removable_media: false, volume_to_removable_media: false, 'copy_to_removable_media#plans': { thresholds: { low: 2, medium: 4, high: 8 } } }, triggers: [{ indicator: 'copy_to_removable_media#plans', threshold: 2 }] })
    expect(scores((index) => `/media/stick/${index}.txt`, { policies: [policy], detection })).toEqual([])
    expect(scores((index) => `/media/stick/${index}.dwg`, { policies: [policy], detection }).length).toBe(1)
  })
})
