// The bulk API of Elasticsearch and OpenSearch. `create` under the id of the record: what is there already (409) is what
// we wanted, so that sending again doubles nothing. Each item is judged by its own status.
import { contextOf, type TlsChoice } from '../connect.ts'
import { createHttpClient } from '../http-exchange.ts'
import { ExportFailure, type Problem, wordsOf } from '../problem.ts'
import { oneLine, shaped } from '../render.ts'
import type { ElasticPlace, Format, Secrets } from '../targets.ts'
import { jsonOf, judgeStatus } from './http-status.ts'
import type { OutgoingRecord, Sender, SenderOptions } from './sender.ts'

interface Item {
  readonly status?: unknown
  readonly error?: { readonly type?: unknown; readonly reason?: unknown }
}

const itemOf = (value: unknown): Item => {
  const create: unknown = typeof value === 'object' && value !== null ? (value as { readonly create?: unknown }).create : undefined
  return typeof create === 'object' && create !== null ? create : {}
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What became of a record: undefined when it is there. @throws ExportFailure for what may get better */
function judgeItem(item: Item, secrets: readonly string[]): Problem | undefined {
  const { status, error } = item
  if (typeof status !== 'number') throw new ExportFailure({ kind: 'protocol', detail: 'an item of the answer has no status' })
  if ((status >= 200 && status < 300) || status === 409) return undefined
  const detail = `${status} ${wordsOf(`${textOf(error?.type)}: ${textOf(error?.reason)}`, secrets)}`
  if (status === 401 || status === 403) throw new ExportFailure({ kind: 'auth', status, detail })
  if (status === 404 || status === 429 || status >= 500) throw new ExportFailure({ kind: 'status', status, detail })
  return { kind: 'record', status, detail }
}

export function createElasticSender(place: ElasticPlace, format: Format, secrets: Secrets, tls: TlsChoice, options: SenderOptions): Sender {
  const base = new URL(place.url)
  const client = createHttpClient(base, contextOf(tls), options)
  const { apiKey, password = '' } = secrets
  const authorization = place.user === undefined ? (apiKey === undefined ? undefined : `ApiKey ${apiKey}`) : `Basic ${Buffer.from(`${place.user}:${password}`).toString('base64')}`
  const hidden = [apiKey ?? '', password, authorization ?? '']
  const lines = ({ finding }: OutgoingRecord): string => `${JSON.stringify({ create: { _index: place.index, _id: finding.recordId } })}\n${oneLine(withTime(shaped(finding, format), finding.atMs))}\n`
  return {
    async send(records) {
      const answer = await client.post(`${base.pathname.replace(/\/+$/, '')}/_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason`, { 'content-type': 'application/x-ndjson', ...(authorization === undefined ? {} : { authorization }) }, records.map(lines).join(''))
      const refused = judgeStatus(answer, hidden)
      if (refused !== undefined) return refused
      const { items } = jsonOf(answer)
      if (!Array.isArray(items) || items.length !== records.length) throw new ExportFailure({ kind: 'protocol', status: answer.status, detail: 'the answer does not have an item for each record' })
      const problems = items.map((item) => judgeItem(itemOf(item), hidden))
      return { kind: 'delivered', refused: records.flatMap(({ seq }, index) => { const problem = problems[index]; return problem === undefined ? [] : [{ seq, problem }] }) }
    },
    close: () => client.close(),
  }
}

/** Data streams ask every document for its time. */
const withTime = (document: unknown, atMs: number): unknown => (typeof document === 'object' && document !== null && !('@timestamp' in document) ? { '@timestamp': new Date(atMs).toISOString(), ...document } : document)
