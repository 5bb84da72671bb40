// A newcomer's way: the commands of the README, as they stand there, with two data folders and two processes.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, signIn } from '../../scripts/demo-run/client.ts'
import { end, track } from '../support/own-processes.ts'
import { repository, until } from '../support/processes.ts'

/** What the README writes for a real installation, and what stands for it here. */
let replace: readonly (readonly [string | RegExp, string])[]
let folder: string
let commands: readonly string[]
const daemons: ChildProcess[] = []

const shellBlocks = (text: string): readonly string[] => [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => (block ?? '').split('\n')).map((line) => line.replace(/\s+#.*$/, '').trim()).filter((line) => line !== '')
/** The command of the README that begins so. */
function command(beginning: string): string {
  const found = commands.find((line) => line.startsWith(beginning))
  if (found === undefined) throw new Error(`the README has no command that begins with "${beginning}"; it has\n${commands.join('\n')}`)
  return replace.reduce((text, [from, to]) => text.replaceAll(from, to), found)
}

function start(text: string): { readonly child: ChildProcess; readonly out: () => string; readonly err: () => string } {
  // The checkout's own pnpm scripts; the shell that a person has.
  const child = track(spawn('/bin/sh', ['-c', text], { cwd: repository, env: { ...process.env, PATH: `${join(repository, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` }, stdio: ['ignore', 'pipe', 'pipe'] }))
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return { child, out: () => out, err: () => err }
}
async function run(text: string): Promise<string> {
  const { child, out, err } = start(text)
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${text}\nended with ${code}: ${err()}`)
  return `${out()}\n${err()}`
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-readme-'))
  commands = shellBlocks(await readFile(join(repository, 'README.md'), 'utf8'))
  // `exec` makes the process id that of the program, so that it can be ended by it; ports of one machine are shared.
  replace = [[/\/var\/lib\/holdfast(?=[\s/]|$)/g, join(folder, 'collector')], [/\/var\/lib\/holdfast-agent/g, join(folder, 'agent')], ['data-leaks.yaml', join(folder, 'data-leaks.yaml')]]
})
afterAll(async () => {
  for (const child of daemons.toReversed()) await end(child, 'SIGTERM')
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

describe('the README', () => {
  it('brings up a collector, a policy, and a device that runs it, word for word', async () => {
    const initialised = await run(command('pnpm -s holdfast init'))
    const setupCode = /Set-up code: (\S+)/.exec(initialised)?.[1] ?? ''
    expect(setupCode).not.toBe('')

    const collector = start(`exec ${command('pnpm -s holdfast serve')} --http-host 127.0.0.1 --http-port 0 --bus-port 0`)
    daemons.push(collector.child)
    const { url } = await until('the collector to be ready', 60, () => {
      if (collector.child.exitCode !== null) throw new Error(`serve ended: ${collector.err()}`)
      const line = collector.out().split('\n').find((text) => text.startsWith('{"ready"'))
      return line === undefined ? undefined : (JSON.parse(line) as { url: string })
    })
    const ca = await readFile(join(folder, 'collector', 'ca', 'ca.pem'), 'utf8')
    const client: Client = await signIn({ url, ca, setupCode, name: 'admin', password: 'correct horse battery staple' })

    await run(command('printf'))
    expect(await run(command('pnpm -s holdfast policy preview'))).toContain('0 activities')
    expect(await run(command('pnpm -s holdfast policy apply'))).toContain('Data leaks is on')

    const made = await run(command('pnpm -s holdfast enrolment-code create'))
    const code = /HF1-\S+/.exec(made)?.[0] ?? ''
    expect(made).toContain('holdfast-agent enrol --collector')
    await run(command('pnpm -s holdfast-agent enrol').replace('https://collector.example:8443', url).replace('HF1-…', code))
    const agent = start(`exec ${command('pnpm -s holdfast-agent run')}`)
    daemons.push(agent.child)

    const device = await until('the device to run the wanted policy', 60, async () => {
      const { items } = await client.get<{ items: { health: string; policy: { state: string; runningVersion: number }; tiers: { full: number; degraded: number; blind: number } }[] }>('/api/v1/devices')
      return items[0]?.policy.state === 'current' ? items[0] : undefined
    })
    expect(device.policy.runningVersion).toBeGreaterThan(0)
    expect(device.tiers.full + device.tiers.degraded).toBeGreaterThan(0)

    const dir = join(folder, 'agent')
    expect(await run(`pnpm -s holdfast-agent status --dir ${dir}`)).toMatch(/files/)
    expect(await run(`pnpm -s holdfast-agent what-is-collected --dir ${dir}`)).toMatch(/copied/)
    // What is wrong is said with how to mend it; an exit code of its own is no failure of the command.
    expect(await run(`pnpm -s holdfast-agent doctor --dir ${dir} || true`)).not.toMatch(/\n\s+at /)
    expect(await run(`pnpm -s holdfast audit verify --dir ${join(folder, 'collector')}`)).toContain('The chain is whole')
  })
})
