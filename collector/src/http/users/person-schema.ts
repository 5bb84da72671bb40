import Type, { type Static } from 'typebox'
import { Id, Instant, Page, PageQuery, Severity, UserRef } from '../primitives.ts'
import { LevelName } from './schema.ts'

const ChronologyKind = Type.Union([Type.Literal('alert'), Type.Literal('decision'), Type.Literal('trigger'), Type.Literal('sequence'), Type.Literal('insight'), Type.Literal('case')])
export type ChronologyKind = Static<typeof ChronologyKind>
export const CHRONOLOGY_KINDS = ['alert', 'decision', 'trigger', 'sequence', 'insight', 'case'] as const satisfies readonly ChronologyKind[]

/** One thing that happened to or by a person. */
export const ChronologyEntry = Type.Object({
  at: Instant, kind: ChronologyKind, what: Type.String({ description: 'Of a decision the new status, of a trigger its kind, of a case the deed, of an insight or a sequence its id.' }), text: Type.String(), score: Type.Optional(Type.Number()), severity: Type.Optional(Severity),
  events: Type.Optional(Type.Integer()), day: Type.Optional(Type.String({ format: 'date' })), actor: Type.Optional(Type.String()), alertId: Type.Optional(Id), caseId: Type.Optional(Id), indicator: Type.Optional(Type.String()),
}, { additionalProperties: false })
export type ChronologyEntry = Static<typeof ChronologyEntry>
export const ChronologyPage = Page(ChronologyEntry)
export type ChronologyPage = Static<typeof ChronologyPage>
export const ChronologyQuery = Type.Object({
  ...PageQuery, kind: Type.Optional(Type.Array(ChronologyKind, { maxItems: 6 })), severity: Type.Optional(Type.Array(Severity, { maxItems: 3 })), from: Type.Optional(Type.String({ format: 'date' })), to: Type.Optional(Type.String({ format: 'date' })),
}, { additionalProperties: false })

export const UserProfile = Type.Object({
  user: UserRef, kind: Type.Union([Type.Literal('person'), Type.Literal('system')]), firstSeenAt: Instant,
  department: Type.Optional(Type.String()), title: Type.Optional(Type.String()), country: Type.Optional(Type.String()), jobLevel: Type.Optional(Type.String()), employeeType: Type.Optional(Type.String()), lastWorkingDay: Type.Optional(Instant),
  manager: Type.Optional(UserRef), groups: Type.Array(Type.String()), devices: Type.Array(Type.Object({ id: Id, name: Type.Optional(Type.String()) }, { additionalProperties: false })),
  riskLevel: Type.Object({ level: LevelName, reason: Type.String(), since: Type.Optional(Instant), expiresAt: Type.Optional(Instant) }, { additionalProperties: false }),
  priorityGroups: Type.Array(Type.Object({ id: Id, name: Type.String() }, { additionalProperties: false })),
  policies: Type.Array(Type.Object({
    id: Id, name: Type.String(), status: Type.String(), activeUntil: Type.Optional(Type.String({ format: 'date', description: 'Last day on which what the user does is scored; absent: nothing has triggered it.' })), trigger: Type.Optional(Type.String()),
  }, { additionalProperties: false, description: 'Policies whose scope holds the user.' })),
  highImpact: Type.Array(Type.Object({ code: Type.Union([Type.Literal('privileged'), Type.Literal('reports'), Type.Literal('priority_group')]), count: Type.Optional(Type.Integer()) }, { additionalProperties: false })),
  violations: Type.Array(Type.Object({ at: Instant, caseId: Type.Optional(Id) }, { additionalProperties: false })),
  workingHours: Type.Optional(Type.Object({ days: Type.Integer(), active: Type.Array(Type.Integer({ description: 'Hours of the day, UTC, in which the user is active on more than one day in twenty.' })) }, { additionalProperties: false })),
}, { additionalProperties: false })
export type UserProfile = Static<typeof UserProfile>
