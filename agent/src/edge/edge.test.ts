import { toWireTimestamp, wire } from '@holdfast/proto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { SensedActivity } from '../activity.ts'
import type { Notice, NoticeOutcome } from '../notice/contract.ts'
import { createEdge, type Edge } from './edge.ts'
import { rankOf } from './ranks.ts'

const { LOCATION_KIND_REMOVABLE: STICK, LOCATION_KIND_CLOUD_SYNC: CLOUD, LOCATION_KIND_LOCAL: LOCAL } = wire.LocationKind

const copy = (path: string, location: wire.LocationKind, more: wire.FileCopied.$Properties = {}): SensedActivity => ({ kind: 'file_copied', occurredAtMs: 1, detail: { fileCopied: { destination: { path, location, sizeBytes: 1000 }, ...more } } })
const cards = (count: number): wire.FileCopied.$Properties => ({ findings: [{ type: 'finance.payment_card', count, confidence: 85 }] })

let shown: Notice[]
let said: wire.WarningShown.$Properties[]
let outcome: NoticeOutcome
let at: number
let edge: Edge
const alice = { uid: 1000 }

beforeEach(() => {
  shown = []
  said = []
  outcome = 'shown'
  at = 0
  edge = createEdge({
    notices: { show: (notice) => (shown.push(notice), Promise.resolve(outcome)), languageOf: (uid) => Promise.resolve(uid === 1001 ? 'de' : undefined), close: () => Promise.resolve() },
    emit: (activity) => (said.push(activity.detail.warningShown ?? {}), Promise.resolve()), now: () => 1_700_000_000_000 + at, steady: () => at,
  })
})
const follow = (rules: readonly wire.EdgeRule.$Properties[], more: wire.EdgeRules.$Properties = {}): void => edge.follow({ edge: { rules: [...rules], ...more } })
const happens = async (activity: SensedActivity, who: { readonly uid?: number } = alice): Promise<number> => {
  const rank = edge.judge(activity, who)
  edge.stored(activity, who)
  await new Promise((resolve) => setImmediate(resolve))
  return rank
}

describe('whom a rule warns', () => {
  test('nobody without a rule, and nobody before the activity is safe on the disk', async () => {
    await happens(copy('/media/s/a.xlsx', STICK, cards(9)))
    follow([{ id: 'cards', destinations: ['removable'], sensitive: true, warn: true }])
    edge.judge(copy('/media/s/a.xlsx', STICK, cards(9)), alice)
    await new Promise((resolve) => setImmediate(resolve))
    expect([shown, said]).toEqual([[], []])
  })

  test('who copies sensitive content to the place of the rule, in words without folders', async () => {
    follow([{ id: 'cards', destinations: ['removable'], types: ['finance.payment_card'], minCount: 5, warn: true }])
    await happens(copy('/media/s/few.xlsx', STICK, cards(4)))
    await happens(copy('/home/alice/local.xlsx', LOCAL, cards(9)))
    await happens(copy('/home/alice/Dropbox/cloud.xlsx', CLOUD, cards(9)))
    await happens(copy('/media/s/Plan <1>.xlsx', STICK, cards(5)))
    expect(shown).toMatchObject([{ uid: 1000, key: 'edge cards', title: 'Please check: Plan <1>.xlsx', body: 'Plan <1>.xlsx went to a removable medium. The rules of your organisation ask for care here. This was recorded; if it is for your work, there is nothing that you need to do.' }])
    expect(said).toMatchObject([{ rule: 'cards', outcome: 'shown', aboutKind: 'file_copied', aboutPath: '/media/s/Plan <1>.xlsx' }])
  })

  test('in the language of the person, with the organisation’s own words where it has some', async () => {
    follow([{ id: 'r', warn: true, texts: [{ language: 'de', title: 'Halt: {file}', body: '' }, { language: 'fr', title: 'Attention', body: 'Ceci part sur {place}.' }] }], { languages: ['fr'] })
    await happens(copy('/media/s/a', STICK), { uid: 1001 })
    await happens(copy('/media/s/a', STICK), { uid: 1002 })
    expect(shown.map(({ title }) => title)).toEqual(['Halt: a', 'Attention'])
    expect(shown[0]?.body).toContain('ging auf einen Wechseldatenträger')
  })

  test('only when enough came together within the window, of one person', async () => {
    follow([{ id: 'many', destinations: ['removable'], minActivities: 3, windowSecs: 600, warn: true }, { id: 'much', destinations: ['removable'], minBytes: 3500, windowSecs: 600, warn: true }])
    for (const [afterMs, uid] of [[0, 1000], [1000, 1001], [2000, 1000], [700_000, 1000], [701_000, 1000]] as const) {
      at = afterMs
      await happens(copy('/media/s/a', STICK), { uid })
    }
    expect(shown).toEqual([])
    at = 702_000
    await happens(copy('/media/s/a', STICK))
    expect(shown.map(({ key }) => key)).toEqual(['edge many'])
    await happens(copy('/media/s/b', STICK))
    expect(shown.map(({ key }) => key)).toEqual(['edge many', 'edge much'])
  })

  test('by label, by program, and by a medium that is not allowed or no longer', async () => {
    follow(
      [{ id: 'secret', labels: ['Secret'], warn: true }, { id: 'program', kinds: ['application_run'], warn: true }, { id: 'stick', destinations: ['removable'], unallowedDevice: true, warn: true }],
      { allowedMedia: [{ serial: 'good' }, { vendorId: '0781', productId: '5567', expiresAt: toWireTimestamp(1_700_000_000_500) }, {}] },
    )
    await happens(copy('/x', LOCAL, { sensitivityLabel: 'secret' }))
    await happens({ kind: 'application_run', occurredAtMs: 1, detail: { applicationRun: { application: { name: 'mimikatz', path: '/opt/mimikatz' } } } })
    await happens(copy('/media/s/1', STICK, { media: { serial: 'GOOD' } }))
    await happens(copy('/media/s/2', STICK, { media: { serial: 'x', vendorId: '0781', productId: '5567' } }))
    expect(shown.map(({ key }) => key)).toEqual(['edge secret', 'edge program'])
    at = 1000
    await happens(copy('/media/s/3', STICK, { media: { serial: 'x', vendorId: '0781', productId: '5567' } }))
    expect(shown.map(({ key }) => key)).toEqual(['edge secret', 'edge program', 'edge stick'])
    at = 100_000
    await happens(copy('/media/s/4', STICK))
    expect(shown).toHaveLength(4)
  })
})

describe('a storm', () => {
  test('is one notice and a number, at most so many an hour, and other people and rules have their own', async () => {
    follow([{ id: 'r', maxPerHour: 2, warn: true }])
    for (let index = 0; index < 1000; index += 1) await happens(copy('/media/s/a', STICK))
    expect(shown).toHaveLength(1)
    await happens(copy('/media/s/a', STICK), { uid: 1001 })
    expect(shown).toHaveLength(2)
    at = 60_000
    for (let index = 0; index < 10; index += 1) await happens(copy('/media/s/a', STICK))
    expect([shown.length, said.at(-1)?.suppressed]).toEqual([3, 999])
    for (at = 120_000; at < 3_600_000; at += 60_000) await happens(copy('/media/s/a', STICK))
    expect(shown).toHaveLength(3)
    at = 3_600_001
    await happens(copy('/media/s/a', STICK))
    expect(shown).toHaveLength(4)
  })

  test('of warnings about warnings cannot be', async () => {
    follow([{ id: 'r', kinds: ['warning_shown'], warn: true }])
    await happens({ kind: 'warning_shown', occurredAtMs: 1, detail: { warningShown: { rule: 'r' } } })
    expect(shown).toEqual([])
  })
})

describe('what became of a notice', () => {
  test('is recorded, also that nobody could be shown one', async () => {
    follow([{ id: 'r', warn: true }])
    outcome = 'no_session'
    await happens(copy('/media/s/a', STICK), {})
    expect([shown[0]?.uid, said[0]?.outcome]).toEqual([-1, 'no_session'])
  })

  test('with the answer, and a reason only where the rule asks', async () => {
    follow([{ id: 'plain', warn: true }, { id: 'ack', ask: 'acknowledge', warn: true }, { id: 'why', ask: 'reason', warn: true }])
    await happens(copy('/media/s/a', STICK))
    expect(shown.map(({ choices, typed }) => [choices?.map(({ id }) => id), typed])).toEqual([[undefined, undefined], [['acknowledged'], undefined], [['acknowledged', 'business_reason'], 'business_reason']])
    shown[2]?.onAnswer?.({ id: 'business_reason', text: 'for the auditors' })
    const [, , why, answer] = said
    expect(answer).toMatchObject({ rule: 'why', outcome: 'answered', answer: 'business_reason', reason: 'for the auditors', noticeId: why?.noticeId })
  })
})

describe('what goes first', () => {
  test('is what leaves with sensitive content before what leaves, and what a rule names before both', () => {
    expect([copy('/l', LOCAL, cards(9)), copy('/m', STICK), copy('/m', STICK, cards(1))].map(rankOf)).toEqual([0, 1, 2])
    follow([{ id: 'plans', destinations: ['cloud_sync'], first: true }])
    expect([edge.judge(copy('/c', CLOUD), alice), edge.judge(copy('/m', STICK), alice)]).toEqual([3, 1])
    expect(shown).toEqual([])
  })
})

describe('a medium that is not allowed', () => {
  test('may be asked for from the notice where the rule asks, and is left alone while an exception holds', async () => {
    const asked: unknown[] = []
    let holds = false
    edge = createEdge({
      notices: { show: (notice) => (shown.push(notice), Promise.resolve(outcome)), languageOf: () => Promise.resolve(undefined), close: () => Promise.resolve() },
      emit: (activity) => (said.push(activity.detail.warningShown ?? {}), Promise.resolve()), now: () => 1, steady: () => at,
      exceptions: { allows: (_media, uid) => holds && uid === 1000, ask: (media, uid, reason) => void asked.push([media.serial, uid, reason]), label: () => 'Ask for permission' },
    })
    follow([{ id: 'sticks', destinations: ['removable'], unallowedDevice: true, warn: true, ask: 'reason' }])
    await happens(copy('/media/s/a', STICK, { media: { serial: '4C53', vendorId: '0781', productId: '5567' } }))
    expect(shown[0]?.choices?.map(({ id }) => id)).toEqual(['acknowledged', 'ask_permission'])
    shown[0]?.onAnswer?.({ id: 'ask_permission', text: 'for the auditors' })
    expect(asked).toEqual([['4C53', 1000, 'for the auditors']])
    holds = true
    at = 120_000
    await happens(copy('/media/s/b', STICK, { media: { serial: '4C53', vendorId: '0781', productId: '5567' } }))
    expect(shown).toHaveLength(1)
    await happens(copy('/media/s/b', STICK, { media: { serial: '4C53', vendorId: '0781', productId: '5567' } }), { uid: 1001 })
    expect(shown).toHaveLength(2)
  })
})
