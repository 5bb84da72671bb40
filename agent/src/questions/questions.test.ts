import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { wire } from '@holdfast/proto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createInspector, type Inspector } from '../enrich/inspector.ts'
import { createMemory } from '../runner/memory.ts'
import { saveState } from '../sensors/durable-state.ts'
import { type Answerer, type AskedQuestion, createAnswerer, parseAsked } from './answerer.ts'
import { compileName, type FileHashDeps, hashFiles, MAX_FILES } from './file-hashes.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
let folder: string
let work: string
let inspector: Inspector
let at = 0

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-questions-')))
  chmodSync(folder, 0o755)
  work = join(folder, 'home/work')
  mkdirSync(join(work, '.ssh'), { recursive: true })
  mkdirSync(join(folder, 'secret'))
  writeFileSync(join(work, 'plan.txt'), 'the plan')
  writeFileSync(join(work, 'note.md'), 'a note')
  writeFileSync(join(work, '.ssh/id'), 'key')
  writeFileSync(join(folder, 'secret/x.txt'), 'secret')
  symlinkSync(join(folder, 'secret/x.txt'), join(work, 'linked.txt'))
  symlinkSync(join(folder, 'secret'), join(work, 'door'))
  inspector = createInspector({ log: quiet })
})
afterAll(() => {
  inspector.close()
  rmSync(folder, { recursive: true, force: true })
})

const policy = (): wire.AgentPolicy.$Properties => ({ files: { enabled: true, roots: ['~'], excludes: ['**/.ssh/**'] } })
const deps = (over: Partial<FileHashDeps> = {}): FileHashDeps => ({ enrichment: inspector, policy: policy(), accounts: [{ name: 'a', uid: 1000, home: join(folder, 'home') }], own: [join(folder, 'home/agent')], steady: () => 0, ...over })
const hashes = (name: string, where = work, over: Partial<FileHashDeps> = {}) => hashFiles({ folder: where, name }, deps(over))

describe('hashes of files', () => {
  test('are told of files of that name in a watched folder, with the rights of their owner and without a link', async () => {
    const sha256 = createHash('sha256').update('the plan').digest('hex')
    expect(await hashes('*.txt')).toMatchObject({ cut: false, files: [{ path: join(work, 'plan.txt'), sizeBytes: 8, sha256, state: 'stable' }] })
    expect(JSON.stringify(await hashes('*'))).not.toContain('the plan')
    expect(await hashes('plan')).toEqual({ cut: false, files: [] })
  })
  test.each([
    ['/etc', 'folder_not_watched'], ['/', 'folder_invalid'], ['home/work', 'folder_invalid'], ['../etc', 'folder_invalid'], ['', 'folder_invalid'], [`/${'x'.repeat(2000)}`, 'folder_invalid'],
  ])('are not told of %s', async (where, code) => {
    expect(await hashes('*', where)).toBe(code)
  })
  test('are not told of a way around: up, a double slash, NUL, a link, an excluded folder, the agent’s own, a sibling that begins alike', async () => {
    mkdirSync(join(folder, 'home/agent'), { recursive: true })
    mkdirSync(join(folder, 'homes'), { recursive: true })
    expect(await Promise.all([hashes('*', `${work}/../../secret`), hashes('*', `${work}//.`), hashes('*', `${work}\0`), hashes('*', join(work, 'door')), hashes('*', join(work, '.ssh')), hashes('*', join(folder, 'home/agent')), hashes('*', join(folder, 'homes')), hashes('*', join(work, 'none'))]))
      .toEqual(['folder_invalid', 'folder_invalid', 'folder_invalid', 'folder_not_watched', 'folder_excluded', 'folder_excluded', 'folder_not_watched', 'folder_gone'])
  })
  test('are not told where the policy watches no files', async () => {
    expect(await hashes('*', work, { policy: { files: { enabled: false, roots: ['~'] } } })).toBe('folder_not_watched')
    expect(await hashes('*', '/etc', { policy: { files: { enabled: true, roots: ['/'] } } })).toBe('folder_not_watched')
  })
  test('stop at a thousand files and at five seconds, and say so', async () => {
    const listing = { files: Array.from({ length: MAX_FILES + 5 }, (_, index) => ({ path: join(work, `f${index}`), sizeBytes: 1, mtimeMs: 1, ctimeMs: 1, birthtimeMs: 1 })), folders: [], cut: false }
    const inspect = async (path: string) => ({ ...(await inspector.inspect(join(work, 'note.md'), { hashLimitBytes: 1 })), path })
    expect(await hashes('*', work, { enrichment: { list: async () => listing, inspect } })).toMatchObject({ cut: true, files: { length: MAX_FILES } })
    let ms = 0
    expect(await hashes('*', work, { enrichment: { list: async () => listing, inspect }, steady: () => (ms += 1000) })).toMatchObject({ cut: true, files: { length: 5 } })
  })
  test.each(['', '.', '..', 'a/b', '../*', 'a?', '[ab]', '{a,b}', 'a\\b', 'a\0b', '*'.repeat(4), 'x'.repeat(129)])('refuse the name %j', async (name) => {
    expect(await hashes(name)).toBe('name_invalid')
  })
  test('find names by stars alone, however the name tries to be slow', () => {
    const found = (pattern: string, names: readonly string[]) => names.filter((name) => compileName(pattern)?.(name))
    expect(found('a*b', ['ab', 'axxb', 'a', 'b', 'abx'])).toEqual(['ab', 'axxb'])
    expect(found('*a*b*', ['ab', 'xaxbx', 'ba', 'xb'])).toEqual(['ab', 'xaxbx'])
    expect(found('a*a', ['a', 'aa', 'aba'])).toEqual(['aa', 'aba'])
    expect(found('*.(+)', ['x.(+)', 'x.'])).toEqual(['x.(+)'])
    expect(compileName('*a*a*')?.('a'.repeat(100_000))).toBe(true)
  })
})

describe('the closed list', () => {
  let told: readonly AskedQuestion[]
  let answerer: Answerer
  const open = (over: Partial<Parameters<typeof createAnswerer>[0]> = {}) => createAnswerer({
    platform: { accounts: async () => deps().accounts, mounts: async () => [{ id: 1, mountPoint: '/media/s', root: '/', source: '//user:pw@nas/share', fileSystem: 'cifs', device: '0:1', options: 'ro,relatime' }] },
    enrichment: inspector, policy: () => ({ ...policy(), securityFeatures: { enabled: true }, applications: { enabled: true } }), sensors: () => [{ name: 'files', tier: 'full', reason: '', fix: '', emitted: 3 }], memoryOf: createMemory(join(folder, 'agent'), quiet), own: [], now: () => 1_800_000_000_000, steady: () => at, remembered: [], onAsked: (list) => void (told = list), ...over,
  })
  beforeEach(() => {
    at = 0
    told = []
    answerer = open()
  })
  const ask = async (question: wire.Question.$Properties) => {
    const { outcome, data } = await answerer.answer(question)
    return data === undefined ? outcome : (JSON.parse(Buffer.from(data).toString()) as unknown)
  }

  test('tells mounts without secrets, sensors, and what sensors knew at their last look', async () => {
    const memory = createMemory(join(folder, 'agent'), quiet)
    await saveState(memory('security-features'), 'baseline', [['firewall.ufw', 'enabled', 'active', 'noted for itself']])
    await saveState(memory('applications'), 'dpkg', [['k', 'nmap', '7.9', 'Debian', '', null, '']])
    expect(await ask({ mounts: {} })).toEqual([{ mountPoint: '/media/s', source: '//nas/share', fileSystem: 'cifs', readOnly: true }])
    expect(await ask({ sensorState: {} })).toEqual([{ name: 'files', tier: 'full', reason: '', fix: '', emitted: 3 }])
    expect(await ask({ securityFeatures: {} })).toEqual([{ feature: 'firewall.ufw', state: 'enabled', value: 'active' }])
    expect(await ask({ applications: {} })).toEqual([{ source: 'dpkg', name: 'nmap', version: '7.9', publisher: 'Debian', path: '' }])
    expect(told.map(({ kind, outcome }) => [kind, outcome])).toEqual([['applications', 'answered'], ['security_features', 'answered'], ['sensor_state', 'answered'], ['mounts', 'answered']])
    expect(parseAsked(JSON.stringify(told))).toEqual(told)
  })
  test('answers nothing that is not on it, nothing that the policy does not watch, and nothing too large', async () => {
    expect(await ask({})).toBe('unknown')
    answerer = open({ policy: () => ({}) })
    expect([await ask({ applications: {} }), await ask({ securityFeatures: {} }), await ask({ fileHashes: { folder: work, name: '*' } })]).toEqual(['not_watched', 'not_watched', 'folder_not_watched'])
    answerer = open({ sensors: () => [{ name: 'x'.repeat(600_000), tier: '', reason: '', fix: '', emitted: 0 }] })
    expect(await ask({ sensorState: {} })).toBe('too_large')
  })
  test('stops at sixty an hour', async () => {
    for (let n = 0; n < 60; n += 1) await ask({ mounts: {} })
    expect(await ask({ mounts: {} })).toBe('too_many')
    at = 3_600_000
    expect(await ask({ mounts: {} })).not.toBe('too_many')
  })
})
