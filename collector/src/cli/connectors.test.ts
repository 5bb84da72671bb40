import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConnectorView, ImportView } from '../http/contract.ts'

const MAIN = join(import.meta.dirname, '../main.ts')

let folder: string
interface Outcome { readonly code: number; readonly stdout: string; readonly stderr: string }
const holdfast = (...args: readonly string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args, '--dir', join(folder, 'd')], { env: { ...process.env, INIT_CWD: folder }, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, stdout, stderr }))
  })
const withInput = (input: string, ...args: readonly string[]): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args, '--dir', join(folder, 'd')], { env: { ...process.env, INIT_CWD: folder } })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }))
    child.stdin.end(input)
  })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-connectors-'))
  await writeFile(join(folder, 'hr.csv'), 'Wer;Kündigung;Letzter Tag\nmara@example.com;02.02.2026;31.03.2026\n')
  await writeFile(join(folder, 'hr.yaml'), 'columns: { user: Wer, resignationDate: Kündigung }\ndateOrder: dmy\nscenario: resignation\n')
  await writeFile(join(folder, 'bad.csv'), 'EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com,someday,\n')
  await holdfast('init')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('holdfast without a collector that runs', () => {
  test('tries a file and imports it, by a mapping and a column', async () => {
    const args = ['hr', 'import', 'hr.csv', '--mapping', 'hr.yaml', '--column', 'lastWorkingDate=Letzter Tag', '--json']
    const dry = JSON.parse((await holdfast(...args, '--dry-run')).stdout) as ImportView
    expect(dry).toMatchObject({ dryRun: true, totals: { usersCreated: 1, triggers: 2 } })
    const { stdout, code } = await holdfast(...args)
    expect([code, (JSON.parse(stdout) as ImportView).totals]).toEqual([0, dry.totals])
    expect((JSON.parse((await holdfast('connector', 'list', '--json')).stdout) as { items: ConnectorView[] }).items.find((row) => row.id === 'hr')).toMatchObject({ state: 'working', lastRun: { triggers: 2 } })
  })
  test('names the line of what is wrong, and ends with 2', async () => {
    const { code, stderr, stdout } = await holdfast('hr', 'import', 'bad.csv')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('bad.csv:2: ResignationDate is no time such as 2026-03-02T09:14:00Z\n')
  })
  test('reads standard input', async () => {
    const { code, stderr } = await withInput('[{"UserId":"mara@example.com","AssetId":"d1","EventTime":"2026-03-02T08:00:00Z","AccessStatus":"Success"}]', 'import', 'badging', '-')
    expect([code, stderr]).toEqual([0, 'Imported: 1 row, 1 activity.\n'])
  })
  test.each([[['hr', 'import', 'none.csv'], 2], [['hr', 'import', 'hr.csv', '--mapping', 'none.yaml'], 2], [['hr', 'import', 'hr.csv', '--column', 'user'], 2], [['directory', 'import', 'bad.csv', '--format', 'xml'], 2], [['connector', 'runs', 'none'], 5]] as const)('%j ends with %i and says why', async (args, code) => {
    const outcome = await holdfast(...args)
    expect([outcome.code, outcome.stderr.length > 0]).toEqual([code, true])
  })
})
