// Traces for whoever has a collector of them: spans as OTLP over HTTP in its JSON form (OpenTelemetry protocol 1.x, POST
// <endpoint>/v1/traces). Off unless `tracing.endpoint` is set, and loaded only then.
//
// A span is recorded when what it tells of is over. A request that carries a `traceparent` (W3C Trace Context) joins its trace
// and its decision; others are sampled by their share. Names and attributes are patterns of routes, counts and codes, as in the
// log: never an id of a person, an address or a text of a request. Spans wait in a bounded queue, are sent in groups and, when
// nobody takes them, dropped and counted: tracing never holds up what it looks at.
import { randomBytes } from 'node:crypto'

const QUEUE = 2048
const GROUP = 256
const FLUSH_MS = 2000
const TIMEOUT_MS = 5000
/** Failures that are told once, until one goes through again. */
const KINDS = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const
/** version-traceid-parentid-flags; version ff and ids of zeros are no context. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:$|-)/

export interface SpanRecord {
  /** A pattern, such as `GET /api/v1/alerts/:id`. */
  readonly name: string
  readonly kind: keyof typeof KINDS
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly ok: boolean
  readonly attributes: Readonly<Record<string, string | number | boolean>>
  /** Header of a request. */
  readonly traceparent?: string
}

export interface Tracing {
  record(span: SpanRecord): void
  readonly counters: Readonly<{ sent: number; dropped: number; failures: number }>
  /** Sends what waits. */
  close(): Promise<void>
}

export interface TracingOptions {
  /** Base address, such as http://127.0.0.1:4318. */
  readonly endpoint: string
  /** 0 to 100: share of what brings no decision along. */
  readonly samplePercent: number
  readonly version: string
  readonly instance: string
  readonly log: { warn(object: object, message: string): void }
  /** 0 to 1; for tests. */
  readonly chance?: () => number
}

const nanos = (ms: number): string => `${Math.floor(ms)}${String(Math.round((ms % 1) * 1e6)).padStart(6, '0')}`
const valueOf = (value: string | number | boolean): object => (typeof value === 'string' ? { stringValue: value } : typeof value === 'boolean' ? { boolValue: value } : Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value })
const attributesOf = (attributes: SpanRecord['attributes']): readonly object[] => Object.entries(attributes).map(([key, value]) => ({ key, value: valueOf(value) }))

function encode({ name, kind, startedAtMs, endedAtMs, ok, attributes }: SpanRecord, parent: RegExpExecArray | null): object {
  return {
    traceId: parent?.[1] ?? randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex'), ...(parent?.[2] === undefined ? {} : { parentSpanId: parent[2] }),
    name, kind: KINDS[kind], startTimeUnixNano: nanos(startedAtMs), endTimeUnixNano: nanos(Math.max(startedAtMs, endedAtMs)), attributes: attributesOf(attributes), status: ok ? {} : { code: 2 },
  }
}

export function createTracing({ endpoint, samplePercent, version, instance, log, chance = Math.random }: TracingOptions): Tracing {
  const url = new URL('v1/traces', endpoint.endsWith('/') ? endpoint : `${endpoint}/`)
  const resource = { attributes: attributesOf({ 'service.name': 'holdfast-collector', 'service.version': version, 'service.instance.id': instance }) }
  const counters = { sent: 0, dropped: 0, failures: 0 }
  let waiting: object[] = []
  let timer: NodeJS.Timeout | undefined
  let sending: Promise<void> = Promise.resolve()
  let isTold = false

  const send = async (): Promise<void> => {
    while (waiting.length > 0) {
      const spans = waiting.splice(0, GROUP)
      try {
        const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'holdfast' }, spans }] }] }), redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
        await answer.body?.cancel()
        if (!answer.ok) throw new Error(`status ${answer.status}`)
        counters.sent += spans.length
        isTold = false
      } catch (error) {
        counters.failures += 1
        counters.dropped += spans.length
        if (!isTold) log.warn({ err: error }, 'nobody takes the traces; they are dropped until somebody does')
        isTold = true
        // The others would meet the same; what is new tries again.
        counters.dropped += waiting.length
        waiting = []
      }
    }
  }
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    sending = sending.then(send)
    return sending
  }

  return {
    counters,
    record(span) {
      const parent = span.traceparent === undefined ? null : TRACEPARENT.exec(span.traceparent)
      const isSampled = parent === null ? chance() * 100 < samplePercent : (Number.parseInt(parent[3] ?? '0', 16) & 1) === 1
      if (!isSampled) return
      if (waiting.length >= QUEUE) {
        counters.dropped += 1
        return
      }
      waiting.push(encode(span, parent))
      timer ??= setTimeout(() => void flush(), FLUSH_MS).unref()
    },
    close: flush,
  }
}
