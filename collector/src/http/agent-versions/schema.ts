import Type, { type Static } from 'typebox'
import { DEVICE_STATES } from '../../domain/rollout/rollout.ts'
import { Id, Instant, Page, PageQuery } from '../primitives.ts'
import { RolloutDetail, RolloutDeviceView, RolloutPlanView, RolloutView } from '../rollouts/schema.ts'

const AgentVersion = Type.String({ minLength: 1, maxLength: 64, pattern: '^[0-9A-Za-z.-]+$' })
const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$', maxLength: 100_000 })

export const ReleaseKeyView = Type.Object({ keyId: Type.String({ description: 'First 16 hex digits of SHA-256 over the raw key.' }), pem: Type.String(), addedAt: Instant, addedBy: Type.String() }, { additionalProperties: false })
export type ReleaseKeyView = Static<typeof ReleaseKeyView>
export const NewReleaseKey = Type.Object({ pem: Type.String({ minLength: 1, maxLength: 4096, description: 'Ed25519 public key, SPKI in PEM.' }) }, { additionalProperties: false })

export const AgentPackageView = Type.Object({
  id: Id, version: AgentVersion, platform: Type.String({ description: 'Such as linux-x64.' }), sizeBytes: Type.Integer(), receivedBytes: Type.Integer(),
  state: Type.Union([Type.Literal('ready'), Type.Literal('receiving'), Type.Literal('missing')], { description: 'missing: its file is not in the data folder, as after a restored backup; upload it again.' }),
  keyId: Type.String(), addedAt: Instant, addedBy: Type.String(), devices: Type.Integer({ description: 'Active devices that run this version on this platform.' }),
}, { additionalProperties: false })
export type AgentPackageView = Static<typeof AgentPackageView>
export const NewAgentPackage = Type.Object({ descriptor: { ...Base64, description: 'X.tar.gz.json, byte for byte, in base64.' }, signature: { ...Base64, description: 'X.tar.gz.json.sig, in base64.' } }, { additionalProperties: false })
export const PieceQuery = Type.Object({ offset: Type.Integer({ minimum: 0, description: 'Where the piece begins: what was received until now.' }) }, { additionalProperties: false })

const LeftOut = Type.Unsafe<'newer' | 'unknown' | 'unable' | 'no_package' | 'other_key'>(Type.Union(['newer', 'unknown', 'unable', 'no_package', 'other_key'].map((name) => Type.Literal(name))))
export const AgentFleetRow = Type.Object({ group: Type.String(), version: Type.String({ description: 'Empty: never heard of.' }), platform: Type.String(), unable: Type.String({ description: 'Code of why such a device takes no other version; empty when it does.' }), keyId: Type.String(), devices: Type.Integer() }, { additionalProperties: false })
export const AgentVersionsView = Type.Object({ packages: Type.Array(AgentPackageView), keys: Type.Array(ReleaseKeyView), fleet: Type.Array(AgentFleetRow, { description: 'Active devices, those that are alike together.' }) }, { additionalProperties: false })
export type AgentVersionsView = Static<typeof AgentVersionsView>

const { from: _from, to: _to, back: _back, ...shared } = RolloutView.properties
export const AgentUpgradeView = Type.Object({ ...shared, version: AgentVersion }, { additionalProperties: false })
export type AgentUpgradeView = Static<typeof AgentUpgradeView>
export const AgentUpgradePage = Page(AgentUpgradeView)
export type AgentUpgradePage = Static<typeof AgentUpgradePage>
export const AgentUpgradeQuery = Type.Object({ ...PageQuery, group: Type.Optional(Id) }, { additionalProperties: false })

export const AgentUpgradeDetail = Type.Object({
  ...AgentUpgradeView.properties, plan: RolloutPlanView, perRing: RolloutDetail.properties.perRing, readyAt: Type.Optional(Instant), nextRingAt: Type.Optional(Instant),
  leftOut: Type.Array(Type.Object({ reason: LeftOut, devices: Type.Integer() }, { additionalProperties: false }), { description: 'Devices of the group that have no part in it, and why.' }),
}, { additionalProperties: false })
export type AgentUpgradeDetail = Static<typeof AgentUpgradeDetail>

export const AgentUpgradeDeviceView = Type.Object({ ...RolloutDeviceView.properties, version: Type.String({ description: 'That it runs.' }), progress: Type.Optional(Type.Number({ description: 'Per cent of the release that is on the device, while it fetches.' })) }, { additionalProperties: false })
export type AgentUpgradeDeviceView = Static<typeof AgentUpgradeDeviceView>
export const AgentUpgradeDevicePage = Page(AgentUpgradeDeviceView)
export type AgentUpgradeDevicePage = Static<typeof AgentUpgradeDevicePage>
export const AgentUpgradeDeviceQuery = Type.Object({ ...PageQuery, state: Type.Optional(Type.Array(Type.Unsafe<(typeof DEVICE_STATES)[number]>(Type.Union(DEVICE_STATES.map((state) => Type.Literal(state)))))), ring: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })) }, { additionalProperties: false })

export const NewAgentUpgrade = Type.Object({
  group: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }), version: AgentVersion,
  plan: Type.Optional(Type.Partial(RolloutPlanView, { additionalProperties: false, description: 'What is left out is as the group’s own plan says, or by default.' })),
}, { additionalProperties: false })
export type NewAgentUpgrade = Static<typeof NewAgentUpgrade>
export const UpgradePlanView = Type.Object({ plan: RolloutPlanView }, { additionalProperties: false })
export type UpgradePlanView = Static<typeof UpgradePlanView>
