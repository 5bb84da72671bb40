// An agent's keeper of policies that takes one policy, and fails at the step that it is told: before the n-th call to the file
// system, or between two of them, it is killed, or the call fails. Says on stdout how far it came.
//
// usage: node policy-step.ts FOLDER POLICY STEP kill|ENOSPC|EIO
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

const [, , folder = '', file = '', stepText = '0', mode = 'kill'] = process.argv
const at = Number(stepText)
let armed = false
let step = 0
let failed = false

/** What a full or broken disk refuses. */
const WRITES = new Set(['open', 'write', 'writeFile', 'sync', 'datasync', 'rename', 'mkdir'])
function count(name: string): void {
  if (!armed) return
  step += 1
  if (step !== at) return
  if (mode === 'kill') process.kill(process.pid, 'SIGKILL')
  if (!WRITES.has(name)) return
  failed = true
  throw Object.assign(new Error(`${mode}: ${name}`), { code: mode })
}
function wrap(object: object, name: string): void {
  const owner = object as Record<string, unknown>
  const real = owner[name]
  if (typeof real !== 'function') return
  const call = real.bind(owner) as (...values: unknown[]) => Promise<unknown>
  owner[name] = async (...values: unknown[]) => {
    count(name)
    const value = await call(...values)
    if (name === 'open' && typeof value === 'object' && value !== null) for (const method of ['write', 'writeFile', 'sync', 'datasync', 'close', 'chmod', 'stat', 'truncate']) wrap(value, method)
    return value
  }
}
for (const name of ['open', 'rename', 'mkdir', 'chmod', 'writeFile', 'rm', 'unlink', 'stat', 'lstat', 'readFile']) wrap(fs, name)
syncBuiltinESMExports()

const { keepTrust, loadIdentity } = await import('@holdfast/agent/identity/identity-file.ts')
const { createPolicyKeeper } = await import('@holdfast/agent/policy/policy-keeper.ts')
const signed = await fs.readFile(file)
const identity = await loadIdentity(folder)
const keeper = await createPolicyKeeper({
  folder, identity, now: Date.now, apply: async () => count('apply'),
  keepTrust: ({ authorities, ...keys }) => keepTrust(folder, identity, { ...keys, caPem: `${authorities.map((pem) => pem.trimEnd()).join('\n')}\n` }),
})
armed = true
const verdict = await keeper.consider(signed)
armed = false
process.stdout.write(`${JSON.stringify({ steps: step, failed, kind: verdict.kind, code: verdict.kind === 'refused' ? verdict.code : '', running: keeper.running().version })}\n`)
