// Drives roll-outs: looks at each that is under way, keeps what the look found, and tells devices.
//
// Everything is in the store: a look is computed from it, written in one transaction, and devices are told after the
// commit. A process that dies in between has told nobody: heartbeats and syncs are answered with what the store says, so the
// next heartbeat tells them. Two processes that look at the same time find the same, and the second writes nothing.
import { type Actor, appendAudit } from '../audit/chain.ts'
import { ringOfNewcomer, ringsOf } from '../domain/rollout/rings.ts'
import { type Halt, isRunning, type Rollout, type RolloutDevice } from '../domain/rollout/rollout.ts'
import { type RolloutEvent, type Step, stepRollout } from '../domain/rollout/step.ts'
import { CodedError } from '../errors.ts'
import type { Fleet } from '../fleet/contract.ts'
import { clearFleetNotice, raiseFleetNotice } from '../fleet/notices.ts'
import { canTakeBack, completeRollout } from '../fleet/offers.ts'
import { CHECK_MS, lookUntil } from './look-loop.ts'
import type { Store, StoreReader, StoreWriter } from '../store/store.ts'
import { createWaker, everyTurn, type TurnOf } from '../waker.ts'

const DAY_MS = 86_400_000
/** Heartbeats that come together are looked at together. */
const GATHER_MS = 250
const SYSTEM: Actor = { id: 'system', name: 'system' }
/** A device or two are named, a flood of them is counted. */
const TOLD_DEVICES = 20

export interface RolloutsDeps {
  readonly store: Store
  readonly fleet: Pick<Fleet, 'pushToDevices' | 'pushPolicies' | 'takeBack' | 'followRiskLevels'>
  readonly now: () => number
  readonly onChanged: (rollout: Rollout) => void
  /** Whether it is this process's to do; always where there is one. */
  readonly turnOf?: TurnOf
  readonly log: { info(object: object, message: string): void; error(object: object, message: string): void }
}

export interface Rollouts {
  /** @throws NOT_FOUND, ROLLOUT_STATE; call `settle` after the commit */
  pause(tx: StoreWriter, id: string, by: Actor): Promise<Rollout>
  /** Also lets one go on that a rule has stopped: what was seen until now does not stop it again. */
  resume(tx: StoreWriter, id: string, by: Actor): Promise<Rollout>
  halt(tx: StoreWriter, id: string, by: Actor, note: string): Promise<Rollout>
  rollBack(tx: StoreWriter, id: string, by: Actor): Promise<{ readonly rollout: Rollout; readonly tell: readonly string[] }>
  /** After the commit: devices are told, pages too, and the next look comes at once. */
  settle(rollout: Rollout, tell?: readonly string[]): Promise<void>
  /** Something may have changed: a heartbeat, a new roll-out. */
  wake(): void
  /** One look at everything that is under way. @returns when time alone will have changed something */
  look(): Promise<number>
  run(signal: AbortSignal): Promise<void>
}

/** Those that are looked at: under way, or the last word on what their group's devices should run. */
async function watched(reader: StoreReader): Promise<readonly Rollout[]> {
  const found: Rollout[] = []
  for (const rollout of await reader.latestRollouts()) {
    if (isRunning(rollout)) found.push(rollout)
    // What came back late, or fell back, is found as long as nothing newer is wanted.
    else if (rollout.state === 'completed' && (await reader.agentPolicy(rollout.group))?.version === rollout.to.version) found.push(rollout)
    else if (rollout.state === 'rolled_back' && (await reader.openRollouts(rollout.group))[0]?.id === rollout.id) found.push(rollout)
  }
  return found
}

async function isBlocked(reader: StoreReader, { plan, createdAtMs }: Rollout): Promise<boolean> {
  if (plan.afterGroups.length === 0) return false
  return (await reader.latestRollouts()).some((other) => plan.afterGroups.includes(other.group) && isRunning(other) && other.createdAtMs <= createdAtMs + CHECK_MS)
}

/** Alerts on devices that moved since the first of them did, and how many such a time had in the day before. */
async function alertsOf(reader: StoreReader, { id, plan, ring, createdAtMs, judgedFromMs = createdAtMs }: Rollout, nowMs: number): Promise<{ readonly since: number; readonly usual: number }> {
  if (ring < 0 || plan.halt.alertFactor === 0) return { since: 0, usual: 0 }
  const since = await reader.rolloutAlerts(id, judgedFromMs, nowMs + 1)
  if (since === 0) return { since, usual: 0 }
  return { since, usual: ((await reader.rolloutAlerts(id, judgedFromMs - DAY_MS, judgedFromMs)) * (nowMs - judgedFromMs)) / DAY_MS }
}

async function stepOf(reader: StoreReader, rollout: Rollout, nowMs: number): Promise<Step & { readonly newcomers: readonly RolloutDevice[] }> {
  const known = await reader.rolloutDevices(rollout.id)
  const newcomers = rollout.state === 'active' ? (await reader.rolloutNewcomers(rollout.id, rollout.group)).map((member): RolloutDevice => ({ deviceId: member.deviceId, ring: ringOfNewcomer(rollout.plan, member), state: 'pending', stateAtMs: nowMs })) : []
  const facts = new Map(await reader.rolloutFacts(rollout.id, rollout.group))
  return { ...stepRollout(rollout, { nowMs, devices: known, facts, isBlocked: await isBlocked(reader, rollout), alerts: await alertsOf(reader, rollout, nowMs) }), newcomers }
}

const RULE_WORDS: Readonly<Record<Halt['rule'], (halt: Halt) => string>> = {
  failed: ({ observed, limit }) => `${round(observed)} % of its devices refused it or do not run it (limit ${limit} %)`,
  cpu: ({ observed, limit }) => `${round(observed)} % of its devices use more of the processor than the group allows (limit ${limit} %)`,
  loss: ({ observed, limit }) => `${round(observed)} % of its devices lost activities since (limit ${limit} %)`,
  restarts: ({ observed, limit }) => `on ${round(observed)} % of its devices the agent had to be started again (limit ${limit} %)`,
  alerts: ({ observed, limit }) => `${observed} alerts since it began, where ${round(limit)} are the limit`,
  silence: ({ observed }) => `nobody of the ring was heard of for ${Math.round(observed / 3600)} hours`,
  unconfirmed: ({ observed, limit }) => `${round(observed)} % of the ring run it (${limit} % are asked for)`,
  by_hand: ({ note = '' }) => (note === '' ? 'somebody stopped it' : note),
}
const round = (value: number): number => Math.round(value * 10) / 10

/** Why a roll-out stopped, as half a sentence. */
export const haltWords = (halt: Halt): string => RULE_WORDS[halt.rule](halt)

/** What a look found, for the audit log and for administrators. */
async function tellAdministrators(tx: StoreWriter, rollout: Rollout, events: readonly RolloutEvent[], nowMs: number): Promise<void> {
  const audit = (action: string, detail: object) => appendAudit(tx, { actor: SYSTEM, action, targetKind: 'rollout', targetId: rollout.id, detail: { group: rollout.group, version: rollout.to.version, ...detail }, atMs: nowMs })
  const key = `rollout:${rollout.id}`
  const single = events.filter((event) => event.kind === 'drifted' || event.kind === 'rejected')
  for (const { kind } of events) {
    if (kind === 'ring') await audit('rollout.ring', { ring: rollout.ring + 1, of: ringsOf(rollout.plan).length })
    else if (kind === 'completed') {
      await audit('rollout.completed', {})
      await clearFleetNotice(tx, key, { atMs: nowMs })
    } else if (kind === 'rolled_back') await audit('rollout.roll_back_done', { content: rollout.from.version })
    else if (kind === 'halted' && rollout.halt !== undefined) {
      const { rule, observed, limit, deviceIds, ring } = rollout.halt
      await audit('rollout.halted', { rule, observed: round(observed), limit: round(limit), ring: ring + 1, deviceIds })
      await raiseFleetNotice(tx, { kind: 'rollout_halted', key, rolloutId: rollout.id, detail: `The roll-out to the group ${rollout.group} stopped in ring ${ring + 1}: ${haltWords(rollout.halt)}.`, fix: 'Open the roll-out: it names the devices and why. Roll it back, or correct the policy and save it again.', atMs: nowMs })
    }
  }
  for (const event of single.slice(0, TOLD_DEVICES)) if ('deviceId' in event) await appendAudit(tx, { actor: SYSTEM, action: event.kind === 'drifted' ? 'device.policy_drifted' : 'device.policy_not_taken', targetKind: 'device', targetId: event.deviceId, detail: { rollout: rollout.id, reason: event.reason }, atMs: nowMs })
  if (single.length > TOLD_DEVICES) await audit('rollout.devices_failed', { devices: single.length })
}

export function createRollouts({ store, fleet, now, onChanged, turnOf = everyTurn, log }: RolloutsDeps): Rollouts {
  const waker = createWaker()

  /** The look again, and what it found, in one transaction. */
  const keep = (id: string): Promise<{ readonly rollout: Rollout; readonly tell: readonly string[]; readonly completed: boolean; readonly nextAtMs: number | undefined } | undefined> =>
    store.write(async (tx) => {
      const before = await tx.rollout(id)
      if (before === undefined) return undefined
      const nowMs = now()
      const step = await stepOf(tx, before, nowMs)
      await tx.saveRolloutDevices(id, [...step.newcomers, ...step.changed])
      await tellAdministrators(tx, step.rollout, step.events, nowMs)
      if (step.rollout.state === 'completed' && before.state !== 'completed') {
        await completeRollout(tx, step.rollout)
        return { rollout: step.rollout, tell: step.tell, completed: true, nextAtMs: step.nextAtMs }
      }
      if (step.rollout !== before) await tx.saveRollout(step.rollout, (await tx.openRollouts(before.group)).some((open) => open.id === id))
      if (step.rollout.state === 'halted' && before.state !== 'halted' && step.rollout.plan.onHalt === 'roll_back' && (await canTakeBack(tx, step.rollout))) {
        const taken = await fleet.takeBack(tx, id, SYSTEM)
        return { ...taken, completed: false, nextAtMs: nowMs }
      }
      return { rollout: step.rollout, tell: step.tell, completed: false, nextAtMs: step.newcomers.length > 0 ? nowMs : step.nextAtMs }
    })

  const lookAt = async (rollout: Rollout): Promise<number> => {
    const step = await stepOf(store, rollout, now())
    if (step.rollout === rollout && step.changed.length === 0 && step.newcomers.length === 0) return step.nextAtMs ?? Infinity
    const kept = await keep(rollout.id)
    if (kept === undefined) return Infinity
    if (kept.rollout.state !== rollout.state || kept.rollout.ring !== rollout.ring) log.info({ rollout: rollout.id, group: rollout.group, state: kept.rollout.state, ring: kept.rollout.ring, ...(kept.rollout.halt === undefined ? {} : { halt: kept.rollout.halt.rule }) }, 'a roll-out went on')
    await fleet.pushToDevices(rollout.group, kept.tell)
    // Devices of people at risk among them get theirs over the new one.
    if (kept.tell.length > 0) fleet.followRiskLevels()
    if (kept.completed) await fleet.pushPolicies([rollout.group])
    onChanged(kept.rollout)
    return kept.nextAtMs ?? Infinity
  }

  const look = async (everything = true): Promise<number> => {
    let nextAtMs = Infinity
    for (const rollout of await watched(store)) if (everything || isRunning(rollout)) nextAtMs = Math.min(nextAtMs, await lookAt(rollout))
    return nextAtMs
  }

  const change = async (tx: StoreWriter, id: string, by: Actor, act: 'paused' | 'resumed' | 'halted', from: readonly Rollout['state'][], to: (rollout: Rollout, nowMs: number) => Rollout, detail: object = {}): Promise<Rollout> => {
    const before = await tx.rollout(id)
    if (before === undefined) throw new CodedError('NOT_FOUND', { what: 'roll-out' })
    if (!from.includes(before.state)) throw new CodedError('ROLLOUT_STATE', { state: before.state, act })
    const atMs = now()
    const after = to(before, atMs)
    await tx.saveRollout(after, true)
    await appendAudit(tx, { actor: by, action: `rollout.${act}`, targetKind: 'rollout', targetId: id, detail: { group: before.group, from: before.state, ...detail }, atMs })
    return after
  }

  return {
    pause: (tx, id, by) => change(tx, id, by, 'paused', ['active'], (rollout) => ({ ...rollout, state: 'paused' })),
    async resume(tx, id, by) {
      const after = await change(tx, id, by, 'resumed', ['paused', 'halted'], ({ halt: _halt, ...rollout }, nowMs) => ({ ...rollout, state: 'active', ...(rollout.state === 'halted' ? { judgedFromMs: nowMs } : {}) }))
      await clearFleetNotice(tx, `rollout:${id}`, { by, atMs: now() })
      return after
    },
    halt: (tx, id, by, note) => change(tx, id, by, 'halted', ['active', 'paused'], (rollout, nowMs) => ({ ...rollout, state: 'halted', halt: { rule: 'by_hand', atMs: nowMs, ring: rollout.ring, observed: 0, limit: 0, deviceIds: [], ...(note === '' ? {} : { note }) } }), note === '' ? {} : { note }),
    async rollBack(tx, id, by) {
      const taken = await fleet.takeBack(tx, id, by)
      await clearFleetNotice(tx, `rollout:${id}`, { by, atMs: now() })
      return taken
    },
    async settle(rollout, tell = []) {
      await fleet.pushToDevices(rollout.group, tell)
      // One that was complete was the group's own: whoever came since runs it too.
      if (rollout.state === 'rolling_back' && (await store.openRollouts(rollout.group)).length === 0) await fleet.pushPolicies([rollout.group])
      onChanged(rollout)
      waker.wake()
    },
    wake: () => waker.wake(),
    look: () => look(),
    run: (signal) => lookUntil(signal, {
      name: 'rollouts', turnOf, waker, now, gatherMs: GATHER_MS, look,
      onFailed: (error) => log.error({ err: error }, 'roll-outs could not be looked at; trying again in a minute'),
    }),
  }
}
