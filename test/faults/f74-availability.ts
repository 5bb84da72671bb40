// F-18, F-74, F-75, F-77 and F-78: a user without rights against the agent's time, its memory of others, and its secrets.
import { spawn } from 'node:child_process'
import { lstat, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { childrenOf, end, killPid, run, track } from '../support/own-processes.ts'
import { repository, until } from '../support/processes.ts'
import { storedActivities, workerOf } from './agent-stage.ts'
import { type Fault, type FaultContext, must } from './fault.ts'
import { buildHostileStage, factsOf, type HostileStage } from './hostile-stage.ts'

const oracle = 'Copies of an honest user are stored in their usual time, the agent lives, and heartbeats go on.'
const limitSecs = { short: 90, full: 300 }

/** Watchdog, worker and what the worker has started. */
function processesOf({ agent }: HostileStage): readonly number[] {
  const watchdog = agent.daemon.child.pid ?? 0
  const worker = workerOf(watchdog) ?? 0
  must(worker > 0, 'there is no worker below the watchdog')
  return [watchdog, worker, ...childrenOf(worker)]
}

export const flooded: Fault = {
  id: 'F-18', name: 'flooded', title: 'one user makes as many activities as the device allows',
  does: 'A user writes files in a tight loop in a watched folder and in one that a cloud client synchronises, while an honest user copies documents; the group allows the agent 5 % of a core.',
  oracle: 'The agent lives and its heartbeats go on. Every copy of the honest user is stored, at most 15 s later than before: the device and the collector share two cores with the flood here, and activities keep their order. What the agent could not keep is counted in gap records; in a full run the governor slows something and says what.', alone: true, isLong: true, limitSecs,
  async run(context) {
    const stage = await buildHostileStage(context)
    // Less than a flood needs, so that the governor has something to do; it acts after a minute.
    const group = await stage.installation.client.get<{ settings: object }>('/api/v1/groups/default')
    await stage.installation.client.send('PUT', '/api/v1/groups/default/settings', { ...group.settings, cpuLimitPercent: 5 }, { 'if-match': '*' })
    const { writes } = await stage.attack<{ writes: number }>('flood', { seconds: context.count(6, 90), slackMs: 15_000 })
    context.figures['writes'] = writes
    must(writes > 1000, `only ${writes} writes, so little was tested`)
    const known = await stage.judge()
    const gaps = known.filter((activity) => activity.telemetryGap != null)
    context.figures['gaps'] = gaps.length
    const slowed = known.flatMap(({ agentDegraded }) => (agentDegraded?.reason?.startsWith('The agent kept to its budget') === true ? [agentDegraded.reason] : []))
    context.figures['slowed'] = slowed.length
    must(context.short || slowed.length > 0, 'the agent was over its limit for more than a minute and slowed nothing')
    context.figures['missed'] = gaps.reduce((sum, { telemetryGap }) => sum + (telemetryGap?.missed ?? 0), 0)
    context.figures['floodStored'] = known.flatMap(factsOf).filter((facts) => facts.path?.includes('/mallory/touched-') === true).length
  },
}

/** Mounts the file system that hangs; ends it with the fault. */
async function mountHung(context: FaultContext, folder: string, mode: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true })
  const server = track(spawn(process.execPath, [join(repository, 'test/faults/fuse-server.ts'), folder, mode], { stdio: ['ignore', 'pipe', 'inherit'] }))
  let out = ''
  server.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  await until('the hung file system to be mounted', 20, () => (out.includes('mounted') ? true : undefined))
  const release = async (): Promise<void> => {
    await end(server, 'SIGKILL')
    await run('umount', ['-l', folder], { allowFailure: true })
  }
  context.defer(release)
  return release
}

export const hungMount: Fault = {
  id: 'F-74', name: 'hung-mount', title: 'file systems that answer late or never, in watched folders',
  does: 'Two FUSE file systems are mounted below a watched folder, with allow_other: one tells names and never a byte, the other answers nothing, not even the first question. Somebody hangs in a read of each, and links to their files are made in watched folders.',
  oracle: `${oracle} At most a few children hang; no call of the agent’s own main thread does.`, alone: true, isLong: true, limitSecs,
  async run(context) {
    const stage = await buildHostileStage(context)
    const [home = '', cloud = ''] = stage.folders
    const places = [join(home, 'slow'), join(cloud, 'mute')]
    const releases = [await mountHung(context, places[0] ?? '', 'slow'), await mountHung(context, places[1] ?? '', 'mute')]
    const stuck = places.map((place) => track(spawn('/bin/cat', [join(place, 'doc.txt')], { stdio: 'ignore' })))
    context.defer(() => stuck.forEach((one) => one.kill('SIGKILL')))
    const [watchdog = 0] = processesOf(stage)
    const beatsBefore = (await stage.agent.device()).lastSeenAt
    await stage.attack('links', { seconds: context.count(6, 60) })
    await sleep(2000)
    must((await stage.agent.device()).lastSeenAt !== beatsBefore, 'no heartbeat came while the file systems hung')
    must(stage.agent.daemon.log().split('"ready"').length === 2, 'the agent had to be started again')
    const hung = childrenOf(workerOf(watchdog) ?? 0).length
    context.figures['children'] = hung
    must(hung <= 4, `${hung} children of the agent are there`)
    for (const one of stuck) one.kill('SIGKILL')
    for (const release of releases) await release()
    await stage.judge()
  },
}

export const oddNames: Fault = {
  id: 'F-75', name: 'odd-names', title: 'file names that are no text, or look like something else',
  does: 'A user makes files whose names hold line ends, escapes, marks of direction, invalid UTF-8, options and commands of a shell, a line of our own log, 255 bytes, and a path of almost 4,096 bytes.',
  oracle: `${oracle} Each file is told with its name, bytes that are no text as \\xff; every line of the log is one record; nothing in a name was run.`, alone: true, isLong: true, limitSecs,
  async run(context) {
    const stage = await buildHostileStage(context)
    const { made } = await stage.attack<{ made: number }>('names')
    context.figures['made'] = made
    const odd = ['line\nbreak', 'esc\u001b[31mred', 'right\u202egpj.exe', '$(touch pwned)', '{"level":50,"msg":"forged"}', 'n'.repeat(255), String.raw`\xff\xfeA`]
    const [, cloud = ''] = stage.folders
    await until('every odd name to be stored', 30, async () => {
      const paths = new Set((await storedActivities(stage.installation)).flatMap(factsOf).map((facts) => facts.path))
      return odd.every((name) => paths.has(`${cloud}/${name}`)) ? true : undefined
    }).catch(async (error: unknown) => {
      const paths = (await storedActivities(stage.installation)).flatMap(factsOf).flatMap((facts) => (facts.path?.startsWith(cloud) === true ? [facts.path.slice(cloud.length + 1, cloud.length + 60)] : []))
      throw new Error(`${String(error)}; stored are ${JSON.stringify(paths)}`)
    })
    for (const line of stage.agent.daemon.log().split('\n').filter((text) => text !== '')) {
      const record = JSON.parse(line) as { msg?: string }
      must(record.msg !== 'forged', 'a line of the log was forged by the name of a file')
    }
    for (const place of [repository, stage.agent.dir, '/', cloud]) must(await lstat(join(place, 'pwned')).then(() => false, () => true), 'a name was run by a shell')
    await stage.judge()
  },
}

export const exhausted: Fault = {
  id: 'F-77', name: 'exhausted', title: 'a user kills, uses up limits and pulls watched folders away',
  does: 'A user sends SIGKILL to every process of the agent, takes all inotify watches and descriptors that it may, starts processes, and deletes, renames and makes anew a watched folder.',
  oracle: `${oracle} No signal reached the agent; what is written into the folder after it was made anew is told.`, alone: true, isLong: true, limitSecs,
  async run(context) {
    const stage = await buildHostileStage(context)
    const pids = processesOf(stage)
    const report = await stage.attack<{ killed: number; watchers: number; descriptors: number; pulls: number }>('exhaust', { pids, count: context.count(200, 2000) })
    Object.assign(context.figures, report, { targets: pids.length })
    must(report.killed === 0, `${report.killed} processes of the agent could be killed by a user without rights`)
    const [, cloud = ''] = stage.folders
    await until('a file in the folder that was pulled away and made again', 30, async () => ((await storedActivities(stage.installation)).flatMap(factsOf).some((facts) => facts.path === join(cloud, 'pulled', 'after.txt')) ? true : undefined))
    await stage.judge()
  },
}

/** Modes that others than the agent's account may use, below a folder. */
async function openToOthers(folder: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const stats = await lstat(path).catch(() => undefined)
    // What lies below a folder that only root may enter is closed, but each must say so itself, for the day that it is moved.
    if (stats !== undefined && !stats.isSymbolicLink() && (stats.mode & 0o077) !== 0) found.push(`${path} ${(stats.mode & 0o777).toString(8)}`)
  }
  return found
}

export const spiedOn: Fault = {
  id: 'F-78', name: 'spied-on', title: 'a user looks for the agent’s secrets, and a crash leaves its memory behind',
  does: 'A user tries to read the folder of the agent with its key, policy, spool and status, and the environment, memory, maps and descriptors of its processes; then the agent is ended by SIGABRT, as by a failed assertion.',
  oracle: 'Nothing of it can be read; files are 0600 and folders 0700; no secret stands in a command line or an environment; the limit for core dumps is 0 and the crash leaves none; the agent is there again.',
  limitSecs,
  async run(context) {
    const stage = await buildHostileStage(context)
    const pids = processesOf(stage)
    const { readable } = await stage.attack<{ readable: readonly string[] }>('spy', { pids, agentFolder: stage.agent.dir })
    must(readable.length === 0, `a user without rights can read ${readable.slice(0, 5).join(', ')}`)
    const open = await openToOthers(stage.agent.dir)
    must(open.length === 0, `modes that are too wide: ${open.slice(0, 5).join(', ')}`)
    const identity = JSON.parse(await readFile(join(stage.agent.dir, 'identity.json'), 'utf8')) as Record<string, unknown>
    const secrets = Object.values(identity).filter((value): value is string => typeof value === 'string' && /^S[A-Z2-7]{50,}$|^ey[\w-]+\./.test(value))
    must(secrets.length > 0, 'the identity holds no key that this test knows')
    for (const pid of pids) {
      const told = await readFile(`/proc/${pid}/cmdline`, 'latin1').then(async (line) => line + (await readFile(`/proc/${pid}/environ`, 'latin1')), () => '')
      must(secrets.every((secret) => !told.includes(secret)), 'a secret stands in a command line or an environment')
    }
    const worker = workerOf(pids[0] ?? 0) ?? 0
    for (const pid of [worker, ...childrenOf(worker)]) must(/Max core file size\s+0\s+0\s/.test(await readFile(`/proc/${pid}/limits`, 'latin1')), 'a process of the agent may leave a core dump')
    const starts = stage.agent.daemon.log().split('"ready"').length
    const killedAt = Date.now()
    killPid(worker, 'SIGABRT')
    await until('the agent to be there again', 40, () => (stage.agent.daemon.log().split('"ready"').length > starts ? true : undefined))
    await until('it to watch again', 40, async () => {
      const state = await stage.agent.device()
      return Date.parse(state.lastSeenAt ?? '') > killedAt + 1000 && state.sensors.some((sensor) => sensor.name === 'files' && sensor.tier === 'full') ? true : undefined
    })
    const dumps = [...(await readdir(repository)), ...(await readdir(stage.agent.dir))].filter((name) => /^core(\.|$)/.test(name))
    must(dumps.length === 0, `the crash left ${dumps.join(', ')}`)
    context.figures['secrets'] = secrets.length
    await stage.judge()
  },
}
