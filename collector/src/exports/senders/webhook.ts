// One POST a record, signed as Standard Webhooks 1.0 says: HMAC-SHA256 over `id.timestamp.body` under a secret that the
// receiver was shown once. The id is that of the record, so that a receiver can drop what it saw already.
import { Webhook } from 'standardwebhooks'
import { createHttpClient } from '../http-exchange.ts'
import { webhookBody } from '../render.ts'
import type { Format, Secrets, WebhookPlace } from '../targets.ts'
import { contextOf, type TlsChoice } from '../connect.ts'
import { judgeStatus } from './http-status.ts'
import { DELIVERED, type Sender, type SenderOptions } from './sender.ts'

export function createWebhookSender(place: WebhookPlace, format: Format, secrets: Secrets, tls: TlsChoice, options: SenderOptions): Sender {
  const url = new URL(place.url)
  const client = createHttpClient(url, contextOf(tls), options)
  const secret = secrets.signingSecret ?? ''
  const signer = new Webhook(secret)
  return {
    async send(records) {
      const [record] = records
      if (record === undefined) return DELIVERED
      const { finding } = record
      const { body, contentType } = webhookBody(finding, { ...place, format })
      const at = new Date()
      const answer = await client.post(`${url.pathname}${url.search}`, { 'content-type': contentType, 'webhook-id': finding.recordId, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)), 'webhook-signature': signer.sign(finding.recordId, at, body) }, body)
      return judgeStatus(answer, [secret]) ?? DELIVERED
    },
    close: () => client.close(),
  }
}
