import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readActivity } from '@holdfast/collector/connectors/files/activity-json.ts'
import { mapActivity } from '@holdfast/collector/domain/wire/decode.ts'
import { describe, expect, test } from 'vitest'
import { activityLine, createLabels, hrCsv, peopleCsv } from './lines.ts'
import { INSIDER_KINDS } from './insiders.ts'
import { makeOrganisation, type Organisation, type OrganisationOptions } from './organisation.ts'
import { BENIGN_FATES } from './people.ts'

const options = (over: Partial<OrganisationOptions> = {}): OrganisationOptions => ({ seed: 3, users: 60, days: 42, insiders: 11, startMs: Date.parse('2026-01-05T00:00:00Z'), profile: 'mixed', ...over })

function digest(organisation: Organisation): string {
  const hash = createHash('sha256').update(peopleCsv(organisation)).update(hrCsv(organisation))
  for (const { activities } of organisation.days()) for (const activity of activities) hash.update(activityLine(activity))
  return hash.digest('hex')
}

describe('the same options give the same organisation', () => {
  test('byte by byte, and another seed gives another', () => {
    expect(digest(makeOrganisation(options()))).toBe(digest(makeOrganisation(options())))
    expect(digest(makeOrganisation(options({ seed: 4 })))).not.toBe(digest(makeOrganisation(options())))
  })
  test('more people change nobody else’s days', () => {
    const linesOf = (organisation: Organisation): readonly string[] => [...organisation.days()].filter(({ person }) => person.index < 20).flatMap(({ activities }) => activities.map(activityLine))
    expect(linesOf(makeOrganisation(options({ users: 40, insiders: 0 })))).toEqual(linesOf(makeOrganisation(options({ users: 20, insiders: 0 }))))
  })
})

describe('what is written is what the product reads', () => {
  test('every line is taken, and gives the activity that the plain message gives', () => {
    const kinds = new Set<string>()
    const wrong: unknown[] = []
    for (const { activities } of makeOrganisation(options({ users: 30, days: 14, insiders: 6 })).days()) {
      for (const activity of activities) {
        const read = readActivity(JSON.parse(activityLine(activity)))
        kinds.add(read.activity.kind)
        const mapped = mapActivity(activity.message, `${activity.device}.${activity.seq}`, activity.device)
        if (JSON.stringify(mapped) !== JSON.stringify(read.activity)) wrong.push([mapped, read.activity])
      }
    }
    expect(wrong).toEqual([])
    expect([...kinds]).toEqual(expect.arrayContaining(['file_copied', 'file_deleted', 'archive_created', 'session_started', 'removable_media_mounted', 'security_feature_changed', 'application_installed', 'patient_record_accessed', 'agent_tampered']))
  })
  test('the numbers of a device rise by one, and a device that was offline sends late', () => {
    const organisation = makeOrganisation(options({ users: 260, days: 50, insiders: 0 }))
    const offline = organisation.people.filter((person) => person.fate === 'laptop_offline')
    const last = new Map<string, number>()
    const late = new Set<string>()
    const wrong: unknown[] = []
    for (const { person, day, activities } of organisation.days()) {
      for (const { device, seq, atMs } of activities) {
        expect(seq).toBe((last.get(device) ?? 0) + 1)
        last.set(device, seq)
        if (atMs < organisation.options.startMs + (day - 2) * 86_400_000) late.add(person.account)
      }
    }
    expect(wrong).toEqual([])
    expect(late.size).toBeGreaterThan(0)
    expect([...late].filter((account) => !offline.some((person) => person.account === account))).toEqual([])
  })
})

describe('labels', () => {
  const organisation = makeOrganisation(options({ users: 150, days: 90 }))
  const labels = createLabels(organisation)
  const owners = new Map<string, { readonly account: string; readonly atMs: number }>()
  for (const { person, activities } of organisation.days()) {
    for (const activity of activities) {
      labels.note(person.account, activity)
      if (activity.bad) owners.set(`${activity.device}.${activity.seq}`, { account: person.account, atMs: activity.atMs })
    }
  }
  const rows = labels.csv().trim().split('\n').slice(1).map((line) => line.split(','))

  test('name every kind of insider, each with activities of its own and the first of them', () => {
    expect(new Set(rows.map(([, kind]) => kind))).toEqual(new Set(INSIDER_KINDS))
    for (const [user = '', , first = '', ids = ''] of rows) {
      const acts = ids.split(';').map((id) => owners.get(id))
      expect(acts.length).toBeGreaterThan(2)
      expect(acts.every((act) => act?.account === user)).toBe(true)
      expect(Date.parse(first)).toBe(Math.min(...acts.map((act) => act?.atMs ?? Number.NaN)))
    }
  })
  test('leave out who is innocent, whatever happens to them', () => {
    const insiders = new Set(rows.map(([user]) => user))
    const fates = organisation.people.filter((person) => person.fate !== undefined)
    expect(fates.filter((person) => insiders.has(person.account))).toEqual([])
    expect(new Set(fates.map((person) => person.fate)).size).toBeGreaterThan(BENIGN_FATES.length / 2)
  })
  test('nobody works after the last day or before the first', () => {
    const left = organisation.people.filter((person) => person.lastDay < 90 || person.firstDay > 0)
    expect(left.length).toBeGreaterThan(3)
    const wrong = [...makeOrganisation(options({ users: 150, days: 90 })).days()].filter(({ person, day }) => day < person.firstDay || day > person.lastDay + 7)
    expect(wrong).toEqual([])
  })
})

describe('the command', { timeout: 60_000 }, () => {
  const run = (...args: readonly string[]) => spawnSync(process.execPath, [join(import.meta.dirname, '../simulate-organisation.ts'), ...args], { encoding: 'utf8' })
  test('writes the files and says what is in them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-simulate-'))
    try {
      const { status, stdout } = run('--out', folder, '--users', '20', '--days', '14', '--insiders', '2', '--seed', '9', '--json')
      expect(status).toBe(0)
      const written = JSON.parse(stdout) as { readonly activities: number }
      expect(readFileSync(join(folder, 'activities.jsonl'), 'utf8').trimEnd().split('\n').length).toBe(written.activities)
      for (const name of ['people.csv', 'hr.csv', 'policies.yaml', 'labels.csv', 'benign-fates.csv']) expect(readFileSync(join(folder, name), 'utf8').length).toBeGreaterThan(10)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
  test.each([
    [[], '--out says where'], [['--out', '/tmp/x', '--users', '0'], '--users takes'], [['--out', '/tmp/x', '--days', '1e3'], '--days takes'], [['--out', '/tmp/x', '--users', '10', '--insiders', '9'], '--insiders takes'],
    [['--out', '/tmp/x', '--start', '2026-02-30'], '--start takes'], [['--out', '/tmp/x', '--profile', 'circus'], '--profile takes'], [['--colour'], '--colour'],
  ])('refuses %j', (args, word) => {
    const { status, stderr } = run(...args)
    expect(status).toBe(2)
    expect(stderr).toContain(word)
  })
})
