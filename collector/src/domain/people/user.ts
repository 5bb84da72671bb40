// The person whose activity is scored.

/** How a user is known elsewhere. `device_account` is `<account>@<device>` for a local, `<domain>\<account>` for a directory account. */
export interface UserIdentity {
  readonly kind: 'device_account' | 'account' | 'email' | 'upn' | 'sid'
  /** Normalised: NFKC, lower case. */
  readonly value: string
}

export interface User {
  readonly id: string
  /** `ANON-XXXXX`, stable, not derived from the name. */
  readonly pseudonym: string
  readonly displayName: string
  readonly email?: string
  readonly department?: string
  readonly title?: string
  readonly country?: string
  readonly managerId?: string
  /** `system` for root, service accounts and unattributed activity of a device. */
  readonly kind: 'person' | 'system'
  readonly identities: readonly UserIdentity[]
  readonly createdAtMs: number
}
