// A fire drill on a real agent: real acts as root, through the real broker to a real collector and back, with measured times.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DrillPage } from '../support/drill-pictures.ts'
import { track } from '../support/own-processes.ts'
import { repository } from '../support/processes.ts'

interface Signal {
  readonly kind: string
  readonly outcome: string
  readonly reason: string
  readonly indicators: readonly string[]
  readonly durableMs?: number
  readonly storedMs?: number
  readonly scoredMs?: number
  readonly alertedMs?: number
}

interface Run {
  readonly code: number
  readonly report: { readonly id: string; readonly outcome: string; readonly startedAtMs: number; readonly endedAtMs: number; readonly signals: readonly Signal[] } | null
  readonly error: string
  readonly words: { readonly code: number; readonly out: string }
  readonly before: { readonly items: readonly unknown[] }
  readonly device: { readonly drill: { readonly state: string }; readonly lastDrill: { readonly id: string; readonly state: string; readonly signals: readonly (Signal & { readonly confirmed: boolean; readonly alert?: { readonly policy: string; readonly score: number } })[] } }
  readonly page: DrillPage
  readonly abandoned: readonly string[]
  readonly interrupted: { readonly code: number; readonly left: readonly string[] }
  readonly alerts: { readonly items: readonly unknown[] }
  readonly activities: { readonly items: readonly { readonly kind: string; readonly summary: string; readonly account?: string; readonly user: { readonly id: string } }[] }
  readonly audit: { readonly items: readonly { readonly detail: { readonly outcome: string } }[] }
  readonly line: string
  readonly left: readonly string[]
}

const KINDS = ['application_installed', 'archive_created', 'file_copied', 'file_renamed', 'removable_media_mounted', 'security_feature_changed']

describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('a fire drill, as root', () => {
  let run: Run
  beforeAll(async () => {
    // A mount namespace of its own: the stick and the shadowed folders of the host end with it.
    const child = track(spawn('unshare', ['-m', '--propagation', 'private', '--', process.execPath, join(repository, 'test/support/drill-run.ts')], { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] }))
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number | null]
    if (code !== 0) throw new Error(`ended with ${code}: ${err.slice(-5000)}`)
    run = JSON.parse(out.trim().split('\n').at(-1) ?? '') as Run
  }, 170_000)

  it('passes when every signal arrives, and its exit code says so', () => {
    expect({ code: run.code, outcome: run.report?.outcome, open: run.report?.signals.filter(({ reason }) => reason !== ''), error: run.report === null ? run.error : '' }).toEqual({ code: 0, outcome: 'passed', open: [], error: '' })
    expect(run.report?.signals.map(({ kind }) => kind).toSorted()).toEqual(KINDS)
  })

  it('measures each step of each signal, in the order in which the steps happen', () => {
    const took = (run.report?.endedAtMs ?? 0) - (run.report?.startedAtMs ?? 0)
    for (const { durableMs = -1, storedMs = -1, scoredMs = -1, indicators } of run.report?.signals ?? []) {
      expect(durableMs).toBeGreaterThanOrEqual(0)
      expect(storedMs).toBeGreaterThanOrEqual(durableMs)
      expect(scoredMs).toBeGreaterThanOrEqual(storedMs)
      expect(scoredMs).toBeLessThanOrEqual(took)
      expect(indicators.length).toBeGreaterThan(0)
    }
    const copied = run.report?.signals.find(({ kind }) => kind === 'file_copied')
    expect([copied?.outcome, (copied?.alertedMs ?? -1) >= (copied?.scoredMs ?? 0)]).toEqual(['alerted', true])
  })

  it('is known at the collector with the same figures, confirmed by what arrived there, and audited', () => {
    expect(run.before.items).toHaveLength(1)
    expect([run.device.drill.state, run.device.lastDrill.id]).toEqual(['passed', run.report?.id])
    for (const signal of run.device.lastDrill.signals) {
      expect(signal.confirmed).toBe(true)
      expect(signal.storedMs).toBe(run.report?.signals.find(({ kind }) => kind === signal.kind)?.storedMs)
    }
    expect(run.device.lastDrill.signals.find(({ kind }) => kind === 'file_copied')?.alert).toMatchObject({ policy: 'Data leaks' })
    expect(run.audit.items.map(({ detail }) => detail.outcome)).toEqual(['passed', 'stopped', 'passed'])
    expect(run.line).toMatch(/file_renamed\s+scored/)
  })

  it('counts for nobody: no alert, and its activities belong to an account of their own', () => {
    expect(run.alerts.items).toEqual([])
    const users = new Set(run.activities.items.filter(({ summary }) => /holdfast-drill-(?!0123456789abcdef)/.test(summary)).map(({ user }) => user.id))
    expect(users.size).toBe(1)
    const person = run.activities.items.find(({ summary }) => summary.includes('0123456789abcdef'))
    expect(person).toBeDefined()
    expect(users.has(person?.user.id ?? '')).toBe(false)
  })

  it('leaves nothing behind, also when it was killed half way and another one follows, or somebody ends it', () => {
    expect(run.abandoned).toHaveLength(1)
    expect(run.interrupted).toEqual({ code: 1, left: [] })
    expect(run.words.code).toBe(0)
    expect(run.words.out).toContain('Everything was taken back')
    expect(run.left).toEqual([])
  })

  it('shows its figures on the page of the device, in both colour schemes', () => {
    expect(run.page.rows).toHaveLength(KINDS.length)
    expect(run.page.rows.flat().join(' ')).toMatch(/Data leaks, score \d+/)
    for (const row of run.page.rows) expect(row[2]).toMatch(/^\d+\.\d\d s$/)
    expect(run.page.list).toMatch(/passed/)
    expect(run.page.violations).toEqual([])
  })
})
