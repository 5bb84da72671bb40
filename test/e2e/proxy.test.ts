// An agent that has no way to the collector but an HTTP proxy: it enrols, gets its policy and delivers what it sees through it.
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { connect as connectTcp, type Socket } from 'node:net'
import { join } from 'node:path'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { wire } from '@holdfast/proto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { install, type Installation } from '../support/collector.ts'
import { agentMain, type Daemon, runCommand, startDaemon, until } from '../support/processes.ts'
import { applyPolicies, type DeviceState, watch } from '../support/real-agent.ts'

const PASSWORD = 'pass-of-the-proxy'
const WANTED = `Basic ${Buffer.from(`jo:${PASSWORD}`).toString('base64')}`

let installation: Installation
let proxy: Server
let agent: Daemon | undefined
const asked: string[] = []

beforeAll(async () => {
  installation = await install()
  proxy = createServer((_, response) => void response.writeHead(405).end())
  proxy.on('connect', (request, client: Socket) => {
    const target = request.url ?? ''
    asked.push(target)
    client.on('error', () => client.destroy())
    if (request.headers['proxy-authorization'] !== WANTED) return client.end('HTTP/1.1 407 No\r\n\r\n')
    const upstream = connectTcp(Number(target.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on('error', () => client.destroy())
    return client.on('close', () => upstream.destroy())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
})
afterAll(async () => {
  await agent?.stop()
  proxy.closeAllConnections()
  proxy.close()
  await installation.close()
})

describe('a device behind a proxy', () => {
  it('enrols, runs the policy of its group, and delivers what it sees, with the password in no log', async () => {
    const folder = join(installation.folder, 'watched')
    await mkdir(join(folder, 'cloud'), { recursive: true })
    await applyPolicies(installation)
    await watch(installation, { roots: [folder], cloudFolders: [join(folder, 'cloud')] })
    const { port } = proxy.address() as { port: number }
    const env = { HOLDFAST_AGENT_PROXY: `http://jo:${PASSWORD}@127.0.0.1:${port}`, NO_PROXY: '' }
    const dir = join(installation.folder, 'agent')
    const { code } = JSON.parse(await installation.holdfast('enrolment-code', 'create', '--json')) as { code: string }
    const enrolled = await runCommand(agentMain, ['enrol', '--collector', installation.url, '--code', code, '--dir', dir, '--json'], { env })
    expect(enrolled.stderr).not.toContain(PASSWORD)
    expect(enrolled.code).toBe(0)

    agent = startDaemon(agentMain, ['run', '--dir', dir], { env })
    const { items } = await installation.client.get<{ items: readonly { id: string }[] }>('/api/v1/devices?limit=1')
    await until('the wanted policy to run', 60, async () => {
      const { policy } = await installation.client.get<DeviceState>(`/api/v1/devices/${items[0]?.id}`)
      return policy.state === 'current' && policy.wantedVersion > 0 ? true : undefined
    })
    await writeFile(join(folder, 'cloud', 'through-the-proxy.txt'), 'a document that leaves')
    await until('the copy to be stored', 60, async () => {
      const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: true })
      try {
        return (await db.all<{ body: Uint8Array }>('SELECT body FROM activity')).some(({ body }) => wire.Activity.decode(body).fileCopied?.destination?.path?.endsWith('/through-the-proxy.txt') === true) ? true : undefined
      } finally {
        await db.close()
      }
    })
    expect(asked).toContain(new URL(installation.url).host)
    expect(asked).toContain(new URL(installation.natsUrl).host)
    expect(agent.log()).not.toContain(PASSWORD)
  }, 120_000)
})
