// WebSocket /api/v1/live: small announcements; the page fetches what it may see.
import Type, { type Static } from 'typebox'
import { Id, Severity } from '../primitives.ts'

export const LiveMessage = Type.Union([
  Type.Object({ topic: Type.Literal('hello'), topics: Type.Array(Type.String()) }),
  Type.Object({ topic: Type.Literal('alert.created'), alertId: Id, severity: Severity, userId: Id }),
  Type.Object({ topic: Type.Literal('alert.updated'), alertId: Id, severity: Severity, userId: Id }),
  Type.Object({ topic: Type.Literal('case.updated'), caseId: Id, userId: Id }),
  Type.Object({ topic: Type.Literal('notice.sent'), noticeId: Id, caseId: Id, userId: Id, state: Type.String() }),
  Type.Object({ topic: Type.Literal('bundle.state'), bundleId: Id, caseId: Id, userId: Id, state: Type.String(), progress: Type.Integer() }),
  Type.Object({ topic: Type.Literal('device.enrolled'), deviceId: Id, codeId: Id }),
  Type.Object({ topic: Type.Literal('enrolment.request'), requestId: Id, codeId: Id, state: Type.String() }),
  Type.Object({ topic: Type.Literal('device.updated'), deviceId: Id }),
  Type.Object({ topic: Type.Literal('evidence.received'), evidenceId: Id, userId: Id }),
  Type.Object({ topic: Type.Literal('evidence.quota'), scope: Type.String(), percent: Type.Integer() }),
  Type.Object({ topic: Type.Literal('report.state'), reportId: Id, userId: Id, state: Type.String(), progress: Type.Integer() }),
  Type.Object({ topic: Type.Literal('policy.updated'), policyId: Id }),
  Type.Object({ topic: Type.Literal('rollout.updated'), rolloutId: Id, group: Id, state: Type.String() }),
  Type.Object({ topic: Type.Literal('export.state'), targetId: Id }),
  Type.Object({ topic: Type.Literal('privacy.requested'), requestId: Id }),
  Type.Object({ topic: Type.Literal('privacy.decided'), requestId: Id, accountId: Id }),
  Type.Object({ topic: Type.Literal('exception.requested') }),
  Type.Object({ topic: Type.Literal('exception.decided'), exceptionId: Id }),
  Type.Object({ topic: Type.Literal('question.state'), askingId: Id }),
  Type.Object({ topic: Type.Literal('user.risk_level'), userId: Id, level: Type.Union([Type.Literal('none'), Type.Literal('minor'), Type.Literal('moderate'), Type.Literal('elevated')]) }),
])
export type LiveMessage = Static<typeof LiveMessage>
