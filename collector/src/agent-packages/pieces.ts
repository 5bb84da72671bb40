// Gives devices pieces of the releases that they were offered. See proto/telemetry/v1/package.proto for what is said.
//
// A device gets pieces of the one release that its roll-out brings, while that goes on: a roll-out that is paused, halted or
// taken back stops what is being fetched. All devices together get so many bytes a second and no more; one that comes when
// these are used up is told to come again, so that the link stays free for activities.
import { MAX_PACKAGE_PIECE_BYTES, wire } from '@holdfast/proto'
import { LRUCache } from 'lru-cache'
import { packageFor } from '../domain/rollout/upgrade.ts'
import type { Store } from '../store/store.ts'
import type { PackageShelf } from './shelf.ts'

const MESSAGE_LIMIT = 1024
const SUM = /^[0-9a-f]{64}$/
const GATE_MS = 5000
const DEVICES = 50_000
/** Bytes that may be given at once after a rest, in seconds of the rate. */
const BURST_SECS = 2
const BUSY_SECS = 2
const PAUSED_SECS = 60
const AGAIN_SECS = 300
/** Requests of one device that wait here; an agent has one on its way. */
const WAITING_LIMIT = 2

export interface PieceDeps {
  readonly store: Store
  readonly shelf: PackageShelf
  /** Milliseconds of a clock that nobody sets. */
  readonly steady: () => number
  readonly bytesPerSec: number
  readonly log: { error(object: object, message: string): void }
}

export interface PieceServer {
  /** @returns an encoded PackagePiece; undefined when the request gets none: it cannot be read */
  handle(message: { readonly deviceId: string; readonly data: Uint8Array }): Promise<Uint8Array | undefined>
  /** Roll-outs changed. */
  forget(): void
  readonly counters: { pieces: number; bytes: number; refused: number }
}

type Gate = { readonly open: true } | { readonly open: false; readonly code: string; readonly secs: number }

export function createPieceServer({ store, shelf, steady, bytesPerSec, log }: PieceDeps): PieceServer {
  const counters = { pieces: 0, bytes: 0, refused: 0 }
  const gates = new LRUCache<string, Gate>({ max: DEVICES, ttl: GATE_MS })
  const waiting = new Map<string, number>()
  let [allowance, atMs] = [bytesPerSec * BURST_SECS, steady()]

  const isFree = (bytes: number): boolean => {
    const nowMs = steady()
    allowance = Math.min(bytesPerSec * BURST_SECS, allowance + ((nowMs - atMs) * bytesPerSec) / 1000)
    atMs = nowMs
    if (allowance <= 0) return false
    allowance -= bytes
    return true
  }
  const findGate = async (deviceId: string, id: string): Promise<Gate> => {
    const [upgrade, device] = await Promise.all([store.upgradeOf(deviceId), store.agentDevice(deviceId)])
    if (upgrade === undefined || device === undefined) return { open: false, code: 'NOT_OFFERED', secs: AGAIN_SECS }
    if (packageFor(device, upgrade.agentVersion, await store.agentPackages())?.id !== id) return { open: false, code: 'NOT_OFFERED', secs: AGAIN_SECS }
    if (upgrade.back !== undefined || (upgrade.state !== 'active' && upgrade.state !== 'completed')) return { open: false, code: 'PAUSED', secs: PAUSED_SECS }
    return { open: true }
  }
  const gateOf = async (deviceId: string, id: string): Promise<Gate> => {
    const key = `${deviceId} ${id}`
    const known = gates.get(key)
    if (known !== undefined) return known
    const found = await findGate(deviceId, id)
    gates.set(key, found)
    return found
  }
  const refuse = (refused: string, retryAfterSecs: number): wire.PackagePiece.$Properties => {
    counters.refused += 1
    return { refused, retryAfterSecs }
  }
  const answer = async (deviceId: string, data: Uint8Array): Promise<wire.PackagePiece.$Properties | undefined> => {
    let request: wire.PackageRequest
    try {
      if (data.length > MESSAGE_LIMIT) return undefined
      request = wire.PackageRequest.decode(data)
    } catch {
      // Not protobuf: the sender is broken or hostile.
      return undefined
    }
    const { sha256, offset } = request
    if (!SUM.test(sha256) || !Number.isSafeInteger(offset) || offset < 0) return refuse('REQUEST_UNFIT', AGAIN_SECS)
    const gate = await gateOf(deviceId, sha256)
    if (!gate.open) return refuse(gate.code, gate.secs)
    if (!isFree(MAX_PACKAGE_PIECE_BYTES)) return refuse('BUSY', BUSY_SECS)
    const piece = await shelf.read(sha256, offset, MAX_PACKAGE_PIECE_BYTES)
    if (piece === undefined || piece.length === 0) return refuse('PACKAGE_MISSING', AGAIN_SECS)
    counters.pieces += 1
    counters.bytes += piece.length
    return { data: piece }
  }

  return {
    counters,
    forget: () => gates.clear(),
    async handle({ deviceId, data }) {
      const before = waiting.get(deviceId) ?? 0
      if (before >= WAITING_LIMIT) return undefined
      waiting.set(deviceId, before + 1)
      try {
        const said = await answer(deviceId, data)
        return said === undefined ? undefined : wire.PackagePiece.encode(said).finish()
      } catch (error) {
        log.error({ err: error, deviceId }, 'a piece of a release could not be given; the device asks again')
        return undefined
      } finally {
        const left = (waiting.get(deviceId) ?? 1) - 1
        if (left <= 0) waiting.delete(deviceId)
        else waiting.set(deviceId, left)
      }
    },
  }
}
