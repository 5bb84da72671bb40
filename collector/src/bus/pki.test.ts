import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { caPin, createAuthority, createServerCertificate, needsRenewal } from './pki.ts'
import { ensureServerCertificate } from './server-certificate.ts'

const NOW = Date.UTC(2026, 5, 1)
const DAY_MS = 86_400_000
const names = ['holdfast.example', 'localhost', '127.0.0.1', '::1', '2001:db8::7']

describe('the server certificate', { timeout: 30_000 }, () => {
  it('is signed by the authority and good for every name and address', async () => {
    const authority = await createAuthority('Example & Söhne', NOW)
    const made = await createServerCertificate(authority, names, NOW)
    const certificate = new X509Certificate(made.certificatePem)
    expect(certificate.verify(new X509Certificate(authority.certificatePem).publicKey)).toBe(true)
    expect(certificate.checkHost('holdfast.example')).toBe('holdfast.example')
    for (const address of names.slice(2)) expect(certificate.checkIP(address)).toBe(address)
    expect(certificate.checkHost('other.example')).toBeUndefined()
  })

  it('is made anew near its end or for another name, and not otherwise', async () => {
    const authority = await createAuthority('example', NOW)
    const { certificatePem } = await createServerCertificate(authority, names, NOW)
    expect(needsRenewal(certificatePem, names, NOW)).toBe(false)
    expect(needsRenewal(certificatePem, [...names, 'new.example'], NOW)).toBe(true)
    expect(needsRenewal(certificatePem, names, NOW + 340 * DAY_MS)).toBe(true)
  })

  it('stays in its files until it must change', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-tls-'))
    const files = { certificate: join(folder, 'tls/server.pem'), key: join(folder, 'tls/server-key.pem') }
    const authority = await createAuthority('example', NOW)
    const first = await ensureServerCertificate(files, authority, names, NOW)
    const second = await ensureServerCertificate(files, authority, names, NOW + DAY_MS)
    const third = await ensureServerCertificate(files, authority, names, NOW + 350 * DAY_MS)
    expect([first.renewed, second.renewed, third.renewed]).toEqual([true, false, true])
    expect(second.certificatePem).toBe(first.certificatePem)
    expect(readFileSync(files.certificate, 'utf8')).toBe(third.certificatePem)
    rmSync(folder, { recursive: true })
  })

  it('has an authority whose pin is 26 letters and differs from another one’s', async () => {
    const pins = await Promise.all([createAuthority('example', NOW), createAuthority('example', NOW)]).then((authorities) => authorities.map((authority) => caPin(authority.certificatePem)))
    for (const pin of pins) expect(pin).toMatch(/^[A-Z2-7]{26}$/)
    expect(pins[0]).not.toBe(pins[1])
  })
})
