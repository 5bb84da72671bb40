// The installation's own certificate authority and the server certificates under it.
import 'reflect-metadata'
import { createHash, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { base32 } from './nkeys.ts'

x509.cryptoProvider.set(webcrypto)

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000
const CA_DAYS = 3650
const SERVER_DAYS = 397
/** A server certificate is made anew when less than this is left of it. */
export const RENEWAL_DAYS = 60

export interface CertifiedKey {
  readonly certificatePem: string
  readonly keyPem: string
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key))
  return `-----BEGIN PRIVATE KEY-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END PRIVATE KEY-----\n`
}

const importKey = (pem: string): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('pkcs8', Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64'), ALGORITHM, true, ['sign'])

export async function createAuthority(organisation: string, nowMs: number): Promise<CertifiedKey> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=Holdfast authority, O=${escapeName(organisation)}`, notBefore: new Date(nowMs - DAY_MS), notAfter: new Date(nowMs + CA_DAYS * DAY_MS), signingAlgorithm: ALGORITHM, keys,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true), await x509.SubjectKeyIdentifierExtension.create(keys.publicKey)],
  })
  return { certificatePem: `${certificate.toString('pem')}\n`, keyPem: await exportKey(keys.privateKey) }
}

const escapeName = (text: string): string => text.replaceAll(/[^\p{L}\p{N} ._-]/gu, ' ')
const isAddress = (name: string): boolean => /^[\d.]+$/.test(name) || name.includes(':')

/** A certificate for TLS servers with the given DNS names and addresses. @param asClient it also shows who connects, as the servers of a cluster do to each other */
export async function createServerCertificate(authority: CertifiedKey, names: readonly string[], nowMs: number, { asClient = false } = {}): Promise<CertifiedKey> {
  const issuer = new x509.X509Certificate(authority.certificatePem)
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${escapeName(names[0] ?? 'holdfast')}`, issuer: issuer.subject, notBefore: new Date(nowMs - DAY_MS), notAfter: new Date(nowMs + SERVER_DAYS * DAY_MS), signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey, signingKey: await importKey(authority.keyPem),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, ...(asClient ? [x509.ExtendedKeyUsage.clientAuth] : [])]),
      new x509.SubjectAlternativeNameExtension(names.map((name) => ({ type: isAddress(name) ? ('ip' as const) : ('dns' as const), value: name }))),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  })
  return { certificatePem: `${certificate.toString('pem')}\n`, keyPem: await exportKey(keys.privateKey) }
}

/** Whether a certificate should be made anew: near its end, or lacking a name that is wanted. */
export function needsRenewal(certificatePem: string, names: readonly string[], nowMs: number): boolean {
  const certificate = new x509.X509Certificate(certificatePem)
  const has = new Set(certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.items.map((item) => item.value) ?? [])
  return certificate.notAfter.getTime() - nowMs < RENEWAL_DAYS * DAY_MS || names.some((name) => !has.has(name))
}

/** What an enrolment code pins: the first 26 base32 characters (130 bits) of SHA-256 over the authority's certificate. */
export const caPin = (certificatePem: string): string => base32(createHash('sha256').update(Buffer.from(new x509.X509Certificate(certificatePem).rawData)).digest()).slice(0, 26)
