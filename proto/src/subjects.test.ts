import { describe, expect, test } from 'vitest'
import { activitySubject, deviceOfSubject, evidenceSubject, downSubject, fromWireTimestamp, heartbeatSubject, inboxPrefix, isSubjectToken, policySubject, syncSubject, toWireTimestamp } from './index.ts'

describe('a token cannot widen a subject', () => {
  test.each(['', '*', '>', 'a.b', 'a b', 'd_1\n', 'ä', 'x'.repeat(65), 'd_1.>'])('%j is refused by every builder', (token) => {
    expect(isSubjectToken(token)).toBe(false)
    for (const build of [activitySubject, heartbeatSubject, syncSubject, evidenceSubject, downSubject, policySubject, inboxPrefix]) expect(() => build(token)).toThrow(RangeError)
  })
  test('an id of 64 characters is taken', () => {
    expect(activitySubject('A'.repeat(64))).toBe(`hf.v1.activity.${'A'.repeat(64)}`)
  })
})

describe('the sender of a subject', () => {
  test('is its fourth token', () => {
    expect(deviceOfSubject(activitySubject('d_1'))).toBe('d_1')
    expect(deviceOfSubject(heartbeatSubject('d-2'))).toBe('d-2')
  })
  test.each(['hf.v1.activity', 'hf.v1.activity.d_1.x', 'hf.v2.activity.d_1', 'xx.v1.activity.d_1', 'hf.v1.activity.*', ''])('nobody is the sender of %j', (subject) => {
    expect(deviceOfSubject(subject)).toBeUndefined()
  })
})

describe('timestamps', () => {
  test.each([0, 1, 999, 1000, 1_700_000_000_123, 253_402_300_799_999])('%i ms go to the wire and back', (ms) => {
    expect(fromWireTimestamp(toWireTimestamp(ms))).toBe(ms)
  })
  test.each([undefined, null, { seconds: -1 }, { seconds: 253_402_300_800 }, { seconds: Number.MAX_SAFE_INTEGER }, { seconds: Number.NaN }])('%j is no time', (stamp) => {
    expect(fromWireTimestamp(stamp)).toBeUndefined()
  })
})
