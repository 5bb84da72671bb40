// Jira, REST API v3: an issue a case, found again by a label; description and comments in the Atlassian Document Format.
import { createJsonClient, textIn } from './requests.ts'
import type { MadeTicket, TicketClient, TicketSettings } from './target.ts'

const SHORT = 255

/** A text as an ADF document: a paragraph a line, and at the end the link. */
export function adfOf(text: string, link?: string): unknown {
  const paragraph = (content: readonly unknown[]) => ({ type: 'paragraph', content })
  const lines = text.split('\n').filter((line) => line.trim() !== '').map((line) => paragraph([{ type: 'text', text: line }]))
  return { type: 'doc', version: 1, content: [...lines, ...(link === undefined ? [] : [paragraph([{ type: 'text', text: link, marks: [{ type: 'link', attrs: { href: link } }] }])])] }
}

export function createJiraClient(settings: TicketSettings, secret: string): TicketClient {
  const client = createJsonClient(settings, secret)
  const origin = new URL(settings.url).origin
  const madeOf = (issue: unknown): MadeTicket => {
    const number = textIn(issue, 'key')
    return { externalId: textIn(issue, 'id'), number, link: `${origin}/browse/${encodeURIComponent(number)}` }
  }
  const label = (correlationId: string): string => `holdfast-${correlationId}`
  return {
    async find(correlationId) {
      const { issues } = await client.ask('POST', '/rest/api/3/search/jql', { jql: `project = "${settings.project}" AND labels = "${label(correlationId)}"`, maxResults: 1, fields: ['summary'] })
      return Array.isArray(issues) && issues.length > 0 ? madeOf(issues[0]) : undefined
    },
    async create({ correlationId, severity, summary, text, link }) {
      const priority = settings.severities[severity]
      return madeOf(await client.ask('POST', '/rest/api/3/issue', {
        fields: { project: { key: settings.project }, issuetype: { name: settings.issueType }, summary: summary.replaceAll(/\s+/g, ' ').slice(0, SHORT), description: adfOf(text, link), labels: ['holdfast', label(correlationId)], ...(priority === '' ? {} : { priority: { name: priority } }) },
      }))
    },
    async has(externalId, mark) {
      const { comments } = await client.ask('GET', `/rest/api/3/issue/${encodeURIComponent(externalId)}/comment?orderBy=-created&maxResults=50`)
      return JSON.stringify(comments ?? []).includes(mark)
    },
    update: async (externalId, text) => void (await client.ask('POST', `/rest/api/3/issue/${encodeURIComponent(externalId)}/comment`, { body: adfOf(text) })),
    check: async () => textIn(await client.ask('GET', '/rest/api/3/myself'), 'accountId'),
  }
}
