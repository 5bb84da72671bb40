// Policies as somebody would make them who has the broker, a stolen key, or both; and what an agent makes of them.
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { publicText } from '@holdfast/collector/fleet/agent-policy.ts'
import { idOfPublic, signBody } from '@holdfast/collector/fleet/trust-root.ts'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { downSubject, toWireTimestamp, wire } from '@holdfast/proto'
import type { NatsConnection } from 'nats'
import { connectAsCollector } from '../support/collector-connection.ts'
import type { Installation } from '../support/collector.ts'
import { until } from '../support/processes.ts'
import type { DeviceState, RealAgent } from '../support/real-agent.ts'
import type { FaultContext } from './fault.ts'

export const policyKeyOf = async (installation: Installation): Promise<KeyObject> => createPrivateKey(await readFile(join(installation.dir, 'keys', 'policy.pem'), 'utf8'))

/** What the collector would send to the default group. */
export async function wantedPolicy(installation: Installation): Promise<wire.SignedPolicy> {
  const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: true })
  try {
    return wire.SignedPolicy.decode((await db.get<{ signed: Uint8Array }>("SELECT signed FROM agent_policy WHERE grp = 'default'"))?.signed ?? new Uint8Array())
  } finally {
    await db.close()
  }
}

export const bodyWith = ({ body }: wire.SignedPolicy, change: wire.AgentPolicy.$Properties): Uint8Array =>
  wire.AgentPolicy.encode(Object.assign(wire.AgentPolicy.decode(body), { expiresAt: toWireTimestamp(Date.now() + 86_400_000), ...change })).finish()

export function signedBy(body: Uint8Array, keys: readonly KeyObject[], roots: readonly Uint8Array[] = []): Uint8Array {
  return wire.SignedPolicy.encode({ body, signatures: keys.map((key) => ({ ...signBody('policy', body, key) })), roots: [...roots] }).finish()
}

export const keyIdOf = (key: KeyObject): string => idOfPublic(publicText(key))

/** A connection with the broker's own keys, which has to be made anew after a restart. */
export async function brokerOf(context: FaultContext, installation: Installation): Promise<NatsConnection> {
  const bus = await connectAsCollector(installation)
  context.defer(() => bus.close())
  return bus
}

/** Sends bytes as the policy of a device. What is no SignedPolicy at all goes to the whole group. */
export async function send(bus: NatsConnection, deviceId: string, signed: Uint8Array): Promise<void> {
  bus.publish(downSubject(deviceId), wire.Down.encode({ policy: wire.SignedPolicy.decode(signed) }).finish())
  await bus.flush()
}

/** How often each reason stands in the agent's log. */
export const refusals = ({ daemon }: Pick<RealAgent, 'daemon'>, code: string): number => daemon.log().split('\n').filter((line) => line.includes('a policy was refused') && line.includes(`"${code}"`)).length

/** Waits until the agent has refused with this reason, and the collector has heard it. */
export async function refusedAs(agent: Pick<RealAgent, 'daemon' | 'device'>, code: string, before: number): Promise<DeviceState> {
  await until(`a refusal with ${code}`, 20, () => (refusals(agent, code) > before ? true : undefined))
  return until(`the heartbeat with ${code}`, 20, async () => {
    const state = await agent.device()
    return state.policy.refusedReason === code ? state : undefined
  })
}

/** Waits until it runs what the collector wants it to. */
export const current = (agent: Pick<RealAgent, 'device' | 'daemon'>, seconds = 60): Promise<DeviceState> => until('the wanted policy to run', seconds, async () => {
  const state = await agent.device()
  return state.policy.wantedHash !== '' && state.policy.runningHash === state.policy.wantedHash ? state : undefined
}).catch(async (error: unknown) => {
  throw new Error(`${String(error)}: ${JSON.stringify((await agent.device()).policy)}\n${agent.daemon.log().slice(-1500)}`)
})
