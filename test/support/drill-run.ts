// A fire drill, as root in a mount namespace of its own: run by test/e2e/drill.test.ts under unshare.
//
// The folders of settings and of programs that the drill writes to are in memory here, so that it leaves the host alone.
import { execFile } from 'node:child_process'
import { mkdir, readdir, readlink, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { install } from './collector.ts'
import { lookAtDrill } from './drill-pictures.ts'
import { agentMain, runCommand, startDaemon, until } from './processes.ts'
import { applyPolicies, runAgent, watch } from './real-agent.ts'

const run = promisify(execFile)
const SHADOWED = ['/etc/cron.d', '/usr/local/bin']

// Started by hand it would hide those folders from the whole machine, and leave them hidden.
if ((await readlink('/proc/self/ns/mnt')) === (await readlink(`/proc/${process.ppid}/ns/mnt`))) throw new Error('run this under `unshare --mount --propagation private`, as test/e2e/drill.test.ts does')

const installation = await install()
try {
  await run('chmod', ['711', installation.folder])
  for (const folder of SHADOWED) await run('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', folder])
  const [roots, media] = [join(installation.folder, 'work'), join(installation.folder, 'media')]
  await mkdir(roots, { mode: 0o755 })
  await mkdir(media, { mode: 0o755 })
  await applyPolicies(installation)
  await watch(installation, { roots: [roots], removableRoots: [media] })
  const dir = await installation.enrolAgent('agent')
  const agent = await runAgent(installation, dir)
  const { client } = installation
  const before = await client.get('/api/v1/devices?drill=never')
  const drilled = async (...args: string[]) => runCommand(agentMain, ['drill', '--dir', dir, '--timeout', '40', ...args])
  const whole = await drilled('--json')
  const detail = async (signals: number) => until('the drill at the collector', 20, async () => {
    const device = await client.get<{ drill: { state: string }; lastDrill?: { signals: readonly unknown[] } }>(`/api/v1/devices/${agent.deviceId}`)
    return device.lastDrill?.signals.length === signals ? device : undefined
  })
  const device = await detail(6)
  const page = await lookAtDrill(installation, agent.deviceId, 'drill')
  // Killed half way: the next one takes away what it left, and is a drill as any other.
  const killed = startDaemon(agentMain, ['drill', '--dir', dir, '--timeout', '40'])
  await until('the second drill to have put something there', 20, async () => ((await readdir(media)).length > 0 ? true : undefined))
  await killed.stop('SIGKILL')
  const abandoned = await readdir(media)
  const afterKill = startDaemon(agentMain, ['drill', '--dir', dir, '--timeout', '40'])
  await until('the third drill to have put something there', 20, async () => ((await readdir(media)).some((name) => !abandoned.includes(name)) ? true : undefined))
  // Ctrl-C: everything is taken back before it ends.
  await afterKill.stop('SIGINT')
  const interrupted = { code: afterKill.child.exitCode, left: await readdir(media) }
  const words = await drilled('--signal', 'file_renamed', '--signal', 'application_installed')
  await detail(2)
  // What a person does beside a drill, under a name that looks like one, counts for that person all the same.
  await writeFile(join(roots, 'holdfast-drill-0123456789abcdef-00.txt'), 'a list of customers')
  await until('the file of the person', 20, async () => ((await client.get<{ items: readonly { summary: string; drill?: boolean }[] }>('/api/v1/activities?limit=500')).items.some(({ summary }) => summary.includes('0123456789abcdef')) ? true : undefined))
  await rm(join(roots, 'holdfast-drill-0123456789abcdef-00.txt'))
  const [alerts, activities, audit, line] = await Promise.all([client.get('/api/v1/alerts'), client.get('/api/v1/activities?limit=500'), client.get('/api/v1/audit?action=device.drilled'), installation.holdfast('device', 'drill', agent.deviceId)])
  const left = [...await readdir(roots), ...await readdir(media), ...(await Promise.all(SHADOWED.map((folder) => readdir(folder)))).flat()]
  await agent.stop()
  process.stdout.write(`${JSON.stringify({ code: whole.code, report: JSON.parse(whole.stdout || 'null') as unknown, error: whole.stderr, words: { code: words.code, out: words.stdout }, before, device, page, abandoned, interrupted, alerts, activities, audit, line, left })}\n`)
} finally {
  await installation.close()
}
process.exit(0)
