// What administrators do to single devices. Everything takes the transaction; who calls writes the audit row and, after the
// commit, tells the bus (`cutOff`, `offerCredential`).
import { CodedError } from '../errors.ts'
import type { Device } from '../domain/people/device.ts'
import type { StoreReader, StoreWriter } from '../store/store.ts'
import { refuseKey } from './revoked-keys.ts'

const TAGS = 30
/** Nobody forgets a device in maintenance for longer. */
export const MAINTENANCE_MS = 90 * 86_400_000

export interface DevicePatch {
  readonly addTags?: readonly string[]
  readonly removeTags?: readonly string[]
  /** Id of a user; null: nobody's. */
  readonly owner?: string | null
  /** Moves it by hand; rules leave it there. Null: rules decide again. */
  readonly group?: string | null
  readonly maintenance?: { readonly untilMs: number; readonly reason: string } | null
}

export async function deviceOf(reader: StoreReader, id: string): Promise<Device> {
  const device = await reader.device(id)
  if (device === undefined) throw new CodedError('NOT_FOUND', { what: 'device' })
  return device
}

/** The device without what is undefined. */
function without<K extends keyof Device>(device: Device, ...keys: readonly K[]): Omit<Device, K> {
  const rest: Record<string, unknown> = { ...device }
  for (const key of keys) delete rest[key]
  return rest as unknown as Omit<Device, K>
}

/** @returns the device as it is now. @throws NOT_FOUND (device or owner), DEVICE_CHANGE_REFUSED */
export async function patchDevice(tx: StoreWriter, id: string, patch: DevicePatch, by: string, nowMs: number): Promise<{ readonly before: Device; readonly after: Device }> {
  const before = await deviceOf(tx, id)
  let after: Device = before
  if (patch.addTags !== undefined || patch.removeTags !== undefined) {
    const removed = new Set(patch.removeTags)
    const tags = [...new Set([...(before.tags ?? []).filter((tag) => !removed.has(tag)), ...(patch.addTags ?? [])])].toSorted()
    if (tags.length > TAGS) throw new CodedError('DEVICE_CHANGE_REFUSED', { problem: `a device has at most ${TAGS} tags` })
    after = { ...without(after, 'tags'), ...(tags.length === 0 ? {} : { tags }) }
  }
  if (patch.owner === null) after = without(after, 'owner')
  else if (patch.owner !== undefined) {
    if ((await tx.user(patch.owner)) === undefined) throw new CodedError('NOT_FOUND', { what: 'user' })
    after = { ...after, owner: patch.owner }
  }
  if (patch.maintenance === null) after = without(after, 'maintenance')
  else if (patch.maintenance !== undefined) {
    const { untilMs, reason } = patch.maintenance
    if (untilMs <= nowMs || untilMs > nowMs + MAINTENANCE_MS) throw new CodedError('DEVICE_CHANGE_REFUSED', { problem: 'maintenance ends within 90 days, and not before now' })
    after = { ...after, maintenance: { untilMs, reason, by, sinceMs: nowMs } }
  }
  if (patch.group === null) after = without(after, 'keepsGroup')
  else if (patch.group !== undefined) {
    after = { ...after, group: patch.group, keepsGroup: true }
    await movedGroup(tx, before, patch.group)
  }
  await tx.saveDevice(after)
  return { before, after }
}

/** What a device of another group had of its own means nothing in this one. */
export async function movedGroup(tx: StoreWriter, before: Device, group: string): Promise<void> {
  if (before.group !== group) await tx.deleteDevicePolicy(before.id)
}

/** Its key is refused from now on; `why` is shown with it. A device that is cut off already keeps its first reason. */
export async function cutOffDevice(tx: StoreWriter, device: Device, why: NonNullable<Device['cutOff']>['why'], nowMs: number, more: Partial<Device> = {}): Promise<Device> {
  const after: Device = { ...device, ...more, status: 'revoked', ...(device.status === 'revoked' && device.cutOff !== undefined ? {} : { cutOff: { atMs: nowMs, why } }) }
  await tx.saveDevice(after)
  if (device.status !== 'revoked') await refuseKey(tx, device.publicKey, nowMs)
  return after
}

/**
 * Shows the history of one device under another: the same computer under a hardware id of before, or of after, a repair.
 * The one that goes is cut off.
 *
 * @throws DEVICE_CHANGE_REFUSED: with itself, with one that is merged itself, twice
 */
export async function mergeDevice(tx: StoreWriter, fromId: string, intoId: string, nowMs: number): Promise<Device> {
  const [from, into] = [await deviceOf(tx, fromId), await deviceOf(tx, intoId)]
  const refuse = (problem: string): never => {
    throw new CodedError('DEVICE_CHANGE_REFUSED', { problem })
  }
  if (from.id === into.id) refuse('it is the same device')
  if (from.mergedInto !== undefined) refuse('it is shown under another device already; take that back first')
  if (into.mergedInto !== undefined || into.retired !== undefined) refuse('the other one is itself retired, or shown under another')
  if ((await tx.mergedDevices(from.id)).length > 0) refuse('others are shown under it; merge those into the other one first')
  return cutOffDevice(tx, from, 'merged', nowMs, { mergedInto: into.id })
}

/** Stands by itself again; to connect, it has to be enrolled anew. @throws DEVICE_CHANGE_REFUSED */
export async function unmergeDevice(tx: StoreWriter, id: string): Promise<Device> {
  const device = await deviceOf(tx, id)
  if (device.mergedInto === undefined) throw new CodedError('DEVICE_CHANGE_REFUSED', { problem: 'it is not shown under another device' })
  const after = without(device, 'mergedInto')
  await tx.saveDevice(after)
  return after
}

/** What comes back by enrolling is neither retired nor merged nor cut off. */
export const readmitted = (device: Device): Device => without(device, 'retired', 'mergedInto', 'cutOff') as Device
