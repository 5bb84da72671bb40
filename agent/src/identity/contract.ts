// Who this device is to the collector; what enrolment leaves behind and the uplink connects with.

export interface Identity {
  readonly deviceId: string
  readonly group: string
  readonly organisation: string
  /** Where it was enrolled, `https://host:port`. */
  readonly collectorUrl: string
  readonly natsServers: readonly string[]
  /** NKey user seed (`SU…`); made on this device, never leaves it. */
  readonly seed: string
  readonly publicKey: string
  /** User JWT that the collector signed for publicKey. */
  readonly jwt: string
  readonly caPem: string
  /** Raw Ed25519 public keys, base64, that may sign policies. */
  readonly policyKeys: readonly string[]
  /** Base64 of the encoded wire.SignedRoot that says so; absent where the installation has none. */
  readonly root?: string
  /** What might sign policies before the root changed: good for the kept policy alone, until one of today takes its place. */
  readonly earlierPolicyKeys?: readonly string[]
}
