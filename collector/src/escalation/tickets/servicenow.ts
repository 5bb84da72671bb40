// ServiceNow, Table API: an incident a case, found again by its correlation_id; updates are work notes.
import { createJsonClient, textIn } from './requests.ts'
import type { MadeTicket, TicketClient, TicketSettings } from './target.ts'

const TABLE = '/api/now/table/incident'
/** Lengths of the columns. */
const SHORT = 160
const LONG = 4000
const FIELDS = 'sysparm_fields=sys_id,number&sysparm_exclude_reference_link=true'

export function createServiceNowClient(settings: TicketSettings, secret: string): TicketClient {
  const client = createJsonClient(settings, secret)
  const origin = new URL(settings.url).origin
  const madeOf = (record: unknown): MadeTicket => {
    const externalId = textIn(record, 'sys_id')
    return { externalId, number: textIn(record, 'number'), link: `${origin}/nav_to.do?uri=${encodeURIComponent(`incident.do?sys_id=${externalId}`)}` }
  }
  return {
    async find(correlationId) {
      const { result } = await client.ask('GET', `${TABLE}?sysparm_query=${encodeURIComponent(`correlation_id=${correlationId}`)}&sysparm_limit=1&${FIELDS}`)
      return Array.isArray(result) && result.length > 0 ? madeOf(result[0]) : undefined
    },
    async create({ correlationId, severity, summary, text, link }) {
      const level = settings.severities[severity]
      const { result } = await client.ask('POST', `${TABLE}?${FIELDS}`, {
        short_description: summary.slice(0, SHORT), description: `${text}\n\n${link}`.slice(0, LONG), correlation_id: correlationId, correlation_display: 'Holdfast', category: 'security', contact_type: 'integration',
        ...(level === '' ? {} : { impact: level, urgency: level }), ...(settings.assignmentGroup === '' ? {} : { assignment_group: settings.assignmentGroup }), work_notes: `Opened by Holdfast: ${link}`,
      })
      return madeOf(result)
    },
    async has(externalId, mark) {
      const { result } = await client.ask('GET', `${TABLE}/${encodeURIComponent(externalId)}?sysparm_fields=work_notes&sysparm_display_value=true`)
      const notes = typeof result === 'object' && result !== null ? (result as Record<string, unknown>)['work_notes'] : undefined
      return typeof notes === 'string' && notes.includes(mark)
    },
    update: async (externalId, text) => void (await client.ask('PATCH', `${TABLE}/${encodeURIComponent(externalId)}?${FIELDS}`, { work_notes: text.slice(0, LONG) })),
    async check() {
      const { result } = await client.ask('GET', `${TABLE}?sysparm_limit=1&${FIELDS}`)
      if (!Array.isArray(result)) textIn(undefined, 'result')
      return settings.user === '' ? 'token' : settings.user
    },
  }
}
