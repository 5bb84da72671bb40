// The way to a collector, against real servers that are wrong in one thing each.
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer as createHttp } from 'node:http'
import { createServer as createHttps, type ServerOptions } from 'node:https'
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { base32 } from '../identity/enrolment-code.ts'
import { createTestAuthority, type TestAuthority } from '../identity/test-authority.ts'
import { type Check, exitOf } from './checks.ts'
import { preflight, type PreflightInput } from './preflight.ts'

let folder: string
let authority: TestAuthority
let servers: Server[]
let sockets: Set<Socket>

async function listen(server: Server): Promise<number> {
  servers.push(server)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const pinOfAuthority = (ca: TestAuthority): string => base32(ca.digest).slice(0, 26)

interface Wrong extends ServerOptions {
  readonly own?: TestAuthority
  readonly names?: readonly string[]
  readonly notAfter?: Date
  readonly date?: Date
  readonly shownCa?: string
}
/** @returns `https://localhost:port` of a collector that is wrong in this */
async function startCollector({ own = authority, names = ['localhost'], notAfter, date, shownCa = authority.caPem, ...options }: Wrong = {}): Promise<string> {
  const server = createHttps({ ...own.issue(names, notAfter), ...options }, (request, response) => {
    if (date !== undefined) response.setHeader('date', date.toUTCString())
    response.end(request.url === '/ca.pem' ? shownCa : '{}')
  })
  return `https://localhost:${await listen(server)}`
}
/** A nats-server as far as TLS. */
const startNats = (own = authority, tlsRequired = true): Promise<number> => {
  const keys = own.issue(['localhost'])
  return listen(createTcp((socket) => {
    socket.write(`INFO ${JSON.stringify({ version: '2.11.0', tls_required: tlsRequired })}\r\n`)
    if (tlsRequired) new TLSSocket(socket, { isServer: true, cert: keys.cert, key: keys.key }).on('error', () => undefined)
  }))
}

const look = async (origin: string, more: Partial<PreflightInput> = {}): Promise<readonly Check[]> => preflight({ folder, origin, environment: {}, deadlineMs: 1500, natsServers: [], ...more })
const failed = (checks: readonly Check[]): readonly Check[] => checks.filter(({ verdict }) => verdict === 'fail')
const one = (checks: readonly Check[], name: string): Check => {
  const found = checks.find((check) => check.name === name)
  if (found === undefined) throw new Error(`no check ${name} in ${checks.map((check) => check.name).join(', ')}`)
  return found
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-preflight-'))
  authority = createTestAuthority('Holdfast authority')
  servers = []
  sockets = new Set()
})
afterEach(async () => {
  for (const server of servers) server.close()
  for (const socket of sockets) socket.destroy()
  await rm(folder, { recursive: true, force: true })
})

describe('a way that is good', () => {
  it('is shown step by step, down to NATS, and ends with 0', async () => {
    const nats = await startNats()
    const checks = await look(await startCollector(), { pin: pinOfAuthority(authority), natsServers: [`tls://localhost:${nats}`] })
    expect(checks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(['proxy ok', 'name ok', 'port ok', 'authority ok', 'TLS ok', 'clock ok', `NATS localhost:${nats} ok`])
    expect(exitOf(checks)).toBe(0)
    expect(one(checks, 'TLS').detail).toMatch(/^TLSv1\.3, "CN=localhost", issued by "CN=Holdfast authority"$/)
  })

  it('tells the pin where there is no code to compare it with', async () => {
    expect(one(await look(await startCollector()), 'authority').detail).toContain(`its pin is ${pinOfAuthority(authority)}`)
  })
})

describe('a certificate that fails', () => {
  it('for another name is named with the names that it has', async () => {
    const checks = await look(await startCollector({ names: ['elsewhere.example'] }))
    expect(failed(checks)).toMatchObject([{ name: 'TLS', exit: 5, detail: expect.stringMatching(/^step 1 of 2, the server’s own: "CN=elsewhere\.example", issued by "CN=Holdfast authority", is for DNS:elsewhere\.example and not for localhost$/), fix: expect.stringContaining('"names"') }])
    expect(exitOf(checks)).toBe(5)
  })

  it('because it has ended is named with its end', async () => {
    expect(failed(await look(await startCollector({ notAfter: new Date(Date.now() - 1000) })))).toMatchObject([{ name: 'TLS', detail: expect.stringMatching(/^step 1 of 2, the server’s own: "CN=localhost".*ended on /) }])
  })

  it('of an unknown authority is named with its issuer, and the one it should have', async () => {
    expect(failed(await look(await startCollector({ own: createTestAuthority('Inspecting proxy') })))).toMatchObject([{ name: 'TLS', exit: 5, detail: expect.stringMatching(/"CN=localhost", issued by "CN=Inspecting proxy", is not signed by the authority of this installation \("CN=Holdfast authority"\)/), fix: expect.stringContaining('let it pass this host through') }])
  })

  it('of another authority than the code names fails by its pin', async () => {
    const other = createTestAuthority('Another installation')
    const checks = await look(await startCollector({ own: other, shownCa: other.caPem }), { pin: pinOfAuthority(authority) })
    expect(failed(checks)).toMatchObject([{ name: 'authority', exit: 5, detail: expect.stringContaining(`has the pin ${pinOfAuthority(other)}; the enrolment code names ${pinOfAuthority(authority)}`) }])
  })

  it('of another authority than the one that this device enrolled with fails', async () => {
    const other = createTestAuthority('Set up anew')
    expect(failed(await look(await startCollector({ own: other, shownCa: other.caPem }), { caPem: authority.caPem }))).toMatchObject([{ name: 'authority', fix: expect.stringContaining('--force') }])
  })
})

describe('a connection that does not come about', () => {
  it('to a server of TLS 1.1 says so', async () => {
    const checks = await look(await startCollector({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }))
    expect(failed(checks)).toMatchObject([{ name: 'TLS', exit: 5, detail: expect.stringContaining('nothing newer than TLS 1.1') }])
  })

  it('to a plain http port says that it is no TLS', async () => {
    const port = await listen(createHttp((_, response) => void response.end('hello')))
    expect(failed(await look(`https://localhost:${port}`))).toMatchObject([{ name: 'TLS', exit: 4, detail: expect.stringContaining('does not speak TLS') }])
  })

  it('to a closed port says that nothing listens', async () => {
    const port = await listen(createTcp())
    servers.at(-1)?.close()
    const checks = await look(`https://127.0.0.1:${port}`)
    expect(failed(checks)).toMatchObject([{ name: 'port', exit: 4, detail: expect.stringContaining('refuses the connection') }])
    expect(exitOf(checks)).toBe(4)
  })

  it('to something that takes it and says nothing ends at its deadline', async () => {
    const port = await listen(createTcp(() => undefined))
    expect(failed(await look(`https://127.0.0.1:${port}`, { deadlineMs: 300 }))).toMatchObject([{ name: 'TLS', exit: 4, detail: expect.stringContaining('does not answer within 0.3 s') }])
  })

  it('to a name that nobody knows ends with DNS', async () => {
    expect(failed(await look('https://holdfast.invalid:8443'))).toMatchObject([{ name: 'name', exit: 4 }])
  })

  it('because the proxy refuses is the proxy’s, by name and without its password', async () => {
    const proxy = createHttp()
    proxy.on('connect', (_, client: Socket) => void client.end('HTTP/1.1 407 No\r\n\r\n'))
    const checks = await look(await startCollector(), { environment: { HTTPS_PROXY: `http://jo:secret-word@127.0.0.1:${await listen(proxy)}` } })
    expect(failed(checks)).toMatchObject([{ name: 'proxy', exit: 4, detail: expect.stringContaining('asks for credentials') }])
    expect(JSON.stringify(checks)).not.toContain('secret-word')
  })
})

describe('the clock', () => {
  it.each([[10, 'ok'], [120, 'warn'], [900, 'fail']] as const)('%i s apart is %s', async (seconds, verdict) => {
    expect(one(await look(await startCollector({ date: new Date(Date.now() - seconds * 1000) })), 'clock').verdict).toBe(verdict)
  })
})

describe('NATS', () => {
  const natsOf = async (port: number): Promise<Check> => {
    const checks = await look(await startCollector(), { natsServers: [`tls://localhost:${port}`], deadlineMs: 400 })
    return one(checks, `NATS localhost:${port}`)
  }
  it('behind a certificate of another authority fails with its issuer', async () => {
    expect(await natsOf(await startNats(createTestAuthority('Mallory')))).toMatchObject({ verdict: 'fail', exit: 5, detail: expect.stringContaining('Mallory') })
  })
  it('without TLS fails', async () => {
    expect(await natsOf(await startNats(authority, false))).toMatchObject({ verdict: 'fail', exit: 5, detail: expect.stringContaining('offers no TLS') })
  })
  it('that is something else, says nothing, or is not there, fails with which port to open', async () => {
    expect(await natsOf(await listen(createTcp((socket) => void socket.write('220 mail ready\r\n'))))).toMatchObject({ verdict: 'fail', exit: 4, detail: expect.stringContaining('no nats-server') })
    expect(await natsOf(await listen(createTcp(() => undefined)))).toMatchObject({ verdict: 'fail', detail: expect.stringContaining('says nothing for 0.4 s'), fix: expect.stringContaining('4222') })
    const closed = await listen(createTcp())
    servers.at(-1)?.close()
    expect(await natsOf(closed)).toMatchObject({ verdict: 'fail', exit: 4, detail: expect.stringContaining('refuses') })
  })
})
