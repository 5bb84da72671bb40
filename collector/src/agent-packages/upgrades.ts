// Drives roll-outs of versions: the same look as at those of policies (domain/rollout/step.ts), kept in one transaction, and
// devices are told after the commit, by a signed order each.
//
// What devices were told stands in the store, so a process that starts hands its orders in again, under the same ids: a device
// that has taken one does not take it twice. After a roll-out was completed its version is the group's own: whoever comes
// later, or falls back, is offered it, as long as nothing newer is wanted.
import { isVersion } from '@holdfast/proto'
import { v7 as uuid } from 'uuid'
import { type Actor, appendAudit } from '../audit/chain.ts'
import { planProblems, type RolloutPlan, windowIsOpen } from '../domain/rollout/plan.ts'
import { ringOfNewcomer, ringsOf, shareOut } from '../domain/rollout/rings.ts'
import { isRunning, type RolloutDevice } from '../domain/rollout/rollout.ts'
import { type RolloutEvent, type Step, stepRollout, takeBack } from '../domain/rollout/step.ts'
import { type AgentDevice, type AgentUpgrade, BACK, defaultUpgradePlan, leftOut, packageFor, upgradeFacts } from '../domain/rollout/upgrade.ts'
import { CodedError } from '../errors.ts'
import { settingsOf } from '../fleet/groups.ts'
import { clearFleetNotice, raiseFleetNotice } from '../fleet/notices.ts'
import { planOf } from '../fleet/offers.ts'
import { orderId, type Orders } from '../fleet/orders.ts'
import { CHECK_MS, lookUntil } from '../rollout/look-loop.ts'
import { haltWords } from '../rollout/rollouts.ts'
import type { Store, StoreReader, StoreWriter } from '../store/store.ts'
import { createWaker, everyTurn, type TurnOf } from '../waker.ts'

const DAY_MS = 86_400_000
/** Heartbeats that come together are looked at together. */
const GATHER_MS = 500
const SYSTEM: Actor = { id: 'system', name: 'system' }
const OFFLINE_MS = 90_000
/** What agents allow themselves where a group says nothing. */
const CPU_LIMIT_PERCENT = 25
const ORDER_MS = 7 * DAY_MS
/** A device that is busy with something else is asked again. */
const BUSY_MS = 60_000
/** A device or two are named, a flood of them is counted. */
const TOLD_DEVICES = 20

export interface UpgradesDeps {
  readonly store: Store
  /** Absent where nobody is told: the process that serves does, at its next start. */
  readonly orders?: Pick<Orders, 'send'>
  readonly now: () => number
  readonly onChanged: (upgrade: AgentUpgrade) => void
  /** Whether it is this process's to do; always where there is one. */
  readonly turnOf?: TurnOf
  readonly log: { info(object: object, message: string): void; error(object: object, message: string): void }
}

export interface NewUpgrade {
  readonly group: string
  readonly version: string
  /** What is left out is as the group's own plan says, or by default. */
  readonly plan?: Partial<RolloutPlan>
}

export interface Upgrades {
  /** Offers a version to a group's devices, ring by ring; call `settle` after the commit. @throws UPGRADE_REFUSED, PLAN_INVALID's problems as UPGRADE_REFUSED */
  start(tx: StoreWriter, request: NewUpgrade, by: Actor): Promise<AgentUpgrade>
  /** @throws NOT_FOUND, ROLLOUT_STATE; call `settle` after the commit */
  pause(tx: StoreWriter, id: string, by: Actor): Promise<AgentUpgrade>
  resume(tx: StoreWriter, id: string, by: Actor): Promise<AgentUpgrade>
  halt(tx: StoreWriter, id: string, by: Actor, note: string): Promise<AgentUpgrade>
  /** Devices that have it go back to the version beside it. */
  rollBack(tx: StoreWriter, id: string, by: Actor): Promise<{ readonly upgrade: AgentUpgrade; readonly tell: readonly string[] }>
  settle(upgrade: AgentUpgrade, tell?: readonly string[]): Promise<void>
  wake(): void
  /** One look at everything that is under way. @returns when time alone will have changed something */
  look(): Promise<number>
  /** Hands in again what devices were told, and looks until the signal aborts. */
  run(signal: AbortSignal): Promise<void>
}

/** What a plan begins with: rings and windows of the group's own, patience of an upgrade. */
export async function upgradePlanOf(reader: StoreReader, group: string): Promise<RolloutPlan> {
  const own = await planOf(reader, group)
  return own === undefined ? defaultUpgradePlan : { ...own, soakSecs: Math.max(own.soakSecs, defaultUpgradePlan.soakSecs), answerSecs: Math.max(own.answerSecs, defaultUpgradePlan.answerSecs) }
}

/** Whether it can be taken back: it is the latest of its group, and devices run what it brought. */
export async function canGoBack(reader: StoreReader, upgrade: AgentUpgrade): Promise<boolean> {
  if (!(upgrade.state === 'active' || upgrade.state === 'paused' || upgrade.state === 'halted' || upgrade.state === 'completed')) return false
  return (await reader.agentUpgrades({ limit: 1, group: upgrade.group })).items[0]?.id === upgrade.id
}

/** A roll-out that a look has changed is the same kind of thing. */
const asUpgrade = (upgrade: AgentUpgrade, { rollout }: Pick<Step, 'rollout'>): AgentUpgrade => (rollout === upgrade ? upgrade : { ...rollout, agentVersion: upgrade.agentVersion })

async function alertsOf(reader: StoreReader, { id, plan, ring, createdAtMs, judgedFromMs = createdAtMs }: AgentUpgrade, nowMs: number): Promise<{ readonly since: number; readonly usual: number }> {
  if (ring < 0 || plan.halt.alertFactor === 0) return { since: 0, usual: 0 }
  const since = await reader.upgradeAlerts(id, judgedFromMs, nowMs + 1)
  return since === 0 ? { since, usual: 0 } : { since, usual: ((await reader.upgradeAlerts(id, judgedFromMs - DAY_MS, judgedFromMs)) * (nowMs - judgedFromMs)) / DAY_MS }
}

/** Devices that came into the group, or can take it now and could not before. */
async function newcomersOf(reader: StoreReader, upgrade: AgentUpgrade, nowMs: number): Promise<readonly RolloutDevice[]> {
  if (upgrade.state !== 'active' && upgrade.state !== 'completed') return []
  const packages = await reader.agentPackages()
  const able = (await reader.agentDevices(upgrade.group, upgrade.id)).filter((device) => leftOut(device, upgrade.agentVersion, packages) === undefined)
  if (upgrade.state === 'active') return able.map((device): RolloutDevice => ({ deviceId: device.deviceId, ring: ringOfNewcomer(upgrade.plan, device), state: 'pending', stateAtMs: nowMs }))
  return windowIsOpen(upgrade.plan.windows, nowMs) ? able.map((device): RolloutDevice => ({ deviceId: device.deviceId, ring: ringOfNewcomer(upgrade.plan, device), state: 'offered', stateAtMs: nowMs, movedAtMs: nowMs, offeredAtMs: nowMs })) : []
}

interface Look extends Step {
  readonly newcomers: readonly RolloutDevice[]
  readonly upgrade: AgentUpgrade
}

async function lookAt(reader: StoreReader, upgrade: AgentUpgrade, nowMs: number): Promise<Look> {
  const devices = await reader.upgradeDevices(upgrade.id)
  const told = await reader.upgradeFacts(upgrade.id, upgrade.group)
  const facts = new Map(devices.flatMap((device) => {
    const known = told.get(device.deviceId)
    return known === undefined ? [] : [[device.deviceId, upgradeFacts(upgrade, device, known, nowMs)] as const]
  }))
  const isBlocked = upgrade.plan.afterGroups.length > 0 && (await reader.latestAgentUpgrades()).some((other) => upgrade.plan.afterGroups.includes(other.group) && isRunning(other) && other.createdAtMs <= upgrade.createdAtMs + CHECK_MS)
  const step = stepRollout(upgrade, { nowMs, devices, facts, isBlocked, alerts: await alertsOf(reader, upgrade, nowMs) })
  const newcomers = await newcomersOf(reader, upgrade, nowMs)
  return { ...step, newcomers, upgrade: asUpgrade(upgrade, step), tell: [...step.tell, ...newcomers.flatMap(({ deviceId, offeredAtMs }) => (offeredAtMs === undefined ? [] : [deviceId]))] }
}

const round = (value: number): number => Math.round(value * 10) / 10

/** What a look found, for the audit log and for administrators. */
async function tellAdministrators(tx: StoreWriter, upgrade: AgentUpgrade, events: readonly RolloutEvent[], nowMs: number): Promise<void> {
  const audit = (action: string, detail: object) => appendAudit(tx, { actor: SYSTEM, action: `agent_upgrade.${action}`, targetKind: 'agent_upgrade', targetId: upgrade.id, detail: { group: upgrade.group, version: upgrade.agentVersion, ...detail }, atMs: nowMs })
  const key = `agent_upgrade:${upgrade.id}`
  for (const { kind } of events) {
    if (kind === 'ring') await audit('ring', { ring: upgrade.ring + 1, of: ringsOf(upgrade.plan).length })
    else if (kind === 'completed' || kind === 'rolled_back') {
      await audit(kind === 'completed' ? 'completed' : 'roll_back_done', {})
      await clearFleetNotice(tx, key, { atMs: nowMs })
    } else if (kind === 'halted' && upgrade.halt !== undefined) {
      const { rule, observed, limit, deviceIds, ring } = upgrade.halt
      await audit('halted', { rule, observed: round(observed), limit: round(limit), ring: ring + 1, deviceIds })
      await raiseFleetNotice(tx, { kind: 'upgrade_halted', key, detail: `The roll-out of agent version ${upgrade.agentVersion} to the group ${upgrade.group} stopped in ring ${ring + 1}: ${haltWords(upgrade.halt)}.`, fix: 'Open it under Agent versions: it names the devices and why. Devices that did not come up well run the version before already; roll the others back, or let it go on.', atMs: nowMs })
    }
  }
  const single = events.flatMap((event) => ('deviceId' in event ? [event] : []))
  for (const event of single.slice(0, TOLD_DEVICES)) await appendAudit(tx, { actor: SYSTEM, action: event.kind === 'drifted' ? 'device.version_drifted' : 'device.version_not_taken', targetKind: 'device', targetId: event.deviceId, detail: { upgrade: upgrade.id, version: upgrade.agentVersion, reason: event.reason }, atMs: nowMs })
  if (single.length > TOLD_DEVICES) await audit('devices_failed', { devices: single.length })
}

export function createUpgrades({ store, orders, now, onChanged, turnOf = everyTurn, log }: UpgradesDeps): Upgrades {
  const waker = createWaker()
  const timers = new Set<NodeJS.Timeout>()

  const send = (upgrade: AgentUpgrade, device: RolloutDevice, agent: AgentDevice, packages: Awaited<ReturnType<Store['agentPackages']>>, attempt = 0): void => {
    const found = packageFor(agent, upgrade.agentVersion, packages)
    const order = upgrade.back !== undefined ? { offer: upgrade.back.version, leave: upgrade.agentVersion } : found === undefined ? undefined : { offer: upgrade.to.version, descriptor: Buffer.from(found.descriptor, 'base64'), signature: Buffer.from(found.signature, 'base64') }
    if (order === undefined) return
    orders?.send({
      deviceId: device.deviceId, id: orderId('up', upgrade.id, device.deviceId, String(order.offer), String(device.offeredAtMs ?? 0), String(attempt)), expiresAtMs: now() + ORDER_MS, order: { upgrade: order },
      // Anything else is told by its heartbeats.
      async onAnswer({ outcome }) {
        if (outcome !== 'busy') return
        const timer = setTimeout(() => {
          timers.delete(timer)
          void tell(upgrade.id, [device.deviceId], attempt + 1).catch((error: unknown) => log.error({ err: error }, 'a device could not be offered a version again'))
        }, BUSY_MS).unref()
        timers.add(timer)
      },
    })
  }
  /** Of those in the list that were told and have not decided. */
  const tell = async (id: string, deviceIds: readonly string[], attempt = 0): Promise<void> => {
    const upgrade = await store.agentUpgrade(id)
    if (upgrade === undefined || upgrade.state === 'superseded' || orders === undefined || deviceIds.length === 0) return
    const wanted = new Set(deviceIds)
    const [devices, facts, packages] = await Promise.all([store.upgradeDevices(id), store.upgradeFacts(id, upgrade.group), store.agentPackages()])
    for (const device of devices) {
      const known = facts.get(device.deviceId)
      if (known !== undefined && wanted.has(device.deviceId) && device.offeredAtMs !== undefined && (device.state === 'offered' || device.state === 'offline')) send(upgrade, device, known.agent, packages, attempt)
    }
  }

  const takeBackNow = async (tx: StoreWriter, before: AgentUpgrade, by: Actor, nowMs: number): Promise<{ readonly upgrade: AgentUpgrade; readonly tell: readonly string[] }> => {
    const devices = await tx.upgradeDevices(before.id)
    const taken = takeBack(before, devices, { version: before.to.version + 1, hash: BACK }, nowMs)
    const upgrade = asUpgrade(before, taken)
    await tx.saveAgentUpgrade(upgrade)
    await tx.saveUpgradeDevices(before.id, taken.changed)
    await appendAudit(tx, { actor: by, action: 'agent_upgrade.rolled_back', targetKind: 'agent_upgrade', targetId: before.id, detail: { group: before.group, version: before.agentVersion, from: before.state, devices: taken.changed.length }, atMs: nowMs })
    return { upgrade, tell: taken.changed.map(({ deviceId }) => deviceId) }
  }

  /** The look again, and what it found, in one transaction. */
  const keep = (id: string): Promise<{ readonly upgrade: AgentUpgrade; readonly tell: readonly string[]; readonly nextAtMs: number | undefined } | undefined> =>
    store.write(async (tx) => {
      const before = await tx.agentUpgrade(id)
      if (before === undefined) return undefined
      const nowMs = now()
      const found = await lookAt(tx, before, nowMs)
      await tx.saveUpgradeDevices(id, [...found.newcomers, ...found.changed])
      await tellAdministrators(tx, found.upgrade, found.events, nowMs)
      if (found.upgrade !== before) await tx.saveAgentUpgrade(found.upgrade)
      if (found.upgrade.state === 'halted' && before.state !== 'halted' && found.upgrade.plan.onHalt === 'roll_back') return { ...(await takeBackNow(tx, found.upgrade, SYSTEM, nowMs)), nextAtMs: nowMs }
      return { upgrade: found.upgrade, tell: found.tell, nextAtMs: found.newcomers.length > 0 ? nowMs : found.nextAtMs }
    })

  const advance = async (upgrade: AgentUpgrade): Promise<number> => {
    const found = await lookAt(store, upgrade, now())
    if (found.upgrade === upgrade && found.changed.length === 0 && found.newcomers.length === 0) return found.nextAtMs ?? Infinity
    const kept = await keep(upgrade.id)
    if (kept === undefined) return Infinity
    if (kept.upgrade.state !== upgrade.state || kept.upgrade.ring !== upgrade.ring) log.info({ upgrade: upgrade.id, group: upgrade.group, version: upgrade.agentVersion, state: kept.upgrade.state, ring: kept.upgrade.ring, ...(kept.upgrade.halt === undefined ? {} : { halt: kept.upgrade.halt.rule }) }, 'a roll-out of an agent version went on')
    await tell(upgrade.id, kept.tell)
    onChanged(kept.upgrade)
    return kept.nextAtMs ?? Infinity
  }

  const watched = async (): Promise<readonly AgentUpgrade[]> => (await store.latestAgentUpgrades()).filter((upgrade) => isRunning(upgrade) || upgrade.state === 'completed' || upgrade.state === 'rolled_back')

  const look = async (everything = true): Promise<number> => {
    let nextAtMs = Infinity
    for (const upgrade of await watched()) if (everything || isRunning(upgrade)) nextAtMs = Math.min(nextAtMs, await advance(upgrade))
    return nextAtMs
  }

  const change = async (tx: StoreWriter, id: string, by: Actor, act: 'paused' | 'resumed' | 'halted', from: readonly AgentUpgrade['state'][], to: (upgrade: AgentUpgrade, nowMs: number) => AgentUpgrade, detail: object = {}): Promise<AgentUpgrade> => {
    const before = await tx.agentUpgrade(id)
    if (before === undefined) throw new CodedError('NOT_FOUND', { what: 'roll-out' })
    if (!from.includes(before.state)) throw new CodedError('ROLLOUT_STATE', { state: before.state, act })
    const atMs = now()
    const after = to(before, atMs)
    await tx.saveAgentUpgrade(after)
    await appendAudit(tx, { actor: by, action: `agent_upgrade.${act}`, targetKind: 'agent_upgrade', targetId: id, detail: { group: before.group, version: before.agentVersion, from: before.state, ...detail }, atMs })
    return after
  }

  return {
    async start(tx, { group, version, plan: given = {} }, by) {
      const refuse = (problem: string): never => {
        throw new CodedError('UPGRADE_REFUSED', { problem })
      }
      const packages = await tx.agentPackages()
      if (!isVersion(version) || !packages.some((one) => one.version === version && one.isWhole)) refuse(`there is no whole package of version ${version} here`)
      const plan: RolloutPlan = { ...(await upgradePlanOf(tx, group)), ...given }
      const [problem] = planProblems(plan)
      if (problem !== undefined) refuse(`its plan is not good: ${problem.pointer} ${problem.detail}`)
      const [latest] = (await tx.agentUpgrades({ limit: 1, group })).items
      if (latest !== undefined && latest.agentVersion === version && (isRunning(latest) || latest.state === 'completed')) refuse(`version ${version} is ${latest.state === 'completed' ? 'what the group runs' : 'on its way'} already`)
      const able = (await tx.agentDevices(group)).filter((device) => leftOut(device, version, packages) === undefined)
      if (able.length === 0) refuse(`no device of the group ${group} can take version ${version}`)
      const atMs = now()
      if (latest !== undefined && isRunning(latest)) await tx.saveAgentUpgrade({ ...latest, state: 'superseded', endedAtMs: atMs })
      const settings = await settingsOf(tx, group)
      // Two numbers each: one to go, one to come back.
      const offer = Math.max(0, ...(await tx.latestAgentUpgrades()).map(({ to }) => to.version)) + 2
      const upgrade: AgentUpgrade = {
        id: `au_${uuid().replaceAll('-', '')}`, group, agentVersion: version, state: 'active', plan, createdAtMs: atMs, by: { id: by.id, name: by.name }, ring: -1, from: { version: 0, hash: '' }, to: { version: offer, hash: version },
        cpuLimitMillis: (settings.cpuLimitPercent ?? CPU_LIMIT_PERCENT) * 10, offlineAfterMs: Math.max(OFFLINE_MS, 3 * settings.heartbeatIntervalSecs * 1000),
      }
      const rings = shareOut(plan, able)
      await tx.saveAgentUpgrade(upgrade)
      await tx.saveUpgradeDevices(upgrade.id, able.map(({ deviceId }): RolloutDevice => ({ deviceId, ring: rings.get(deviceId) ?? plan.ringPercents.length - 1, state: 'pending', stateAtMs: atMs })))
      await appendAudit(tx, { actor: by, action: 'agent_upgrade.started', targetKind: 'agent_upgrade', targetId: upgrade.id, detail: { group, version, devices: able.length, rings: plan.ringPercents }, atMs })
      return upgrade
    },
    pause: (tx, id, by) => change(tx, id, by, 'paused', ['active'], (upgrade) => ({ ...upgrade, state: 'paused' })),
    async resume(tx, id, by) {
      const after = await change(tx, id, by, 'resumed', ['paused', 'halted'], ({ halt: _halt, ...upgrade }, nowMs) => ({ ...upgrade, state: 'active', ...(upgrade.state === 'halted' ? { judgedFromMs: nowMs } : {}) }))
      await clearFleetNotice(tx, `agent_upgrade:${id}`, { by, atMs: now() })
      return after
    },
    halt: (tx, id, by, note) => change(tx, id, by, 'halted', ['active', 'paused'], (upgrade, nowMs) => ({ ...upgrade, state: 'halted', halt: { rule: 'by_hand', atMs: nowMs, ring: upgrade.ring, observed: 0, limit: 0, deviceIds: [], ...(note === '' ? {} : { note }) } }), note === '' ? {} : { note }),
    async rollBack(tx, id, by) {
      const before = await tx.agentUpgrade(id)
      if (before === undefined) throw new CodedError('NOT_FOUND', { what: 'roll-out' })
      if (!(await canGoBack(tx, before))) throw new CodedError('ROLLOUT_STATE', { state: before.state, act: 'rolled back' })
      const taken = await takeBackNow(tx, before, by, now())
      await clearFleetNotice(tx, `agent_upgrade:${id}`, { by, atMs: now() })
      return taken
    },
    async settle(upgrade, deviceIds = []) {
      await tell(upgrade.id, deviceIds)
      onChanged(upgrade)
      waker.wake()
    },
    wake: () => waker.wake(),
    look: () => look(),
    async run(signal) {
      await lookUntil(signal, {
        name: 'upgrades', turnOf, waker, now, gatherMs: GATHER_MS, look,
        // Orders wait in the memory of whoever looks; what devices were told stands in the store.
        async onTurn() {
          for (const upgrade of await watched()) await tell(upgrade.id, (await store.upgradeDevices(upgrade.id)).map(({ deviceId }) => deviceId))
        },
        onFailed: (error) => log.error({ err: error }, 'roll-outs of agent versions could not be looked at; trying again in a minute'),
      })
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
