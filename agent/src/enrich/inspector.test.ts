import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, linkSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createInspector, type Inspector } from './inspector.ts'

const root = process.geteuid?.() === 0
/** Somebody without an account, without groups. */
const USER = 12_345
const MIB = 1 << 20
const limits = { hashLimitBytes: 50 * MIB }
const asUser = root ? { ...limits, uid: USER } : limits
const log = { warn() {} }

let folder: string
let home: string
let inspector: Inspector

/** Runs a shell line as the hostile user where this is root, as oneself otherwise. */
const shell = (line: string): void => void execFileSync(root ? 'setpriv' : 'sh', [...(root ? ['--reuid', String(USER), '--regid', String(USER), '--clear-groups', 'sh'] : []), '-c', line], { cwd: home })
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'inspect-')))
  home = join(folder, 'home')
  mkdirSync(home)
  chmodSync(folder, 0o755)
  if (root) chownSync(home, USER, USER)
  inspector = createInspector({ log })
})
afterAll(() => {
  inspector.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('an ordinary file', () => {
  it('gets its hash, and a fingerprint that depends on the content alone', async () => {
    shell('printf hello > a.txt && cp a.txt b.txt && printf hellO > c.txt')
    const [a, b, c] = await Promise.all(['a.txt', 'b.txt', 'c.txt'].map((name) => inspector.inspect(join(home, name), asUser)))
    expect(a).toMatchObject({ state: 'stable', sizeBytes: 5, sha256: sha256('hello') })
    expect(b?.fingerprint).toBe(a?.fingerprint)
    expect(c?.fingerprint).not.toBe(a?.fingerprint)
  })

  it('above the hash limit keeps its fingerprint and loses only the hash', async () => {
    shell('head -c 200000 /dev/zero > big')
    const facts = await inspector.inspect(join(home, 'big'), { ...asUser, hashLimitBytes: 100_000 })
    expect(facts).toMatchObject({ state: 'too_big', sizeBytes: 200_000, sha256: '' })
    expect(facts.fingerprint).toMatch(/^[0-9a-f]{64}$/)
  })

  it('with a name that is not UTF-8 is read too', async () => {
    shell(String.raw`printf x > "$(printf 'caf\351')"`)
    const listing = await inspector.list(home)
    const odd = listing?.files.find((file) => file.path.includes('caf'))
    expect(odd).toBeDefined()
    expect(await inspector.inspect(odd?.path ?? '', asUser)).toMatchObject({ state: 'stable', sizeBytes: 1 })
  })

  it('that is not there is gone', async () => {
    expect((await inspector.inspect(join(home, 'nothing'), asUser)).state).toBe('gone')
  })
})

describe('what is no regular file', () => {
  it('is never opened: a hundred pipes, a socket, a device and links hold nobody up', async () => {
    shell('mkdir traps && cd traps && for i in $(seq 100); do mkfifo p$i; done && ln -s /dev/zero zero && ln -s /proc/kmsg kmsg && ln -s /proc/self/fd/0 fd')
    const server = createServer()
    server.listen(join(home, 'traps', 'socket'))
    await once(server, 'listening')
    const names = [...Array.from({ length: 100 }, (_, index) => `p${index + 1}`), 'zero', 'kmsg', 'fd', 'socket']
    const states = await Promise.all(names.map(async (name) => (await inspector.inspect(join(home, 'traps', name), asUser)).state))
    server.close()
    expect(new Set(states)).toEqual(new Set(['special']))
    expect((await inspector.inspect(join(home, 'a.txt'), asUser)).state).toBe('stable')
  })
})

describe('a file that the user may not read', () => {
  it('behind a symbolic link shows neither bytes nor size', async () => {
    shell('ln -s /etc/shadow shadow')
    expect(await inspector.inspect(join(home, 'shadow'), asUser)).toMatchObject({ state: 'special', sizeBytes: 0, sha256: '', fingerprint: '' })
  })

  it('is denied by name too', async () => {
    expect(await inspector.inspect('/etc/shadow', asUser)).toMatchObject({ state: 'denied', sizeBytes: 0, fingerprint: '' })
  })

  it('stays closed when it is linked into the user\'s own folder, whether or not the actor is known', async () => {
    const secret = join(folder, 'secret')
    writeFileSync(secret, 'top secret', { mode: 0o600 })
    if (!root) chmodSync(secret, 0o000)
    linkSync(secret, join(home, 'hard'))
    for (const options of [asUser, limits]) expect(await inspector.inspect(join(home, 'hard'), options)).toMatchObject({ state: 'denied', sizeBytes: 0, sha256: '', fingerprint: '' })
  })

  it('does not leak through a parent folder that is swapped for a link in a loop', async () => {
    const outside = join(folder, 'outside')
    mkdirSync(outside, { mode: root ? 0o700 : 0o755 })
    writeFileSync(join(outside, 'f'), 'the secret of somebody else')
    mkdirSync(join(home, 'swap'))
    writeFileSync(join(home, 'swap', 'f'), 'mine')
    symlinkSync(outside, join(home, 'other'))
    if (root) for (const name of ['swap', 'swap/f']) chownSync(join(home, name), USER, USER)
    const swapper = spawn('sh', ['-c', 'while :; do mv -T swap real && mv -T other swap && mv -T swap other && mv -T real swap; done'], { cwd: home, stdio: 'ignore' })
    try {
      const seen = new Map<string, number>()
      for (let round = 0; round < 40; round++) {
        const answers = await Promise.all(Array.from({ length: 50 }, () => inspector.inspect(join(home, 'swap', 'f'), asUser)))
        for (const { state, sha256: hash, sizeBytes } of answers) {
          seen.set(state, (seen.get(state) ?? 0) + 1)
          expect([0, 4]).toContain(sizeBytes)
          expect(['', sha256('mine')]).toContain(hash)
        }
      }
      expect(seen.get('stable')).toBeGreaterThan(0)
    } finally {
      swapper.kill('SIGKILL')
      await once(swapper, 'exit')
    }
  })
})

describe('a file that costs too much or changes', () => {
  it('of a tebibyte of holes is fingerprinted at its edges', async () => {
    const path = join(home, 'sparse')
    writeFileSync(path, '')
    truncateSync(path, 2 ** 40)
    if (root) chownSync(path, USER, USER)
    const begun = performance.now()
    expect(await inspector.inspect(path, asUser)).toMatchObject({ state: 'too_big', sizeBytes: 2 ** 40, sha256: '' })
    expect(performance.now() - begun).toBeLessThan(5000)
  })

  it('while it is hashed is unstable and never passed off as one content', async () => {
    const path = join(home, 'moving')
    writeFileSync(path, Buffer.alloc(40 * MIB, 1))
    if (root) chownSync(path, USER, USER)
    const writer = spawn('sh', ['-c', 'while :; do printf x >> moving; done'], { cwd: home, stdio: 'ignore' })
    try {
      const states = new Set<string>()
      while (!states.has('unstable')) {
        const facts = await inspector.inspect(path, asUser)
        states.add(facts.state === 'unstable' ? `unstable${facts.sha256}${facts.fingerprint}` : facts.state)
      }
      expect(states).toContain('unstable')
    } finally {
      writer.kill('SIGKILL')
      await once(writer, 'exit')
    }
  })

  it('that replaces another between two looks never mixes their facts', async () => {
    writeFileSync(join(home, 'one'), 'one')
    writeFileSync(join(home, 'swapped'), 'three')
    if (root) for (const name of ['one', 'swapped']) chownSync(join(home, name), USER, USER)
    const pending = Array.from({ length: 200 }, () => inspector.inspect(join(home, 'swapped'), asUser))
    renameSync(join(home, 'one'), join(home, 'swapped'))
    const stable = (await Promise.all(pending)).filter((facts) => facts.state === 'stable')
    expect(stable.filter((facts) => facts.sha256 !== sha256(facts.sizeBytes === 3 ? 'one' : 'three'))).toEqual([])
    expect((await inspector.inspect(join(home, 'swapped'), asUser)).sizeBytes).toBe(3)
  })
})

describe('a child that is held', () => {
  it('is killed at its deadline; only what held it is a timeout and the rest is answered', async () => {
    const held = createInspector({ log, deadlineMs: 1500 })
    try {
      expect((await held.inspect(join(home, 'a.txt'), asUser)).state).toBe('stable')
      const first = held.pid
      process.kill(first ?? 0, 'SIGSTOP')
      const answers = await Promise.all(Array.from({ length: 100 }, () => held.inspect(join(home, 'a.txt'), asUser)))
      expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['stable']))
      expect(held.pid).not.toBe(first)
      process.kill(held.pid ?? 0, 'SIGSTOP')
      expect((await held.inspect(join(home, 'big'), asUser)).state).toBe('timeout')
      // The folder is left alone for a while, others are not.
      expect((await held.inspect(join(home, 'b.txt'), asUser)).state).toBe('timeout')
      expect((await held.inspect(join(home, 'traps', 'zero'), asUser)).state).toBe('special')
    } finally {
      held.close()
    }
  })

  it('that is killed from outside is started anew and nothing stays unanswered', async () => {
    const before = inspector.pid
    const pending = Array.from({ length: 300 }, () => inspector.inspect(join(home, 'a.txt'), asUser))
    process.kill(before ?? 0, 'SIGKILL')
    expect(new Set((await Promise.all(pending)).map(({ state }) => state))).toEqual(new Set(['stable']))
  })

  it('ends when nobody asks for a while, and the next file is read by another', async () => {
    const resting = createInspector({ log, idleMs: 50 })
    const own = join(home, 'rested.txt')
    writeFileSync(own, 'rest')
    try {
      expect((await resting.inspect(own, { hashLimitBytes: 1024 })).state).toBe('stable')
      await vi.waitFor(() => expect(resting.pid).toBeUndefined(), { timeout: 10_000, interval: 10 })
      expect((await resting.inspect(own, { hashLimitBytes: 1024 })).state).toBe('stable')
    } finally {
      resting.close()
    }
  })

  it('makes nobody wait when the queue is full', async () => {
    const full = createInspector({ log })
    try {
      const pending = Array.from({ length: 20_200 }, () => full.inspect(join(home, 'a.txt'), asUser))
      const states = (await Promise.all(pending)).map(({ state }) => state)
      expect(states.filter((state) => state === 'unread').length).toBe(200)
      expect(states.filter((state) => state === 'stable').length).toBe(20_000)
    } finally {
      full.close()
    }
  })

  it('answers everything when it is closed', async () => {
    const closing = createInspector({ log })
    const pending = closing.inspect(join(home, 'a.txt'), asUser)
    closing.close()
    expect((await pending).state).toBe('unread')
    expect((await closing.inspect(join(home, 'a.txt'), asUser)).state).toBe('unread')
  })
})
