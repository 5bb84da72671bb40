import { retentionClasses, type RetentionSettings } from '../../privacy/settings.ts'
import type { RetentionLine } from '../../privacy/retention.ts'
import type { User } from '../../domain/people/user.ts'
import type { PrivacyRequest, RetentionRun } from '../../store/privacy.ts'
import { hiddenNames, type Names } from '../names.ts'
import type { PrivacyRequestView, RetentionRunView, RetentionView } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

/** The clock decides, not the state: a reveal whose time is over is over, also before anybody wrote it down. */
const stateAt = (request: PrivacyRequest, nowMs: number): PrivacyRequest['state'] =>
  (request.state === 'live' && (request.liveUntilMs ?? 0) <= nowMs) || (request.state === 'pending' && (request.decideByMs ?? 0) <= nowMs) ? 'expired' : request.state

export const presentRequest = (request: PrivacyRequest, user: User | undefined, accountId: string, nowMs: number, names: Names = hiddenNames): PrivacyRequestView => ({
  id: request.id, kind: request.kind, state: stateAt(request, nowMs), user: names.ref(user, request.userId), requester: { id: request.accountId, name: request.accountName }, isOwn: request.accountId === accountId,
  reasonKind: request.reasonKind, reason: names.text(request.reason, user), requestedAt: iso(request.requestedAtMs), ...(request.decideByMs === undefined ? {} : { decideBy: iso(request.decideByMs) }), ...(request.decidedAtMs === undefined ? {} : { decidedAt: iso(request.decidedAtMs) }),
  ...(request.decidedBy === undefined ? {} : { decidedBy: request.decidedBy.name }), ...(request.note === undefined ? {} : { note: names.text(request.note, user) }), ...(request.liveUntilMs === undefined ? {} : { until: iso(request.liveUntilMs) }), ...(request.endedAtMs === undefined ? {} : { endedAt: iso(request.endedAtMs) }),
})

export const presentRetention = (lines: readonly RetentionLine[], stored: { readonly value: RetentionSettings; readonly revision: number; readonly changedAtMs?: number; readonly changedBy?: string }): RetentionView => ({
  lines: lines.map((line) => ({ cls: line.cls, days: line.days, defaultDays: retentionClasses[line.cls].days, leastDays: retentionClasses[line.cls].least, doc: retentionClasses[line.cls].doc, ...(line.beforeMs === undefined ? {} : { before: iso(line.beforeMs) }), due: line.due, held: line.held, inCases: line.inCases })),
  revision: stored.revision, ...(stored.changedAtMs === undefined ? {} : { changedAt: iso(stored.changedAtMs) }), ...(stored.changedBy === undefined ? {} : { changedBy: stored.changedBy }),
})

export const presentRun = (run: RetentionRun): RetentionRunView => ({ id: run.id, startedAt: iso(run.startedAtMs), ...(run.endedAtMs === undefined ? {} : { endedAt: iso(run.endedAtMs) }), state: run.state, by: run.by, removed: { ...run.removed }, held: { ...run.held }, ...(run.code === undefined ? {} : { code: run.code }) })
