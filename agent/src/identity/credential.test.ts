import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccount, createUser, type KeyPair } from 'nkeys.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Identity } from './contract.ts'
import { assertRenews, readCredential } from './credential.ts'
import { identityPath, loadIdentity, renewCredential, saveIdentity } from './identity-file.ts'

const account = createAccount()
const stranger = createAccount()
const user = createUser()
const segment = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

interface Wanted {
  readonly by?: KeyPair
  readonly issuer?: string
  readonly subject?: string
  readonly name?: string
  readonly issuedAt?: unknown
  readonly version?: number
  readonly type?: string
  readonly alg?: string
}
function jwtOf({ by = account, issuer = by.getPublicKey(), subject = user.getPublicKey(), name = 'd_1', issuedAt = 200, version = 2, type = 'user', alg = 'ed25519-nkey' }: Wanted = {}): string {
  const text = `${segment({ typ: 'JWT', alg })}.${segment({ iss: issuer, sub: subject, name, iat: issuedAt, nats: { type, ...(version === 0 ? {} : { tags: ['other', `hf-permissions:${version}`] }) } })}`
  return `${text}.${Buffer.from(by.sign(new TextEncoder().encode(text))).toString('base64url')}`
}
const identity: Identity = {
  deviceId: 'd_1', group: 'default', organisation: 'acme', collectorUrl: 'https://localhost:1', natsServers: ['tls://localhost:4222'], seed: new TextDecoder().decode(user.getSeed()), publicKey: user.getPublicKey(),
  jwt: jwtOf({ issuedAt: 100, version: 0 }), caPem: '-----BEGIN CERTIFICATE-----', policyKeys: [],
}

describe('a renewed credential', () => {
  it('says for whom, by whom and which permissions it is; one of before there were versions has 0', () => {
    expect(readCredential(jwtOf())).toEqual({ issuer: account.getPublicKey(), publicKey: user.getPublicKey(), deviceId: 'd_1', issuedAt: 200, permissionSet: 2 })
    expect(readCredential(identity.jwt)?.permissionSet).toBe(0)
  })

  it('is good when the same account signed it later for the same key and device', () => {
    expect(() => assertRenews(identity, jwtOf())).not.toThrow()
    expect(() => assertRenews({ ...identity, jwt: jwtOf() }, jwtOf({ issuedAt: 201 }))).not.toThrow()
  })

  const altered = (): string => {
    const [head = '', , signature = ''] = jwtOf().split('.')
    return `${head}.${jwtOf({ version: 3 }).split('.')[1]}.${signature}`
  }
  it.each([
    ['for another key', jwtOf({ subject: createUser().getPublicKey() }), 'for another device or key'], ['for another device', jwtOf({ name: 'd_2' }), 'for another device or key'],
    ['of another account', jwtOf({ by: stranger }), 'not signed by the account'], ['of another account that gives itself out as ours', jwtOf({ by: stranger, issuer: account.getPublicKey() }), 'not signed by the account'],
    ['that the device signed itself', jwtOf({ by: user }), 'not signed by the account'], ['altered after it was signed', altered(), 'not signed by the account'], ['without a signature', `${jwtOf().split('.').slice(0, 2).join('.')}.`, 'cannot be read'],
    ['with a signature that is none', `${jwtOf().split('.').slice(0, 2).join('.')}.AAAA`, 'not signed by the account'], ['of the same second', jwtOf({ issuedAt: 100 }), 'not newer'], ['that is older', jwtOf({ issuedAt: 99 }), 'not newer'],
    ['of another algorithm', jwtOf({ alg: 'none' }), 'cannot be read'], ['that is an account', jwtOf({ type: 'account' }), 'cannot be read'], ['without a moment', jwtOf({ issuedAt: 'now' }), 'cannot be read'],
    ['that is empty', '', 'cannot be read'], ['that is no JWT', 'a.b.c', 'cannot be read'], ['that is far too long', `${jwtOf()}${'A'.repeat(70_000)}`, 'cannot be read'], ['of null', `${segment({ alg: 'ed25519-nkey' })}.${segment(null)}.AAAA`, 'cannot be read'],
  ])('is refused: one %s', (_, jwt, problem) => {
    expect(() => assertRenews(identity, jwt)).toThrow(expect.objectContaining({ code: 'CREDENTIAL_REFUSED', message: expect.stringContaining(problem) as string }))
  })

  it('takes no permissions back, although it is later', () => {
    expect(() => assertRenews({ ...identity, jwt: jwtOf({ version: 3 }) }, jwtOf({ issuedAt: 300, version: 2 }))).toThrow(/not newer/)
  })

  it('is refused when the present one cannot be read', () => {
    expect(() => assertRenews({ ...identity, jwt: 'header.claims.signature' }, jwtOf())).toThrow(/present one cannot be read/)
  })
})

describe('a renewed credential on the disk', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-credential-'))
    await chmod(folder, 0o700)
    await saveIdentity(folder, identity)
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('takes the place of the earlier one and of nothing else, for its owner alone, and leaves an enrolment that is under way its key', async () => {
    await writeFile(join(folder, 'identity.pending'), 'pending', { mode: 0o600 })
    await renewCredential(folder, identity, jwtOf())
    expect(await loadIdentity(folder)).toEqual({ ...identity, jwt: jwtOf() })
    expect((await stat(identityPath(folder))).mode & 0o777).toBe(0o600)
    expect((await readdir(folder)).toSorted()).toEqual(['identity.json', 'identity.pending'])
  })

  it('does not touch the identity of somebody who enrolled anew meanwhile', async () => {
    await saveIdentity(folder, { ...identity, jwt: jwtOf({ issuedAt: 150 }) })
    const before = await readFile(identityPath(folder), 'utf8')
    await expect(renewCredential(folder, identity, jwtOf())).rejects.toMatchObject({ code: 'CREDENTIAL_REFUSED' })
    expect(await readFile(identityPath(folder), 'utf8')).toBe(before)
  })
})
