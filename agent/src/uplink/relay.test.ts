// The agent's link to a real broker with TLS, through a real HTTP proxy that knows only bytes.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { connect as connectTcp, createServer as createTcp, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createUser } from 'nkeys.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Identity } from '../identity/contract.ts'
import { parseProxy } from '../identity/proxy.ts'
import { createTestAuthority } from '../identity/test-authority.ts'
import { connectDevice } from './connect.ts'
import { problemOf } from './problem.ts'
import { program, until } from './testing.ts'

const authority = createTestAuthority('relay')
const PASSWORD = `Basic ${Buffer.from('jo:s3cret').toString('base64')}`

let folder: string
let broker: ChildProcess
let port: number
let proxy: Server
let proxyUrl: string
let seen: { readonly target: string; readonly authorization: string | undefined }[] = []
let passed: Buffer[] = []
const cut = new Set<Socket>()
let answer: (authorization: string | undefined) => number

const portOf = (server: { address(): unknown }): number => (server.address() as { port: number }).port
async function freePort(): Promise<number> {
  const server = createTcp()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const free = portOf(server)
  server.close()
  await once(server, 'close')
  return free
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-relay-'))
  port = await freePort()
  const { cert, key } = authority.issue(['localhost'])
  await writeFile(join(folder, 'cert.pem'), cert)
  await writeFile(join(folder, 'key.pem'), key)
  await writeFile(join(folder, 'nats.conf'), `listen: 127.0.0.1:${port}\ntls { cert_file: ${JSON.stringify(join(folder, 'cert.pem'))}, key_file: ${JSON.stringify(join(folder, 'key.pem'))} }\n`)
  broker = spawn(program(), ['-c', join(folder, 'nats.conf')], { stdio: 'ignore' })
  await until('the broker to listen', () => new Promise<boolean>((resolve) => {
    const socket = connectTcp(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  }))
  proxy = createServer((_, response) => void response.writeHead(405).end())
  proxy.on('connect', (request, client: Socket) => {
    seen.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] })
    const status = answer(request.headers['proxy-authorization'])
    cut.add(client)
    client.on('error', () => undefined)
    if (status !== 200) return client.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const upstream = connectTcp(Number((request.url ?? '').split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(client)
      client.pipe(upstream)
    })
    client.on('data', (bytes: Buffer) => void passed.push(bytes))
    upstream.on('error', () => client.destroy())
    return client.on('close', () => upstream.destroy())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  proxyUrl = `http://jo:s3cret@127.0.0.1:${portOf(proxy)}`
})
afterAll(async () => {
  proxy.closeAllConnections()
  proxy.close()
  const gone = once(broker, 'exit')
  broker.kill('SIGKILL')
  await gone
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() => {
  seen = []
  passed = []
  answer = (authorization) => (authorization === PASSWORD ? 200 : 407)
})

const identity = (caPem = authority.caPem): Identity => {
  const key = createUser()
  return { deviceId: 'd_1', group: 'default', organisation: 'test', collectorUrl: 'https://localhost:1', natsServers: [`tls://localhost:${port}`], seed: new TextDecoder().decode(key.getSeed()), publicKey: key.getPublicKey(), jwt: 'secret.user.claim', caPem, policyKeys: [] }
}
const through = (name = 'localhost', as = identity(), url = proxyUrl) => connectDevice(as, `tls://${name}:${port}`, parseProxy(url, 'HTTPS_PROXY'))
const problem = (work: Promise<unknown>): Promise<string> => work.then(() => 'connected', problemOf)

describe('NATS through an HTTP proxy', () => {
  it('connects, carries messages both ways, and shows the proxy nothing but a handshake and what it protects', async () => {
    const connection = await through()
    const echo = connection.subscribe('there')
    connection.publish('there', new TextEncoder().encode('what nobody between may read'))
    const [message] = await (async () => {
      for await (const one of echo) return [one]
      return []
    })()
    expect(message?.string()).toBe('what nobody between may read')
    expect(seen).toEqual([{ target: `localhost:${port}`, authorization: PASSWORD }])
    const bytes = Buffer.concat(passed).toString('latin1')
    expect(bytes.length).toBeGreaterThan(200)
    for (const secret of ['what nobody', 'secret.user.claim', 'CONNECT', 'd_1']) expect(bytes).not.toContain(secret)
    await connection.close()
  })

  it('carries as much as a batch, and more than one connection after the other', async () => {
    for (let round = 0; round < 3; round += 1) {
      const connection = await through()
      const answered = connection.subscribe('large')
      connection.publish('large', new Uint8Array(512 * 1024).fill(round))
      for await (const one of answered) {
        expect(one.data.length).toBe(512 * 1024)
        break
      }
      await connection.close()
    }
    expect(seen).toHaveLength(3)
  })

  it('holds the broker to its name and its authority as without a proxy', async () => {
    expect(await problem(through('127.0.0.1'))).toBe('TLS_UNTRUSTED')
    expect(await problem(through('localhost', identity(createTestAuthority('another').caPem)))).toBe('TLS_UNTRUSTED')
  })

  it('says that it is the proxy that does not let it through', async () => {
    expect(await problem(through('localhost', identity(), proxyUrl.replace('s3cret', 'wrong')))).toBe('PROXY_FAILED')
    answer = () => 403
    const refused = await through().then(() => '', (error: Error) => error.message)
    expect(refused).toContain(`does not allow a connection to localhost:${port}`)
    expect(refused).not.toContain('s3cret')
    expect(await problem(through('localhost', identity(), `http://127.0.0.1:${await freePort()}`))).toBe('PROXY_FAILED')
  })

  it('ends when the way is cut', async () => {
    const connection = await through()
    cut.forEach((socket) => socket.destroy())
    await connection.closed()
    expect(connection.isClosed()).toBe(true)
  })
})
