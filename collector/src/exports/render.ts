// A finding as the bytes of a format. The same document gives the same bytes, whoever asks and however often.
import { toCef } from './formats/cef.ts'
import { toEcs } from './formats/ecs.ts'
import { toOcsf } from './formats/ocsf.ts'
import { type Finding, findingId } from './finding.ts'
import type { Format } from './targets.ts'

/** JSON on one line for every reader: what some take for the end of a line is escaped. */
export const oneLine = (value: unknown): string => JSON.stringify(value).replaceAll(/[\u007f-\u009f\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** `type` of a record in webhooks and CloudEvents. */
export const typeOf = (finding: Finding): string => `holdfast.${finding.kind}.${finding.change}`

const shapes: Readonly<Record<Format, (finding: Finding) => unknown>> = { ocsf: toOcsf, ecs: toEcs, native: (finding) => finding, cef: toCef }

/** An object, or for CEF a text. */
export const shaped = (finding: Finding, format: Format): unknown => shapes[format](finding)

/** One line without its end. */
export function lineOf(finding: Finding, format: Format): string {
  const value = shaped(finding, format)
  return typeof value === 'string' ? value : oneLine(value)
}

/** What a thin webhook tells: which finding changed, and how it stands. */
export const thinOf = (finding: Finding): Readonly<Record<string, unknown>> => ({
  kind: finding.kind, id: findingId(finding), change: finding.change, status: finding.status, severity: finding.severity, score: finding.score, revision: finding.revision, sequence: finding.sequence, url: finding.url,
})

export interface WebhookForm {
  readonly payload: 'thin' | 'full'
  readonly envelope: 'none' | 'cloudevents'
  readonly format: Format
}

/** Body and type of one webhook. Source: Standard Webhooks 1.0 (type, timestamp, data); CloudEvents 1.0 JSON format. */
export function webhookBody(finding: Finding, { payload, envelope, format }: WebhookForm): { readonly body: string; readonly contentType: string } {
  const data = payload === 'thin' ? thinOf(finding) : shaped(finding, format)
  const time = new Date(finding.atMs).toISOString()
  if (envelope === 'none') return { body: oneLine({ type: typeOf(finding), timestamp: time, data }), contentType: 'application/json' }
  return {
    body: oneLine({ specversion: '1.0', id: finding.recordId, source: `urn:uuid:${finding.organisationId}`, type: typeOf(finding), subject: findingId(finding), time, datacontenttype: typeof data === 'string' ? 'text/plain' : 'application/json', data }),
    contentType: 'application/cloudevents+json',
  }
}
