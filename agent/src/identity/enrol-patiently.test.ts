// Enrolment that waits, and enrolment through proxies, against a real collector's TLS and a real proxy.
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile, mkdir } from 'node:fs/promises'
import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CodedError } from '../errors.ts'
import { type EnrolmentWait, enrolmentWait, enrolPatiently, type Patience } from './enrol-patiently.ts'
import { base32 } from './enrolment-code.ts'
import { loadIdentity } from './identity-file.ts'
import { isDirect, parseProxy, type Proxy, proxyFor } from './proxy.ts'
import { createTestAuthority, type TestAuthority } from './test-authority.ts'

const platform = { hardwareId: async () => 'ab'.repeat(32), description: async () => ({ os: 'debian', osVersion: '12', kernel: '6', hostname: 'laptop-1' }) }
type Answer = { readonly status: number; readonly body: object; readonly headers?: Readonly<Record<string, string>> } | 'hang up'

let folder: string
let authority: TestAuthority
let servers: { close(): unknown; closeAllConnections(): void }[]
let keys: string[]
let waits: { readonly wait: EnrolmentWait; readonly ms: number }[]

const listen = async (server: Server | ReturnType<typeof createHttps>): Promise<number> => {
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
const grant = () => ({ deviceId: 'd_1', group: 'default', organisation: 'acme', jwt: 'a.b.c', natsServers: ['tls://localhost:4222'], caPem: authority.caPem, policyKeys: [Buffer.alloc(32, 7).toString('base64')], reEnrolled: false })
const granted = (): Answer => ({ status: 200, body: grant() })
const waiting: Answer = { status: 202, body: { state: 'waiting', requestId: 'er_1', expiresAt: '2026-12-01T00:00:00.000Z', askAgainSecs: 30 }, headers: { 'retry-after': '30' } }
const refused = (code: string, status = 403, headers = {}): Answer => ({ status, body: { code }, headers })

/** A collector that gives these answers one after the other. */
async function startCollector(answers: readonly (() => Answer)[]): Promise<string> {
  let turn = 0
  const port = await listen(createHttps(authority.issue(['localhost']), (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/ca.pem') {
      response.end(authority.caPem)
      return
    }
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      keys.push((JSON.parse(text) as { readonly publicKey: string }).publicKey)
      const answer = answers[Math.min(turn, answers.length - 1)]?.() ?? 'hang up'
      turn += 1
      if (answer === 'hang up') request.socket.destroy()
      else response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(JSON.stringify(answer.body))
    })
  }))
  return `https://localhost:${port}`
}

const code = (): string => `HF1-${base32(authority.digest).slice(0, 26)}-ABCDEFGHIJKLMNOPQRSTUVWXYZ`
/** Waits are noted, and over at once. */
const enrolAt = (collectorUrl: string, { proxy, ...patience }: Partial<Patience> & { readonly proxy?: Proxy } = {}) =>
  enrolPatiently({ folder, collectorUrl, code: code(), force: false, agentVersion: '1', platform, ...(proxy === undefined ? {} : { proxy }) }, { random: () => 0.5, told: () => 1, failed: () => 1, onWait: (wait, ms) => void waits.push({ wait, ms }), ...patience })

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'holdfast-patience-')), 'agent')
  authority = createTestAuthority('Holdfast authority')
  servers = []
  keys = []
  waits = []
})
afterEach(async () => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
  await rm(join(folder, '..'), { recursive: true, force: true })
})

describe('a device that has to wait for approval', () => {
  it('asks again with the same key until it is let in, and forgets that it waited', async () => {
    const url = await startCollector([() => waiting, () => waiting, granted])
    expect((await enrolAt(url)).deviceId).toBe('d_1')
    expect(new Set(keys).size).toBe(1)
    expect(waits.map(({ wait }) => wait.why)).toEqual(['approval', 'approval'])
    expect(waits[0]?.wait).toMatchObject({ requestId: 'er_1', key: keys[0]?.slice(-8), until: '2026-12-01T00:00:00.000Z', collectorUrl: url })
    expect(await enrolmentWait(folder)).toBeUndefined()
    expect((await loadIdentity(folder)).deviceId).toBe('d_1')
  })

  it('writes down for its own account alone what it waits for, and not the code', async () => {
    const stop = new AbortController()
    const work = enrolAt(await startCollector([() => waiting]), { told: () => 60_000, signal: stop.signal, onWait: () => stop.abort() })
    await expect(work).rejects.toThrow('aborted')
    expect(await enrolmentWait(folder)).toMatchObject({ why: 'approval', requestId: 'er_1' })
    expect((await stat(join(folder, 'enrolment.waiting'))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(folder, 'enrolment.waiting'), 'utf8')).not.toContain('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  })

  it.each(['ENROLMENT_REQUEST_REFUSED', 'ENROLMENT_REQUEST_EXPIRED', 'ENROLMENT_CODE_REVOKED'])('ends with %s, and waits no more', async (end) => {
    const error = await enrolAt(await startCollector([() => waiting, () => refused(end)])).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'ENROLMENT_REFUSED', parameters: { code: end } })
    expect(await enrolmentWait(folder)).toBeUndefined()
  })

  it('goes on waiting over a collector that restarts, with growing pauses', async () => {
    const failures: number[] = []
    await enrolAt(await startCollector([() => waiting, () => 'hang up', () => 'hang up', granted]), { failed: (count) => (failures.push(count), 1) })
    expect(failures).toEqual([0, 1])
  })
})

describe('a device that comes with too many others', () => {
  it('stays away as long as it was told, and comes back', async () => {
    const told: number[] = []
    await enrolAt(await startCollector([() => refused('TOO_MANY_TRIES', 429, { 'retry-after': '17' }), granted]), { told: (seconds) => (told.push(seconds), 1) })
    expect(told).toEqual([17])
    expect(waits.map(({ wait }) => wait.why)).toEqual(['busy'])
  })

  it('hears at once of a collector that was never reached, unless it was asked for tries', async () => {
    await expect(enrolAt(await startCollector([() => 'hang up']))).rejects.toMatchObject({ code: 'COLLECTOR_UNREACHABLE' })
    expect((await enrolAt(await startCollector([() => 'hang up', granted]), { unreachableTries: 1 })).deviceId).toBe('d_1')
  })
})

interface TestProxy {
  readonly url: string
  readonly seen: { readonly target: string; readonly authorization: string | undefined }[]
}
async function startProxy(answer: (target: string, authorization: string | undefined) => number): Promise<TestProxy> {
  const seen: TestProxy['seen'] = []
  const server = createHttp((_, response) => void response.writeHead(405).end())
  server.on('connect', (request, client: Socket) => {
    const target = request.url ?? ''
    const authorization = request.headers['proxy-authorization']
    seen.push({ target, authorization })
    const status = answer(target, authorization)
    client.on('error', () => undefined)
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} No\r\n\r\n`)
      return
    }
    const upstream = connect(Number(target.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(client)
      client.pipe(upstream)
    })
    upstream.on('error', () => client.destroy())
    client.on('close', () => upstream.destroy())
  })
  return { url: `http://127.0.0.1:${await listen(server)}`, seen }
}

describe('a proxy between', () => {
  it('is asked for a connection to the collector, with its credentials, and TLS is with the collector all the same', async () => {
    const url = await startCollector([granted])
    const proxy = await startProxy((_, authorization) => (authorization === `Basic ${Buffer.from('jo:p@ss').toString('base64')}` ? 200 : 407))
    const { deviceId } = await enrolAt(url, { proxy: parseProxy(proxy.url.replace('://', '://jo:p%40ss@'), 'HTTPS_PROXY') })
    expect(deviceId).toBe('d_1')
    expect(proxy.seen.map(({ target }) => target)).toEqual([new URL(url).host, new URL(url).host])
  })

  it('that reads along with a certificate of its own is found out, and hears no code', async () => {
    const real = await startCollector([granted])
    const mallory = createTestAuthority('Mallory')
    const between = await listen(createHttps(mallory.issue(['localhost']), (request, response) => void response.end(request.url === '/ca.pem' ? authority.caPem : '{}')))
    const server = createHttp()
    server.on('connect', (_, client: Socket) => {
      const upstream = connect(between, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n')
        upstream.pipe(client).pipe(upstream)
      })
      client.on('error', () => upstream.destroy())
      upstream.on('error', () => client.destroy())
    })
    await expect(enrolAt(real, { proxy: parseProxy(`http://127.0.0.1:${await listen(server)}`, 'HTTPS_PROXY') })).rejects.toMatchObject({ code: 'COLLECTOR_UNREACHABLE', message: expect.stringContaining('does not come from the authority') })
    expect(keys).toEqual([])
  })

  it.each([[407, 'asks for credentials'], [403, 'does not allow a connection'], [502, 'does not reach']])('that answers %i is named with what to do, and its password is not', async (status, words) => {
    const proxy = await startProxy(() => status)
    const error = await enrolAt(await startCollector([granted]), { proxy: parseProxy(proxy.url.replace('://', '://jo:secret-word@'), 'HTTPS_PROXY') }).catch((reason: unknown) => reason)
    if (!(error instanceof CodedError)) throw new Error('expected a coded error')
    expect(error.message).toContain(words)
    expect(`${error.message} ${String(error.cause)}`).not.toContain('secret-word')
  })

  it('that is not there is named, and not the collector', async () => {
    const proxy = await startProxy(() => 200)
    servers.at(-1)?.close()
    await expect(enrolAt(await startCollector([granted]), { proxy: parseProxy(proxy.url, 'HTTPS_PROXY') })).rejects.toThrow(/the proxy 127\.0\.0\.1:\d+ \(HTTPS_PROXY\) refuses the connection/)
  })
})

describe('which proxy', () => {
  it('is the one of the folder, then ours, then that of the system, and none for what NO_PROXY names', async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const pick = (environment: NodeJS.ProcessEnv) => proxyFor(folder, 'collector.example', 8443, environment)?.shown
    expect(pick({})).toBeUndefined()
    expect(pick({ https_proxy: 'proxy-c:1' })).toBe('proxy-c:1')
    expect(pick({ HTTPS_PROXY: 'http://proxy-b:2', https_proxy: 'proxy-c:1' })).toBe('proxy-b:2')
    expect(pick({ HOLDFAST_AGENT_PROXY: 'none', HTTPS_PROXY: 'http://proxy-b:2' })).toBeUndefined()
    await writeFile(join(folder, 'proxy'), 'http://jo:pw@proxy-a:3\n', { mode: 0o600 })
    expect(pick({ HTTPS_PROXY: 'http://proxy-b:2' })).toBe('proxy-a:3')
    expect(pick({ NO_PROXY: 'localhost, .example' })).toBeUndefined()
  })

  it('is refused from a file that others may read, and when it is no address', async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(join(folder, 'proxy'), 'http://jo:pw@proxy-a:3\n', { mode: 0o644 })
    expect(() => proxyFor(folder, 'collector.example', 8443, {})).toThrow('chmod 600')
    expect(() => parseProxy('socks5://jo:secret-word@proxy:1080', 'HTTPS_PROXY')).toThrow(/^(?!.*secret-word).*HTTPS_PROXY/)
  })

  it.each([
    ['*', 'a.example', true], ['a.example', 'a.example', true], ['a.example', 'b.a.example', true], ['.a.example', 'a.example', true], ['*.a.example', 'b.a.example', true], ['a.example', 'ba.example', false], ['a.example:8443', 'a.example', true], ['a.example:443', 'a.example', false],
    ['10.0.0.0/8', '10.2.3.4', true], ['10.0.0.0/8', '11.2.3.4', false], ['192.0.2.1', '192.0.2.1', true], ['0.2.1', '192.0.2.1', false], ['2001:db8::/32', '[2001:db8::9]', true], ['::1', '::1', true], ['', 'a.example', false], ['10.0.0.0/99', '10.1.1.1', false],
  ])('NO_PROXY=%s and %s: %s', (list, host, direct) => {
    expect(isDirect(list, host, 8443)).toBe(direct)
  })
})
