import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPeople } from '../privacy/people.ts'
import type { Store } from '../store/store.ts'
import { buildAlert, buildDevice, buildPolicy, buildRun, buildUser, EPOCH, MONDAY_MS } from '../testing/builders.ts'
import { buildCase } from '../testing/cases-contract.ts'
import { type Answer, bulkAnswers, type HttpSink, OK, startHttpSink, startSyslogSink } from '../testing/receivers.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { pauseMs } from './back-off.ts'
import { createExportDelivery, type DeliveryDeps, type ExportDelivery, MOST_REFUSED } from './delivery.ts'
import type { Finding } from './finding.ts'
import { FRESH, type Place, readState, type TargetSettings } from './targets.ts'

let temporary: TemporaryStore
let store: Store
let folder: string
let nowMs: number
let sinks: { close(): Promise<void> }[]
beforeEach(async () => {
  temporary = await openTemporaryStore()
  store = temporary.store
  folder = await mkdtemp(join(tmpdir(), 'holdfast-delivery-'))
  nowMs = MONDAY_MS
  sinks = []
  await store.write(async (tx) => {
    await tx.saveDevice(buildDevice())
    await tx.saveUser(buildUser({ displayName: 'Alice Quaxel', email: 'alice.quaxel@acme.example', department: 'Sales' }))
    await tx.savePolicy(buildPolicy())
  })
})
afterEach(async () => {
  for (const started of sinks) await started.close()
  await temporary.remove()
  await rm(folder, { recursive: true, force: true })
})

const deliver = (over: Partial<DeliveryDeps> = {}, people = createPeople(store)): ExportDelivery => createExportDelivery({
  store, now: () => nowMs, organisation: 'Acme', installationId: '2f1b6c0e-1111-4222-8333-444455556666', version: '0.1.0', consoleUrl: 'https://collector.example', names: () => people.names(), place: { hostname: 'collector', folder, options: { connectMs: 1000, wholeMs: 500 } },
  openSecrets: () => ({ token: 'secret-token', signingSecret: `whsec_${Buffer.alloc(32, 1).toString('base64')}` }), log: { warn() {}, error: (context) => { throw (context as { err: Error }).err } }, random: () => 1, ...over,
})
async function sink(behave?: () => Answer): Promise<HttpSink> {
  const started = await startHttpSink(behave === undefined ? {} : { behave })
  sinks.push(started)
  return started
}
const splunk = (receiver: HttpSink): Place => ({ kind: 'splunk_hec', url: receiver.url, acknowledge: false })
async function addTarget(id: string, place: Place, over: Partial<TargetSettings> = {}): Promise<void> {
  const settings: TargetSettings = { place, format: 'native', batchSize: 10, allowPrivate: true, names: false, ...over }
  await store.write((tx) => tx.saveExportTarget({ id, name: id, doc: JSON.stringify(settings), secrets: '', isPaused: false, revision: 1, cursor: 0, state: JSON.stringify(FRESH) }))
}
const alerts = (count: number, from = 1, over = {}) => store.write((tx) => tx.saveAlerts(Array.from({ length: count }, (_, index) => buildAlert({ id: `al_${from + index}`, ...over }))))
const findingsOf = (receiver: HttpSink): readonly Finding[] => receiver.requests.flatMap(({ body }) => body.split('\n')).map((line) => (JSON.parse(line) as { event: Finding }).event)
const idsOf = (receiver: HttpSink): readonly (string | undefined)[] => findingsOf(receiver).map((finding) => (finding.kind === 'alert' ? finding.alertId : finding.caseId))
const stateOf = async (id: string) => {
  const target = await store.exportTarget(id)
  if (target === undefined) throw new Error('no such target')
  return { ...readState(target.state), cursor: target.cursor, sent: target.sent }
}
const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, index) => `al_${from + index}`)

describe('records that are delivered', () => {
  test('come once, in order, and as cases too', async () => {
    const receiver = await sink()
    await addTarget('xt_1', splunk(receiver))
    await alerts(25)
    await store.write((tx) => tx.saveCase(buildCase()))
    expect(await deliver().drain()).toBe(26)
    expect(idsOf(receiver)).toEqual([...numbers(25), 'cs_1'])
    expect(receiver.requests.length).toBe(3)
    expect(await deliver().drain()).toBe(0)
    expect((await stateOf('xt_1')).sent).toBe(26)
  })
  test('each later change is a record of its own, with the same alert id and a higher revision', async () => {
    const receiver = await sink()
    await addTarget('xt_1', splunk(receiver))
    const delivery = deliver()
    for (const change of [{}, { revision: 2, status: 'confirmed' as const }, { revision: 3, status: 'resolved' as const }]) {
      await store.write((tx) => tx.saveAlert(buildAlert(change)))
      await delivery.drain()
    }
    expect(findingsOf(receiver).map(({ change, revision }) => [change, revision])).toEqual([['created', 1], ['updated', 2], ['closed', 3]])
    expect(new Set(findingsOf(receiver).map(({ recordId }) => recordId)).size).toBe(3)
  })
  test('hold no name anywhere, whatever file, host and texts are called; a target that is told names gets the person’s and no other change', async () => {
    const [plain, named] = [await sink(), await sink()]
    await addTarget('xt_plain', splunk(plain))
    await addTarget('xt_named', splunk(named), { names: true })
    await store.write(async (tx) => {
      await tx.saveDevice(buildDevice({ hostname: 'alice-quaxels-laptop' }))
      await tx.ingest([buildRun(1, 1)], countInsights, mergeInsights)
      await tx.saveAlert(buildAlert({ parts: [{ code: 'insight', points: 25, reason: 'Copied /home/alice/Alice Quaxel cv.pdf.', indicator: 'copy_to_removable_media', day: 0, evidence: [`d_1.${EPOCH}.1`] }], trigger: { kind: 'manual', atMs: MONDAY_MS, reason: 'alice.quaxel@acme.example resigned' } }))
      await tx.saveCase(buildCase({ name: 'Quaxel and the stick' }))
    })
    await deliver().drain()
    expect(plain.requests.map(({ body }) => body).join('')).not.toMatch(/alice|quaxel/i)
    const [alert] = findingsOf(plain)
    expect(alert).toMatchObject({ kind: 'alert', user: { name: 'ANON-AAAAAA1', pseudonymous: true, department: 'Sales' }, techniques: ['T1052.001', 'T1052'], policy: { name: 'Leaks', template: 'data_leaks' } })
    expect(alert?.kind === 'alert' && alert.activities.length).toBe(1)
    const expected = findingsOf(plain).map((finding) => ({ ...finding, user: { ...finding.user, name: 'Alice Quaxel', email: 'alice.quaxel@acme.example', pseudonymous: false } }))
    expect(findingsOf(named)).toEqual(expected)
  })
  test('are the same bytes for every target and every time', async () => {
    const [one, two] = [await sink(), await sink()]
    await addTarget('xt_1', splunk(one))
    await alerts(3)
    await deliver().drain()
    await store.write((tx) => tx.saveAlert(buildAlert({ id: 'al_1', revision: 2 })))
    await addTarget('xt_2', splunk(two))
    await deliver().drain()
    await store.write((tx) => tx.addReplay('xt_1', 1, 3))
    await deliver().drain()
    expect(one.requests.at(-1)?.body).toBe(one.requests[0]?.body)
    expect(two.requests[0]?.body.startsWith(one.requests[0]?.body ?? 'x')).toBe(true)
  })
})

describe('a receiver that fails', () => {
  test('waits with back-off while the others get theirs, and gets everything in order once it is well', async () => {
    let answer: Answer = { kind: 'answer', status: 503 }
    const [ill, well] = [await sink(() => answer), await sink()]
    await addTarget('xt_ill', splunk(ill))
    await addTarget('xt_well', splunk(well))
    const delivery = deliver()
    await alerts(12)
    await delivery.drain()
    expect([idsOf(well), await stateOf('xt_ill')]).toEqual([numbers(12), expect.objectContaining({ failures: 1, nextTryAtMs: MONDAY_MS + 1000, cursor: 0, problem: expect.objectContaining({ kind: 'status', status: 503 }) as object })])
    await delivery.drain()
    expect(ill.requests.length).toBe(1)
    for (let failures = 2; failures <= 7; failures += 1) {
      nowMs = (await stateOf('xt_ill')).nextTryAtMs
      await delivery.drain()
    }
    // The breaker is open: one record at a time.
    expect(ill.requests.map(({ body }) => body.split('\n').length)).toEqual([10, 10, 10, 10, 10, 1, 1])
    answer = OK
    nowMs = (await stateOf('xt_ill')).nextTryAtMs
    ill.requests.splice(0)
    await delivery.drain()
    expect([idsOf(ill), await stateOf('xt_ill')]).toEqual([numbers(12), expect.objectContaining({ failures: 0, sent: 12 })])
  })
  test('that hangs does not hold up another one', async () => {
    const [hanging, well] = [await sink(() => ({ kind: 'hang' })), await sink()]
    await addTarget('xt_a', splunk(hanging))
    await addTarget('xt_b', splunk(well))
    await alerts(3)
    const delivery = deliver({ place: { hostname: 'h', folder, options: { connectMs: 1000, wholeMs: 5000 } } })
    const going = new AbortController()
    const run = delivery.run(going.signal)
    await expect.poll(() => idsOf(well).length, { timeout: 4000 }).toBe(3)
    expect([hanging.requests.length, (await stateOf('xt_a')).failures]).toEqual([1, 0])
    going.abort()
    await run
    // A try that the stop of the collector broke off is no failure of the receiver.
    expect((await stateOf('xt_a')).failures).toBe(0)
  })
  test('says how long it wants to be left alone', async () => {
    const receiver = await sink(() => ({ kind: 'answer', status: 429, headers: { 'retry-after': '120' } }))
    await addTarget('xt_1', splunk(receiver))
    await alerts(1)
    await deliver().drain()
    expect((await stateOf('xt_1')).nextTryAtMs).toBe(MONDAY_MS + 120_000)
  })
  test('breaks off in the middle of a stream: what was not acknowledged comes again, and nothing is missing', async () => {
    const receiver = await startSyslogSink({ transport: 'tcp' })
    sinks.push(receiver)
    await addTarget('xt_1', { kind: 'syslog', host: '127.0.0.1', port: receiver.port, transport: 'tcp', facility: 16 })
    await alerts(10)
    receiver.mode = { kind: 'break', after: 4 }
    const delivery = deliver()
    await delivery.drain()
    receiver.mode = { kind: 'take' }
    nowMs += 1000
    await delivery.drain()
    const seen = receiver.messages.map(({ message }) => (JSON.parse(message) as { alertId: string }).alertId)
    expect([seen, receiver.problems]).toEqual([[...numbers(4), ...numbers(10)], []])
  })
  test('keeps its place, its failures and its rest over a restart of the collector', async () => {
    const receiver = await sink(() => ({ kind: 'answer', status: 500 }))
    await addTarget('xt_1', splunk(receiver))
    await alerts(3)
    await deliver().drain()
    await deliver().drain()
    expect([receiver.requests.length, (await stateOf('xt_1')).failures]).toEqual([1, 1])
  })
})

describe('records that are refused for good', () => {
  const refusing = (bad: readonly string[]) => async () => {
    const receiver = await startHttpSink({ behave: ({ body }) => (bad.some((id) => body.includes(`"${id}"`)) ? { kind: 'answer', status: 400, body: '{"text":"Invalid data format","code":6}' } : OK) })
    sinks.push(receiver)
    return receiver
  }
  test('one in a batch is found by halves, becomes a dead letter, and the rest arrive in order', async () => {
    const receiver = await refusing(['al_7', 'al_19'])()
    await addTarget('xt_1', splunk(receiver), { batchSize: 20 })
    await alerts(30)
    await deliver().drain()
    const dead = await store.deadLetters({ targetId: 'xt_1', limit: 50 })
    expect(dead.items.map(({ ref, reason }) => [ref, reason])).toEqual([['al_7', 'record: HTTP 400: {"text":"Invalid data format","code":6}'], ['al_19', 'record: HTTP 400: {"text":"Invalid data format","code":6}']])
    expect((await stateOf('xt_1')).sent).toBe(28)
    const taken = receiver.requests.filter(({ body }) => !/"al_(7|19)"/.test(body)).flatMap(({ body }) => body.split('\n')).map((line) => (JSON.parse(line) as { event: { alertId: string } }).event.alertId)
    expect(taken).toEqual(numbers(30).filter((id) => id !== 'al_7' && id !== 'al_19'))
  })
  test('items of a bulk answer are judged one by one', async () => {
    const bulk = bulkAnswers()
    bulk.refuse = (document) => (document.includes('"al_2"') ? 400 : undefined)
    const receiver = await sink()
    receiver.behave = bulk.behave
    await addTarget('xt_1', { kind: 'elastic', url: receiver.url, index: 'x' }, { format: 'ecs' })
    await alerts(4)
    await deliver().drain()
    expect([bulk.documents.size, receiver.requests.length, (await store.deadLetters({ targetId: 'xt_1', limit: 5 })).total]).toEqual([3, 1, 1])
    // A replay of all doubles nothing.
    await store.write((tx) => tx.addReplay('xt_1', 1, 4))
    await deliver().drain()
    expect([bulk.documents.size, receiver.requests.length]).toEqual([3, 2])
  })
  test('a receiver that refuses everything stops the target before its records are thrown away', async () => {
    const receiver = await sink(() => ({ kind: 'answer', status: 400, body: '{"code":6}' }))
    await addTarget('xt_1', splunk(receiver), { batchSize: 5 })
    await alerts(50)
    const delivery = deliver()
    for (let round = 0; round < 60; round += 1) {
      await delivery.drain()
      nowMs = Math.max(nowMs, (await stateOf('xt_1')).nextTryAtMs)
    }
    expect((await store.deadLetters({ targetId: 'xt_1', limit: 50 })).total).toBeLessThanOrEqual(MOST_REFUSED)
    expect((await stateOf('xt_1')).problem?.kind).toBe('refuses_all')
    receiver.behave = () => OK
    await store.write(async (tx) => {
      const { items } = await tx.deadLetters({ targetId: 'xt_1', limit: 50 })
      for (const seq of await tx.removeDeadLetters('xt_1', items.map((letter) => letter.seq))) await tx.addReplay('xt_1', seq, seq)
    })
    receiver.requests.splice(0)
    await delivery.drain()
    expect(new Set(idsOf(receiver))).toEqual(new Set(numbers(50)))
    expect((await stateOf('xt_1')).problem).toBeUndefined()
  })
})

describe('what somebody asks for', () => {
  test('a paused target gets nothing, and everything once it goes on', async () => {
    const receiver = await sink()
    await addTarget('xt_1', splunk(receiver))
    const target = await store.exportTarget('xt_1')
    if (target === undefined) throw new Error('no such target')
    await store.write((tx) => tx.saveExportTarget({ ...target, isPaused: true }))
    await alerts(3)
    await deliver().drain()
    expect(receiver.requests.length).toBe(0)
    await store.write((tx) => tx.saveExportTarget({ ...target, isPaused: false }))
    await deliver().drain()
    expect(idsOf(receiver)).toEqual(numbers(3))
  })
  test('a replay of a range goes before what is new and leaves the cursor where it is', async () => {
    const receiver = await sink()
    await addTarget('xt_1', splunk(receiver), { batchSize: 2 })
    await alerts(6)
    await deliver().drain()
    await store.write((tx) => tx.addReplay('xt_1', 2, 4))
    await alerts(2, 7)
    receiver.requests.splice(0)
    await deliver().drain()
    expect([idsOf(receiver), (await stateOf('xt_1')).cursor, await store.exportReplays('xt_1')]).toEqual([['al_2', 'al_3', 'al_4', 'al_7', 'al_8'], 8, []])
  })
  test('without a target and a feed nothing is made into documents', async () => {
    await alerts(2)
    await deliver().drain()
    expect((await store.outboxChanges(5)).length).toBe(2)
  })
  test('an alert that was deleted before it was told of is passed over', async () => {
    const receiver = await sink()
    await addTarget('xt_1', splunk(receiver))
    await alerts(2)
    await alerts(1, 3, { createdAtMs: MONDAY_MS + 5 })
    await store.write((tx) => tx.retentionStep('alerts_needing_review', MONDAY_MS + 1, 0))
    await deliver().drain()
    expect([idsOf(receiver), (await stateOf('xt_1')).cursor]).toEqual([['al_3'], 3])
  })
  test('the outbox has a cap, and each target says what it never had', async () => {
    const receiver = await sink(() => ({ kind: 'answer', status: 500 }))
    await addTarget('xt_1', splunk(receiver))
    await alerts(20)
    const delivery = deliver({ mostRows: 5 })
    await delivery.drain()
    expect([(await store.outboxSpan()).rows, (await store.exportTarget('xt_1'))?.dropped]).toEqual([5, 15])
  })
})

test('pauses are anywhere up to a span that doubles, and never above the cap', () => {
  expect([1, 2, 3, 9, 10, 99].map((failures) => pauseMs(failures, 1))).toEqual([1000, 2000, 4000, 256_000, 300_000, 300_000])
  expect(pauseMs(50, 0)).toBe(0)
})
