// One JSON request to a ticket system: over the guarded client of exports (no redirect, one deadline, no address that the
// target does not allow), with the statuses of its answers as problems that say whether to try again.
import { contextOf } from '../../exports/connect.ts'
import { createHttpClient } from '../../exports/http-exchange.ts'
import { ExportFailure } from '../../exports/problem.ts'
import { jsonOf, judgeStatus } from '../../exports/senders/http-status.ts'
import { DEFAULT_OPTIONS } from '../../exports/senders/sender.ts'
import type { TicketSettings } from './target.ts'

export interface JsonClient {
  /** @returns the object of the answer; empty for 204 @throws ExportFailure */
  ask(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>>
}

export function createJsonClient({ url, user, allowPrivate, caPem }: TicketSettings, secret: string): JsonClient {
  const base = new URL(url)
  const context = contextOf(caPem === '' ? {} : { caPem })
  const authorization = user === '' ? `Bearer ${secret}` : `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`
  return {
    async ask(method, path, body) {
      const text = body === undefined ? undefined : JSON.stringify(body)
      // A connection each: one that is used again may be repeated when it breaks, and what is repeated here makes a ticket twice.
      const client = createHttpClient(base, context, { ...DEFAULT_OPTIONS, allowPrivate })
      const answer = await client.send(method, path, { accept: 'application/json', authorization, ...(text === undefined ? {} : { 'content-type': 'application/json' }) }, text).finally(() => client.close())
      const refused = judgeStatus(answer, [secret, authorization])
      if (refused !== undefined) throw new ExportFailure(refused.problem)
      return answer.status === 204 || answer.body === '' ? {} : jsonOf(answer)
    },
  }
}

/** A text of an answer. @throws ExportFailure protocol when it is not there: what answers is another kind of system */
export function textIn(value: unknown, name: string): string {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
  if (typeof found === 'string' && found !== '' && found.length <= 200) return found
  throw new ExportFailure({ kind: 'protocol', detail: `the answer has no ${name}` })
}
