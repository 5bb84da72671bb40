import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BACKOFF_CAP_MS } from '@holdfast/agent/uplink/backoff.ts'
import { until } from '../support/processes.ts'
import { startFalseServer } from './false-server.ts'
import { type Fault, must } from './fault.ts'
import { startFleet } from './fleet.ts'

/** What a broker that has lost its mind may answer to a good credential. */
const REFUSALS: readonly (readonly [string, string | undefined])[] = [
  ['authorization', "-ERR 'Authorization Violation'\r\n"],
  ['expired', "-ERR 'User Authentication Expired'\r\n"],
  ['revoked', "-ERR 'User Authentication Revoked'\r\n"],
  ['internal', "-ERR 'Internal Server Error'\r\n"],
  ['silence', undefined],
]

export const refusals: Fault = {
  id: 'F-61', name: 'refusals', title: 'the server refuses every device for a time, and then heals',
  does: 'Under load all agents are led to a server with the right certificate that answers every credential with authorization violation, expired, revoked, internal error, or with silence; each for a time, an hour in all in a full run. Then the right one is there again.',
  oracle: 'No agent ends, deletes or changes its identity or enrols again; pauses between tries grow and never pass the cap; all are back within the cap after it heals, and every activity is stored exactly once.',
  isLong: true,
  limitSecs: { short: 180, full: 4500 },
  async run(context) {
    const fleet = await startFleet(context, { agents: context.count(2, 4), proxy: true })
    const { proxy, installation } = fleet
    if (proxy === undefined) throw new Error('no proxy')
    const identities = (): Promise<readonly string[]> => Promise.all(fleet.agents.map(({ dir }) => readFile(join(dir, 'identity.json'), 'utf8')))
    const before = await identities()
    const enrolments = async (): Promise<number> => (JSON.parse(await installation.holdfast('audit', 'list', '--json')) as { items: readonly { action: string }[] }).items.filter(({ action }) => action.endsWith('enrolled')).length
    const enrolledBefore = await enrolments()
    const shows = { certificatePem: await readFile(join(installation.dir, 'tls', 'server.pem'), 'utf8'), keyPem: await readFile(join(installation.dir, 'tls', 'server-key.pem'), 'utf8') }
    fleet.load(context.count(100, 20))
    await fleet.acknowledged(50, 60)
    let tries = 0
    const seconds = context.count(5, 720)
    for (const [name, answer] of REFUSALS) {
      const server = await startFalseServer({ shows, ...(answer === undefined ? {} : { answer }) })
      context.defer(() => server.close())
      proxy.redirect({ host: '127.0.0.1', port: server.port })
      // In a short run each begins without a pause behind it; in a full one the pauses of an hour are what is looked at.
      if (context.short) for (const agent of fleet.agents) {
        await agent.stop('SIGTERM')
        agent.start()
      }
      await until(`every agent to have tried (${name})`, BACKOFF_CAP_MS / 1000 + 30, () => (server.connections() >= fleet.agents.length ? true : undefined))
      await sleep(seconds * 1000, undefined, { signal: context.signal })
      must(fleet.agents.every((agent) => agent.running()), `an agent ended (${name})`)
      must(JSON.stringify(await identities()) === JSON.stringify(before), `an identity was changed or is gone (${name})`)
      // Tries double their pause: a handful in seconds, a dozen and a few in an hour.
      must(server.connections() <= fleet.agents.length * (12 + seconds / 30), `${server.connections()} tries in ${seconds} s (${name})`)
      must(!server.heard().includes('PUB hf.v1.activity'), `activities were sent to a server that refused (${name})`)
      tries += server.connections()
      context.figures[name] = fleet.agents[0]?.status()?.problem ?? ''
    }
    must(tries > 0, 'nobody tried, so nothing was tested')
    proxy.redirect({ host: '127.0.0.1', port: Number(new URL(installation.natsUrl).port) })
    const healed = Date.now()
    await until('everybody to be back', BACKOFF_CAP_MS / 1000 + 30, () => (fleet.agents.every((agent) => agent.status()?.connected === true) ? true : undefined))
    const backSecs = Math.round((Date.now() - healed) / 100) / 10
    must(backSecs <= BACKOFF_CAP_MS / 1000, `the last one was back after ${backSecs} s`)
    must((await enrolments()) === enrolledBefore, 'a device has enrolled again')
    Object.assign(context.figures, { refusedSecs: seconds * REFUSALS.length, tries, backSecs })
    await fleet.judge(300)
  },
}
