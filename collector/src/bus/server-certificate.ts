// The one server certificate, of the console and of the supervised nats-server.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type CertifiedKey, createServerCertificate, needsRenewal } from './pki.ts'
import { writeWhole } from './server-config.ts'

export interface CertificateFiles {
  readonly certificate: string
  readonly key: string
}

/** The certificate of the files, made anew when it is missing, near its end, or lacks a name. */
export async function ensureServerCertificate(files: CertificateFiles, authority: CertifiedKey, names: readonly string[], nowMs: number): Promise<CertifiedKey & { readonly renewed: boolean }> {
  if (existsSync(files.certificate) && existsSync(files.key)) {
    const present = { certificatePem: readFileSync(files.certificate, 'utf8'), keyPem: readFileSync(files.key, 'utf8') }
    if (!needsRenewal(present.certificatePem, names, nowMs)) return { ...present, renewed: false }
  }
  const made = await createServerCertificate(authority, names, nowMs)
  mkdirSync(dirname(files.certificate), { recursive: true, mode: 0o700 })
  // The key first: a crash in between leaves an old certificate, whose next renewal makes both anew.
  writeWhole(files.key, made.keyPem)
  writeWhole(files.certificate, made.certificatePem)
  return { ...made, renewed: true }
}
