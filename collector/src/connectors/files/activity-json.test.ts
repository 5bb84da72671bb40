import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ACTIVITY_KINDS, activityKinds } from '@holdfast/proto'
import fc from 'fast-check'
import { Compile } from 'typebox/schema'
import { describe, expect, test } from 'vitest'
import { BadLine, readActivity } from './activity-json.ts'

const reference = join(import.meta.dirname, '../../../../docs/reference')
const schema = Compile(JSON.parse(readFileSync(join(reference, 'activity.schema.json'), 'utf8')) as never)
const base = { device: 'd_1', occurredAt: '2026-03-02T09:14:00Z' }
const copy = (over: object = {}, destination: object = {}) => ({ ...base, fileCopied: { destination: { path: '/media/s/a', location: 'LOCATION_KIND_REMOVABLE', ...destination } }, ...over })
const problemOf = (value: unknown): string => {
  try {
    readActivity(value)
    return 'nothing'
  } catch (error) {
    if (error instanceof BadLine) return error.message
    throw error
  }
}

describe('both spellings are the same activity', () => {
  test('names, enums and numbers may be written in either way that protobuf allows', () => {
    const camel = { ...base, observedAt: '2026-03-02T09:14:00.25Z', actor: { accountId: '1000', process: { parentPid: 7 } }, fileCopied: { destination: { path: '/x', sizeBytes: '12', location: 'LOCATION_KIND_REMOVABLE', mimeType: 't' } } }
    const snake = { ...base, observed_at: '2026-03-02T10:14:00.250000000+01:00', actor: { account_id: '1000', process: { parent_pid: '7' } }, file_copied: { destination: { path: '/x', size_bytes: 12, location: 2, mime_type: 't' } }, sensor: null }
    expect(readActivity(snake)).toEqual(readActivity(camel))
  })
  test('every kind is read, with nothing in it', () => {
    for (const kind of ACTIVITY_KINDS) {
      expect(readActivity({ ...base, [activityKinds[kind].field]: {} }).activity.kind).toBe(kind)
      expect(readActivity({ ...base, [kind]: {} }).activity.kind).toBe(kind)
    }
  })
})

describe('what is not right is named', () => {
  test.each<[unknown, string]>([
    [7, 'must be an object'], [null, 'must be an object'], [[], 'must be an object'],
    [{ ...copy(), device: undefined }, 'device must be 1 to 64 letters, digits, _ or -'], [copy({ device: 'a.b' }), 'device must be 1 to 64 letters, digits, _ or -'],
    [copy({ occuredAt: 1 }), 'occuredAt is not known; the nearest field is "occurredAt"'], [copy({}, { sizeByte: 1 }), 'fileCopied.destination.sizeByte is not known; the nearest field is "sizeBytes"'], [copy({ toString: 1 }), 'toString is not known; the nearest field is "actor"'],
    [copy({ fileDeleted: {} }), 'fileDeleted cannot stand beside "fileCopied": a line is one activity'], [copy({ file_copied: {} }), 'file_copied is there twice, also as "fileCopied"'], [copy({ occurred_at: '2026-03-02T09:14:00Z' }), 'occurred_at is there twice, also as "occurredAt"'],
    [base, 'has none of the activities, such as fileCopied'], [copy({ occurredAt: undefined }), 'occurredAt is missing, or lies outside the years 1970 to 9999'], [copy({ occurredAt: null }), 'occurredAt is missing, or lies outside the years 1970 to 9999'],
    [copy({ occurredAt: '2026-03-02' }), 'occurredAt must be an RFC 3339 time such as 2026-03-02T09:14:00Z'], [copy({ occurredAt: '2026-03-02 09:14:00Z' }), 'occurredAt must be an RFC 3339 time such as 2026-03-02T09:14:00Z'], [copy({ occurredAt: '2026-02-29T00:00:00Z' }), 'occurredAt is not a day of the calendar'],
    [copy({ occurredAt: 1_772_442_840 }), 'occurredAt must be an RFC 3339 time such as 2026-03-02T09:14:00Z'], [copy({ occurredAt: '1969-12-31T23:59:59Z' }), 'occurredAt is missing, or lies outside the years 1970 to 9999'], [copy({ occurredAt: '2026-03-02T24:00:00Z' }), 'occurredAt must be an RFC 3339 time such as 2026-03-02T09:14:00Z'],
    [copy({}, { sizeBytes: -1 }), 'fileCopied.destination.sizeBytes must lie between 0 and 9007199254740991'], [copy({}, { sizeBytes: 1.5 }), 'fileCopied.destination.sizeBytes must be a whole number within ±(2^53 - 1)'], [copy({}, { sizeBytes: '99999999999999999999' }), 'fileCopied.destination.sizeBytes must be a whole number within ±(2^53 - 1)'],
    [copy({}, { location: 'REMOVABLE' }), 'fileCopied.destination.location has no value "REMOVABLE"; the nearest is "LOCATION_KIND_REMOVABLE"'], [copy({}, { location: 'toString' }), 'fileCopied.destination.location has no value "toString"; the nearest is "LOCATION_KIND_LOCAL"'], [copy({}, { location: 99 }), 'fileCopied.destination.location must be one of 0, 1, 2, 3, 4, 5'],
    [copy({}, { path: 7 }), 'fileCopied.destination.path must be a text'], [copy({ recovered: 'yes' }), 'recovered must be true or false'], [copy({ fileCopied: [] }), 'fileCopied must be an object'], [copy({ fileCopied: { findings: {} } }), 'fileCopied.findings must be a list'], [copy({ fileCopied: { findings: [{ type: 'x', count: 'many' }] } }), 'fileCopied.findings[0].count must be a whole number within ±(2^53 - 1)'],
    [copy({ seq: 0 }), 'seq must lie between 1 and 9007199254740991'], [copy({ id: 'a b' }), 'id must be 1 to 128 letters, digits, _ . : or -'], [copy({}, { path: 'x'.repeat(9000) }), 'has a text of more than 8192 characters'],
  ])('%j', (value, problem) => {
    // What a test leaves out by undefined is not there in a file.
    expect(problemOf(JSON.parse(JSON.stringify(value)) as unknown)).toBe(problem)
  })
  test('whatever JSON stands in a line, it is an activity or a named problem', () => {
    const names = ['device', 'id', 'seq', 'occurredAt', 'actor', 'fileCopied', 'destination', 'location', 'sizeBytes', 'path', '__proto__', 'constructor']
    const value = fc.letrec((tie) => ({ any: fc.oneof({ depthSize: 'small' }, fc.constantFrom('2026-03-02T09:14:00Z', 'd_1', null, true, 2, -1, 1e300, ''), fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 4 })) })).any
    fc.assert(fc.property(value, (line) => {
      expect(typeof problemOf(line)).toBe('string')
    }), { numRuns: 3000 })
    fc.assert(fc.property(fc.jsonValue(), (line) => {
      expect(typeof problemOf({ ...base, fileCopied: line })).toBe('string')
    }), { numRuns: 1000 })
  })
})

describe('the name of an activity', () => {
  test('is its id, else its device and number, else its device and content', () => {
    expect(readActivity(copy({ id: 'x:1', seq: 4 })).activity.id).toBe('x:1')
    expect(readActivity(copy({ seq: '4' })).activity.id).toBe('d_1.4')
    const unnamed = readActivity(copy())
    expect(unnamed.activity.id).toMatch(/^d_1\.[0-9a-f]{16}$/)
    expect(unnamed.key).toBeUndefined()
    expect(readActivity(copy({}, { path: '/other' })).activity.id).not.toBe(unnamed.activity.id)
  })
})

describe('the JSON Schema says the same as the reader', () => {
  const documented = [...readFileSync(join(reference, 'replay.md'), 'utf8').matchAll(/```jsonl\n([^`]*)```/g)].flatMap((block) => (block[1] ?? '').trim().split('\n'))
  test('for the documented examples in lowerCamelCase', () => {
    expect(documented.length).toBeGreaterThan(3)
    for (const line of documented) expect([line, problemOf(JSON.parse(line))]).toEqual([line, 'nothing'])
    for (const line of documented.filter((text) => !text.includes('_at"'))) expect([line, schema.Check(JSON.parse(line))]).toEqual([line, true])
  })
  test('for every kind', () => {
    for (const kind of ACTIVITY_KINDS) expect([kind, schema.Check({ ...base, [activityKinds[kind].field]: {} })]).toEqual([kind, true])
  })
  test.each([copy(), copy({ seq: '4', id: null }), copy({}, { sizeBytes: '12', location: 2 }), copy({ actor: null }), copy({ actor: { process: { pid: 4 } } }), copy({ occurredAt: '2026-03-02t09:14:00.123456789-11:30' })])('%j is taken by both', (value) => {
    expect([schema.Check(value), problemOf(value)]).toEqual([true, 'nothing'])
  })
  test.each([7, base, copy({ device: 'a.b' }), copy({ zz: 1 }), copy({}, { zz: 1 }), copy({ fileDeleted: {} }), copy({}, { location: 'REMOVABLE' }), copy({}, { location: 99 }), copy({}, { sizeBytes: -1 }), copy({}, { sizeBytes: 1.5 }), copy({ occurredAt: 'now' }), copy({ recovered: 1 }), { fileCopied: {}, occurredAt: base.occurredAt }, copy({ seq: 0 })])('%j is refused by both', (value) => {
    expect(schema.Check(value)).toBe(false)
    expect(problemOf(value)).not.toBe('nothing')
  })
})
