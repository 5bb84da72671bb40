// Ten thousand devices that enrol, in one process: each with a folder, a key and a hardware id of its own, and with the code that
// an agent enrols with, its back-off included.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { enrolPatiently } from '@holdfast/agent/identity/enrol-patiently.ts'
import { backoffMs, retryAfterMs } from '@holdfast/agent/uplink/backoff.ts'
import { serveParent } from './processes.ts'

interface Order {
  readonly folder: string
  readonly collectorUrl: string
  readonly code: string
  readonly devices: number
  /** They come evenly within this time. */
  readonly withinSecs: number
}

export interface HerdResult {
  readonly enrolled: number
  readonly distinct: number
  readonly failures: Readonly<Record<string, number>>
  readonly seconds: number
  /** From its first word until its identity is on disk, per device that enrolled. */
  readonly waitMs: readonly number[]
  /** The last try alone: two requests, and the identity on disk. */
  readonly tryMs: readonly number[]
  readonly sentAway: number
  readonly mostSentAway: number
  readonly unreachable: number
  readonly cpuSecs: number
}

/** So many talk at once for the first time: real devices do not share a processor with 10,000 others. Who comes back is not held up. */
const AT_ONCE = 48
/** As many tries as an agent's service gives it. */
const UNREACHABLE_TRIES = 20

async function herd({ folder, collectorUrl, code, devices, withinSecs }: Order): Promise<HerdResult> {
  const began = performance.now()
  const ids = new Set<string>()
  const failures: Record<string, number> = {}
  const waitMs: number[] = []
  const tryMs: number[] = []
  let [sentAway, mostSentAway, unreachable] = [0, 0, 0]
  let free = AT_ONCE
  const queue: (() => void)[] = []
  const enter = async (): Promise<void> => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => queue.push(resolve))
  }
  const leave = (): void => {
    const next = queue.shift()
    if (next === undefined) free += 1
    else next()
  }
  const one = async (index: number): Promise<void> => {
    await sleep((index / devices) * withinSecs * 1000)
    await enter()
    let isInside = true
    const out = (): void => {
      if (isInside) leave()
      isInside = false
    }
    const hardwareId = createHash('sha256').update(`${folder} ${index}`).digest('hex')
    const platform = { hardwareId: async () => hardwareId, description: async () => ({ os: 'linux', osVersion: '', kernel: '', hostname: `ws-${index}` }) }
    const first = performance.now()
    let last = first
    let turns = 0
    try {
      const { deviceId } = await enrolPatiently({ folder: join(folder, String(index)), collectorUrl, code, force: false, agentVersion: 'bench', platform }, {
        random: Math.random, told: retryAfterMs, failed: backoffMs, unreachableTries: UNREACHABLE_TRIES,
        onWait({ why }, ms) {
          out()
          if (why === 'busy') turns += 1
          else unreachable += 1
          last = performance.now() + ms
        },
      })
      ids.add(deviceId)
      waitMs.push(performance.now() - first)
      tryMs.push(performance.now() - last)
    } catch (error) {
      const name = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
      failures[name] = (failures[name] ?? 0) + 1
    }
    out()
    sentAway += turns
    mostSentAway = Math.max(mostSentAway, turns)
  }
  await Promise.all(Array.from({ length: devices }, (_, index) => one(index)))
  const { user, system } = process.cpuUsage()
  return { enrolled: waitMs.length, distinct: ids.size, failures, seconds: (performance.now() - began) / 1000, waitMs, tryMs, sentAway, mostSentAway, unreachable, cpuSecs: (user + system) / 1e6 }
}

serveParent(async (message) => herd(message as unknown as Order))
