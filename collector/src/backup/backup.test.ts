import { execFile } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backupDepsOf, drillDeps, restoreDeps, tryUpgrade } from '../cli/backups.ts'
import { initialise } from '../cli/init.ts'
import { loadInstallation, pathsOf } from '../cli/installation.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { connect } from '../store/sqlite/connection.ts'
import { SCHEMA_VERSION, tryMigrations } from '../store/sqlite/inspect.ts'
import { migrations } from '../store/sqlite/migrations.ts'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import { openSession } from '../access/sessions.ts'
import { buildAccount, buildDevice, buildRun, buildUser } from '../testing/builders.ts'
import { makeRecipient, readHeader } from './container.ts'
import { drillBackup } from './drill.ts'
import { backupName, makeBackup, pruneBackups, verifyBackup } from './make.ts'
import { lastRestore, readRecords } from './records.ts'
import { restoreBackup, settleRestore } from './restore.ts'
import { createSchedule } from './schedule.ts'

const run = promisify(execFile)
let root: string
let dir: string
const PASSPHRASE = 'a passphrase of some length'
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-backup-'))
  dir = join(root, 'data')
  await initialise({ dir, organisation: 'example', names: [] })
  mkdirSync(join(dir, 'evidence'), { mode: 0o700 })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const file = (name = 'a.hfbackup'): string => join(root, 'backups', name)
const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', (error: { readonly code?: string; readonly message?: string }) => error.code ?? error.message ?? 'no word')
const withStore = async <T>(folder: string, work: (store: Awaited<ReturnType<typeof openSqliteStore>>) => Promise<T>): Promise<T> => {
  const store = await openSqliteStore({ path: pathsOf(folder).database })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
const fill = () => withStore(dir, (store) => store.write(async (tx) => {
  await tx.saveDevice(buildDevice())
  await tx.saveUser(buildUser())
  await tx.ingest([buildRun(1, 40)], countInsights, mergeInsights)
}))
const make = (over: Partial<Parameters<typeof makeBackup>[1]> = {}) => makeBackup(backupDepsOf(dir), { file: file(), seal: { kind: 'none' }, verify: true, ...over })
const restore = (opener = {}, to = join(root, 'new'), from = file()) => restoreBackup(restoreDeps, { file: from, opener, dir: to })

describe('a backup and its restore', { timeout: 60_000 }, () => {
  it('bring back database, keys, authority, configuration, anchors and copies, byte for byte', async () => {
    await fill()
    loadInstallation(dir)
    writeFileSync(join(dir, 'evidence', `${'a'.repeat(32)}.sealed`), Buffer.alloc(300_000, 7), { mode: 0o600 })
    writeFileSync(join(dir, 'audit', 'erasures.jsonl'), '{"userId":"u_9"}\n')
    const made = await make()
    expect(made).toMatchObject({ sealed: false, verified: true, schema: SCHEMA_VERSION, counts: { device: 1, activity: 40 } })
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    await restore()
    const secretsOf = (folder: string) => ['keys', 'ca'].flatMap((part) => readdirSync(join(folder, part)).map((name) => [name, readFileSync(join(folder, part, name), 'utf8')]))
    expect(secretsOf(join(root, 'new'))).toEqual(secretsOf(dir))
    expect(readFileSync(join(root, 'new', 'evidence', `${'a'.repeat(32)}.sealed`)).equals(Buffer.alloc(300_000, 7))).toBe(true)
    expect(readFileSync(join(root, 'new', 'audit', 'erasures.jsonl'), 'utf8')).toContain('u_9')
    expect([statSync(join(root, 'new')).mode & 0o777, statSync(join(root, 'new', 'keys', 'policy.pem')).mode & 0o777]).toEqual([0o700, 0o600])
    expect(loadInstallation(join(root, 'new')).keyring.operator.publicKey).toBe(loadInstallation(dir).keyring.operator.publicKey)
    expect(await withStore(join(root, 'new'), (store) => store.activityCount())).toBe(40)
    expect(readdirSync(dir).filter((name) => name.startsWith('.backup'))).toEqual([])
    expect(readdirSync(join(root, 'backups'))).toEqual(['a.hfbackup'])
  })

  it('hold what was committed when the copy was taken, while others write', async () => {
    await fill()
    await withStore(dir, async (store) => {
      const writing = (async () => {
        for (let n = 0; n < 40; n += 1) await store.write((tx) => tx.ingest([buildRun(41 + n * 5, 5)], countInsights, mergeInsights))
      })()
      const [made] = await Promise.all([make(), writing])
      expect(made.counts['activity']).toBeGreaterThanOrEqual(40)
      expect(await store.activityCount()).toBe(240)
      await restore()
      await withStore(join(root, 'new'), async (copy) => expect(await copy.activityCount()).toBe(made.counts['activity']))
    })
  })

  it('are read by tar and zstd alone when they are not sealed', async () => {
    await make()
    mkdirSync(join(root, 'plain'))
    // Node's own zstd stands for the program, which not every machine has.
    const unpack = `const f=require('fs').readFileSync(process.argv[1]);process.stdout.write(require('zlib').zstdDecompressSync(f.subarray(f.indexOf(10)+1)))`
    await run('sh', ['-c', `"${process.execPath}" -e "${unpack}" "${file()}" | tar -xf - -C "${join(root, 'plain')}"`])
    expect(readFileSync(join(root, 'plain', 'keys', 'policy.pem'), 'utf8')).toContain('PRIVATE KEY')
    expect(await readHeader(file())).toMatchObject({ format: 'holdfast-backup/1', seal: { kind: 'none' } })
  })

  it('refuse a folder that holds anything, and leave nothing behind', async () => {
    await make()
    expect(await codeOf(restore({}, dir))).toBe('RESTORE_REFUSED')
    mkdirSync(join(root, 'empty'))
    await restore({}, join(root, 'empty'))
    expect(existsSync(join(root, 'empty', 'holdfast.db'))).toBe(true)
    expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([])
  })
})

describe('a sealed backup', { timeout: 60_000 }, () => {
  it('opens with its passphrase only, and shows nothing of what is in it', async () => {
    await make({ seal: { kind: 'passphrase', passphrase: PASSPHRASE } })
    const bytes = readFileSync(file())
    expect([bytes.includes('PRIVATE KEY'), bytes.includes('holdfast.db'), bytes.includes('SQLite format')]).toEqual([false, false, false])
    expect(await codeOf(restore())).toBe('BACKUP_SEALED')
    expect(await codeOf(restore({ passphrase: `${PASSPHRASE}.` }))).toBe('BACKUP_DAMAGED')
    await restore({ passphrase: PASSPHRASE })
    expect(await codeOf(make({ seal: { kind: 'passphrase', passphrase: 'short' } }))).toBe('BACKUP_KEY_INVALID')
  })

  it('opens for its recipient only, whose key the collector does not have', async () => {
    const [mine, other] = [makeRecipient(), makeRecipient()]
    expect(await make({ seal: { kind: 'recipient', recipient: mine.recipient } })).toMatchObject({ sealed: true, verified: false })
    expect(await codeOf(verifyBackup(file(), {}))).toBe('BACKUP_SEALED')
    expect(await codeOf(verifyBackup(file(), { identityPem: other.identityPem }))).toBe('BACKUP_SEALED')
    await restore({ identityPem: mine.identityPem })
    expect(await codeOf(make({ seal: { kind: 'recipient', recipient: 'hfbk1-none' } }))).toBe('BACKUP_KEY_INVALID')
  })
})

describe('a backup that is not whole', { timeout: 60_000 }, () => {
  it.each([['sealed', PASSPHRASE], ['in the clear', undefined]])('%s is refused when it was cut off, lengthened or changed anywhere', async (_, passphrase) => {
    await make({ seal: passphrase === undefined ? { kind: 'none' } : { kind: 'passphrase', passphrase } })
    const opener = passphrase === undefined ? {} : { passphrase }
    const whole = readFileSync(file())
    for (const damage of [
      () => truncateSync(file(), whole.length - 1), () => truncateSync(file(), Math.floor(whole.length / 2)), () => truncateSync(file(), 10), () => appendFileSync(file(), 'x'),
      () => writeFileSync(file(), whole.map((byte, index) => (index === whole.length - 4000 ? byte ^ 1 : byte))), () => writeFileSync(file(), whole.map((byte, index) => (index === 1000 ? byte ^ 1 : byte))),
    ]) {
      writeFileSync(file(), whole)
      damage()
      expect(await codeOf(restore(opener))).toBe('BACKUP_DAMAGED')
      expect(existsSync(join(root, 'new'))).toBe(false)
    }
    expect(await codeOf(verifyBackup(join(root, 'nowhere'), {}))).toBe('BACKUP_DAMAGED')
  })

  it('of a later program is refused', async () => {
    await make()
    expect(await codeOf(restoreBackup({ ...restoreDeps, knownSchema: SCHEMA_VERSION - 1 }, { file: file(), opener: {}, dir: join(root, 'new') }))).toBe('RESTORE_REFUSED')
  })
})

describe('the first start after a restore', { timeout: 60_000 }, () => {
  it('ends every session, and says in the audit log what happened, once', async () => {
    await withStore(dir, (store) => store.write(async (tx) => {
      await tx.saveAccount(buildAccount())
      await openSession(tx, buildAccount(), { address: '127.0.0.1', userAgent: 'test' }, Date.now())
    }))
    const made = await make()
    const { note } = await restore()
    await withStore(join(root, 'new'), async (store) => {
      const before = readFileSync(join(root, 'new', 'restored.json'))
      expect(await settleRestore(store, join(root, 'new'), Date.now())).toEqual(note)
      // Killed before the note was gone.
      writeFileSync(join(root, 'new', 'restored.json'), before)
      await settleRestore(store, join(root, 'new'), Date.now())
      expect(await settleRestore(store, join(root, 'new'), Date.now())).toBeUndefined()
      const entries = (await store.auditEntries({ limit: 10, action: 'installation.restored' })).items
      expect(entries.map((entry) => entry.targetId)).toEqual([made.id])
      expect(await store.sessionsOf(buildAccount().id)).toEqual([])
      expect(await lastRestore(store)).toMatchObject({ backupId: made.id })
    })
  })
})

describe('a drill', { timeout: 60_000 }, () => {
  const drill = (opener = {}) => drillBackup(drillDeps, { file: file(), opener, temporary: root })

  it('says that everything is there, and leaves nothing behind', async () => {
    await fill()
    await make()
    const result = await drill()
    expect(result.checks.map(({ name, ok }) => `${name} ${ok}`)).toEqual(['restore true', 'counts true', 'open true', 'audit true', 'evidence true'])
    expect(result.ok).toBe(true)
    expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('fails for a backup that is damaged or whose key is another', async () => {
    await make({ seal: { kind: 'passphrase', passphrase: PASSPHRASE } })
    expect(await drill({ passphrase: 'another passphrase' })).toMatchObject({ ok: false, checks: [{ name: 'restore', ok: false }] })
    truncateSync(file(), 2000)
    expect(await drill({ passphrase: PASSPHRASE })).toMatchObject({ ok: false })
    expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([])
  })
})

describe('backups by a schedule', { timeout: 60_000 }, () => {
  it('are made when they are due, drilled, kept up to a number, and tried again an hour after a failure', async () => {
    let nowMs = Date.UTC(2027, 2, 1)
    let fails = false
    const deps = { ...backupDepsOf(dir), now: () => nowMs }
    await withStore(dir, async (store) => {
      const schedule = createSchedule({
        store, everyHours: 24, drillEveryDays: 2, now: () => nowMs, log: { info() {}, error() {} },
        make: () => (fails ? Promise.reject(new Error('the disk is away')) : makeBackup(deps, { file: file(backupName(nowMs)), seal: { kind: 'none' }, verify: true })),
        drill: (target) => drillBackup({ ...drillDeps, now: () => nowMs }, { file: target, opener: {}, temporary: root }),
        prune: () => pruneBackups(join(root, 'backups'), deps.installation, 2),
      })
      const at = async (hours: number) => {
        nowMs = Date.UTC(2027, 2, 1, hours)
        await schedule.tick()
        const { backups, drills, failure } = await readRecords(store)
        return [backups.length, drills.length, failure?.problem]
      }
      expect(await at(0)).toEqual([1, 1, undefined])
      expect(await at(23)).toEqual([1, 1, undefined])
      expect(await at(24)).toEqual([2, 1, undefined])
      fails = true
      expect(await at(48)).toEqual([2, 2, 'the disk is away'])
      fails = false
      expect(await at(48.5)).toEqual([2, 2, 'the disk is away'])
      expect(await at(49)).toEqual([3, 2, undefined])
    })
    expect(readdirSync(join(root, 'backups'))).toEqual(['holdfast-20270302T000000Z.hfbackup', 'holdfast-20270303T010000Z.hfbackup'])
  })

  it('never take away what is another installation’s, or no backup', async () => {
    mkdirSync(join(root, 'backups'))
    writeFileSync(file('holdfast-20200101T000000Z.hfbackup'), 'somebody wrote this')
    await makeBackup({ ...backupDepsOf(dir), installation: 'ANOTHER' }, { file: file('other.hfbackup'), seal: { kind: 'none' }, verify: false })
    await make({ file: file('mine.hfbackup') })
    expect(await pruneBackups(join(root, 'backups'), backupDepsOf(dir).installation, 1)).toEqual([])
    expect(readdirSync(join(root, 'backups'))).toHaveLength(3)
  })
})

describe('an upgrade that is tried', { timeout: 60_000 }, () => {
  const older = async (path: string, steps: number): Promise<void> => {
    const database = await connect(path, { readOnly: false })
    for (const sql of migrations.slice(0, steps)) await database.exec(sql)
    await database.exec(`PRAGMA user_version = ${steps}`)
    await database.close()
  }

  it('says which steps are left and what each changes, and leaves the database as it is', async () => {
    const path = join(root, 'old.db')
    await older(path, 8)
    const trial = await tryMigrations(path)
    expect(trial).toMatchObject({ from: 8, to: SCHEMA_VERSION, integrity: 'ok', brokenReferences: 0 })
    expect(trial.steps).toHaveLength(SCHEMA_VERSION - 8)
    expect(trial.steps[0]?.changes).toEqual(expect.arrayContaining(['~table account', '+table unit', '+index account_sso']))
    const before = readFileSync(pathsOf(dir).database)
    expect((await tryUpgrade(dir, root)).steps).toEqual([])
    expect(readFileSync(pathsOf(dir).database).equals(before)).toBe(true)
  })

  it('refuses a database of a later program, and says which step fails on a damaged one', async () => {
    const path = join(root, 'new.db')
    await older(path, 3)
    expect(await codeOf(tryMigrations(path, migrations.slice(0, 2)))).toBe('STORE_NEWER')
    expect(await codeOf(tryMigrations(path, [...migrations.slice(0, 3), 'CREATE TABLE device (k INTEGER)']))).toBe('STORE_CORRUPT')
  })
})
