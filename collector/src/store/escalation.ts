// What the store keeps of how a case leaves: bundles, tickets in other systems, and links that one account gave another.
import type { Severity } from '../domain/risk/score.ts'
import type { AuditEntry } from './store.ts'

export type BundleState = 'queued' | 'running' | 'done' | 'failed'

/** A bundle of a case, asked for by somebody and made in the background. */
export interface CaseBundle {
  /** `cb_…`. */
  readonly id: string
  readonly caseId: string
  readonly userId: string
  readonly state: BundleState
  /** 0 to 100. */
  readonly progress: number
  readonly byId: string
  readonly byName: string
  /** Roles at the time, for custody and audit. */
  readonly byRoles: readonly string[]
  readonly reason: string
  readonly names: 'pseudonymous' | 'named'
  /** Contents of files are in it. */
  readonly content: boolean
  /** Activities at or after, and before; absent: a day around the alerts. */
  readonly fromMs?: number
  readonly toMs?: number
  readonly createdAtMs: number
  readonly startedAtMs?: number
  readonly endedAtMs?: number
  /** When the file goes. */
  readonly expiresAtMs: number
  readonly tries: number
  /** Error code of one that failed. */
  readonly code?: string
  /** Of the ZIP. */
  readonly sizeBytes?: number
  readonly sha256?: string
  readonly manifestSha256?: string
  readonly counts?: Readonly<Record<string, number>>
  readonly downloads: number
}

export type TicketSystem = 'servicenow' | 'jira'

/** A system that tickets are opened in. */
export interface TicketTarget {
  /** `tt_…`. */
  readonly id: string
  readonly name: string
  /** Everything but secrets. */
  readonly doc: string
  /** Sealed (access/seal.ts). */
  readonly secret: string
  readonly revision: number
}

/** What one case has in one of these systems. */
export interface CaseTicket {
  /** `tk_…`; with it the other system finds what it was told already. */
  readonly id: string
  readonly caseId: string
  readonly userId: string
  readonly targetId: string
  readonly targetName: string
  readonly system: TicketSystem
  /** `waiting`: not made there yet. `open`: it is there. `failed`: refused for good; somebody may try again. */
  readonly state: 'waiting' | 'open' | 'failed'
  readonly severity: Severity
  readonly createdAtMs: number
  readonly byId: string
  readonly byName: string
  /** What people call it there: INC0010001, SEC-12. */
  readonly number?: string
  /** What the API calls it. */
  readonly externalId?: string
  readonly link?: string
  /** Why the last try did not work. */
  readonly problem?: string
}

/** One thing to tell the other system, in order within its ticket. */
export interface TicketOrder {
  readonly id: number
  readonly ticketId: string
  readonly kind: 'create' | 'update'
  /** JSON text: `{ summary, text }`, without names. */
  readonly payload: string
  readonly tries: number
  readonly createdAtMs: number
  readonly nextAtMs: number
  readonly byId: string
}

export type ShareKind = 'case' | 'alert' | 'report' | 'user'

/** A link that ends, from one account to another. It shows nothing to anybody else. */
export interface ShareLink {
  /** `sl_…`, the last part of its address; it opens for the account that it is for, and for nobody else. */
  readonly id: string
  readonly kind: ShareKind
  /** Id of the case, alert, report or user. */
  readonly ref: string
  /** Page of the console. */
  readonly path: string
  readonly userId: string
  readonly toId: string
  readonly byId: string
  readonly note?: string
  readonly createdAtMs: number
  readonly expiresAtMs: number
  readonly revokedAtMs?: number
  readonly openedAtMs?: number
  /** Opening it makes the recipient a contributor of the case for as long as the link lives. */
  readonly grants: boolean
  /** It did, and the recipient was none before. */
  readonly grantedAtMs?: number
}

export interface EscalationReader {
  caseBundle(id: string): Promise<CaseBundle | undefined>
  /** Newest first. */
  bundlesOfCase(caseId: string): Promise<readonly CaseBundle[]>
  /** Queued and running ones, the oldest first. */
  unfinishedBundles(): Promise<readonly CaseBundle[]>
  /** Ids of all that are known, so that a file without a row can go. */
  bundleIds(): Promise<ReadonlySet<string>>
  expiredBundles(nowMs: number): Promise<readonly CaseBundle[]>
  ticketTargets(): Promise<readonly TicketTarget[]>
  ticketTarget(id: string): Promise<TicketTarget | undefined>
  ticket(id: string): Promise<CaseTicket | undefined>
  /** Newest first. */
  ticketsOfCase(caseId: string): Promise<readonly CaseTicket[]>
  /** The first order of each ticket that is due, the oldest first. */
  dueTicketOrders(nowMs: number, limit: number): Promise<readonly TicketOrder[]>
  ordersOfTicket(ticketId: string): Promise<readonly TicketOrder[]>
  /** Open tickets whose case has another status than the ticket was told last. */
  ticketsBehind(limit: number): Promise<readonly { readonly ticket: CaseTicket; readonly status: string }[]>
  shareLink(id: string): Promise<ShareLink | undefined>
  /** Links from an account, to it, or of a thing; newest first. */
  shareLinks(query: { readonly byId?: string; readonly toId?: string; readonly ref?: string; readonly liveAtMs?: number }): Promise<readonly ShareLink[]>
  /** Links that are over and still give somebody a place in a case. */
  sharesToEnd(nowMs: number): Promise<readonly ShareLink[]>
  /**
   * Entries of the audit log about a person or a thing, in rising order, each with the hash before it.
   * @param afterSeq entries after this one
   */
  auditExtract(query: { readonly subjectId: string; readonly targetIds: readonly string[]; readonly afterSeq: number; readonly limit: number }): Promise<readonly (AuditEntry & { readonly previous: string | undefined })[]>
}

export interface EscalationWriter {
  saveCaseBundle(bundle: CaseBundle): Promise<void>
  deleteCaseBundle(id: string): Promise<void>
  saveTicketTarget(target: TicketTarget): Promise<void>
  deleteTicketTarget(id: string): Promise<void>
  /** @param status of the case, as the other system was told last */
  saveTicket(ticket: CaseTicket, status?: string): Promise<void>
  addTicketOrder(order: Omit<TicketOrder, 'id'>): Promise<void>
  saveTicketOrder(order: TicketOrder): Promise<void>
  deleteTicketOrder(id: number): Promise<void>
  saveShareLink(link: ShareLink): Promise<void>
}
