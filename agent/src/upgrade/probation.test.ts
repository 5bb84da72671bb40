import { execFile } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { watchProbation } from '../cli/upgrade.ts'
import { type AgentStatus, statusPath } from '../health/status-file.ts'
import { type Probation, readProbation, readResult, shortcoming, writeProbation } from './probation.ts'

const run = promisify(execFile)
const LAUNCH = join(import.meta.dirname, '../../../deploy/packages/agent/launch')
let home: string
let folder: string

const probation = (change: Partial<Probation> = {}): Probation => ({ from: '1.0.0', to: '2.0.0', untilMs: Date.now() + 60_000, connected: true, blind: 0, policyVersion: 7, ...change })
const status = (change: { readonly agentVersion?: string; readonly connected?: boolean; readonly tier?: 'full' | 'blind'; readonly policy?: number; readonly problem?: string } = {}): AgentStatus => {
  const now = new Date().toISOString()
  return {
    format: 1, pid: process.pid, startedAt: now, updatedAt: now, agentVersion: change.agentVersion ?? '2.0.0', deviceId: 'd', group: 'g', organisation: 'o', collectorUrl: 'https://c', elevated: true,
    uplink: { connected: change.connected ?? true, server: '', problem: '', published: 0, resent: 0 },
    spool: { epoch: '', firstHeldSeq: 1, lastSeq: 1, ackedSeq: 1, bytes: 1, maxBytes: 2, dropped: 0, problem: change.problem ?? '' },
    policy: { runningVersion: change.policy ?? 7, runningHash: '', appliedAt: now },
    sensors: [{ name: 'files', summary: '', restarts: 0, tier: change.tier ?? 'full', reason: '', fix: '', emitted: 0, watches: 0 }], usage: { rssBytes: 0, cpuMillis: 0 }, warnings: [],
  }
}
const say = (what: AgentStatus): Promise<void> => writeFile(statusPath(folder), JSON.stringify(what))
const current = (): Promise<string> => readlink(join(home, 'current'))
/** As the service does before each start. */
const starting = async (): Promise<void> => void (await run(join(home, 'launch'), ['starting'], { env: { ...process.env, HOLDFAST_AGENT_DIR: folder } }))

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'holdfast-home-'))
  folder = await mkdtemp(join(tmpdir(), 'holdfast-state-'))
  for (const version of ['1.0.0', '2.0.0']) {
    for (const file of ['bin/node', 'agent/src/main.js']) {
      await mkdir(join(home, 'versions', version, file, '..'), { recursive: true })
      await writeFile(join(home, 'versions', version, file), '#!/bin/sh\n', { mode: 0o755 })
    }
  }
  await symlink('versions/2.0.0', join(home, 'current'))
  await copyFile(LAUNCH, join(home, 'launch'))
  await chmod(join(home, 'launch'), 0o755)
})
afterEach(async () => {
  await rm(home, { recursive: true })
  await rm(folder, { recursive: true })
})

describe('a version on probation', () => {
  it('is written so that it reads back, and a file that says nothing is none', async () => {
    const wanted = probation({ untilMs: 1_800_000_000_000, connected: false, blind: 2 })
    await writeProbation(folder, wanted)
    expect(await readProbation(folder)).toEqual(wanted)
    await writeFile(join(folder, 'upgrade/probation'), 'from=../..\nto=2.0.0\nuntil=1\n')
    expect(await readProbation(folder)).toBeUndefined()
  })

  it.each([
    ['not running', undefined, {}], ['another version runs', status({ agentVersion: '1.0.0' }), {}], ['spool', status({ problem: 'SPOOL_IO' }), {}], ['policy', status({ policy: 6 }), {}], ['sensors', status({ tier: 'blind' }), {}], ['not connected', status({ connected: false }), {}],
    [undefined, status(), {}], [undefined, status({ connected: false }), { connected: false }], [undefined, status({ tier: 'blind' }), { blind: 1 }],
  ] as const)('has the shortcoming "%s"', (wanted, found, change) => {
    expect(shortcoming(found, probation(change))).toBe(wanted)
  })

  it('is confirmed once it was well for long enough, and older versions go', async () => {
    await mkdir(join(home, 'versions/0.9.0'))
    await writeProbation(folder, probation())
    await say(status())
    expect(await watchProbation(home, folder, { steadyMs: 1 })).toMatchObject({ result: 'confirmed', to: '2.0.0' })
    expect([await current(), await readProbation(folder)]).toEqual(['versions/2.0.0', undefined])
    expect((await readResult(folder))?.result).toBe('confirmed')
    await expect(readFile(join(home, 'versions/0.9.0'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('is gone back from at its end, with the reason', async () => {
    await writeProbation(folder, probation({ untilMs: Date.now() - 1000 }))
    expect(await watchProbation(home, folder, { steadyMs: 60_000 })).toMatchObject({ result: 'returned', reason: 'not running' })
    expect([await current(), await readProbation(folder)]).toEqual(['versions/1.0.0', undefined])
  })
})

describe.runIf(process.platform === 'linux')('the launcher, where nobody watches', () => {
  it('goes back at the fourth start', async () => {
    await writeProbation(folder, probation())
    for (let start = 1; start <= 3; start += 1) await starting()
    expect([await current(), (await readProbation(folder))?.to]).toEqual(['versions/2.0.0', '2.0.0'])
    await starting()
    expect([await current(), await readProbation(folder)]).toEqual(['versions/1.0.0', undefined])
    expect(await readResult(folder)).toMatchObject({ result: 'returned', from: '1.0.0', to: '2.0.0', reason: 'restarts' })
    // The watcher that comes late finds the verdict.
    expect(await watchProbation(home, folder)).toMatchObject({ result: 'returned' })
  })

  const expire = async (): Promise<void> => {
    const path = join(folder, 'upgrade/probation')
    await writeFile(path, (await readFile(path, 'utf8')).replace(/^until=.*$/m, 'until=1').replace(/^starts=.*$/m, 'starts=1'))
  }

  it('gives a version that never ran its time from the first start on', async () => {
    await writeProbation(folder, probation({ untilMs: Date.now() - 86_400_000 }))
    await starting()
    expect(await current()).toBe('versions/2.0.0')
    expect((await readProbation(folder))?.untilMs).toBeGreaterThan(Date.now())
  })

  it('goes back at a later start after the end', async () => {
    await writeProbation(folder, probation())
    await expire()
    await starting()
    expect(await readResult(folder)).toMatchObject({ result: 'returned', reason: 'timeout' })
    expect(await current()).toBe('versions/1.0.0')
  })

  it('stays where there is no version to go back to, and runs nothing that the file says', async () => {
    await writeProbation(folder, probation())
    await expire()
    const path = join(folder, 'upgrade/probation')
    await writeFile(path, (await readFile(path, 'utf8')).replace('from=1.0.0', `from=$(touch ${join(folder, 'owned')})`))
    await starting()
    expect(await current()).toBe('versions/2.0.0')
    await expect(readFile(join(folder, 'owned'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
