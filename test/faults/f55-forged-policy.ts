// F-55 and F-57: policies that are not the collector's, and a key of the collector that somebody else has, too.
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { createPolicyKeeper } from '@holdfast/agent/policy/policy-keeper.ts'
import { publicText } from '@holdfast/collector/fleet/agent-policy.ts'
import { MAX_POLICY_BYTES, policySubject, toWireTimestamp, wire } from '@holdfast/proto'
import type { NatsConnection } from 'nats'
import { until } from '../support/processes.ts'
import { type RealAgent, runAgent, watch } from '../support/real-agent.ts'
import { type AgentStage, buildAgentStage } from './agent-stage.ts'
import { type Fault, type FaultContext, must } from './fault.ts'
import { enrolDevice } from './fleet.ts'
import { bodyWith, brokerOf, current, policyKeyOf, refusals, refusedAs, send, signedBy, wantedPolicy } from './forged.ts'
import { changeRoot, makeHolder, rootKeyArguments, signBy } from './root-ceremony.ts'

const stranger = (): KeyObject => generateKeyPairSync('ed25519').privateKey

async function hostile(stage: AgentStage, deviceId: string): Promise<readonly (readonly [string, string, Uint8Array])[]> {
  const key = await policyKeyOf(stage.installation)
  const good = await wantedPolicy(stage.installation)
  const { version } = wire.AgentPolicy.decode(good.body)
  const next = (change: wire.AgentPolicy.$Properties = {}): Uint8Array => bodyWith(good, { version: version + 1, ...change })
  const fitting = next()
  return [
    ['older', 'POLICY_OLDER', signedBy(bodyWith(good, { version: version - 1 }), [key])],
    ['same version, other body', 'POLICY_SAME_VERSION', signedBy(bodyWith(good, { version, removableMedia: { enabled: false } }), [key])],
    ['unsigned', 'POLICY_UNSIGNED', signedBy(fitting, [])],
    ['wrong key', 'POLICY_WRONG_KEY', signedBy(fitting, [stranger()])],
    ['right key’s name, other signature', 'POLICY_WRONG_KEY', (() => {
      const signed = wire.SignedPolicy.decode(signedBy(fitting, [key]))
      return wire.SignedPolicy.encode({ body: signed.body, signatures: signed.signatures.map((one) => ({ ...one, signature: randomBytes(64) })) }).finish()
    })()],
    ['expired', 'POLICY_EXPIRED', signedBy(next({ issuedAt: toWireTimestamp(Date.now() - 20_000), expiresAt: toWireTimestamp(Date.now() - 10_000) }), [key])],
    ['other fleet', 'POLICY_OTHER_FLEET', signedBy(next({ organisation: 'another' }), [key])],
    ['other group', 'POLICY_OTHER_TARGET', signedBy(next({ group: 'servers' }), [key])],
    ['other device', 'POLICY_OTHER_DEVICE', signedBy(next({ device: `${deviceId}x` }), [key])],
    ['valid but unparseable', 'POLICY_UNREADABLE', signedBy(Uint8Array.from([0x0a, 0x7f, 0x01]), [key])],
    ['no agent can carry it out', 'POLICY_INVALID', signedBy(next({ files: { enabled: true, roots: ['relative'] } }), [key])],
    ['too large', 'POLICY_TOO_LARGE', signedBy(next({ files: { enabled: true, excludes: Array.from({ length: 400 }, () => 'x'.repeat(800)) } }), [key])],
    ['a root of nobody', 'POLICY_ROOT_REFUSED', signedBy(fitting, [key], [randomBytes(40)])],
  ]
}

async function refuseEach(context: FaultContext, stage: AgentStage, agent: RealAgent, bus: NatsConnection): Promise<number> {
  const before = (await agent.device()).policy
  const kept = await readFile(join(stage.dir, 'policy.bin'))
  const cases = await hostile(stage, agent.deviceId)
  for (const [name, code, signed] of cases) {
    context.signal.throwIfAborted()
    const already = refusals(agent, code)
    let sentAt = 0
    // At most once: one that came while the agent connected with another credential (a wrong group has it offered one) is sent again.
    await until(`"${name}" to be refused with ${code}`, 60, async () => {
      if (refusals(agent, code) > already) return true
      if (Date.now() - sentAt > 5000) await send(bus, agent.deviceId, signed)
      sentAt = Date.now() - sentAt > 5000 ? Date.now() : sentAt
      return undefined
    })
    const { policy } = await refusedAs(agent, code, already)
    must(policy.runningHash === before.runningHash && policy.runningVersion === before.runningVersion, `"${name}" changed what runs`)
    if (name === 'wrong key') await until('the device to be shown with POLICY_FORGED', 10, async () => ((await agent.device()).faults.some(({ code: shown }) => shown === 'POLICY_FORGED') ? true : undefined))
    must((await readFile(join(stage.dir, 'policy.bin'))).equals(kept), `"${name}" changed what is kept`)
  }
  // Cut short on the way, and as much as a message can hold: not even a refusal is owed, but the agent goes on.
  const whole = signedBy(bodyWith(await wantedPolicy(stage.installation), { version: before.runningVersion + 1 }), [await policyKeyOf(stage.installation)])
  bus.publish(policySubject('default'), whole.subarray(0, whole.length - 70))
  bus.publish(policySubject('default'), randomBytes(900_000))
  await bus.flush()
  await until('both to be refused', 20, () => (refusals(agent, 'POLICY_TOO_LARGE') > 1 ? true : undefined))
  must((await agent.device()).policy.runningHash === before.runningHash, 'a broken message changed what runs')
  return cases.length + 2
}

export const forgedPolicy: Fault = {
  id: 'F-55', name: 'forged-policy', title: 'policies that are not the collector’s, or not meant for this device now',
  does: 'Somebody who has the broker sends a real agent policies that are older, of the same version with another body, unsigned, of a stranger, expired, for another fleet, group and device, too large, cut short, signed and unreadable, signed and impossible, with a root of nobody. Then a root asks for two signatures: policies with one, and with the same one twice, are sent.',
  oracle: `Each is refused with a reason of its own that the heartbeat carries; what runs and what is kept stays, byte for byte. A policy that has one of two signatures is not even sent by the collector, and runs as soon as the second one is delivered. The next good one always applies. (${MAX_POLICY_BYTES} bytes are the limit.)`,
  isLong: true,
  limitSecs: { short: 360, full: 480 },
  async run(context) {
    const stage = await buildAgentStage(context)
    const { installation, dir, home, cloud } = stage
    const agent = await runAgent(installation, dir)
    context.defer(() => agent.stop('SIGKILL'))
    context.explain(() => agent.daemon.log().slice(-3000))
    const refused = await refuseEach(context, stage, agent, await brokerOf(context, installation))
    await watch(installation, { roots: [home, join(home, 'more')], cloudFolders: [cloud] })
    await current(agent)

    // From here on it takes the collector's signature and one from outside.
    const [alice, bob] = [await makeHolder(context.folder, 'alice'), await makeHolder(context.folder, 'bob')]
    const path = join(context.folder, 'root.json')
    await installation.stop()
    await changeRoot(installation, path, [alice, bob], ...rootKeyArguments([alice, bob], 2), '--outside-key', bob.publicKey, '--policy-threshold', '2')
    await installation.start()
    await installation.signIn()
    const again: Pick<RealAgent, 'daemon' | 'device'> = { daemon: agent.daemon, device: () => installation.client.get(`/api/v1/devices/${agent.deviceId}`) }
    const waiting = join(context.folder, 'policies.json')
    const { waiting: items } = JSON.parse(await installation.holdfast('keys', 'pending', waiting, '--json')) as { waiting: readonly string[] }
    must(items.length === 1, `${items.length} policies wait for the second signature`)
    await until('a heartbeat', 20, async () => ((await again.device()).policy.runningVersion > 0 ? true : undefined))
    must((await again.device()).policy.state !== 'current', 'a policy with one of two signatures runs')
    await signBy(waiting, [bob])
    const done = JSON.parse(await installation.holdfast('keys', 'deliver', waiting, '--json')) as { whole: number }
    must(done.whole === 1, 'the second signature was not taken')
    const under = await current(again)

    const key = await policyKeyOf(installation)
    const good = await wantedPolicy(installation)
    const body = bodyWith(good, { version: under.policy.runningVersion + 1 })
    const [first] = wire.SignedPolicy.decode(signedBy(body, [key])).signatures
    const bus = await brokerOf(context, installation)
    for (const signatures of [[first], [first, first]]) {
      const already = refusals(again, 'POLICY_TOO_FEW_SIGNATURES')
      await send(bus, agent.deviceId, wire.SignedPolicy.encode({ roots: good.roots, body, signatures: signatures.map((one) => ({ ...one })) }).finish())
      const { policy } = await refusedAs(again, 'POLICY_TOO_FEW_SIGNATURES', already)
      must(policy.runningHash === under.policy.runningHash, 'too few signatures changed what runs')
    }
    await stage.copy('still-watched')
    Object.assign(context.figures, { refused: refused + 2, policyBytes: (await stat(join(dir, 'policy.bin'))).size })
  },
}

export const stolenKey: Fault = {
  id: 'F-57', name: 'stolen-key', title: 'the key that signs policies is stolen, and used for the highest version there is',
  does: 'An installation has a root of trust with three holders, of whom two must sign. A thief with the policy key and the broker signs version 2^53-1, a root of his own, and a trust of his own in a policy. The collector’s policies reach nobody any more. Then the key is replaced, two holders sign a root with a new epoch, and the collector is started; the agent was off meanwhile.',
  oracle: 'The thief’s roots and trust are refused, his policy runs. After the change the collector’s next policy, of a far lower version, runs; what the thief signed before, or signs now, is refused; one holder alone cannot change the root; nothing that was copied is lost.',
  isLong: true,
  limitSecs: { short: 360, full: 480 },
  async run(context) {
    const stage = await buildAgentStage(context)
    const { installation, dir, home, cloud } = stage
    const holders = await Promise.all(['alice', 'bob', 'carol'].map((name) => makeHolder(context.folder, name)))
    const path = join(context.folder, 'root.json')
    await installation.stop()
    await changeRoot(installation, path, holders, ...rootKeyArguments(holders, 2))
    await installation.start()
    await installation.signIn()
    let agent = await runAgent(installation, dir)
    context.defer(() => agent.stop('SIGKILL'))
    context.explain(() => agent.daemon.log().slice(-3000))
    await stage.copy('before')

    const thief = await policyKeyOf(installation)
    const good = await wantedPolicy(installation)
    let bus = await brokerOf(context, installation)
    const own = stranger()
    const raw = Buffer.from(own.export({ format: 'jwk' }).x ?? '', 'base64url')
    const forgedRoot = wire.TrustRoot.encode(Object.assign(wire.TrustRoot.decode(wire.SignedRoot.decode(good.roots[0] ?? new Uint8Array()).body), { version: 2, rootKeys: [raw], rootThreshold: 1, policyKeys: [raw], policyEpoch: 9 })).finish()
    const already = refusals(agent, 'POLICY_ROOT_REFUSED')
    await send(bus, agent.deviceId, signedBy(bodyWith(good, { version: 1 }), [thief], [...good.roots, wire.SignedRoot.encode({ body: forgedRoot, signatures: [] }).finish()]))
    await refusedAs(agent, 'POLICY_ROOT_REFUSED', already)

    const forward = signedBy(bodyWith(good, { version: Number.MAX_SAFE_INTEGER, trust: { policyKeys: [raw], authorities: [installation.ca] } }), [thief], good.roots)
    await send(bus, agent.deviceId, forward)
    await until('the thief’s policy to run', 20, async () => ((await agent.device()).policy.runningVersion === Number.MAX_SAFE_INTEGER ? true : undefined))
    // What he wants to be trusted is not: his own key still signs nothing.
    const strange = refusals(agent, 'POLICY_WRONG_KEY')
    await send(bus, agent.deviceId, signedBy(bodyWith(good, { version: Number.MAX_SAFE_INTEGER }), [own], good.roots))
    // The collector sends its own again meanwhile, which is refused as older.
    await until('the thief’s own key to be refused', 20, () => (refusals(agent, 'POLICY_WRONG_KEY') > strange ? true : undefined))
    await watch(installation, { roots: [home, join(home, 'more')], cloudFolders: [cloud] })
    must((await agent.device()).policy.state !== 'current', 'a lower version runs, so nothing was tested')

    await agent.stop('SIGTERM')
    await installation.stop()
    for (const step of ['announce', 'switch', 'retire']) await installation.holdfast('keys', 'rotate', 'policy', '--step', step, '--force')
    await installation.holdfast('keys', 'root', 'propose', path, '--new-epoch')
    await signBy(path, holders.slice(0, 1))
    const alone = await installation.holdfast('keys', 'root', 'accept', path).then(() => 'taken', (error: unknown) => String(error))
    must(alone.includes('KEY_ROTATION_REFUSED'), `one holder of two: ${alone}`)
    await signBy(path, holders.slice(2, 3))
    await installation.holdfast('keys', 'root', 'accept', path)
    await installation.start()
    await installation.signIn()
    const begun = Date.now()
    agent = await runAgent(installation, dir)
    const healed = await current(agent)
    const recoveredMs = Date.now() - begun
    must(healed.policy.runningVersion < Number.MAX_SAFE_INTEGER, 'the version was not begun anew')
    bus = await brokerOf(context, installation)
    for (const [signed, code] of [[forward, 'POLICY_WRONG_KEY'], [signedBy(bodyWith(good, { version: Number.MAX_SAFE_INTEGER, rootVersion: 2, epoch: 1 }), [thief], (await wantedPolicy(installation)).roots), 'POLICY_WRONG_KEY']] as const) {
      const count = refusals(agent, code)
      await send(bus, agent.deviceId, signed)
      must((await refusedAs(agent, code, count)).policy.runningHash === healed.policy.runningHash, 'what the thief signed runs again')
    }
    // A device that comes only now gets the root with its enrolment, and takes today's policy and nothing of the thief's.
    const newcomer = await loadIdentity(await enrolDevice(installation, 'newcomer'))
    must(newcomer.root !== undefined && !newcomer.policyKeys.includes(publicText(thief)), 'a newcomer trusts the stolen key')
    const keeper = await createPolicyKeeper({ folder: join(context.folder, 'newcomer'), identity: newcomer, now: Date.now, apply: async () => {}, keepTrust: async () => {} })
    must((await keeper.consider(forward)).kind === 'refused', 'a newcomer takes what the thief signed')
    must((await keeper.consider(wire.SignedPolicy.encode(await wantedPolicy(installation)).finish())).kind === 'applied', `a newcomer does not take the policy of today: ${keeper.refused()?.code}`)
    await stage.copy('after')
    // And it stands a restart, from the disk alone.
    await agent.stop('SIGTERM')
    agent = await runAgent(installation, dir)
    must((await agent.device()).policy.runningHash === healed.policy.runningHash, 'another policy runs after a restart')
    Object.assign(context.figures, { recoveredMs, version: healed.policy.runningVersion, unexplained: (await agent.device()).unexplained })
    must((await agent.device()).unexplained === 0, 'numbers are missing')
  },
}
