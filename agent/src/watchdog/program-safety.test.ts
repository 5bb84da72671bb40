import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findUnsafeProgram } from './program-safety.ts'
import { workerEnvironment } from './worker-environment.ts'

const isRoot = process.geteuid?.() === 0
let folder: string
let root: string
let node: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-safety-'))
  chmodSync(folder, 0o755)
  root = join(folder, 'agent')
  node = join(folder, 'bin', 'node')
  for (const path of ['agent/src/sensors', 'agent/node_modules/@scope/inner', 'bin', 'store/pino']) mkdirSync(join(folder, path), { recursive: true, mode: 0o755 })
  for (const path of ['agent/src/main.ts', 'agent/src/sensors/files.ts', 'agent/node_modules/@scope/inner/addon.node', 'bin/node', 'store/pino/index.js']) writeFileSync(join(folder, path), '', { mode: 0o644 })
  symlinkSync('../../store/pino', join(root, 'node_modules/pino'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const find = (): string | undefined => {
  const unsafe = findUnsafeProgram(root, { node })
  return unsafe === undefined ? undefined : `${unsafe.path.slice(folder.length)}: ${unsafe.problem}`
}

describe('a program that only its owner can change', () => {
  it('is safe, also below a sticky folder that everybody may write to', () => {
    expect(find()).toBeUndefined()
  })

  it.each<[string, number]>([['agent/src/sensors/files.ts', 0o666], ['agent/src/sensors', 0o777], ['agent', 0o775], ['bin/node', 0o757], ['bin', 0o777], ['store', 0o777], ['store/pino', 0o777], ['store/pino/index.js', 0o666], ['agent/node_modules/@scope/inner/addon.node', 0o666]])('is not when %s has the mode %o', (path, mode) => {
    chmodSync(join(folder, path), mode)
    expect(find()).toBe(`/${path}: others than its owner may write to it`)
  })

  it('is not when its compiled code is somebody else’s to write', () => {
    mkdirSync(join(folder, '.cache/compiled/v24'), { recursive: true })
    writeFileSync(join(folder, '.cache/compiled/v24/code'), '', { mode: 0o600 })
    expect(find()).toBeUndefined()
    chmodSync(join(folder, '.cache/compiled/v24'), 0o777)
    expect(find()).toBe('/.cache/compiled/v24: others than its owner may write to it')
  })

  it.skipIf(!isRoot).each(['agent/src/main.ts', 'bin/node', 'agent/src', 'store/pino', 'store'])('is not when %s belongs to somebody else', (path) => {
    chownSync(join(folder, path), 47_002, 47_002)
    expect(find()).toBe(`/${path}: it belongs to account 47002`)
  })
})

describe('the environment of a worker', () => {
  it('holds what the agent needs, and its own settings', () => {
    const { environment, refused } = workerEnvironment({ HOME: '/root', LANG: 'de_DE.UTF-8', LC_ALL: 'C', HOLDFAST_AGENT_LOG_LEVEL: 'debug', INIT_CWD: '/x', TZ: 'UTC' })
    expect(environment).toMatchObject({ HOME: '/root', LANG: 'de_DE.UTF-8', LC_ALL: 'C', HOLDFAST_AGENT_LOG_LEVEL: 'debug', INIT_CWD: '/x', TZ: 'UTC' })
    expect(refused).toEqual([])
  })

  it('holds nothing that makes Node or the loader load other code, and says what was left out', () => {
    const hostile = { NODE_OPTIONS: '--require=/tmp/evil.js', NODE_PATH: '/tmp', LD_PRELOAD: '/tmp/evil.so', LD_LIBRARY_PATH: '/tmp', LD_AUDIT: '/tmp/a.so', OPENSSL_CONF: '/tmp/o', PATH: '/tmp/bin', NOTIFY_SOCKET: '/run/n', AWS_SECRET_ACCESS_KEY: 'x', HOLDFAST_AGENT_orders: 'x' }
    const { environment, refused } = workerEnvironment(hostile)
    expect(environment).toEqual({ PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' })
    expect(refused).toEqual(['LD_AUDIT', 'LD_LIBRARY_PATH', 'LD_PRELOAD', 'NODE_OPTIONS', 'NODE_PATH', 'OPENSSL_CONF'])
  })

  it('says nothing of what is set and empty', () => {
    expect(workerEnvironment({ LD_PRELOAD: '' }).refused).toEqual([])
  })
})
