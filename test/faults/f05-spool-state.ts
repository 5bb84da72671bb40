import { cp, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fault } from './fault.ts'
import { must } from './fault.ts'
import { startFleet, type WorkloadAgent } from './fleet.ts'

/** The files of the spool that hold data or state; the lock holds nothing. */
const spoolFiles = async (folder: string): Promise<readonly string[]> => (await readdir(folder)).filter((name) => !name.startsWith('spool.lock') && !name.startsWith('spool.pid'))

async function zero(path: string): Promise<void> {
  const { size } = await stat(path)
  const file = await open(path, 'r+')
  await file.write(Buffer.alloc(size), 0, size, 0)
  await file.close()
}

type Damage = (folder: string, older: string) => Promise<void>

async function rollBack(folder: string, older: string): Promise<void> {
  for (const name of await spoolFiles(folder)) await rm(join(folder, name))
  for (const name of await spoolFiles(older)) await cp(join(older, name), join(folder, name))
}

/** Then more is spooled than was taken back before the collector can say anything. */
const ROLLED_BACK_AND_OFFLINE = 'older copy of everything, while the collector is away'

const damages: Readonly<Record<string, Damage>> = {
  'database deleted': async (folder) => {
    for (const name of await spoolFiles(folder)) if (name.startsWith('spool.db')) await rm(join(folder, name))
  },
  'database zeroed': async (folder) => zero(join(folder, 'spool.db')),
  'log of the database deleted': async (folder) => rm(join(folder, 'spool.db-wal'), { force: true }),
  'state deleted': async (folder) => rm(join(folder, 'spool.state'), { force: true }),
  'state zeroed': async (folder) => zero(join(folder, 'spool.state')),
  'older copy of the database': async (folder, older) => {
    for (const name of await spoolFiles(folder)) if (name.startsWith('spool.db')) await rm(join(folder, name))
    for (const name of await spoolFiles(older)) if (name.startsWith('spool.db')) await cp(join(older, name), join(folder, name))
  },
  'older copy of everything': async (folder, older) => rollBack(folder, older),
  [ROLLED_BACK_AND_OFFLINE]: async (folder, older) => rollBack(folder, older),
  'everything deleted': async (folder) => {
    for (const name of await spoolFiles(folder)) await rm(join(folder, name))
  },
}

export const spoolState: Fault = {
  id: 'F-05', name: 'spool-state', title: 'the files of the spool are deleted, zeroed or older copies',
  does: 'The agent is killed when its spool is empty of anything unsent; its database, its state or both are deleted, zeroed or replaced by a copy from before; then it is started and goes on.',
  oracle: 'It starts by itself; whatever is spooled from then on is stored exactly once, and what was stored stays as it was. Only where everything was rolled back together, and before the collector has said so, may a number be given twice: then both activities are kept, the later one in quarantine as SEQ_CONFLICT.',
  limitSecs: { short: 120, full: 420 },
  async run(context) {
    const fleet = await startFleet(context, { agents: 1 })
    const [agent] = fleet.agents as readonly [WorkloadAgent]
    const folder = join(agent.dir, 'spool')
    const older = join(context.folder, 'older')
    const rounds = context.count(1, 6)
    let count = 0
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, damage] of Object.entries(damages)) {
        context.signal.throwIfAborted()
        fleet.load(1500)
        await fleet.acknowledged(context.random.between(200, 800), 60)
        await fleet.drain(60)
        // An older copy is of a spool that held something and has gone on since.
        await rm(older, { recursive: true, force: true })
        await cp(folder, older, { recursive: true })
        fleet.load(1500)
        await fleet.acknowledged(context.random.between(200, 800), 60)
        await fleet.drain(60)
        const epochBefore = agent.status()?.epoch
        await agent.stop(context.random.next() < 0.5 ? 'SIGKILL' : 'SIGTERM')
        await damage(folder, older)
        if (name === ROLLED_BACK_AND_OFFLINE) await fleet.installation.stop()
        agent.start()
        fleet.load(1500)
        await fleet.acknowledged(name === ROLLED_BACK_AND_OFFLINE ? 2000 : 200, 60).catch((error: unknown) => {
          throw new Error(`after "${name}": ${String(error)}\n${agent.log().slice(-1500)}`)
        })
        if (name === ROLLED_BACK_AND_OFFLINE) await fleet.installation.start()
        await fleet.drain(60)
        context.say(`${name}: ${agent.status()?.epoch === epochBefore ? 'same epoch' : 'new epoch'}`)
        count += 1
      }
    }
    context.figures['damages'] = count
    // A folder that was rolled back as a whole cannot know it before the collector says so: what it spools until then
    // meets its own numbers again, and is kept in quarantine beside what was stored.
    const verdict = await fleet.judge(120, { mayKeepApart: true })
    const conflicts = (await fleet.installation.client.get<{ items: readonly { readonly reason: string }[] }>('/api/v1/quarantine')).items
    must(conflicts.every((row) => row.reason === 'SEQ_CONFLICT'), `in quarantine: ${[...new Set(conflicts.map((row) => row.reason))].join(', ')}`)
    must(verdict.explained === 0, 'a gap record speaks of activities that were stored')
  },
}
