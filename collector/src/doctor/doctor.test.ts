import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSealer, sealKeyOf } from '../access/seal.ts'
import { recordBackup, recordDrill } from '../backup/records.ts'
import { backupDepsOf } from '../cli/backups.ts'
import { doctorDepsOf } from '../cli/doctor.ts'
import { initialise } from '../cli/init.ts'
import { loadInstallation, pathsOf } from '../cli/installation.ts'
import { loadConfig } from '../config.ts'
import { makeBackup } from '../backup/make.ts'
import { saveMailSettings } from '../notices/settings.ts'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import type { Store } from '../store/store.ts'
import { buildAccount, buildDevice, buildUser } from '../testing/builders.ts'
import { examine } from './doctor.ts'
import { logLines, metricLines } from './support-bundle.ts'
import type { BusState } from './work.ts'

const run = promisify(execFile)
const main = join(import.meta.dirname, '../main.ts')
let root: string
let dir: string
let store: Store
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-doctor-'))
  dir = join(root, 'data')
  await initialise({ dir, organisation: 'Planted Works', names: ['collector.planted.example'] })
  store = await openSqliteStore({ path: pathsOf(dir).database })
})
afterEach(async () => {
  await store.close()
  rmSync(root, { recursive: true, force: true })
})

const GOOD_BUS: BusState = { connected: true, serverVersion: '2.12.1', streamBytes: 0, pending: 0 }
const look = async (bus: BusState | undefined = GOOD_BUS, nowMs = Date.now()) => {
  const checks = await examine({ ...doctorDepsOf(loadInstallation(dir), loadConfig(dir, {}, {}), bus === undefined ? undefined : () => bus), nowMs }, store)
  return new Map(checks.map((check) => [check.name, check]))
}

describe('doctor', { timeout: 60_000 }, () => {
  it('finds a new installation well, but for what is not set up', async () => {
    const checks = await look()
    expect([...checks.values()].filter(({ verdict, name }) => verdict === 'fail' && name !== 'nats-server' && name !== 'disk').map(({ name }) => name)).toEqual(['backup'])
    for (const { verdict, fix } of checks.values()) expect(fix === '').toBe(verdict === 'ok')
    const well = ['permissions', 'database', 'journal', 'schema', 'authority-expiry', 'clock', 'bus', 'stream', 'quarantine', 'evaluation', 'audit']
    expect(well.filter((name) => checks.get(name)?.verdict !== 'ok')).toEqual([])
    expect(checks.get('mail')?.verdict).toBe('warn')
  })

  it('finds keys that others may read, and a configuration with a mistake in it', async () => {
    chmodSync(join(dir, 'keys', 'policy.pem'), 0o644)
    expect((await look()).get('permissions')).toMatchObject({ verdict: 'fail', detail: expect.stringContaining('keys/policy.pem 644') as string })
    writeFileSync(join(dir, 'holdfast.yaml'), 'http:\n  prot: 1\n')
    const { code, stdout } = await run(process.execPath, [main, 'doctor', '--dir', dir, '--json']).then(() => ({ code: 0, stdout: '' }), (error: { readonly code: number; readonly stdout: string }) => error)
    expect(code).toBe(1)
    expect((JSON.parse(stdout) as { readonly checks: readonly { readonly name: string; readonly verdict: string }[] }).checks).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'configuration', verdict: 'fail' })]))
  })

  it('finds an authority near its end, and a clock that went back', async () => {
    const authority = await look(GOOD_BUS, Date.now() + 3600 * 86_400_000)
    expect(authority.get('authority-expiry')?.verdict).toBe('warn')
    expect((await look(GOOD_BUS, Date.now() - 2 * 86_400_000)).get('clock')?.verdict).toBe('fail')
    expect((await look(GOOD_BUS, Date.now() + 3700 * 86_400_000)).get('authority-expiry')?.verdict).toBe('fail')
  })

  it('finds a broker that is away, too old or full, and a collector that does not run', async () => {
    expect((await look({ ...GOOD_BUS, connected: false })).get('bus')?.verdict).toBe('fail')
    expect((await look({ ...GOOD_BUS, serverVersion: '2.10.1' })).get('bus')?.verdict).toBe('warn')
    expect((await look({ ...GOOD_BUS, streamBytes: 10_000_000_000 })).get('stream')?.verdict).toBe('warn')
    const checks = await examine(doctorDepsOf(loadInstallation(dir), loadConfig(dir, {}, {})), store)
    expect(checks.find(({ name }) => name === 'collector')?.verdict).toBe('warn')
  })

  it('finds what is in quarantine, a log that was tampered with, and a mail server that is not there', async () => {
    await store.write(async (tx) => {
      await tx.quarantine({ atMs: 1, subject: 's', reason: 'DECODE', detail: '', bytes: Buffer.from('x') })
      await saveMailSettings(tx, createSealer(sealKeyOf(loadInstallation(dir).policyKey)), { host: '127.0.0.1', port: 9, security: 'tls', from: 'a@b.example', user: 'holdfast', password: 'planted-mail-secret' }, 1)
    })
    writeFileSync(pathsOf(dir).anchors, `${JSON.stringify({ seq: 1, hash: 'f'.repeat(64), atMs: 1 })}\n`)
    const checks = await look()
    expect([checks.get('quarantine')?.verdict, checks.get('audit')?.verdict, checks.get('mail')?.verdict]).toEqual(['warn', 'fail', 'fail'])
    expect(checks.get('mail')?.detail).toMatch(/^refused:/)
  })

  it('knows how old the last backup and the last drill are', async () => {
    const made = await makeBackup(backupDepsOf(dir), { file: join(root, 'b.hfbackup'), seal: { kind: 'passphrase', passphrase: 'a passphrase of some length' }, verify: false })
    await store.write(async (tx) => {
      await recordBackup(tx, { id: 'a', name: 'a' }, made, false)
      await recordDrill(tx, { id: 'a', name: 'a' }, { ok: true, backupId: made.id, backupMadeAt: new Date().toISOString(), atMs: Date.now(), seconds: 1, checks: [] })
    })
    const checks = await look()
    expect([checks.get('backup')?.verdict, checks.get('backup-drill')?.verdict]).toEqual(['ok', 'ok'])
    const later = await look(GOOD_BUS, Date.now() + 40 * 86_400_000)
    expect([later.get('backup')?.verdict, later.get('backup-drill')?.verdict]).toEqual(['fail', 'warn'])
  })
})

/** Files of a ZIP, by its central directory. */
function unzip(bytes: Buffer): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size, nameLength, extra, comment, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)]
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString()
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const packed = bytes.subarray(start, start + size)
    files.set(name, (method === 0 ? packed : inflateRawSync(packed)).toString())
    at += 46 + nameLength + extra + comment
  }
  return files
}

describe('a support bundle', { timeout: 60_000 }, () => {
  it('holds none of the names, keys and tokens that are planted everywhere, and lists what is in it', async () => {
    await store.write(async (tx) => {
      await tx.saveUser(buildUser({ displayName: 'Petra Planted', identities: [{ kind: 'account', value: 'petra.planted' }] }))
      await tx.saveDevice(buildDevice({ hostname: 'planted-laptop' }))
      await tx.saveAccount(buildAccount({ name: 'planted-admin' }))
      await saveMailSettings(tx, createSealer(sealKeyOf(loadInstallation(dir).policyKey)), { host: '127.0.0.1', port: 9, security: 'tls', from: 'planted@b.example', user: 'planted-mailer', password: 'planted-mail-secret' }, 1)
    })
    const seed = loadInstallation(dir).keyring.account.seed
    writeFileSync(join(root, 'log'), [
      JSON.stringify({ level: 50, time: 1, msg: 'a part did not stop as it should', part: 'bus', deviceId: 'd_planted', user: 'petra.planted', err: { code: 'STORE_BUSY', type: 'CodedError', message: 'planted words', stack: 'CodedError: planted words\n    at work (/opt/planted/collector/src/store/x.ts:12:3)' } }),
      JSON.stringify({ level: 30, time: 2, msg: `a text with petra.planted and ${seed} in it` }), 'not JSON planted-laptop', '',
    ].join('\n'))
    await store.close()
    await run(process.execPath, [main, 'support-bundle', join(root, 'bundle.zip'), '--dir', dir, '--log', join(root, 'log')])
    store = await openSqliteStore({ path: pathsOf(dir).database })
    const files = unzip(readFileSync(join(root, 'bundle.zip')))
    expect([...files.keys()]).toEqual(['contents.json', 'doctor.json', 'machine.json', 'configuration.json', 'database.json', 'fleet.json', 'audit.json', 'log.jsonl'])
    for (const [name, text] of files) expect([name, ...['planted', 'petra', 'd_planted', seed, root].filter((word) => text.toLowerCase().includes(word.toLowerCase()))]).toEqual([name])
    const list = JSON.parse(files.get('contents.json') ?? '') as { readonly struckOut: number; readonly files: readonly { readonly name: string }[] }
    expect(list.files.map(({ name }) => name)).toEqual([...files.keys()].slice(1))
    expect(list.struckOut).toBeGreaterThan(0)
    expect(files.get('log.jsonl')).toContain('"code":"STORE_BUSY"')
    expect(files.get('log.jsonl')).toContain('collector/src/store/x.ts:12')
    expect(JSON.parse(files.get('configuration.json') ?? '')).toMatchObject({ 'http.port': 8443, names: '(1 set)' })
  })

  it('keeps of logs and metrics only what is known to be no name', () => {
    expect(metricLines('# HELP x\nholdfast_export_records{target="Planted SIEM",kind="a"} 3\nplain 1')).toBe('holdfast_export_records{target="-",kind="a"} 3\nplain 1')
    expect(logLines('{"msg":"m","secret":"s"}\nnoise')).toBe('{"msg":"m"}\n')
  })
})
