// The person whose activity is scored.

/** How a user is known elsewhere. `device_account` is `<account>@<device>` for a local, `<domain>\<account>` for a directory account. */
export interface UserIdentity {
  readonly kind: 'device_account' | 'account' | 'email' | 'upn' | 'sid' | 'employee_id'
  /** Normalised: NFKC, lower case. */
  readonly value: string
}

/** Where a person lives, as keyed hashes: enough to tell that two live together, and nothing more. */
export interface HomeKeys {
  /** Of the address. */
  readonly place: string
  /** Of last name and address. */
  readonly household: string
  /** Of first name, last name and address. */
  readonly self: string
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
  /** Names of directory groups, as the directory writes them. */
  readonly groups: readonly string[]
  readonly jobLevel?: string
  readonly employeeType?: string
  /** From the last resignation that an HR file told of. */
  readonly lastWorkingDayMs?: number
  /** Holds administrative rights, as the directory says. */
  readonly privileged?: boolean
  /** People who report to this one, direct and indirect, by the managers that the directory names. */
  readonly reports?: number
  /** For matching against patients. */
  readonly address?: HomeKeys
  /** When the person was erased: the pseudonym is all that is left. */
  readonly erasedAtMs?: number
  /** What the directory said last; absent when no directory knows the person. */
  readonly directory?: { readonly id: string; readonly active: boolean; readonly seenAtMs: number }
}
