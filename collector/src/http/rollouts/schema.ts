import Type, { type Static } from 'typebox'
import { DEVICE_STATES, HALT_RULES, ROLLOUT_STATES } from '../../domain/rollout/rollout.ts'
import { GroupSettings } from '../devices/schema.ts'
import { Id, Instant, Page, PageQuery } from '../primitives.ts'

const oneOf = <const T extends string>(values: readonly T[]) => Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value))))
const RolloutState = oneOf(ROLLOUT_STATES)
const DeviceState = oneOf(DEVICE_STATES)
const Percent = Type.Number({ minimum: 0, maximum: 100 })
const Clock = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })

export const RolloutPlanView = Type.Object({
  ringPercents: Type.Array(Type.Number({ exclusiveMinimum: 0, maximum: 100 }), { minItems: 1, maxItems: 10, description: 'Per cent of the group’s devices that run it after each ring; rising, the last is 100.' }),
  firstDevices: Type.Array(Type.String({ minLength: 1, maxLength: 253 }), { maxItems: 500, description: 'Ids or names of devices that go before everybody else.' }),
  afterGroups: Type.Array(Id, { maxItems: 50, description: 'Groups whose roll-outs must be over first.' }),
  soakSecs: Type.Integer({ minimum: 0, maximum: 2_592_000, description: 'A ring that is well is watched for so long.' }), confirmedPercent: Percent,
  answerSecs: Type.Integer({ minimum: 5, maximum: 86_400, description: 'A device that is there and does not run it after so long has failed.' }),
  silenceSecs: Type.Integer({ minimum: 60, maximum: 2_592_000, description: 'A ring of which nobody was heard for so long stops it.' }),
  windows: Type.Array(Type.Object({ days: Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), { minItems: 1, maxItems: 7, uniqueItems: true, description: '0 is Sunday.' }), from: Clock, to: Clock, zone: Type.String({ minLength: 1, maxLength: 64, description: 'Such as Europe/Berlin.' }) }, { additionalProperties: false }), { maxItems: 20, description: 'When rings may begin; none: at any time.' }),
  halt: Type.Object({ failedPercent: Percent, cpuPercent: Percent, lossPercent: Percent, restartPercent: Percent, alertFactor: Type.Number({ minimum: 0, maximum: 1000, description: 'Times as many alerts as in the day before; 0: not looked at.' }) }, { additionalProperties: false, description: 'More than so many of the devices that moved, in per cent, and it stops.' }),
  onHalt: oneOf(['hold', 'roll_back']),
}, { additionalProperties: false, title: 'How changes of a group reach its devices.' })
export type RolloutPlanView = Static<typeof RolloutPlanView>

const Revision = Type.Object({ version: Type.Integer(), hash: Type.String() }, { additionalProperties: false })
const Counts = Type.Object(Object.fromEntries(DEVICE_STATES.map((state) => [state, Type.Integer()])) as Record<(typeof DEVICE_STATES)[number], ReturnType<typeof Type.Integer>>, { additionalProperties: false })

export const RolloutView = Type.Object({
  id: Id, group: Id, state: RolloutState, createdAt: Instant, createdBy: Type.String(), endedAt: Type.Optional(Instant), from: Revision, to: Revision, back: Type.Optional(Revision),
  ring: Type.Integer({ description: 'The ring that was reached last, from 1; 0 before the first.' }), rings: Type.Integer(), devices: Type.Integer(), counts: Counts,
  halt: Type.Optional(Type.Object({ rule: oneOf(HALT_RULES), at: Instant, ring: Type.Integer(), observed: Type.Number(), limit: Type.Number(), deviceIds: Type.Array(Id), reason: Type.String({ description: 'Half a sentence in English.' }), note: Type.Optional(Type.String()) }, { additionalProperties: false })),
  canRollBack: Type.Boolean(),
}, { additionalProperties: false })
export type RolloutView = Static<typeof RolloutView>
export const RolloutPage = Page(RolloutView)
export type RolloutPage = Static<typeof RolloutPage>
export const RolloutListQuery = Type.Object({ ...PageQuery, group: Type.Optional(Id), state: Type.Optional(Type.Array(RolloutState)) }, { additionalProperties: false })

const Change = Type.Object({ path: Type.String(), before: Type.Optional(Type.Unknown()), after: Type.Optional(Type.Unknown()) }, { additionalProperties: false })
export type Change = Static<typeof Change>
export const RolloutDetail = Type.Object({
  ...RolloutView.properties, plan: RolloutPlanView,
  perRing: Type.Array(Type.Object({ ring: Type.Integer(), percent: Type.Number({ description: '0: named devices.' }), reached: Type.Boolean(), devices: Type.Integer(), counts: Counts }, { additionalProperties: false })),
  readyAt: Type.Optional(Instant), nextRingAt: Type.Optional(Instant),
  changes: Type.Array(Change, { description: 'What devices are told differently.' }),
}, { additionalProperties: false })
export type RolloutDetail = Static<typeof RolloutDetail>

export const RolloutDeviceView = Type.Object({
  deviceId: Id, hostname: Type.String(), ring: Type.Integer({ description: 'From 1.' }), state: DeviceState, since: Instant, reason: Type.Optional(Type.String({ description: 'Code.' })),
  offeredAt: Type.Optional(Instant), confirmedAt: Type.Optional(Instant), next: Type.String({ description: 'What happens next, or what to do.' }), nextAt: Type.Optional(Instant),
}, { additionalProperties: false })
export type RolloutDeviceView = Static<typeof RolloutDeviceView>
export const RolloutDevicePage = Page(RolloutDeviceView)
export type RolloutDevicePage = Static<typeof RolloutDevicePage>
export const RolloutDeviceQuery = Type.Object({ ...PageQuery, state: Type.Optional(Type.Array(DeviceState)), ring: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })) }, { additionalProperties: false })

export const PlanView = Type.Object({ revision: Type.Integer({ description: 'Rises with every change; the ETag.' }), plan: Type.Union([RolloutPlanView, Type.Null()], { description: 'null: changes reach everybody at once.' }), proposed: RolloutPlanView }, { additionalProperties: false })
export type PlanView = Static<typeof PlanView>
export const PlanRequest = Type.Object({ plan: Type.Union([RolloutPlanView, Type.Null()]) }, { additionalProperties: false })
export const HaltRequest = Type.Object({ note: Type.Optional(Type.String({ maxLength: 500 })) }, { additionalProperties: false })
export const Choice = Type.Optional(oneOf(['rings', 'at_once']))

/** A group's agent policy as code. */
export const GroupDocument = Type.Object({ group: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }), settings: Type.Partial(GroupSettings, { additionalProperties: false }), rollout: Type.Optional(Type.Union([Type.Partial(RolloutPlanView, { additionalProperties: false }), Type.Null()])) }, { additionalProperties: false })
export type GroupDocument = Static<typeof GroupDocument>

export const PreviewView = Type.Object({
  group: Id, devices: Type.Integer(), changes: Type.Array(Change, { description: 'Settings that differ from those in force.' }),
  policy: Type.Unknown({ description: 'What agents would be told.' }),
  volume: Type.Object({
    since: Instant, perDay: Type.Array(Type.Object({ kind: Type.String(), now: Type.Number({ description: 'Activities a day of the whole group, from what it sent.' }), expected: Type.Optional(Type.Number({ description: 'Absent: it was not collected until now, so nobody can tell.' })), bytes: Type.Number() }, { additionalProperties: false })),
  }, { additionalProperties: false }),
}, { additionalProperties: false })
export type PreviewView = Static<typeof PreviewView>

export const AgentPolicyText = Type.Object({ text: Type.String() }, { additionalProperties: false })
export const AgentPolicyDiff = Type.Object({ items: Type.Array(Type.Object({ group: Id, changes: Type.Array(Change), rolloutChanges: Type.Array(Change) }, { additionalProperties: false })) }, { additionalProperties: false })
export type AgentPolicyDiff = Static<typeof AgentPolicyDiff>
export const AgentPolicyApplied = Type.Object({ items: Type.Array(Type.Object({ group: Id, changed: Type.Boolean(), policyVersion: Type.Integer(), rolloutId: Type.Optional(Id) }, { additionalProperties: false })) }, { additionalProperties: false })
export type AgentPolicyApplied = Static<typeof AgentPolicyApplied>
