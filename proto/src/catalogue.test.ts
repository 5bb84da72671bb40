import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { descriptor } from '../gen/descriptor.js'
import { ACTIVITY_KINDS, activityKinds, kindOfField, kindOfNumber, wire } from './index.ts'

const arms = (descriptor.messages['Activity'] ?? []).filter((field) => field.oneof === 'detail')

describe('the catalogue and the .proto file say the same', () => {
  test('every arm of the .proto file has a row with its number and its field', () => {
    expect(arms.map((arm) => [arm.name, arm.number, arm.jsonName])).toEqual(ACTIVITY_KINDS.map((kind) => [kind, activityKinds[kind].number, activityKinds[kind].field]))
  })
  test('the numbers stand in the .proto text as the catalogue has them', () => {
    const text = readFileSync(join(import.meta.dirname, '../telemetry/v1/activity.proto'), 'utf8')
    const oneof = /oneof detail \{([^}]*)\}/.exec(text)?.[1] ?? ''
    const written = [...oneof.matchAll(/^\s*\w+ (\w+) = (\d+);/gm)].map((match) => [match[1], Number(match[2])])
    expect(written).toEqual(ACTIVITY_KINDS.map((kind) => [kind, activityKinds[kind].number]))
  })
  test('a kind is found by number and by field, and nothing else is', () => {
    for (const kind of ACTIVITY_KINDS) {
      expect(kindOfNumber(activityKinds[kind].number)).toBe(kind)
      expect(kindOfField(activityKinds[kind].field)).toBe(kind)
    }
    expect(kindOfNumber(9)).toBeUndefined()
    expect(kindOfField('toString')).toBeUndefined()
  })
  test('every kind survives the wire and says which it is', () => {
    for (const kind of ACTIVITY_KINDS) {
      const { field } = activityKinds[kind]
      const back = wire.Activity.decode(wire.Activity.encode(wire.Activity.fromObject({ occurredAt: { seconds: 1 }, [field]: {} })).finish())
      expect(back.detail).toBe(field)
    }
  })
  test('the last arm on the wire wins when a sender writes two', () => {
    const both = Buffer.concat([wire.Activity.encode({ fileCopied: {} }).finish(), wire.Activity.encode({ fileDeleted: { path: '/x' } }).finish()])
    const back = wire.Activity.decode(both)
    expect(back.detail).toBe('fileDeleted')
    expect(back.fileCopied ?? undefined).toBeUndefined()
  })
})
