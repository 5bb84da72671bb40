import Type, { type Static } from 'typebox'
import { AlertStatistics } from '../alerts/schema.ts'

export const Overview = Type.Object({
  alerts: AlertStatistics,
  devices: Type.Object({ healthy: Type.Integer(), degraded: Type.Integer(), offline: Type.Integer(), neverSeen: Type.Integer(), behindPolicy: Type.Integer(), unexplainedGaps: Type.Integer() }),
  activities: Type.Integer(), users: Type.Integer(), quarantined: Type.Integer(),
  /** Steps that tick themselves. */
  checklist: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), done: Type.Boolean(), required: Type.Boolean(), link: Type.String() })),
}, { additionalProperties: false })
export type Overview = Static<typeof Overview>
