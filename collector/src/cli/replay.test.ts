import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Ended, runHoldfast } from '../testing/command-line.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/reference/replay.md'), 'utf8')

/** The example's file of this name, as it stands on the page. */
const documented = (name: string): string => new RegExp(`\`${name.replaceAll('.', '\\.')}\`:\\n\\n\`\`\`\\w+\\n([^\`]*)\`\`\``).exec(page)?.[1] ?? ''
const answer = /gives one line[^\n]*\n\n```json\n([^`]*)```/.exec(page)?.[1] ?? ''

describe('holdfast replay', { timeout: 30_000 }, () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-replay-'))
    for (const name of ['activities.jsonl', 'people.csv', 'hr.csv', 'policies.yaml']) await writeFile(join(folder, name), documented(name))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const replay = (args: readonly string[], input = ''): Promise<Ended> => runHoldfast(folder, ['replay', ...args], input)
  const files = ['--activities', 'activities.jsonl', '--policies', 'policies.yaml']

  test('gives what the page says for the example on the page', async () => {
    const { code, stdout, stderr } = await replay([...files, '--people', 'people.csv', '--hr', 'hr.csv', '--json'])
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n').length).toBe(1)
    expect(JSON.parse(stdout)).toEqual(JSON.parse(answer))
    expect(stderr).toContain('1 triggering event was read')
  })
  test('gives the same bytes for the lines in any order, from a file or from standard input', async () => {
    const lines = documented('activities.jsonl').trim().split('\n')
    const first = await replay([...files, '--json', '--people', 'people.csv'])
    const second = await replay(['--activities', '-', '--policies', 'policies.yaml', '--json', '--people', 'people.csv'], lines.toReversed().join('\r\n'))
    expect(second.stdout).toBe(first.stdout)
    expect(second.code).toBe(0)
  })
  test('prints a table for people', async () => {
    const { stdout } = await replay([...files, '--people', 'people.csv'])
    expect(stdout).toMatch(/^SEVERITY\s+SCORE\s+USER\s+POLICY\s+WHY\nmedium\s+43\s+k\.haas\s+Data leaks\s+Copied/)
  })
  test('names each bad line, scores nothing and ends with 2', async () => {
    await writeFile(join(folder, 'activities.jsonl'), `${documented('activities.jsonl')}{"device":"d"\n\n{"device":"d","occured_at":1}\n`)
    const { code, stdout, stderr } = await replay([...files, '--people', 'people.csv', '--json'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^activities\.jsonl:5: is not JSON/m)
    expect(stderr).toMatch(/^activities\.jsonl:7: occured_at is not known; the nearest field is "occurredAt"$/m)
    const skipped = await replay([...files, '--people', 'people.csv', '--json', '--skip-bad'])
    expect([skipped.code, JSON.parse(skipped.stdout)]).toEqual([0, JSON.parse(answer)])
    expect(skipped.stderr).toContain('2 bad lines left out')
  })
  test('a bad policy, person or HR event is named by file and line, and a bad policy is never left out', async () => {
    await writeFile(join(folder, 'policies.yaml'), 'name: A\ntemplate: data_leak\n')
    await writeFile(join(folder, 'people.csv'), 'user,acount\n')
    await writeFile(join(folder, 'hr.csv'), 'user,kind,date\na,resigned,2026-01-01\n')
    const { code, stdout, stderr } = await replay([...files, '--people', 'people.csv', '--hr', 'hr.csv', '--skip-bad'])
    expect([code, stdout]).toEqual([2, ''])
    for (const line of ['policies.yaml:2: /template there is no template "data_leak"; the nearest is "data_leaks"', 'people.csv:1: the column "acount" is not known; the nearest is "account"', 'hr.csv:2: there is no kind "resigned"; the nearest is "resignation"']) expect(stderr).toContain(line)
  })
  test('a thousand bad lines are counted and not all written out', async () => {
    await writeFile(join(folder, 'activities.jsonl'), 'x\n'.repeat(1000))
    const { code, stderr } = await replay(files)
    expect(code).toBe(2)
    expect(stderr.split('\n').length).toBeLessThan(60)
    expect(stderr).toContain('and 950 more')
  })
  test.each([
    [['--activities', 'activities.jsonl'], '--policies'], [['--policies', 'policies.yaml'], '--activities'], [['--activities', 'none.jsonl', '--policies', 'policies.yaml'], 'none.jsonl'], [['--activities', '.', '--policies', 'policies.yaml'], 'cannot be read'],
    [['--activities', '-', '--policies', '-'], 'one file only'], [[...files, '--now', 'yesterday'], '--now'], [[...files, '--format', 'x'], '--format'],
  ])('wrong use ends with 2 and says why: %j', async (args, word) => {
    const { code, stdout, stderr } = await replay(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(word)
  })
})
