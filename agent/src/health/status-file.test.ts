import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AgentStatus, createStatusWriter, readStatus, STALE_MS, statusPath } from './status-file.ts'

/** A busy machine may take its time. */
const eventually = <T>(probe: () => T | Promise<T>): Promise<T> => vi.waitFor(probe, { timeout: 10_000, interval: 5 })

const NOW = Date.UTC(2026, 10, 24)
const buildStatus = (change: Partial<AgentStatus> = {}): AgentStatus => ({
  format: 1, pid: process.pid, startedAt: new Date(NOW).toISOString(), updatedAt: new Date(NOW).toISOString(), agentVersion: '1', deviceId: 'd_1', group: 'default', organisation: 'acme', collectorUrl: 'https://c', elevated: true,
  uplink: { connected: true, server: 's', problem: '', published: 0, resent: 0 }, spool: { epoch: 'e', firstHeldSeq: 1, lastSeq: 0, ackedSeq: 0, bytes: 0, maxBytes: 1, dropped: 0, problem: '' },
  policy: { runningVersion: 0, runningHash: '', appliedAt: new Date(NOW).toISOString() }, sensors: [], usage: { rssBytes: 1, cpuMillis: 1 }, warnings: [], ...change,
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-status-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))
const write = (status: unknown): Promise<void> => writeFile(statusPath(folder), JSON.stringify(status))

describe('whoever reads a status', () => {
  it('learns that a process lives, hangs, has ended, or never was', async () => {
    expect((await readStatus(folder, NOW)).kind).toBe('never')
    await write(buildStatus())
    expect((await readStatus(folder, NOW + 1000)).kind).toBe('running')
    expect((await readStatus(folder, NOW + STALE_MS + 1)).kind).toBe('hung')
    const child = spawn(process.execPath, ['-e', '0'])
    await once(child, 'exit')
    await write(buildStatus({ pid: child.pid ?? 0 }))
    expect((await readStatus(folder, NOW)).kind).toBe('stopped')
  })

  it.each(['', '{', '[]', '{"format":2}', '{"format":1}'])('is not misled by %j', async (text) => {
    await writeFile(statusPath(folder), text)
    expect((await readStatus(folder, NOW)).kind).toBe('never')
  })
})

describe('the status of a running agent', () => {
  it('is for its account alone, follows a change at once, and ends with the agent', async () => {
    let version = 1
    const ending = new AbortController()
    const writer = createStatusWriter(folder, () => buildStatus({ policy: { runningVersion: version, runningHash: '', appliedAt: '' } }), (error) => expect.unreachable(String(error)))
    const done = writer.run(ending.signal)
    const seen = async (): Promise<number> => (JSON.parse(await readFile(statusPath(folder), 'utf8')) as AgentStatus).policy.runningVersion
    await eventually(async () => expect(await seen()).toBe(1))
    expect((await stat(statusPath(folder))).mode & 0o777).toBe(0o600)
    version = 2
    writer.touch()
    await eventually(async () => expect(await seen()).toBe(2))
    ending.abort()
    await done
    expect(await seen()).toBe(2)
  })
})
