// The demo shows the main job, and leaves the host as it found it.
import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { readdir, readFile, readlink, lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { commandLine, track } from '../support/own-processes.ts'
import { repository } from '../support/processes.ts'

interface Summary {
  readonly activities: number
  readonly alerts: readonly { readonly policy: string; readonly template: string; readonly severity: string; readonly score: number; readonly reasons: readonly { readonly code: string; readonly points: number; readonly reason: string }[] }[]
  readonly latencyMsP95: number
  readonly copies: number
  readonly lost: number
  readonly leftOut: readonly string[]
}

/** Every file under a folder, by kind, mode, owner, size and content. */
async function fingerprint(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name)
    const facts = await lstat(path)
    const content = facts.isFile() ? createHash('sha256').update(await readFile(path)).digest('hex') : facts.isSymbolicLink() ? await readlink(path) : ''
    found.set(path, [facts.mode, facts.uid, facts.gid, facts.isDirectory() ? '' : facts.size, content].join(' '))
  }
  return found
}
const differences = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] => [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key))

const mounts = (): readonly string[] => readFileSync('/proc/self/mountinfo', 'utf8').split('\n').map((line) => line.split(' ').slice(3).join(' ')).toSorted()
const loops = (): readonly string[] => readdirSync('/sys/block').filter((name) => name.startsWith('loop')).filter((name) => readdirSync(`/sys/block/${name}`).includes('loop')).map((name) => `${name} ${readFileSync(`/sys/block/${name}/loop/backing_file`, 'utf8').trim()}`).toSorted()
const packages = (): string => createHash('sha256').update(readFileSync('/var/lib/dpkg/status')).digest('hex')
const ours = (): readonly string[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => commandLine(Number(pid))).filter((line) => line.includes('holdfast-demo-'))

describe('scripts/demo --once', () => {
  let summary: Summary
  let exit: number | null
  const before: { mounts: readonly string[]; loops: readonly string[]; etc: ReadonlyMap<string, string>; packages: string } = { mounts: [], loops: [], etc: new Map(), packages: '' }
  const onDebian = readdirSync('/var/lib').includes('dpkg')

  beforeAll(async () => {
    Object.assign(before, { mounts: mounts(), loops: loops(), etc: await fingerprint('/etc'), packages: onDebian ? packages() : '' })
    const child = track(spawn(join(repository, 'scripts/demo'), ['--once'], { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] }))
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number | null]
    exit = code
    if (code !== 0) throw new Error(`the demo ended with ${code}: ${err.slice(-4000)}`)
    summary = JSON.parse(out.trim().split('\n').at(-1) ?? '') as Summary
  }, 300_000)

  it('ends well, with a summary on its last line and nothing lost', () => {
    expect(exit).toBe(0)
    expect(summary).toMatchObject({ lost: 0 })
    expect(summary.activities).toBeGreaterThan(summary.copies)
    expect(summary.copies).toBeGreaterThanOrEqual(50)
    expect(summary.latencyMsP95).toBeGreaterThan(0)
  })

  it('has an alert about the copies, and as root one about what was switched off, each with reasons that add up', () => {
    const templates = summary.alerts.map((alert) => alert.template)
    expect(templates).toContain('data_leaks')
    // Without root, or where no firewall can be had, the demo says what it left out.
    expect(templates.includes('security_policy_violations') || summary.leftOut.length > 0).toBe(true)
    for (const alert of summary.alerts) {
      expect(alert.reasons.reduce((sum, reason) => sum + reason.points, 0)).toBe(alert.score)
      expect(alert.reasons.every((reason) => reason.reason.length > 10)).toBe(true)
    }
  })

  it('leaves mounts, loop devices, settings, packages and processes as they were', async () => {
    expect(mounts()).toEqual(before.mounts)
    expect(loops()).toEqual(before.loops)
    expect(differences(before.etc, await fingerprint('/etc'))).toEqual([])
    expect(onDebian ? packages() : '').toBe(before.packages)
    expect(ours()).toEqual([])
  })
})
