import { describe, expect, test } from 'vitest'
import { buildActivity, buildPolicy, buildSubject, DAY_MS, MONDAY_MS } from '../../testing/builders.ts'
import type { Activity } from './activity.ts'
import { countInsights, mergeInsights } from './count.ts'
import { evaluateUser, scorePolicy } from './evaluate.ts'
import { createHistory } from './history.ts'
import { dayOf, type Insight } from './insight.ts'
import { pauseOf, severalProtections } from './pauses.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const MIDNIGHT_MS = Math.floor(MONDAY_MS / DAY_MS) * DAY_MS
const AT = MIDNIGHT_MS + 10 * HOUR_MS
const violations = buildPolicy({ template: 'security_policy_violations' })
let number = 0
const id = (): string => `d_1.e.${(number += 1)}`
const turn = (to: 'disabled' | 'enabled', feature: string, atMs: number): Activity => buildActivity({ id: id(), kind: 'security_feature_changed', file: undefined as never, occurredAtMs: atMs, feature: { id: feature, from: to === 'enabled' ? 'disabled' : 'enabled', to } })
const off = (atMs = AT, feature = 'firewall.ufw'): Activity => turn('disabled', feature, atMs)
const on = (atMs: number, feature = 'firewall.ufw'): Activity => turn('enabled', feature, atMs)
const copies = (count: number, atMs: number): readonly Activity[] => Array.from({ length: count }, (_, index) => buildActivity({ id: id(), occurredAtMs: atMs + index * 1000, file: { path: `/media/stick/${index}`, sizeBytes: 10, location: 'removable' } }))
const install = (atMs: number): Activity => buildActivity({ id: id(), kind: 'application_installed', file: undefined as never, occurredAtMs: atMs, application: { name: 'anydesk', source: 'dpkg' } })
const tamper = (atMs: number): Activity => buildActivity({ id: id(), kind: 'agent_tampered', file: undefined as never, occurredAtMs: atMs })

const pause = (activities: readonly Activity[], nowMs?: number) => {
  const insights = countInsights(activities)
  const insight = insights.find(({ indicator }) => indicator === 'protective_feature_disabled')
  return insight === undefined ? undefined : pauseOf(insight, createHistory(insights, { observedFromDay: dayOf(AT) - 60 }), nowMs)
}
const scored = (activities: readonly Activity[], nowMs?: number) => scorePolicy(violations, countInsights(activities), { subject: buildSubject(), ...(nowMs === undefined ? {} : { nowMs }) })

describe('a pause of protection', () => {
  test('is one feature, off once and on again within the hour', () => {
    expect(pause([off(), on(AT + 15 * MINUTE_MS)])).toEqual({ minutes: 15 })
    expect(pause([off(), on(AT + 59 * MINUTE_MS)])).toEqual({ minutes: 59 })
    expect(pause([off(), on(AT + 62 * MINUTE_MS)])).toBeUndefined()
    expect(pause([off()])).toBeUndefined()
  })
  test('may end after midnight, and does not end before it began', () => {
    const late = MIDNIGHT_MS + 23.75 * HOUR_MS
    expect(pause([off(late), on(late + 30 * MINUTE_MS)])).toEqual({ minutes: 30 })
    expect(pause([on(AT - 20 * MINUTE_MS), off()])).toBeUndefined()
    expect(pause([on(AT - 20 * MINUTE_MS), off(), on(AT + 20 * MINUTE_MS)])).toEqual({ minutes: 20 })
  })
  test('ends with its own feature, not with another', () => expect(pause([off(), on(AT + 15 * MINUTE_MS, 'audit.auditd')])).toBeUndefined())
  test('is none on a day with two of them, nor with another feature in the same night', () => {
    expect(pause([off(), on(AT + 5 * MINUTE_MS), off(AT + 2 * HOUR_MS), on(AT + 2.1 * HOUR_MS)])).toBeUndefined()
    expect(pause([off(), on(AT + 5 * MINUTE_MS), off(AT + 1000, 'audit.auditd'), on(AT + 5 * MINUTE_MS, 'audit.auditd')])).toBeUndefined()
    expect(pause([off(), on(AT + 5 * MINUTE_MS), off(AT - 11 * HOUR_MS, 'audit.auditd')])).toBeUndefined()
    expect(pause([off(), on(AT + 5 * MINUTE_MS), off(AT - 13 * HOUR_MS, 'audit.auditd')])).toEqual({ minutes: 5 })
  })
  test('is none beside unwanted software or tampering before or after it', () => {
    for (const beside of [install(AT - 3 * HOUR_MS), install(AT + 9 * HOUR_MS), tamper(AT + HOUR_MS)]) expect(pause([off(), on(AT + 5 * MINUTE_MS), beside])).toBeUndefined()
    expect(pause([off(), on(AT + 5 * MINUTE_MS), install(AT + 20 * HOUR_MS)])).toEqual({ minutes: 5 })
  })
  test('is none while more than a few files leave, nor in the same night as many', () => {
    expect(pause([off(), on(AT + 20 * MINUTE_MS), ...copies(5, AT + 5 * MINUTE_MS)])).toBeUndefined()
    expect(pause([off(), on(AT + 20 * MINUTE_MS), ...copies(4, AT + 5 * MINUTE_MS)])).toEqual({ minutes: 20 })
    expect(pause([off(), on(AT + 20 * MINUTE_MS), ...copies(9, AT + 6 * HOUR_MS)])).toEqual({ minutes: 20 })
    for (const apart of [-4, 6]) expect(pause([off(), on(AT + 20 * MINUTE_MS), ...copies(10, AT + apart * HOUR_MS)])).toBeUndefined()
    expect(pause([off(), on(AT + 20 * MINUTE_MS), ...copies(30, AT + 13 * HOUR_MS)])).toEqual({ minutes: 20 })
  })
  test('weighs half, by a part with its name, and the parts add up', () => {
    const found = scored([off(AT, 'antivirus.clamav'), on(AT + 20 * MINUTE_MS, 'antivirus.clamav')])
    expect(found?.parts.map(({ code, points }) => [code, points])).toEqual([['insight', 33], ['restored_within_hour', -18]])
    expect([found?.score, found?.parts[1]?.reason]).toEqual([15, 'Restored within the hour: one feature, off for 20 minutes, with nothing beside it, counts half.'])
  })
  test('that may still end within the hour counts half until it is over, and is looked at again then', () => {
    expect(scored([off()], AT + 59 * MINUTE_MS)?.score).toBe(10)
    expect(scored([off()], AT + HOUR_MS)?.score).toBe(20)
    const result = (nowMs: number) => evaluateUser({ subject: buildSubject(), policies: [violations], insights: countInsights([off()]), alerts: [], triggers: [], nowMs })
    expect(result(AT + MINUTE_MS)).toEqual({ alerts: [], againAtMs: AT + HOUR_MS })
    expect(result(AT + HOUR_MS).alerts).toMatchObject([{ score: 20, severity: 'low' }])
    expect([HOUR_MS, 2 * HOUR_MS].map((after) => result(AT + after).againAtMs)).toEqual([undefined, undefined])
  })
  test('is the same in whatever order and batches its activities arrive', () => {
    const activities = [off(), on(AT + 15 * MINUTE_MS), ...copies(3, AT + 5 * MINUTE_MS), on(AT + 5 * HOUR_MS, 'audit.auditd')]
    const folded = (order: readonly Activity[]): readonly Insight[] => {
      const by = new Map<string, Insight>()
      for (const insight of order.flatMap((activity) => countInsights([activity]))) {
        const before = by.get(insight.indicator)
        by.set(insight.indicator, before === undefined ? insight : mergeInsights(before, insight))
      }
      return [...by.values()]
    }
    const score = (insights: readonly Insight[]) => scorePolicy(violations, insights, { subject: buildSubject() })
    expect(score(folded(activities.toReversed()))).toEqual(score(countInsights(activities)))
    expect(score(countInsights(activities))?.score).toBe(10)
  })
})

describe('several protections in one night', () => {
  const night = (...activities: readonly Activity[]) => severalProtections(countInsights(activities))?.count
  test('are three different ones within twelve hours, over midnight too', () => {
    const late = MIDNIGHT_MS + 22 * HOUR_MS
    expect(night(off(), off(AT + 1, 'audit.auditd'), off(AT + 2, 'logging.rsyslog'))).toBe(3)
    expect(night(tamper(late), off(late + HOUR_MS, 'audit.auditd'), off(late + 3 * HOUR_MS, 'logging.rsyslog'))).toBe(3)
    expect(night(off(), off(AT + HOUR_MS), off(AT + 2 * HOUR_MS))).toBeUndefined()
    expect(night(off(), off(AT + 1, 'audit.auditd'))).toBeUndefined()
    expect(night(off(), off(AT + 6.5 * HOUR_MS, 'audit.auditd'), off(AT + 12.5 * HOUR_MS, 'logging.rsyslog'))).toBeUndefined()
  })
  test('add points of their own once, with evidence', () => {
    const found = scored([tamper(AT), off(AT + MINUTE_MS, 'audit.auditd'), off(AT + 2 * MINUTE_MS, 'logging.rsyslog')])
    expect(found?.parts.at(-1)).toMatchObject({ code: 'several_protections', points: 15, reason: '3 different protections were switched off or tampered with within twelve hours.' })
    expect([found?.parts.at(-1)?.evidence.length, found?.score]).toEqual([3, 69])
  })
  test('say nothing of somebody who does that every week', () => {
    const weeks = [1, 2, 3, 4, 5, 6].map((week) => week * 7 * DAY_MS)
    const all = [0, ...weeks].flatMap((ago) => [off(AT - ago), off(AT - ago + MINUTE_MS, 'audit.auditd'), off(AT - ago + 2 * MINUTE_MS, 'logging.rsyslog')])
    const today = countInsights(all).filter(({ day }) => day >= dayOf(AT) - 60)
    const found = evaluateUser({ subject: buildSubject(), policies: [violations], insights: today, alerts: [], triggers: [], nowMs: AT + 3 * HOUR_MS, observedFromDay: dayOf(AT) - 60 }).alerts[0]
    expect(found?.parts.filter(({ day, code }) => code === 'several_protections' && day === dayOf(AT)) ?? []).toEqual([])
  })
})
