import Type, { type Static } from 'typebox'
import { Instant } from '../primitives.ts'

export const CheckView = Type.Object({
  name: Type.String(), verdict: Type.Union([Type.Literal('ok'), Type.Literal('warn'), Type.Literal('fail')]), detail: Type.String(), fix: Type.String({ description: 'What to do; empty when ok.' }),
}, { additionalProperties: false })
export const DoctorView = Type.Object({ checks: Type.Array(CheckView) }, { additionalProperties: false })
export type DoctorView = Static<typeof DoctorView>

const DrillCheck = Type.Object({ name: Type.String(), ok: Type.Boolean(), detail: Type.String() }, { additionalProperties: false })
export const BackupsView = Type.Object({
  backups: Type.Array(Type.Object({ id: Type.String(), file: Type.String(), madeAt: Instant, bytes: Type.Integer(), files: Type.Integer(), seconds: Type.Number(), sealed: Type.Boolean(), verified: Type.Boolean(), scheduled: Type.Boolean() }, { additionalProperties: false })),
  drills: Type.Array(Type.Object({ backupId: Type.String(), at: Instant, ok: Type.Boolean(), seconds: Type.Number(), checks: Type.Array(DrillCheck) }, { additionalProperties: false })),
  failure: Type.Optional(Type.Object({ at: Instant, problem: Type.String() }, { additionalProperties: false })),
  restoredFrom: Type.Optional(Type.Object({ backupId: Type.String(), backupMadeAt: Instant, restoredAt: Instant }, { additionalProperties: false })),
}, { additionalProperties: false })
export type BackupsView = Static<typeof BackupsView>
