// What administrators are told of the fleet itself: a device that fell silent, a copy of a device, a roll-out that stopped.
// No alert on a person, and shown to whoever runs the system.

/** The kinds, and what each is in a few words. */
export const fleetNoticeKinds = {
  device_silent: 'A device fell silent.',
  devices_silent: 'Many devices fell silent together.',
  device_cloned: 'One device’s identity is used on two computers.',
  device_gap: 'Activities of a device are missing, and nothing explains it.',
  device_program_changed: 'The agent’s program changed on a device without an upgrade.',
  device_certificate: 'A certificate that devices trust ends soon.',
  key_reused: 'Somebody tried to enrol with the key of another device.',
  enrolment_waiting: 'A device waits for approval.',
  rollout_halted: 'A roll-out stopped by itself.',
  upgrade_halted: 'A roll-out of an agent version stopped by itself.',
  rollout_done: 'A roll-out reached every device.',
} as const

export type FleetNoticeKind = keyof typeof fleetNoticeKinds
export const isFleetNoticeKind = (name: string): name is FleetNoticeKind => Object.hasOwn(fleetNoticeKinds, name)

export interface FleetNotice {
  readonly id: string
  /** Names the condition, `silent:<device>`: while one of a key is open there is no second. */
  readonly key: string
  readonly kind: FleetNoticeKind
  readonly deviceId?: string
  readonly rolloutId?: string
  /** What happened, one sentence. */
  readonly detail: string
  /** What to do. */
  readonly fix: string
  readonly raisedAtMs: number
  /** When the condition ended, or somebody said that it is dealt with. */
  readonly clearedAtMs?: number
  /** Account that said so; absent where it ended by itself. */
  readonly clearedBy?: string
}
