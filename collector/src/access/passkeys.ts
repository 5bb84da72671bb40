// Passkeys (WebAuthn): a key on a device, unlocked by its user, in the place of a password and a second factor.
import { type AuthenticationResponseJSON, generateAuthenticationOptions, generateRegistrationOptions, type PublicKeyCredentialCreationOptionsJSON, type PublicKeyCredentialRequestOptionsJSON, type RegistrationResponseJSON, verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { CodedError } from '../errors.ts'
import type { Account, Passkey } from '../store/store.ts'

const TIMEOUT_MS = 120_000

/** Where a browser says it is. */
export interface Site {
  /** Host without port. */
  readonly rpId: string
  /** `https://host:port` */
  readonly origin: string
}

/** @param host of the Host header, which the browser puts in and a page cannot choose */
export function siteOf(host: string | undefined): Site {
  try {
    const url = new URL(`https://${host ?? ''}`)
    return { rpId: url.hostname, origin: url.origin }
  } catch (cause) {
    throw new CodedError('REQUEST_INVALID', {}, { cause })
  }
}

type Transport = 'usb' | 'nfc' | 'ble' | 'internal' | 'hybrid' | 'cable' | 'smart-card'
const credentials = (keys: readonly Passkey[]) => keys.map((key) => ({ id: key.id, transports: key.transports as Transport[] }))

export const registrationOptions = (account: Account, site: Site, organisation: string): Promise<PublicKeyCredentialCreationOptionsJSON> =>
  generateRegistrationOptions({
    rpName: organisation === '' ? 'Holdfast' : `Holdfast ${organisation}`, rpID: site.rpId, userName: account.name, userID: new Uint8Array(Buffer.from(account.id)), timeout: TIMEOUT_MS, attestationType: 'none',
    excludeCredentials: credentials(account.passkeys ?? []), authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })

/** @throws PASSKEY_REFUSED */
export async function registerPasskey(response: unknown, challenge: string, site: Site, name: string, nowMs: number): Promise<Passkey> {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({ response: response as RegistrationResponseJSON, expectedChallenge: challenge, expectedOrigin: site.origin, expectedRPID: site.rpId, requireUserVerification: true })
    if (!verified) throw new Error('not verified')
    const { credential } = registrationInfo
    return { id: credential.id, name, publicKey: Buffer.from(credential.publicKey).toString('base64url'), counter: credential.counter, transports: [...(credential.transports ?? [])], rpId: site.rpId, createdAtMs: nowMs }
  } catch (cause) {
    throw new CodedError('PASSKEY_REFUSED', {}, { cause })
  }
}

/** @param keys those that may answer; none: the device offers what it has for this site */
export const authenticationOptions = (site: Site, keys: readonly Passkey[] = []): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  generateAuthenticationOptions({ rpID: site.rpId, timeout: TIMEOUT_MS, userVerification: 'required', ...(keys.length === 0 ? {} : { allowCredentials: credentials(keys) }) })

/** Id of the account that a passkey names by itself. */
export function accountIdOf(response: unknown): string | undefined {
  const handle = (response as { readonly response?: { readonly userHandle?: unknown } } | null)?.response?.userHandle
  return typeof handle === 'string' ? Buffer.from(handle, 'base64url').toString('utf8') : undefined
}

/**
 * Checks an answer against the keys of an account.
 * @returns the key with its new counter; a counter that does not grow is refused, for it tells of a copy
 * @throws PASSKEY_REFUSED
 */
export async function checkPasskey(account: Pick<Account, 'passkeys'>, response: unknown, challenge: string, site: Site, nowMs: number): Promise<Passkey> {
  try {
    const key = account.passkeys?.find((one) => one.id === (response as AuthenticationResponseJSON).id && one.rpId === site.rpId)
    if (key === undefined) throw new Error('unknown key')
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON, expectedChallenge: challenge, expectedOrigin: site.origin, expectedRPID: site.rpId, requireUserVerification: true,
      credential: { id: key.id, publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')), counter: key.counter, transports: key.transports as Transport[] },
    })
    if (!verified) throw new Error('not verified')
    return { ...key, counter: authenticationInfo.newCounter, lastUsedAtMs: nowMs }
  } catch (cause) {
    throw new CodedError('PASSKEY_REFUSED', {}, { cause })
  }
}
