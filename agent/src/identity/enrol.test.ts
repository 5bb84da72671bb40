import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromPublic } from 'nkeys.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CodedError, errorTable } from '../errors.ts'
import { enrol, enrolmentProofText } from './enrol.ts'
import { base32, parseEnrolmentCode, pinOf } from './enrolment-code.ts'
import { identityPath, loadIdentity } from './identity-file.ts'
import { createTestAuthority, type TestAuthority } from './test-authority.ts'

const SECRET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const platform = { hardwareId: async () => 'ab'.repeat(32), description: async () => ({ os: 'debian', osVersion: '12', kernel: '6', hostname: 'laptop-1' }) }
const policyKey = Buffer.alloc(32, 7).toString('base64')

interface Post {
  readonly code: string
  readonly publicKey: string
  readonly hardwareId: string
  readonly hostname: string
  readonly proof: string
}
type Handler = (post: Post, response: ServerResponse, request: IncomingMessage) => void

let folder: string
let authority: TestAuthority
let servers: Server[]
let posts: Post[]

const grant = (caPem: string) => ({ deviceId: 'd_1', group: 'default', organisation: 'acme', jwt: 'header.claims.signature', natsServers: ['tls://localhost:4222'], caPem, policyKeys: [policyKey], reEnrolled: false })
const answer = (response: ServerResponse, status: number, body: unknown) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
const granting: Handler = (_, response) => answer(response, 200, grant(authority.caPem))
const refusing = (code: string, status = 403): Handler => (_, response) => answer(response, status, { type: 'about:blank', title: code, status, code, detail: 'no', requestId: 'r' })

/** A collector with TLS: shows `shownCa`, and serves under the certificate of `own`. */
async function startCollector(handler: Handler, options: { readonly own?: TestAuthority; readonly shownCa?: string; readonly names?: readonly string[]; readonly notAfter?: Date } = {}): Promise<string> {
  const { own = authority, shownCa = authority.caPem, names = ['localhost'], notAfter } = options
  const server = createServer(own.issue(names, notAfter), (request, response) => {
    if (request.url === '/ca.pem') {
      response.end(shownCa)
      return
    }
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      const post = JSON.parse(text) as Post
      posts.push(post)
      handler(post, response, request)
    })
  })
  servers.push(server)
  server.listen(0, 'localhost')
  await once(server, 'listening')
  return `https://localhost:${(server.address() as AddressInfo).port}`
}

const codeFor = (ca: TestAuthority): string => `HF1-${base32(ca.digest).slice(0, 26)}-${SECRET}`
const enrolAt = (collectorUrl: string, options: { readonly code?: string; readonly force?: boolean } = {}) => enrol({ folder, collectorUrl, code: options.code ?? codeFor(authority), force: options.force ?? false, agentVersion: '1', platform })

async function codeOf(work: Promise<unknown>): Promise<CodedError> {
  const error: unknown = await work.then(() => undefined, (reason: unknown) => reason)
  if (!(error instanceof CodedError)) throw new Error(`expected a coded error, got ${String(error)}`)
  return error
}

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'holdfast-identity-')), 'agent')
  authority = createTestAuthority('Holdfast authority')
  servers = []
  posts = []
})

afterEach(async () => {
  for (const server of servers) server.close().closeAllConnections()
  await rm(join(folder, '..'), { recursive: true, force: true })
})

describe('a code that was typed', () => {
  it('is read in lower case and with white space around it', () => {
    expect(parseEnrolmentCode(`  hf1-${'a'.repeat(26)}-${'b'.repeat(26)}\n`)).toEqual({ pin: 'A'.repeat(26), secret: 'B'.repeat(26), text: `HF1-${'A'.repeat(26)}-${'B'.repeat(26)}` })
  })

  it.each([
    ['', 'it is empty'],
    ['HF2-A-B', 'must begin with HF1-'],
    [`HF1-${'A'.repeat(25)}-${SECRET}`, 'its first part has 25 characters'],
    [`HF1-${'A'.repeat(25)}0-${SECRET}`, 'holds "0"'],
    [`HF1-${'A'.repeat(26)}`, 'its second part has 0 characters'],
    [`HF1-${'A'.repeat(26)}-${SECRET}-X`, 'more than three parts'],
  ])('%j is refused before any network, with what is wrong', async (code, words) => {
    const error = await codeOf(enrolAt('https://localhost:1', { code }))
    expect(error.code).toBe('ENROLMENT_CODE_INVALID')
    expect(error.message).toContain(words)
  })

  it('has base32 as RFC 4648 has it', () => {
    expect(['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => base32(Buffer.from(text)))).toEqual(['', 'MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI'])
  })
})

describe('somebody else answers', () => {
  it('a collector with another authority is refused by the pin, and hears neither code nor key', async () => {
    const other = createTestAuthority('Somebody else')
    const url = await startCollector(granting, { own: other, shownCa: other.caPem })
    expect((await codeOf(enrolAt(url))).code).toBe('ENROLMENT_PIN_MISMATCH')
    expect(posts).toEqual([])
    await expect(stat(folder)).rejects.toThrow('ENOENT')
  })

  it('one that shows the right authority but has no certificate of it is refused, and hears nothing', async () => {
    const url = await startCollector(granting, { own: createTestAuthority('Mallory') })
    const error = await codeOf(enrolAt(url))
    expect(error.code).toBe('COLLECTOR_UNREACHABLE')
    expect(error.message).toContain('does not come from the authority of this installation')
    expect(error.message).toContain('Mallory')
    expect(posts).toEqual([])
  })

  it('a certificate of the right authority for another name is refused', async () => {
    const error = await codeOf(enrolAt(await startCollector(granting, { names: ['elsewhere.example'] })))
    expect(error.message).toContain('not for that name')
    expect(error.message).toContain('elsewhere.example')
    expect(posts).toEqual([])
  })

  it('an expired certificate is named as such', async () => {
    expect((await codeOf(enrolAt(await startCollector(granting, { notAfter: new Date(Date.now() - 1000) })))).message).toContain('ended on')
  })

  it('an answer that brings another authority is refused', async () => {
    const other = createTestAuthority('Somebody else')
    const url = await startCollector((_, response) => answer(response, 200, grant(other.caPem)))
    expect((await codeOf(enrolAt(url))).code).toBe('ENROLMENT_PIN_MISMATCH')
    expect((await codeOf(loadIdentity(folder))).code).toBe('NOT_ENROLLED')
  })

  it('a second certificate behind the pinned one is not believed', async () => {
    const url = await startCollector(granting, { shownCa: authority.caPem + createTestAuthority('More').caPem })
    expect((await codeOf(enrolAt(url))).code).toBe('COLLECTOR_UNREACHABLE')
  })
})

describe('the collector says no, or nothing', () => {
  it.each(['ENROLMENT_CODE_EXPIRED', 'ENROLMENT_CODE_USED', 'ENROLMENT_CODE_UNKNOWN', 'ENROLMENT_PROOF_INVALID'])('%s is shown by its code, with exit code 5', async (code) => {
    const error = await codeOf(enrolAt(await startCollector(refusing(code))))
    expect(error.code).toBe('ENROLMENT_REFUSED')
    expect(error.parameters).toEqual({ code })
    expect(errorTable[error.code].exit).toBe(5)
  })

  it('a failure inside the collector is no verdict on the code', async () => {
    const error = await codeOf(enrolAt(await startCollector(refusing('STORE_BUSY', 503))))
    expect(error.code).toBe('COLLECTOR_UNREACHABLE')
    expect(errorTable[error.code].exit).toBe(4)
  })

  it('a port where nothing listens is named as such', async () => {
    const url = await startCollector(granting)
    servers[0]?.close().closeAllConnections()
    expect((await codeOf(enrolAt(url))).message).toContain('refuses the connection')
  })

  it.each([{ deviceId: 'd 1' }, { policyKeys: ['short'] }, { natsServers: [] }, { jwt: 5 }])('an answer with %j leaves no identity', async (change) => {
    const url = await startCollector((_, response) => answer(response, 200, { ...grant(authority.caPem), ...change }))
    expect((await codeOf(enrolAt(url))).code).toBe('COLLECTOR_UNREACHABLE')
    expect((await codeOf(loadIdentity(folder))).code).toBe('NOT_ENROLLED')
  })
})

describe('an identity', () => {
  it('is written for this account alone, with a proof that its key signed', async () => {
    const url = await startCollector(granting)
    const made = await enrolAt(url)
    const loaded = await loadIdentity(folder)
    expect(made).toEqual({ ...loaded, reEnrolled: false })
    expect(loaded).toMatchObject({ deviceId: 'd_1', collectorUrl: url, group: 'default', organisation: 'acme', policyKeys: [policyKey] })
    expect((await stat(identityPath(folder))).mode & 0o777).toBe(0o600)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    const [post] = posts
    expect(post).toMatchObject({ code: codeFor(authority), publicKey: loaded.publicKey, hostname: 'laptop-1' })
    const signed = new TextEncoder().encode(enrolmentProofText(SECRET, loaded.publicKey, 'ab'.repeat(32)))
    expect(fromPublic(loaded.publicKey).verify(signed, Buffer.from(post?.proof ?? '', 'base64url'))).toBe(true)
  })

  it('is not replaced without force, and a failed re-enrolment leaves it as it was', async () => {
    const url = await startCollector(granting)
    await enrolAt(url)
    const before = await readFile(identityPath(folder), 'utf8')
    expect((await codeOf(enrolAt(url))).code).toBe('ALREADY_ENROLLED')
    const used = await startCollector(refusing('ENROLMENT_CODE_USED'))
    expect((await codeOf(enrolAt(used, { force: true }))).code).toBe('ENROLMENT_REFUSED')
    expect((await codeOf(enrolAt('https://localhost:1', { force: true }))).code).toBe('COLLECTOR_UNREACHABLE')
    expect(await readFile(identityPath(folder), 'utf8')).toBe(before)
    await enrolAt(url, { force: true })
    expect(await readFile(identityPath(folder), 'utf8')).not.toBe(before)
  })

  it('is asked for with the same key after a connection that broke before the answer', async () => {
    const broken = await startCollector((_, __, request) => request.socket.destroy())
    expect((await codeOf(enrolAt(broken))).code).toBe('COLLECTOR_UNREACHABLE')
    const { publicKey } = await enrolAt(await startCollector(granting))
    expect(posts.map((post) => post.publicKey)).toEqual([publicKey, publicKey])
    await expect(stat(join(folder, 'identity.pending'))).rejects.toThrow('ENOENT')
  })

  it('that others may read, or write beside, is refused with the reason', async () => {
    await enrolAt(await startCollector(granting))
    await chmod(identityPath(folder), 0o640)
    const readable = await codeOf(loadIdentity(folder))
    expect([readable.code, readable.message]).toEqual(['IDENTITY_UNSAFE', expect.stringContaining('mode 640')])
    await chmod(identityPath(folder), 0o600)
    await chmod(folder, 0o770)
    expect((await codeOf(loadIdentity(folder))).code).toBe('IDENTITY_UNSAFE')
  })

  it('that is damaged is refused, and says so', async () => {
    await enrolAt(await startCollector(granting))
    const text = await readFile(identityPath(folder), 'utf8')
    for (const damaged of [text.slice(0, 100), text.replace('"SU', '"XX'), '[]', 'null']) {
      await writeFile(identityPath(folder), damaged)
      expect((await codeOf(loadIdentity(folder))).code).toBe('IDENTITY_UNREADABLE')
    }
  })

  it('pins the authority by its DER', () => {
    const der = Buffer.from(authority.caPem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
    expect(pinOf(der)).toBe(base32(authority.digest).slice(0, 26))
  })
})
