// The agent is killed at each step of taking a policy: before each call to the file system, and between them. What is found
// afterwards is the old policy or the new one, whole, and the next push of the new one ends with the new one.
import { spawnSync } from 'node:child_process'
import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toWireTimestamp, wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPolicyKeeper, readKeptPolicy } from './policy-keeper.ts'

const { privateKey } = generateKeyPairSync('ed25519')
const raw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32)
const identity = { deviceId: 'd_1', organisation: 'example', group: 'default', policyKeys: [raw.toString('base64')] }
const MOST_STEPS = 60

const signed = (version: number): Uint8Array => {
  const body = wire.AgentPolicy.encode({ version, organisation: 'example', group: 'default', issuedAt: toWireTimestamp(Date.now()), expiresAt: toWireTimestamp(Date.now() + 86_400_000), files: { enabled: true, roots: [`/v${version}`], kinds: ['file_copied'] }, reporting: { heartbeatIntervalSecs: 30, spoolMaxBytes: 2 ** 30 } }).finish()
  return wire.SignedPolicy.encode({ body, signatures: [{ keyId: createHash('sha256').update(raw).digest('hex').slice(0, 16), signature: sign(null, body, privateKey) }] }).finish()
}

/** Kills itself at the step that it is told, before the file system is asked for it; says how many there were. */
const child = (folder: string, file: string): string => `
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
let step = 0
const at = Number(process.argv[1])
const count = () => { step += 1; if (step === at) process.kill(process.pid, 'SIGKILL') }
const wrapped = (owner, name) => { const real = owner[name].bind(owner); owner[name] = async (...values) => { count(); const value = await real(...values); return name === 'open' ? handle(value) : value } }
const handle = (value) => { for (const name of ['write', 'writeFile', 'sync', 'datasync', 'close', 'chmod', 'stat', 'truncate']) if (typeof value[name] === 'function') wrapped(value, name); return value }
const bytes = await fs.readFile(${JSON.stringify(file)})
for (const name of ['open', 'rename', 'mkdir', 'chmod', 'writeFile', 'rm', 'unlink', 'stat', 'lstat', 'readFile']) wrapped(fs, name)
syncBuiltinESMExports()
const { createPolicyKeeper } = await import(${JSON.stringify(new URL('policy-keeper.ts', import.meta.url).href)})
const keeper = await createPolicyKeeper({ folder: ${JSON.stringify(folder)}, identity: ${JSON.stringify(identity)}, now: Date.now, apply: async () => count() })
const verdict = await keeper.consider(bytes)
count()
process.stdout.write(JSON.stringify({ step, kind: verdict.kind }))
`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-policy-kill-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('an agent that is killed while it takes a policy', { timeout: 120_000 }, () => {
  it('has the old one or the new one afterwards, at every step, and takes the new one when it is sent again', async () => {
    const [kept, sent] = [join(folder, 'kept'), join(folder, 'sent.bin')]
    await writeFile(sent, signed(2))
    const found: number[] = []
    let ended = false
    for (let step = 1; step <= MOST_STEPS && !ended; step += 1) {
      const home = join(kept, String(step))
      const first = await createPolicyKeeper({ folder: home, identity, now: Date.now, apply: async () => {} })
      expect((await first.consider(signed(1))).kind).toBe('applied')
      const { signal, stdout, stderr, status } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', child(home, sent), String(step)], { encoding: 'utf8' })
      ended = signal === null
      expect(ended ? [status, stderr, (JSON.parse(stdout) as { kind: string }).kind] : [signal]).toEqual(ended ? [0, '', 'applied'] : ['SIGKILL'])
      found.push((await readKeptPolicy(home, identity))?.version ?? 0)
      const again = await createPolicyKeeper({ folder: home, identity, now: Date.now, apply: async () => {} })
      await again.consider(signed(2))
      expect(again.running().policy.files?.roots).toEqual(['/v2'])
      expect((await readKeptPolicy(home, identity))?.version).toBe(2)
    }
    expect(ended).toBe(true)
    // Steps on both sides of the moment at which the new one is there for good.
    expect(found.filter((version) => version === 1).length).toBeGreaterThan(2)
    expect(found.filter((version) => version === 2).length).toBeGreaterThan(1)
    expect(found.every((version) => version === 1 || version === 2)).toBe(true)
  })
})
