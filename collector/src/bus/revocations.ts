// The account's claim and the keys that it refuses.
//
// The store keeps the revocations, in the transaction that revokes a device; here is what the broker is told. A
// credential issued up to the second of its key's revocation is refused, so a later one of the same key is good again.
// Credentials of devices do not expire, so an entry can never be dropped: at about 90 bytes each the claim stays under
// the server's message limit up to some 80,000 entries.
import { accountJwt } from './claims.ts'
import type { Keyring } from './keyring.ts'

/** Public key -> second since 1970; credentials issued up to then are refused. */
export type Revocations = Readonly<Record<string, number>>

export interface AccountClaim {
  revoke(publicKey: string, atSecs: number): void
  /** First second at which a credential of this key is good. */
  earliestIssue(publicKey: string): number
  /** The claim with everything revoked so far. */
  jwt(): string
  readonly size: number
}

export function createAccountClaim(keyring: Keyring, initial: Revocations, now: () => number): AccountClaim {
  const revoked = new Map(Object.entries(initial))
  return {
    revoke: (publicKey, atSecs) => void revoked.set(publicKey, Math.max(atSecs, revoked.get(publicKey) ?? 0)),
    earliestIssue: (publicKey) => (revoked.get(publicKey) ?? -1) + 1,
    jwt: () => accountJwt(keyring.operator, keyring.account.publicKey, Math.floor(now() / 1000), Object.fromEntries(revoked)),
    get size() {
      return revoked.size
    },
  }
}
