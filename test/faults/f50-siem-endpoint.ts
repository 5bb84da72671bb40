import { setTimeout as sleep } from 'node:timers/promises'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import type { Store } from '@holdfast/collector/store/store.ts'
import { buildAlert, buildUser } from '@holdfast/collector/testing/builders.ts'
import { type Answer, bulkAnswers, OK, startHttpSink, startSyslogSink } from '@holdfast/collector/testing/receivers.ts'
import { install } from '../support/collector.ts'
import { until } from '../support/processes.ts'
import { type Fault, type FaultContext, must } from './fault.ts'

const PEOPLE = 500

interface Got {
  readonly recordId: string
  readonly sequence: number
}
/** What a receiver had, in the order in which it had it. */
interface Receiver {
  readonly name: string
  readonly got: () => Promise<readonly Got[]> | readonly Got[]
}
interface Target {
  readonly name: string
  readonly lag: { readonly records: number }
  readonly state: string
}

const ill: readonly Answer[] = [
  { kind: 'answer', status: 500 }, { kind: 'hang' }, { kind: 'reset' }, { kind: 'reset_within' }, { kind: 'drip' }, { kind: 'answer', status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data/' } }, { kind: 'answer', status: 200, body: '<html>not me</html>' }, { kind: 'answer', status: 429, headers: { 'retry-after': '1' } },
]

/** First appearances must rise, all must be there, and each must say what the outbox says. */
async function judge(receiver: Receiver, documents: ReadonlyMap<string, number>): Promise<number> {
  const got = await receiver.got()
  const seen = new Set<string>()
  let last = 0
  for (const { recordId, sequence } of got) {
    must(documents.get(recordId) === sequence, `${receiver.name} got ${recordId}, which nobody sent so`)
    if (seen.has(recordId)) continue
    seen.add(recordId)
    must(sequence > last, `${receiver.name} got ${recordId} after ${last}`)
    last = sequence
  }
  must(seen.size === documents.size, `${receiver.name} got ${seen.size} of ${documents.size} records`)
  return got.length - seen.size
}

async function writeAlerts(store: Store, from: number, count: number): Promise<void> {
  const nowMs = Date.now()
  await store.write((tx) => tx.saveAlerts(Array.from({ length: count }, (_, index) => buildAlert({ id: `al_${from + index}`, userId: `u_${(from + index) % PEOPLE}`, createdAtMs: nowMs, updatedAtMs: nowMs }))))
}

async function startReceivers(context: FaultContext) {
  const state: { answer: Answer } = { answer: OK }
  const splunkGot: Got[] = []
  const wellGot: Got[] = []
  const hookGot: Got[] = []
  const eventsOf = (body: string): readonly Got[] => body.split('\n').map((line) => (JSON.parse(line) as { event: Got }).event)
  const splunk = await startHttpSink({ behave: ({ body }) => {
    if (state.answer === OK) splunkGot.push(...eventsOf(body))
    return state.answer
  } })
  const well = await startHttpSink({ behave: ({ body }) => {
    wellGot.push(...eventsOf(body))
    return OK
  } })
  const hook = await startHttpSink({ behave: ({ body }) => {
    // Nine of ten are taken; the others are left hanging in the middle.
    if (context.random.next() < 0.1) return { kind: 'reset_within' }
    hookGot.push((JSON.parse(body) as { data: Got }).data)
    return OK
  } })
  const bulk = bulkAnswers()
  const elastic = await startHttpSink({ behave: (request) => (context.random.next() < 0.2 ? { kind: 'answer', status: 503 } : bulk.behave(request)) })
  const syslog = await startSyslogSink({ transport: 'tcp' })
  for (const sink of [splunk, well, hook, elastic, syslog]) context.defer(() => sink.close())
  return { state, splunk, well, hook, elastic, syslog, bulk, splunkGot, wellGot, hookGot }
}

export const siemEndpoint: Fault = {
  id: 'F-50', name: 'siem-endpoint', title: 'receivers of exports are ill, and the collector is killed while it delivers',
  does: 'One receiver is down, hangs, answers 500, resets, drips, redirects, answers with somebody else’s page; others break off in the middle; the collector is killed again and again while alerts change.',
  oracle: 'Every record reaches every receiver at least once, in order, unaltered; redirects are not followed; a receiver that is well is not held up by one that is ill.',
  limitSecs: { short: 240, full: 900 },
  async run(context) {
    const receivers = await startReceivers(context)
    const { state, splunk, well, hook, elastic, syslog } = receivers
    const installation = await install()
    context.defer(() => installation.close())
    context.explain(() => installation.daemon.log().slice(-3000))
    const add = (name: string, place: object, over: object = {}) => installation.client.send('POST', '/api/v1/exports', { name, place, format: 'native', allowPrivate: true, batchSize: 50, ...over })
    await add('ill', { kind: 'splunk_hec', url: splunk.url, acknowledge: false }, { secrets: { token: 't' } })
    await add('well', { kind: 'splunk_hec', url: well.url, acknowledge: false }, { secrets: { token: 't' } })
    await add('hook', { kind: 'webhook', url: hook.url, payload: 'full', envelope: 'none' })
    await add('elastic', { kind: 'elastic', url: elastic.url, index: 'x' })
    await add('syslog', { kind: 'syslog', host: '127.0.0.1', port: syslog.port, transport: 'tcp', facility: 16 })
    await add('file', { kind: 'file', fileName: 'out.jsonl', maxBytes: 65_536, keep: 100 })
    const lagOf = async (name: string): Promise<number> => (await installation.client.get<{ items: Target[] }>('/api/v1/exports')).items.find((target) => target.name === name)?.lag.records ?? -1

    const store = await openSqliteStore({ path: join(installation.dir, 'holdfast.db') })
    context.defer(() => store.close())
    await store.write(async (tx) => {
      for (let number = 0; number < PEOPLE; number += 1) await tx.saveUser(buildUser({ id: `u_${number}`, pseudonym: `ANON-${String(number).padStart(7, '0')}`, displayName: `Person ${number}`, identities: [{ kind: 'account', value: `person${number}` }] }))
    })
    let written = 0
    const write = async (count: number): Promise<void> => {
      await writeAlerts(store, written, count)
      written += count
    }

    const each = context.count(40, 1000)
    let slowestMs = 0
    for (const [index, answer] of ill.entries()) {
      context.signal.throwIfAborted()
      state.answer = answer
      syslog.mode = index % 3 === 0 ? { kind: 'break', after: context.random.between(1, 20) } : index % 3 === 1 ? { kind: 'hang' } : { kind: 'take' }
      const { items } = await installation.client.get<{ items: readonly (Target & { readonly id: string })[] }>('/api/v1/exports')
      const asked = splunk.requests.length
      await write(each)
      // Somebody who looks after it tries at once, so that each illness is met.
      await installation.client.send('POST', `/api/v1/exports/${items.find(({ name }) => name === 'ill')?.id ?? ''}/resume`)
      await until('the ill receiver to be asked', 60, () => (splunk.requests.length > asked ? true : undefined))
      const begunAt = performance.now()
      await until('the receiver that is well', 30, async () => ((await lagOf('well')) === 0 ? true : undefined))
      slowestMs = Math.max(slowestMs, performance.now() - begunAt)
      if (index % 3 === 2) {
        await write(each)
        await sleep(context.random.between(0, 300))
        await installation.stop('SIGKILL')
        await installation.start()
      }
    }
    must((await lagOf('ill')) > 0, 'the receiver that is ill had nothing to be ill about')
    const illRequests = splunk.requests.length
    context.figures['requests while ill'] = illRequests

    state.answer = OK
    syslog.mode = { kind: 'take' }
    const healedAt = performance.now()
    await until('every target to have everything', 200, async () => ((await installation.client.get<{ items: Target[] }>('/api/v1/exports')).items.every(({ lag }) => lag.records === 0) ? true : undefined))
    context.figures['seconds to recover'] = Math.round((performance.now() - healedAt) / 1000)

    const burst = context.count(2000, 20_000)
    const from = performance.now()
    await write(burst)
    await until('the burst', 120, async () => ((await lagOf('well')) === 0 ? true : undefined))
    context.figures['records a second, one target among six'] = Math.round(burst / ((performance.now() - from) / 1000))
    await until('the burst everywhere', 200, async () => ((await installation.client.get<{ items: Target[] }>('/api/v1/exports')).items.every(({ lag }) => lag.records === 0) ? true : undefined))
    context.figures['records a second, six targets'] = Math.round((burst * 6) / ((performance.now() - from) / 1000))

    const documents = new Map<string, number>()
    for (let after = 0; ; ) {
      const { rows } = await store.outboxDocuments({ afterSeq: after, limit: 5000 })
      for (const row of rows) documents.set((JSON.parse(row.document) as Got).recordId, row.seq)
      after = rows.at(-1)?.seq ?? after
      if (rows.length < 5000) break
    }
    must(documents.size === written, `the outbox has ${documents.size} of ${written} records`)
    const fileLines = async (): Promise<readonly Got[]> => {
      const folder = join(installation.dir, 'exports')
      const names = (await readdir(folder)).toSorted((a, b) => Number(b.split('.')[2] ?? 0) - Number(a.split('.')[2] ?? 0))
      return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('').trimEnd().split('\n').map((line) => JSON.parse(line) as Got)
    }
    const all: readonly Receiver[] = [
      { name: 'ill', got: () => receivers.splunkGot }, { name: 'well', got: () => receivers.wellGot }, { name: 'hook', got: () => receivers.hookGot },
      { name: 'elastic', got: () => [...receivers.bulk.documents.values()] as Got[] }, { name: 'syslog', got: () => syslog.messages.map(({ message }) => JSON.parse(message) as Got) }, { name: 'file', got: fileLines },
    ]
    for (const receiver of all) if (receiver.name !== 'file' || written * 2000 < 100 * 65_536) context.figures[`twice at ${receiver.name}`] = await judge(receiver, documents)
    must(syslog.problems.length === 0, `syslog was cut: ${syslog.problems[0] ?? ''}`)
    context.figures['records'] = written
    context.figures['slowest round of the well one, ms'] = Math.round(slowestMs)
  },
}
