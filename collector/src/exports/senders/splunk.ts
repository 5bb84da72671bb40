// Splunk's HTTP Event Collector: events one after the other in one body, a token in the header; with acknowledgement the
// records count only once the indexer says that it has them.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { contextOf, type TlsChoice } from '../connect.ts'
import { createHttpClient } from '../http-exchange.ts'
import { ExportFailure, wordsOf } from '../problem.ts'
import { oneLine, shaped } from '../render.ts'
import type { Format, Secrets, SplunkPlace } from '../targets.ts'
import { jsonOf, judgeStatus } from './http-status.ts'
import { DELIVERED, type Sender, type SenderOptions } from './sender.ts'

const ASK_EVERY_MS = 500

/** Codes of Splunk's answers whose cause is the set-up and not the events: no data channel, a wrong index, a full or disabled collector. */
const SET_UP = new Set([7, 10, 11, 14, 16])

export function createSplunkSender(place: SplunkPlace, format: Format, secrets: Secrets, tls: TlsChoice, options: SenderOptions): Sender {
  const base = new URL(place.url)
  const path = base.pathname.replace(/\/+$/, '')
  const client = createHttpClient(base, contextOf(tls), options)
  const token = secrets.token ?? ''
  const channel = randomUUID()
  const headers = { authorization: `Splunk ${token}`, 'content-type': 'application/json', ...(place.acknowledge ? { 'x-splunk-request-channel': channel } : {}) }

  const acknowledged = async (ackId: number, signal: AbortSignal | undefined): Promise<void> => {
    for (const endMs = Date.now() + options.wholeMs; Date.now() < endMs; ) {
      const answer = await client.post(`${path}/services/collector/ack?channel=${channel}`, headers, JSON.stringify({ acks: [ackId] }))
      judgeStatus(answer, [token])
      const { acks } = jsonOf(answer) as { readonly acks?: Readonly<Record<string, boolean>> }
      if (acks?.[String(ackId)] === true) return
      await sleep(ASK_EVERY_MS, undefined, signal === undefined ? {} : { signal })
    }
    throw new ExportFailure({ kind: 'timeout', detail: `the indexer did not acknowledge within ${options.wholeMs / 1000} s` })
  }

  return {
    async send(records, signal) {
      const body = records.map(({ finding }) => oneLine({
        time: finding.atMs / 1000, source: 'holdfast', sourcetype: `holdfast:${format}`, ...(place.index === undefined ? {} : { index: place.index }), event: shaped(finding, format), fields: { record_id: finding.recordId, sequence: finding.sequence },
      })).join('\n')
      const answer = await client.post(`${path}/services/collector/event`, headers, body)
      if (answer.status === 400) {
        const { code, text } = jsonOf(answer)
        if (typeof code === 'number' && SET_UP.has(code)) throw new ExportFailure({ kind: 'status', status: 400, detail: `HTTP 400: ${wordsOf(String(text), [token])} (code ${code})` })
      }
      const refused = judgeStatus(answer, [token])
      if (refused !== undefined) return refused
      const { code, ackId } = jsonOf(answer)
      if (code !== 0) throw new ExportFailure({ kind: 'protocol', status: answer.status, detail: `HTTP ${answer.status} without the code 0 of success` })
      if (!place.acknowledge) return DELIVERED
      if (typeof ackId !== 'number') throw new ExportFailure({ kind: 'protocol', status: answer.status, detail: 'the token of this collector does not use acknowledgement' })
      await acknowledged(ackId, signal)
      return DELIVERED
    },
    close: () => client.close(),
  }
}
