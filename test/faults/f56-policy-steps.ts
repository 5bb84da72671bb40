import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Identity } from '@holdfast/agent/identity/contract.ts'
import { keepTrust, loadIdentity, saveIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { readRoot } from '@holdfast/agent/identity/root.ts'
import { createPolicyKeeper, readKeptPolicy } from '@holdfast/agent/policy/policy-keeper.ts'
import { createAuthority } from '@holdfast/collector/bus/pki.ts'
import { publicText } from '@holdfast/collector/fleet/agent-policy.ts'
import { encodeRoot, encodeSignedRoot, signBody } from '@holdfast/collector/fleet/trust-root.ts'
import { toWireTimestamp, wire } from '@holdfast/proto'
import { repository, runCommand } from '../support/processes.ts'
import { type Fault, type FaultContext, must } from './fault.ts'
import { signedBy } from './forged.ts'

const MODES = ['kill', 'ENOSPC', 'EIO'] as const
const MOST_STEPS = 120
const script = join(repository, 'test/faults/policy-step.ts')

interface Material {
  readonly identity: Identity
  /** Version 1, of the first key; version 2, of another one that a root names, which comes with it. */
  readonly first: Uint8Array
  readonly second: Uint8Array
}

async function material(): Promise<Material> {
  const make = (): KeyObject => generateKeyPairSync('ed25519').privateKey
  const [before, after, holder] = [make(), make(), make()]
  const caPem = (await createAuthority('test', Date.now())).certificatePem
  const body = (version: number, more: wire.AgentPolicy.$Properties = {}): Uint8Array => wire.AgentPolicy.encode({
    version, organisation: 'test', group: 'default', issuedAt: toWireTimestamp(Date.now() - 1000), expiresAt: toWireTimestamp(Date.now() + 86_400_000), files: { enabled: true, roots: [`/v${version}`], kinds: ['file_copied'] }, ...more,
  }).finish()
  const root = encodeRoot({ organisation: 'test', version: 1, issuedAtMs: Date.now(), rootKeys: [publicText(holder)], rootThreshold: 1, policyKeys: [publicText(after)], policyThreshold: 1, epoch: 1, authorities: [caPem] })
  const chain = [encodeSignedRoot(root, [holder, before].map((key) => signBody('root', root, key)))]
  return {
    identity: { deviceId: 'd_1', group: 'default', organisation: 'test', collectorUrl: 'https://127.0.0.1:1', natsServers: ['tls://127.0.0.1:1'], seed: `SU${'A'.repeat(56)}`, publicKey: `U${'A'.repeat(55)}`, jwt: 'x.y.z', caPem, policyKeys: [publicText(before)] },
    first: signedBy(body(1), [before]), second: signedBy(body(2, { rootVersion: 1, epoch: 1 }), [after], chain),
  }
}

async function keeperOf(folder: string) {
  const identity = await loadIdentity(folder)
  return createPolicyKeeper({
    folder, identity, now: Date.now, apply: async () => {},
    keepTrust: ({ authorities, ...keys }) => keepTrust(folder, identity, { ...keys, caPem: `${authorities.map((pem) => pem.trimEnd()).join('\n')}\n` }),
  })
}

interface Step {
  readonly version: number
  readonly ended: boolean
}

/** One try, failing at this step; what is on the disk afterwards must be the old one or the new one, and the new one when it is sent again. */
async function tryStep(context: FaultContext, { identity, first, second }: Material, file: string, mode: (typeof MODES)[number], step: number): Promise<Step> {
  const folder = join(context.folder, mode, String(step))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await saveIdentity(folder, identity)
  must((await (await keeperOf(folder)).consider(first)).kind === 'applied', 'the first policy was not taken')
  const { code, stdout, stderr } = await runCommand(script, [folder, file, String(step), mode])
  must(mode === 'kill' ? code === null || code === 0 : code === 0, `${mode} at step ${step}: the keeper ended with ${code}: ${stderr.slice(-800)}`)
  const where = `${mode} at step ${step}`
  const kept = await loadIdentity(folder).then((found) => readKeptPolicy(folder, found)).catch((error: unknown) => {
    throw new Error(`${where}: nothing good is on the disk afterwards: ${String(error)}`)
  })
  must(kept?.version === 1 || kept?.version === 2, `${where}: version ${kept?.version} is on the disk`)
  must(kept.policy.files?.roots?.[0] === `/v${kept.version}`, `${where}: the policy on the disk is mixed`)
  const said = code === null ? undefined : (JSON.parse(stdout) as { steps: number; failed: boolean; kind: string; code: string; running: number })
  must(said === undefined || said.kind !== 'applied' || kept.version === 2, `${where}: it says that version 2 runs, and 1 is on the disk`)
  must(said === undefined || said.kind === 'applied' || (said.failed && said.code === 'POLICY_NOT_KEPT' && said.running === 1), `${where}: ${stdout}`)
  const again = await keeperOf(folder)
  must(again.running().version === kept.version, `${where}: after a start version ${again.running().version} runs, and ${kept.version} is on the disk`)
  await again.consider(second)
  must(again.running().version === 2, `${where}: the new policy is not taken when it comes again: ${again.refused()?.code ?? ''}`)
  const settled = await loadIdentity(folder)
  must(settled.root !== undefined && readRoot(settled.root, 'test').version === 1, `${where}: the root is not kept`)
  must((await again.consider(first)).kind === 'refused', `${where}: the policy of before runs again`)
  return { version: kept.version, ended: said !== undefined && !said.failed && step > said.steps }
}

export const policySteps: Fault = {
  id: 'F-56', name: 'policy-steps', title: 'the agent is killed, or its disk fails, at every step of taking a policy',
  does: 'A policy that brings a root, and with it another key, is taken over and over; each time the process is killed, or the disk is full or broken, at the next step: before each call to the file system, and between them.',
  oracle: 'On the disk is the old policy or the new one, whole, and what is trusted fits it; what is said to run is on the disk; sent again, the new one is taken; the old one never is.',
  isLong: true,
  limitSecs: { short: 150, full: 300 },
  async run(context) {
    const made = await material()
    const file = join(context.folder, 'second.bin')
    await writeFile(file, made.second)
    for (const mode of context.short ? (['kill', 'ENOSPC'] as const) : MODES) {
      const found: number[] = []
      let ended = false
      for (let step = 1; step <= MOST_STEPS && !ended; step += 1) {
        context.signal.throwIfAborted()
        const done = await tryStep(context, made, file, mode, step)
        found.push(done.version)
        ended = done.ended
      }
      must(ended, `there were more than ${MOST_STEPS} steps`)
      must(found.includes(1) && found.includes(2), `${mode}: every step left version ${found[0]}, so little was tested`)
      context.figures[`${mode}Steps`] = found.length
    }
  },
}
