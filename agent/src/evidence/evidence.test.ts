import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SensedActivity } from '../activity.ts'
import type { Evidence, EvidenceLink } from './contract.ts'
import { createEvidence } from './evidence.ts'
import { compileRule } from './rule.ts'
import { openShelf } from './shelf.ts'

const NOW = Date.parse('2026-03-02T09:00:00Z')
const EPOCH = 'e'.repeat(32)
const publicKey = generateKeyPairSync('x25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
const quiet = { info() {}, warn() {} }

const policyOf = (over: wire.EvidenceCapture.$Properties = {}, excludes: readonly string[] = []): wire.AgentPolicy.$Properties => ({
  files: { enabled: true, excludes: [...excludes] }, evidence: { enabled: true, destinations: ['removable'], maxFileBytes: 1000, maxDayBytes: 2500, maxFilesPerMinute: 3, publicKey, ...over },
})
const copied = (path: string, over: { readonly sizeBytes?: number; readonly source?: string; readonly location?: wire.LocationKind; readonly account?: string; readonly findings?: wire.ContentFinding.$Properties[] } = {}): SensedActivity => ({
  kind: 'file_copied', occurredAtMs: NOW, actor: { account: over.account ?? 'alice' },
  detail: { fileCopied: { destination: { path, sizeBytes: over.sizeBytes ?? 100, location: over.location ?? wire.LocationKind.LOCATION_KIND_REMOVABLE }, ...(over.source === undefined ? {} : { source: { path: over.source } }), ...(over.findings === undefined ? {} : { findings: over.findings }) } },
})

describe('a capture rule', () => {
  const verdicts = (policy: wire.AgentPolicy.$Properties, ...activities: readonly SensedActivity[]): readonly string[] => {
    const rule = compileRule(policy, { day: 0, bytes: {} })
    return activities.map((activity) => {
      const verdict = rule?.judge(activity, NOW)
      return verdict === undefined ? 'no rule' : verdict.kind === 'skipped' ? verdict.reason : verdict.kind
    })
  }
  test.each([{ enabled: false }, { destinations: [] }, { publicKey: new Uint8Array(31) }, { publicKey: new Uint8Array() }])('that says %j captures nothing', (over) => {
    expect(verdicts(policyOf(over), copied('/media/a.txt'))).toEqual(['no rule'])
  })
  test('is absent where the policy has none', () => {
    expect(compileRule({}, { day: 0, bytes: {} })).toBeUndefined()
  })
  test('chooses copies to its places, of its types, and nothing else', () => {
    const policy = policyOf({ fileTypes: ['PDF'] })
    expect(verdicts(policy, copied('/media/a.pdf'), copied('/media/a.txt'), copied('/media/a.pdf', { location: wire.LocationKind.LOCATION_KIND_CLOUD_SYNC }), { kind: 'file_created', occurredAtMs: NOW, detail: { fileCreated: { file: { path: '/media/a.pdf' } } } }, copied('/media/pdf'))).toEqual(['chosen', 'not_chosen', 'not_chosen', 'not_chosen', 'not_chosen'])
  })
  test('with findings only chooses what has some', () => {
    expect(verdicts(policyOf({ onlyWithFindings: true }), copied('/media/a'), copied('/media/b', { findings: [{ type: 'iban', count: 1 }] }))).toEqual(['not_chosen', 'chosen'])
  })
  test.each([['/media/STICK/private/a', undefined], ['/media/a', '/home/alice/Private/a'], ['/media/a', '/home/bob/Private/deep/er/a'], ['/media/a.kdbx', undefined], ['/media/a', '/home/alice/.cache/a']])('never reads %s from %s', (path, source) => {
    expect(verdicts(policyOf({ privatePaths: ['~/Private/**', '**/private/**', '*.kdbx'] }, ['**/.cache/**']), copied(path, source === undefined ? {} : { source }))).toEqual(['excluded'])
  })
  test('holds to a size, an amount a person and day, and a number a minute', () => {
    const use = { day: 0, bytes: {} }
    const rule = compileRule(policyOf(), use)
    expect(rule?.judge(copied('/media/a', { sizeBytes: 1001 }), NOW)).toMatchObject({ kind: 'skipped', reason: 'too_large' })
    const first = rule?.judge(copied('/media/a', { sizeBytes: 1000 }), NOW)
    const second = rule?.judge(copied('/media/a', { sizeBytes: 1000 }), NOW)
    expect(rule?.judge(copied('/media/a', { sizeBytes: 501 }), NOW)).toMatchObject({ reason: 'over_day_quota' })
    expect(rule?.judge(copied('/media/a', { sizeBytes: 501, account: 'bob' }), NOW).kind).toBe('chosen')
    // What was chosen and could not be kept gives its room back; what grew takes more.
    if (first?.kind === 'chosen') rule?.settle(first, 0)
    if (second?.kind === 'chosen') rule?.settle(second, 1900)
    expect(use.bytes).toEqual({ alice: 1900, bob: 501 })
    expect(rule?.judge(copied('/media/a', { sizeBytes: 501 }), NOW + 86_400_000).kind).toBe('chosen')
    for (let index = 0; index < 3; index += 1) rule?.judge(copied('/media/a', { account: `p${index}` }), NOW + 2 * 86_400_000)
    expect(rule?.judge(copied('/media/a'), NOW + 2 * 86_400_000)).toMatchObject({ reason: 'rate_limited' })
    expect(rule?.judge(copied('/media/a'), NOW + 2 * 86_400_000 + 60_001).kind).toBe('chosen')
  })
})

describe('captures', () => {
  let folder: string
  let evidence: Evidence
  /** A clock that never stands, so that copies have an order. */
  let ticks = 0
  const shelfFolder = (): string => join(folder, 'evidence')
  const open = () => createEvidence({ folder: shelfFolder(), identity: { deviceId: 'd_1', organisation: 'test' }, now: () => NOW + (ticks += 1), log: quiet, captureDeadlineMs: 5000 })
  const settled = async (captured: number, skipped: number): Promise<void> => {
    for (const end = Date.now() + 20_000; evidence.status().captured < captured || evidence.status().skipped < skipped;) {
      if (Date.now() > end) throw new Error(JSON.stringify(evidence.status()))
      await sleep(10)
    }
  }
  const consider = (path: string, seq: number): void => evidence.consider(copied(path), EPOCH, seq)
  const reasons = async (): Promise<readonly string[]> => (await openShelf(shelfFolder(), () => NOW)).skips(100).skips.map(({ seq, reason }) => `${seq} ${reason}`)
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-evidence-'))
    evidence = await open()
    evidence.follow(policyOf({ maxFilesPerMinute: 1000, maxDayBytes: 10 ** 9, maxFileBytes: 10 ** 6 }))
  })
  afterEach(async () => {
    await evidence.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('are sealed, 0600, and hold nothing of the plain text', async () => {
    const secret = 'a sentence that stands nowhere else'
    await writeFile(join(folder, 'a.txt'), secret)
    consider(join(folder, 'a.txt'), 1)
    await settled(1, 0)
    for (const name of await readdir(shelfFolder())) {
      if (name === 'compiled') continue
      expect((await stat(join(shelfFolder(), name))).mode & 0o777).toBe(0o600)
      expect((await readFile(join(shelfFolder(), name))).includes(secret)).toBe(false)
    }
    expect((await readdir(shelfFolder())).filter((name) => name.endsWith('.sealed'))).toHaveLength(1)
  })
  test('refuse a pipe, a link, a folder, a link on the way, and what is gone, and go on', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    await writeFile(join(folder, 'real'), 'x')
    await symlink(join(folder, 'real'), join(folder, 'link'))
    await mkdir(join(folder, 'dir'))
    await symlink(folder, join(folder, 'dirlink'))
    for (const [index, name] of ['pipe', 'link', 'dir', 'dirlink/real', 'none', 'real'].entries()) consider(join(folder, name), index + 1)
    await settled(1, 5)
    expect(evidence.status()).toMatchObject({ captured: 1, skipped: 5 })
    await evidence.close()
    expect(await reasons()).toEqual(['1 special', '2 special', '3 special', '4 special', '5 gone'])
  })
  test('never keep a mixture of a file that grows while it is read', async () => {
    const path = join(folder, 'growing')
    await writeFile(path, randomBytes(600_000))
    const ending = new AbortController()
    const growing = (async () => {
      while (!ending.signal.aborted) {
        await appendFile(path, 'x')
        await sleep(0)
      }
    })()
    consider(path, 1)
    await settled(0, 0)
    for (const end = Date.now() + 10_000; evidence.status().captured + evidence.status().skipped === 0 && Date.now() < end;) await sleep(10)
    ending.abort()
    await growing
    await evidence.close()
    const found = evidence.status()
    expect(found.captured + found.skipped).toBe(1)
    expect(found.captured === 1 ? [] : await reasons()).toEqual(found.captured === 1 ? [] : ['1 unstable'])
  })
  test('let the oldest go when the folder is full, with a record', async () => {
    evidence.follow(policyOf({ maxFilesPerMinute: 1000, maxDayBytes: 10 ** 9, maxFileBytes: 10 ** 6, folderMaxBytes: 700_000 }))
    for (let index = 1; index <= 3; index += 1) {
      await writeFile(join(folder, `f${index}`), randomBytes(300_000))
      evidence.consider(copied(join(folder, `f${index}`), { sizeBytes: 300_000 }), EPOCH, index)
      await settled(index, 0)
    }
    await evidence.close()
    expect(await reasons()).toEqual(['1 folder_full'])
    expect((await openShelf(shelfFolder(), () => NOW)).copies().map(({ seq }) => seq)).toEqual([2, 3])
  })
  test('outlive a kill: parts go, whole copies stay, and a damaged one is told', async () => {
    await writeFile(join(folder, 'a'), 'one')
    await writeFile(join(folder, 'b'), 'two')
    consider(join(folder, 'a'), 1)
    consider(join(folder, 'b'), 2)
    await settled(2, 0)
    await evidence.close()
    const [first] = (await openShelf(shelfFolder(), () => NOW)).copies().filter(({ seq }) => seq === 1)
    await writeFile(join(shelfFolder(), `${first?.id ?? ''}.sealed`), 'torn')
    await writeFile(join(shelfFolder(), `${'f'.repeat(32)}.part`), 'half')
    await writeFile(join(shelfFolder(), `${'9'.repeat(32)}.sealed`), 'of nobody')
    evidence = await open()
    expect([evidence.status().waiting, evidence.status().skipped]).toEqual([1, 1])
    expect((await readdir(shelfFolder())).filter((name) => /part|sealed/.test(name))).toHaveLength(1)
  })

  /** A collector that takes copies into memory, and answers as it is told. */
  function collect(misbehave: (request: wire.EvidenceRequest) => wire.EvidenceAnswer.$Properties | 'silent' | undefined = () => undefined) {
    const parts = new Map<string, { bytes: Buffer; size: number }>()
    const skips: string[] = []
    const done: string[] = []
    let isQuiet = true
    const link: EvidenceLink & { quiet: boolean } = {
      get quiet() { return isQuiet },
      set quiet(next: boolean) { isQuiet = next },
      async request(data) {
        const request = wire.EvidenceRequest.decode(data)
        const told = misbehave(request)
        if (told === 'silent') throw new Error('no answer')
        if (told !== undefined) return wire.EvidenceAnswer.encode(told).finish()
        if (request.skips) {
          skips.push(...(request.skips.skips ?? []).map(({ seq, reason }) => `${seq} ${reason}`))
          return wire.EvidenceAnswer.encode({ complete: true }).finish()
        }
        const id = request.offer?.id ?? request.chunk?.id ?? ''
        const part = parts.get(id) ?? { bytes: Buffer.alloc(0), size: request.offer?.sealedBytes ?? 0 }
        parts.set(id, part)
        if (request.chunk && request.chunk.offset === part.bytes.length) part.bytes = Buffer.concat([part.bytes, request.chunk.data ?? new Uint8Array()])
        const complete = part.bytes.length === part.size
        if (complete) done.push(id)
        return wire.EvidenceAnswer.encode({ receivedBytes: part.bytes.length, complete }).finish()
      },
    }
    return { link, parts, skips, done }
  }
  const send = async (link: EvidenceLink, until: () => boolean): Promise<void> => {
    const ending = new AbortController()
    const sending = evidence.send(link, ending.signal)
    for (const end = Date.now() + 20_000; !until() && Date.now() < end;) await sleep(5)
    ending.abort()
    await sending
  }

  test('are sent whole in parts, and forgotten when the collector has them; skips follow', async () => {
    await writeFile(join(folder, 'a'), randomBytes(700_000))
    evidence.consider(copied(join(folder, 'a'), { sizeBytes: 700_000 }), EPOCH, 1)
    consider(join(folder, 'none'), 2)
    await settled(1, 1)
    const { link, parts, skips, done } = collect()
    await send(link, () => done.length === 1 && skips.length === 1)
    expect([done.length, [...parts.values()][0]?.bytes.length, skips, evidence.status().waiting]).toEqual([1, [...parts.values()][0]?.size, ['2 gone'], 0])
    expect((await readdir(shelfFolder())).filter((name) => /sealed|\.json$/.test(name) && name !== 'usage.json')).toEqual([])
  })
  test('go on where the collector stands after a connection that broke', async () => {
    await writeFile(join(folder, 'a'), randomBytes(900_000))
    evidence.consider(copied(join(folder, 'a'), { sizeBytes: 900_000 }), EPOCH, 1)
    await settled(1, 0)
    let chunks = 0
    const offsets: number[] = []
    const collector = collect((request) => {
      if (!request.chunk) return undefined
      offsets.push(request.chunk.offset ?? 0)
      chunks += 1
      return chunks === 3 ? 'silent' : undefined
    })
    await send(collector.link, () => chunks >= 3)
    await send(collector.link, () => collector.done.length === 1)
    // The third part was not answered, and is the only one that is sent again.
    expect([collector.done.length, offsets]).toEqual([1, [0, 262_144, 524_288, 524_288, 786_432]])
  })
  test('wait while activities do', async () => {
    await writeFile(join(folder, 'a'), 'x')
    consider(join(folder, 'a'), 1)
    await settled(1, 0)
    let requests = 0
    const collector = collect(() => { requests += 1; return undefined })
    collector.link.quiet = false
    let looks = 0
    await send(collector.link, () => { looks += 1; return requests > 0 || looks > 60 })
    expect([requests, evidence.status().waiting]).toEqual([0, 1])
    collector.link.quiet = true
    await send(collector.link, () => collector.done.length === 1)
    expect(collector.done).toHaveLength(1)
  })
  test('that are refused for ever go with a skip; those that are refused for now stay', async () => {
    await writeFile(join(folder, 'a'), 'x')
    await writeFile(join(folder, 'b'), 'y')
    consider(join(folder, 'a'), 1)
    consider(join(folder, 'b'), 2)
    await settled(2, 0)
    const collector = collect((request) => (request.offer?.seq === 1 ? { refused: 'ACTIVITY_LOST', final: true } : request.offer ? { refused: 'QUOTA_DEVICE', retryAfterSecs: 900 } : undefined))
    await send(collector.link, () => collector.skips.length === 1)
    expect([collector.skips, evidence.status().waiting, evidence.status().problem]).toEqual([['1 refused'], 1, ''])
  })
})
