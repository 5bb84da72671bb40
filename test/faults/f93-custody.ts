import { createHash, randomBytes } from 'node:crypto'
import { copyFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CustodyView, EvidenceFilePage } from '@holdfast/collector/http/contract.ts'
import { asOperator } from '../support/operator.ts'
import { until } from '../support/processes.ts'
import { type RealAgent, runAgent } from '../support/real-agent.ts'
import { buildAgentStage } from './agent-stage.ts'
import { type Fault, must } from './fault.ts'

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export const custody: Fault = {
  id: 'F-93', name: 'custody', title: 'evidence is captured, sent, read, handed out and checked while agent and collector are killed',
  does: 'Files are copied to a cloud folder under a capture rule; agent and collector get kill -9 at random times while copies are captured and sent; then every copy is downloaded, and its custody is exported and altered.',
  oracle: 'Every copy that an activity tells of is kept, or says why not; SHA-256 of the file = at the agent = at the collector = of the download; the chain of each copy is complete and verifies without the collector, an altered one does not; stored names are made up.',
  limitSecs: { short: 150, full: 600 },
  async run(context) {
    const { installation, dir, home, cloud } = await buildAgentStage(context)
    const group = await installation.client.get<{ settings: Record<string, unknown> & { evidence: object } }>('/api/v1/groups/default')
    await installation.client.send('PUT', '/api/v1/groups/default/settings', { ...group.settings, evidence: { ...group.settings.evidence, enabled: true, destinations: ['cloud_sync'], maxFilesPerMinute: 10_000, maxDayBytes: 2 ** 40 } }, { 'if-match': '*' })
    let agent: RealAgent = await runAgent(installation, dir)
    context.defer(() => agent.stop('SIGKILL'))
    context.explain(() => `agent: ${agent.daemon.log().slice(-2000)}\ncollector: ${installation.daemon.log().slice(-2000)}`)

    const known = new Map<string, string>()
    const copies = context.count(12, 200)
    const kills = context.count(3, 30)
    for (let index = 0; index < copies; index += 1) {
      const name = `doc-${index}.bin`
      const bytes = randomBytes(context.random.between(1, 2_000_000))
      await writeFile(join(home, name), bytes)
      await copyFile(join(home, name), join(cloud, name))
      known.set(name, sha(bytes))
      await sleep(context.random.between(20, 400))
      if (index % Math.ceil(copies / kills) !== 1) continue
      context.signal.throwIfAborted()
      if (context.random.next() < 0.5) {
        await agent.stop('SIGKILL')
        agent = await runAgent(installation, dir)
      } else {
        await installation.stop('SIGKILL')
        await installation.start()
      }
    }
    const get = async <T>(path: string): Promise<T> => {
      const answer = await asOperator(installation, 'GET', path)
      must(answer.status === 200, `${path} answers ${answer.status}`)
      return JSON.parse(answer.body) as T
    }
    const { items: users } = await get<{ items: readonly { id: string }[] }>('/api/v1/users')
    const filesOf = async () => (await Promise.all(users.map(async ({ id }) => (await get<EvidenceFilePage>(`/api/v1/evidence/files?userId=${id}&destination=cloud_sync&limit=500`)).items))).flat()
    const isSettled = (file: EvidenceFilePage['items'][number]): boolean => file.evidence?.state === 'verified' || file.whyNone?.startsWith('skipped_') === true || (file.evidence === undefined && file.whyNone === 'not_chosen')
    // What was copied a moment before a kill may have left no activity: then there is nothing that evidence could belong to.
    let quietLooks = 0
    const files = await until('every copy that an activity tells of to be here or to have a reason', 90, async () => {
      const found = (await filesOf()).filter((file) => known.has(file.name))
      quietLooks = found.length > 0 && found.every(isSettled) ? quietLooks + 1 : 0
      if (quietLooks < 8) await sleep(500)
      return quietLooks >= 8 ? found : undefined
    })
    let [verified, unexplained] = [0, 0]
    for (const file of files) {
      if (file.evidence?.state !== 'verified') {
        if (file.evidence === undefined) unexplained += 1
        continue
      }
      verified += 1
      const { id } = file.evidence
      must(file.evidence.sha256 === known.get(file.name) && (file.sha256 === undefined || file.sha256 === known.get(file.name)), `${file.name} is another file at the agent or the collector`)
      const answer = await asOperator(installation, 'POST', `/api/v1/evidence/${id}/download`, { body: JSON.stringify({ reason: 'F-93' }) })
      must(answer.headers['x-holdfast-sha256'] === known.get(file.name), `${file.name} is downloaded as another file`)
      const view = await get<CustodyView>(`/api/v1/evidence/${id}/custody`)
      must(view.chain.ok && view.content.ok, `custody of ${file.name}: ${view.chain.problem ?? view.content.problem ?? ''}`)
      must(view.events.map(({ what }) => what).join() === 'captured,sent,received,verified,downloaded', `custody of ${file.name} is ${view.events.map(({ what }) => what).join()}`)
    }
    const first = files.find((file) => file.evidence?.state === 'verified')?.evidence
    must(first !== undefined, 'nothing was captured')
    const path = join(context.folder, 'custody.json')
    const view = await get<CustodyView>(`/api/v1/evidence/${first.id}/custody`)
    await writeFile(path, JSON.stringify(view))
    await installation.holdfast('evidence', 'verify', path)
    for (const [what, events] of [['cut in its middle', view.events.toSpliced(1, 1)], ['changed', view.events.map((event) => (event.n === 3 ? { ...event, atMs: event.atMs + 1 } : event))], ['in another order', view.events.toReversed()]] as const) {
      await writeFile(path, JSON.stringify({ ...view, events }))
      must(await installation.holdfast('evidence', 'verify', path).then(() => false, () => true), `a custody that is ${what} verifies`)
    }
    const vault = join(installation.dir, 'evidence')
    for (const name of (await readdir(vault)).filter((one) => one !== 'incoming')) {
      must(/^[0-9a-f]{32}\.sealed$/.test(name) && ((await stat(join(vault, name))).mode & 0o777) === 0o600, `the evidence folder holds ${name}`)
    }
    context.figures['copied'] = known.size
    context.figures['toldOf'] = new Set(files.map(({ name }) => name)).size
    must(verified > 0 && verified >= known.size / 3, `only ${verified} of ${known.size} copies were kept`)
    context.figures['verified'] = verified
    // Copied while the agent was dead, or its capture was not on the disk yet: the activity says that there is no content.
    context.figures['withoutContent'] = unexplained
    const audit = JSON.parse(await installation.holdfast('audit', 'verify', '--json')) as { ok: boolean; problem?: string }
    must(audit.ok, `the audit chain is broken: ${audit.problem ?? ''}`)
  },
}
