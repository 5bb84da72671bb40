// Certificates for tests: a small X.509 writer (RFC 5280, DER), so that a test can be its own authority.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? Buffer.from([body.length]) : body.length < 256 ? Buffer.from([0x81, body.length]) : Buffer.from([0x82, body.length >> 8, body.length & 0xff])
  return Buffer.concat([Buffer.from([tag]), length, body])
}
const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts)
const objectId = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'))
const time = (date: Date): Buffer => tlv(0x18, Buffer.from(`${date.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`))
const commonName = (name: string): Buffer => sequence(tlv(0x31, sequence(objectId('550403'), tlv(0x0c, Buffer.from(name)))))
const critical = tlv(0x01, Buffer.from([0xff]))
const ECDSA_SHA256 = sequence(objectId('2a8648ce3d040302'))

interface Issuer {
  readonly name: string
  readonly key: KeyObject
}

function certificate(subject: string, publicKey: KeyObject, issuer: Issuer, extensions: Buffer, notAfter: Date): string {
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))), tlv(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])), ECDSA_SHA256, commonName(issuer.name), sequence(time(new Date(Date.now() - 86_400_000)), time(notAfter)), commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }), tlv(0xa3, extensions),
  )
  const der = sequence(body, ECDSA_SHA256, tlv(0x03, Buffer.from([0]), sign('sha256', body, issuer.key)))
  return `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`
}

export interface TestAuthority {
  readonly caPem: string
  /** SHA-256 of the DER. */
  readonly digest: Buffer
  /** A server certificate for the given DNS names. */
  issue(names: readonly string[], notAfter?: Date): { readonly cert: string; readonly key: string }
}

export function createTestAuthority(name: string): TestAuthority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const nextYear = new Date(Date.now() + 365 * 86_400_000)
  const issuer = { name, key: keys.privateKey }
  const isAuthority = sequence(sequence(objectId('551d13'), critical, tlv(0x04, sequence(critical))))
  const caPem = certificate(name, keys.publicKey, issuer, isAuthority, nextYear)
  return {
    caPem,
    digest: createHash('sha256').update(Buffer.from(caPem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')).digest(),
    issue(names, notAfter = nextYear) {
      const server = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const alternatives = sequence(sequence(objectId('551d11'), tlv(0x04, sequence(...names.map((each) => tlv(0x82, Buffer.from(each)))))))
      return { cert: certificate(names[0] ?? name, server.publicKey, issuer, alternatives, notAfter), key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
    },
  }
}
