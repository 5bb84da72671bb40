// Systems that tickets are opened in: what is set up for each, and what every kind of them can do.
import type { Severity } from '../../domain/risk/score.ts'
import type { TicketSystem } from '../../store/escalation.ts'

export interface TicketSettings {
  readonly system: TicketSystem
  /** Of the instance, without a path: https://example.service-now.com, https://example.atlassian.net. */
  readonly url: string
  /** With a user the secret is a password or an API token, sent as Basic; without one it is a bearer token. */
  readonly user: string
  /** Receivers at loopback and private addresses are allowed. */
  readonly allowPrivate: boolean
  /** Authority of the receiver, instead of those that the system knows. */
  readonly caPem: string
  /** ServiceNow: urgency and impact of a severity, 1 to 3. Jira: name of a priority; empty for none. */
  readonly severities: Readonly<Record<Severity, string>>
  /** Jira. */
  readonly project: string
  readonly issueType: string
  /** ServiceNow: sys_id or name; empty for none. */
  readonly assignmentGroup: string
}

export const DEFAULT_SEVERITIES: Readonly<Record<TicketSystem, Readonly<Record<Severity, string>>>> = {
  servicenow: { high: '1', medium: '2', low: '3' }, jira: { high: 'High', medium: 'Medium', low: 'Low' },
}

/** What the secret of a target is sealed for. */
export const purposeOf = (targetId: string): string => `ticket target ${targetId}`

export const readTicketSettings = (doc: string): TicketSettings => JSON.parse(doc) as TicketSettings

/** What a secret is given to: another receiver gets it only when it is given again. */
export const destinationOf = ({ url, user }: Pick<TicketSettings, 'url' | 'user'>): string => `${new URL(url).origin} ${user}`

/** What the other system is told of a case; never a name. */
export interface TicketContent {
  /** Of our ticket: the same in every try, so that a try whose answer was lost is found again. */
  readonly correlationId: string
  readonly severity: Severity
  readonly summary: string
  readonly text: string
  readonly link: string
}

export interface MadeTicket {
  readonly number: string
  readonly externalId: string
  readonly link: string
}

/** Every call @throws ExportFailure: kind `record` is refused for good, the others may pass. */
export interface TicketClient {
  /** What an earlier try made, when its answer was lost. */
  find(correlationId: string): Promise<MadeTicket | undefined>
  create(content: TicketContent): Promise<MadeTicket>
  /** Whether the other system has an update that an earlier try may have brought. @param mark stands in its text */
  has(externalId: string, mark: string): Promise<boolean>
  update(externalId: string, text: string): Promise<void>
  /** Signs in and changes nothing. @returns who we are there */
  check(): Promise<string>
}
