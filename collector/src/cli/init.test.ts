import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../config.ts'
import { initialise } from './init.ts'
import { loadInstallation } from './installation.ts'
import { openOffline, verifyOffline } from './offline.ts'

const run = promisify(execFile)
const main = join(import.meta.dirname, '../main.ts')
let root: string
let dir: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-init-'))
  dir = join(root, 'deep', 'data')
})
afterEach(() => rmSync(root, { recursive: true }))

const init = (names: readonly string[] = []) => initialise({ dir, organisation: 'example', names })
const modeOf = (...path: string[]): string => (statSync(join(dir, ...path)).mode & 0o777).toString(8)

describe('a new installation', { timeout: 60_000 }, () => {
  it('has secrets that only its owner can read', async () => {
    await init()
    expect(['.', 'keys', 'ca', 'audit'].map((folder) => modeOf(folder))).toEqual(['700', '700', '700', '700'])
    expect(['keys/operator.nk', 'keys/account.nk', 'keys/system-account.nk', 'keys/collector.nk', 'keys/system-user.nk', 'keys/policy.pem', 'ca/ca-key.pem', 'holdfast.db'].map((file) => modeOf(file))).toEqual(Array.from({ length: 8 }, () => '600'))
    expect(loadInstallation(dir).authority.certificatePem).toContain('BEGIN CERTIFICATE')
  })

  it('has a configuration of which every key is commented out, except the names that were given', async () => {
    await init(['holdfast.example', '192.0.2.7'])
    const config = loadConfig(dir, {}, {})
    expect(config.names).toEqual(['holdfast.example', '192.0.2.7'])
    writeFileSync(join(dir, 'holdfast.yaml'), readFileSync(join(dir, 'holdfast.yaml'), 'utf8').split('\nnames:')[0]?.replaceAll(/^#(?=\S| {2})/gm, '') ?? '')
    expect(loadConfig(dir, {}, {})).toEqual({ ...config, names: [] })
  })

  it('takes a configuration that was laid down before, and adds the names to it', async () => {
    mkdirSync(dir, { recursive: true })
    writeFileSync(join(dir, 'holdfast.yaml'), '# ours\nhttp:\n  port: 9443\n')
    await init(['holdfast.example'])
    expect(loadConfig(dir, {}, {})).toMatchObject({ 'http.port': 9443, names: ['holdfast.example'] })
    expect(readFileSync(join(dir, 'holdfast.yaml'), 'utf8')).toContain('# ours')
  })

  it('accepts its set-up code once, and no other', async () => {
    const { setupCode } = await init()
    const offline = await openOffline(dir)
    const setUp = (code: string) => offline.app.inject({ method: 'POST', url: '/api/v1/setup', payload: { setupCode: code, name: 'first', password: 'correct horse battery staple' } })
    expect((await setUp('AAAAA-AAAAA-AAAAA-AAAAA')).statusCode).toBe(403)
    expect((await setUp(setupCode)).statusCode).toBe(201)
    expect((await setUp(setupCode)).statusCode).toBe(403)
    await offline.close()
  })
})

describe('a folder that is no place for an installation', { timeout: 60_000 }, () => {
  it('is refused when it holds one already, and keeps it', async () => {
    await init()
    const before = readFileSync(join(dir, 'keys/operator.nk'), 'utf8')
    await expect(init()).rejects.toMatchObject({ code: 'ALREADY_INITIALISED' })
    expect(readFileSync(join(dir, 'keys/operator.nk'), 'utf8')).toBe(before)
  })

  it('is refused when it holds something else, keys without a database above all', async () => {
    mkdirSync(join(dir, 'keys'), { recursive: true, mode: 0o755 })
    writeFileSync(join(dir, 'keys/operator.nk'), 'precious')
    await expect(init()).rejects.toMatchObject({ code: 'INIT_FOLDER_NOT_EMPTY' })
    expect(readFileSync(join(dir, 'keys/operator.nk'), 'utf8')).toBe('precious')
  })

  it.each(['file/data', 'file'])('is refused with a reason when %s is a file', async (path) => {
    writeFileSync(join(root, 'file'), '')
    dir = join(root, path)
    await expect(init()).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' })
  })

  it('is refused with a reason, and soon, when the system makes no folders there', async () => {
    dir = '/proc/holdfast'
    await expect(init()).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' })
  })
})

const isInstallation = (): boolean => {
  try {
    loadInstallation(dir)
    return true
  } catch {
    return false
  }
}

describe('an init that was killed', () => {
  it('leaves no installation, and a folder in which init works', async () => {
    for (const delayMs of [150, 250, 350]) {
      const child = spawn(process.execPath, [main, 'init', '--dir', dir], { stdio: 'ignore' })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      // Killed at its marker, or a little later: whatever point that is, the folder must be one or the other.
      for (const until = Date.now() + 10_000; !existsSync(join(dir, '.initialising')) && child.exitCode === null && Date.now() < until;) await new Promise((resolve) => setTimeout(resolve, 1))
      await new Promise((resolve) => setTimeout(resolve, delayMs - 150))
      child.kill('SIGKILL')
      await ended
      const unfinished = existsSync(join(dir, '.initialising'))
      expect(isInstallation()).toBe(!unfinished)
      if (unfinished) await init()
      expect(loadInstallation(dir).keyring.operator.publicKey).toMatch(/^O/)
      expect((await verifyOffline(dir)).entries).toBe(1)
      rmSync(dir, { recursive: true })
    }
  }, 60_000)
})

describe('the command line without a collector', { timeout: 60_000 }, () => {
  it('applies a policy, makes the agents’ policy with it, and leaves an audit entry of the local account', async () => {
    await init()
    const file = join(root, 'policy.yaml')
    writeFileSync(file, 'name: Data leaks\ntemplate: data_leaks\n')
    await run(process.execPath, [main, 'policy', 'apply', '-f', file, '--dir', dir])
    const group = JSON.parse((await run(process.execPath, [main, 'group', 'show', '--dir', dir])).stdout) as { policyVersion: number }
    expect(group.policyVersion).toBe(1)
    const audit = JSON.parse((await run(process.execPath, [main, 'audit', 'list', '--json', '--dir', dir])).stdout) as { items: { action: string; actor: string }[] }
    expect(audit.items.map((row) => row.action)).toEqual(['policy.created', 'installation.created'])
    expect(audit.items[0]?.actor).toMatch(/^local:/)
  }, 60_000)

  it('says which key is missing when keys/ is not whole', async () => {
    await init()
    rmSync(join(dir, 'keys/policy.pem'))
    await expect(openOffline(dir)).rejects.toThrow(/policy\.pem is missing/)
  })
})
