import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTracing, type SpanRecord } from './tracing.ts'

interface Taken {
  readonly path: string | undefined
  readonly body: { readonly resourceSpans: readonly { readonly resource: { readonly attributes: readonly unknown[] }; readonly scopeSpans: readonly { readonly spans: readonly Readonly<Record<string, unknown>>[] }[] }[] }
}

let server: Server
let taken: Taken[]
let status: number
beforeEach(async () => {
  taken = []
  status = 200
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      taken.push({ path: request.url, body: JSON.parse(text) as Taken['body'] })
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise<void>((resolve) => void server.close(() => resolve()))
})

const warnings: string[] = []
const open = (over: Partial<Parameters<typeof createTracing>[0]> = {}) => createTracing({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, samplePercent: 100, version: '1.2.3', instance: 'one', log: { warn: (_, message) => void warnings.push(message) }, ...over })
const span = (over: Partial<SpanRecord> = {}): SpanRecord => ({ name: 'GET /api/v1/alerts/:id', kind: 'server', startedAtMs: 1_772_442_000_000.25, endedAtMs: 1_772_442_000_012.5, ok: true, attributes: { 'http.request.method': 'GET', 'http.response.status_code': 200, ratio: 0.5, cached: true }, ...over })
const spans = () => taken.flatMap(({ body }) => body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)))

describe('spans on their way', () => {
  test('are OTLP in its JSON form, with times in nanoseconds and integers as texts', async () => {
    const tracing = open()
    tracing.record(span())
    tracing.record(span({ ok: false }))
    await tracing.close()
    expect(taken[0]?.path).toBe('/v1/traces')
    expect(taken[0]?.body.resourceSpans[0]?.resource.attributes).toContainEqual({ key: 'service.version', value: { stringValue: '1.2.3' } })
    expect(spans()).toMatchObject([
      { name: 'GET /api/v1/alerts/:id', kind: 2, startTimeUnixNano: '1772442000000250000', endTimeUnixNano: '1772442000012500000', status: {}, attributes: [{ key: 'http.request.method', value: { stringValue: 'GET' } }, { key: 'http.response.status_code', value: { intValue: '200' } }, { key: 'ratio', value: { doubleValue: 0.5 } }, { key: 'cached', value: { boolValue: true } }] },
      { status: { code: 2 } },
    ])
    expect(spans()[0]?.['traceId']).toMatch(/^[0-9a-f]{32}$/)
    expect(tracing.counters).toEqual({ sent: 2, dropped: 0, failures: 0 })
  })
  test('join the trace of a request and its decision; what is no context begins a trace of its own', async () => {
    const tracing = open({ samplePercent: 100 })
    tracing.record(span({ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }))
    tracing.record(span({ traceparent: `00-${'c'.repeat(32)}-${'b'.repeat(16)}-00` }))
    for (const traceparent of ['', 'x', `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`, `ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01`]) tracing.record(span({ traceparent }))
    await tracing.close()
    expect(spans().map(({ traceId, parentSpanId }) => [traceId === 'a'.repeat(32), parentSpanId])).toEqual([[true, 'b'.repeat(16)], ...Array.from({ length: 4 }, () => [false, undefined])])
  })
  test('are taken by their share', async () => {
    let at = 0
    const tracing = open({ samplePercent: 25, chance: () => (at++ % 100) / 100 })
    for (let index = 0; index < 100; index += 1) tracing.record(span())
    await tracing.close()
    expect(spans()).toHaveLength(25)
  })
})

describe('nobody who takes them', () => {
  test('costs the spans and one line of the log, until somebody does again', async () => {
    status = 503
    const tracing = open()
    for (let round = 0; round < 3; round += 1) {
      tracing.record(span())
      await tracing.close()
    }
    expect(tracing.counters).toEqual({ sent: 0, dropped: 3, failures: 3 })
    expect(warnings).toHaveLength(1)
    status = 200
    tracing.record(span())
    await tracing.close()
    expect(tracing.counters.sent).toBe(1)
  })
  test('and more spans than may wait are dropped and counted', async () => {
    const tracing = open()
    for (let index = 0; index < 3000; index += 1) tracing.record(span())
    expect(tracing.counters.dropped).toBe(3000 - 2048)
    await tracing.close()
    expect(spans()).toHaveLength(2048)
  })
})
