import { createServer } from 'node:https'
import { once } from 'node:events'
import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { createAuthority, createServerCertificate } from '@holdfast/collector/bus/pki.ts'
import { enrol } from '@holdfast/agent/identity/enrol.ts'
import { until } from '../support/processes.ts'
import { type FalseServerOptions, startFalseServer } from './false-server.ts'
import { type Fault, type FaultContext, must } from './fault.ts'
import { type Fleet, hardwareOf, startFleet } from './fleet.ts'

const DAY_MS = 86_400_000

/** Every way in which a server can be the wrong one. */
async function impostors(fleet: Fleet): Promise<readonly (readonly [string, FalseServerOptions])[]> {
  const { dir } = fleet.installation
  const own = { certificatePem: await readFile(join(dir, 'ca', 'ca.pem'), 'utf8'), keyPem: await readFile(join(dir, 'ca', 'ca-key.pem'), 'utf8') }
  const right = ['127.0.0.1', 'localhost']
  const now = Date.now()
  const stranger = await createAuthority('test', now)
  return [
    ['wrongAuthority', { shows: await createServerCertificate(stranger, right, now) }],
    ['expired', { shows: await createServerCertificate(own, right, now - 500 * DAY_MS) }],
    ['notYet', { shows: await createServerCertificate(own, right, now + 30 * DAY_MS) }],
    ['wrongName', { shows: await createServerCertificate(own, ['broker.example'], now) }],
    ['oldVersion', { shows: await createServerCertificate(own, right, now), version: 'TLSv1.1' }],
    ['plaintext', {}],
  ]
}

/** An https server that hands out the right authority and shows a certificate of another one: the code must not reach it. */
async function enrolmentAtImpostor(context: FaultContext, fleet: Fleet): Promise<number> {
  const { certificatePem, keyPem } = await createServerCertificate(await createAuthority('test', Date.now()), ['127.0.0.1'], Date.now())
  let posts = 0
  const server = createServer({ cert: certificatePem, key: keyPem }, (request, response) => {
    if (request.method === 'POST') posts += 1
    response.end(request.url === '/ca.pem' ? fleet.installation.ca : '{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  context.defer(() => void server.close())
  const { port } = server.address() as { port: number }
  const { code } = JSON.parse(await fleet.installation.holdfast('enrolment-code', 'create', '--json')) as { code: string }
  const refusal = await enrol({ folder: join(context.folder, 'lured'), collectorUrl: `https://127.0.0.1:${port}`, code, force: false, agentVersion: '0.1.0', platform: hardwareOf('lured') }).then(() => 'admitted', (error: unknown) => (error as { code?: string }).code ?? String(error))
  must(refusal === 'COLLECTOR_UNREACHABLE', `an enrolment at an impostor ended with ${refusal}`)
  server.closeAllConnections()
  return posts
}

export const falseServer: Fault = {
  id: 'F-37', name: 'false-server', title: 'something that is not the collector’s broker stands in its place',
  does: 'Agents with a backlog are led to servers that show a certificate of another authority, an expired one, one that is not good yet, one for another name, that speak TLS 1.1, or none at all; an enrolment is led to an https server with the right authority’s file and the wrong certificate. Then the way is right again.',
  oracle: 'No such server hears one byte beside the handshake: no credential, no activity, no enrolment code. The agents say why, keep everything, and afterwards every activity is stored exactly once. (Changes of authority and keys under working agents: test/e2e/key-rotation.)',
  isLong: true,
  limitSecs: { short: 120, full: 300 },
  async run(context) {
    const fleet = await startFleet(context, { agents: context.count(1, 3), proxy: true })
    const { proxy, installation } = fleet
    if (proxy === undefined) throw new Error('no proxy')
    fleet.load(100)
    await fleet.acknowledged(50, 30)
    let heard = 0
    for (const [name, options] of await impostors(fleet)) {
      context.signal.throwIfAborted()
      const server = await startFalseServer(options)
      context.defer(() => server.close())
      proxy.redirect({ host: '127.0.0.1', port: server.port })
      // A fresh start has no pause behind it.
      for (const agent of fleet.agents) {
        await agent.stop('SIGKILL')
        agent.start()
      }
      await until(`every agent to have tried (${name})`, 60, () => (server.connections() >= fleet.agents.length && fleet.agents.every((agent) => (agent.status()?.problem ?? '') !== '') ? true : undefined))
      await fleet.acknowledged(50, 30)
      must(fleet.agents.every((agent) => agent.status()?.connected === false), `an agent takes the false server for the right one (${name})`)
      heard += server.heard().length
      must(server.heard().length === 0, `the false server (${name}) heard ${server.heard().length} bytes: ${server.heard().toString('latin1').slice(0, 80)}`)
      context.figures[name] = fleet.agents[0]?.status()?.problem ?? ''
    }
    context.figures['postsToImpostor'] = await enrolmentAtImpostor(context, fleet)
    must(context.figures['postsToImpostor'] === 0, 'an impostor got the enrolment code')
    proxy.redirect({ host: '127.0.0.1', port: Number(new URL(installation.natsUrl).port) })
    for (const agent of fleet.agents) {
      await agent.stop('SIGKILL')
      agent.start()
    }
    context.figures['bytesHeard'] = heard
    await fleet.judge()
  },
}
