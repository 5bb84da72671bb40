// Where devices connect from, kept for as long as a rule on groups asks for a network, and not a moment longer.
//
//   a rule asks ──> every connection that there is, then each new one ──> device.address, written when it changes
//   none asks   ──> addresses are taken away again
//
// Another process may have changed the rules: they are read again every few seconds, which is one row.
import type { Bus } from '../bus/contract.ts'
import type { DeviceAddress } from '../bus/addresses.ts'
import type { Device } from '../domain/people/device.ts'
import type { Store, StoreWriter } from '../store/store.ts'
import { asksNetwork, groupRules, plainAddress } from './group-rules.ts'

const CHECK_MS = 5000
/** What an event did not tell, a server that was away for instance, is found after this. */
const LIST_AGAIN_MS = 600_000
const GATHER_MS = 250
/** `yes` while devices may have one, so that a start without such a rule need not look through the fleet. */
const KEPT_SETTING = 'fleet.addresses_kept'
const ROWS = 500

export interface AddressesDeps {
  readonly store: Store
  readonly bus: Pick<Bus, 'addresses'>
  readonly now: () => number
  readonly onChanged: (deviceId: string) => void
  readonly log: { warn(object: object, message: string): void }
}

export interface Addresses {
  /** One look at the rules, and what follows from it. */
  look(): Promise<void>
  /** Writes what was heard. */
  flush(): Promise<void>
  run(signal: AbortSignal): void
  settled(): Promise<void>
}

export function createAddresses({ store, bus, now, onChanged, log }: AddressesDeps): Addresses {
  const heard = new Map<string, string>()
  let asks = false
  let listedAtMs = -Infinity
  let timer: NodeJS.Timeout | undefined
  let work: Promise<void> = Promise.resolve()

  const keep = async (tx: StoreWriter, rows: readonly (readonly [string, string])[]): Promise<readonly string[]> => {
    const changed: string[] = []
    for (const [publicKey, address] of rows) {
      const device = await tx.deviceByPublicKey(publicKey)
      if (device === undefined || device.status !== 'active' || device.address === address) continue
      await tx.saveDevice({ ...device, address })
      changed.push(device.id)
    }
    return changed
  }
  const flush = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    while (heard.size > 0) {
      const rows = [...heard].slice(0, ROWS)
      for (const [publicKey] of rows) heard.delete(publicKey)
      for (const id of await store.write((tx) => keep(tx, rows))) onChanged(id)
    }
  }
  const soon = (): void => {
    timer ??= setTimeout(() => {
      work = work.then(flush).catch((error: unknown) => log.warn({ err: error }, 'addresses of devices could not be kept; they are asked for again'))
    }, GATHER_MS).unref()
  }
  const hear = ({ publicKey, address }: DeviceAddress): void => {
    if (!asks) return
    heard.set(publicKey, plainAddress(address))
    soon()
  }
  const forget = async (): Promise<void> => {
    if ((await store.setting(KEPT_SETTING)) !== 'yes') return
    const kept: Device[] = []
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await store.devices({ limit: ROWS, gone: true, ...(cursor === undefined ? {} : { cursor }) })
      kept.push(...page.items.filter(({ address }) => address !== undefined))
      cursor = page.nextCursor
    }
    for (let from = 0; from < kept.length; from += ROWS) await store.write(async (tx) => {
      for (const { id } of kept.slice(from, from + ROWS)) {
        const device = await tx.device(id)
        if (device === undefined) continue
        const { address: _address, ...rest } = device
        await tx.saveDevice(rest)
      }
    })
    await store.write((tx) => tx.saveSetting(KEPT_SETTING, ''))
  }

  let cleared = false
  const look = async (): Promise<void> => {
    asks = asksNetwork((await groupRules(store)).rules)
    if (!asks) {
      heard.clear()
      listedAtMs = -Infinity
      if (!cleared) await forget()
      cleared = true
      return
    }
    cleared = false
    if ((await store.setting(KEPT_SETTING)) !== 'yes') await store.write((tx) => tx.saveSetting(KEPT_SETTING, 'yes'))
    if (bus.addresses === undefined || now() - listedAtMs < LIST_AGAIN_MS) return
    listedAtMs = now()
    await bus.addresses.list(hear)
    await flush()
  }

  return {
    look,
    flush,
    run(signal) {
      bus.addresses?.watch((found) => {
        if (!signal.aborted) hear(found)
      })
      const again = async (): Promise<void> => {
        try {
          await look()
        } catch (error) {
          // The list is asked for again at the next look.
          listedAtMs = -Infinity
          log.warn({ err: error }, 'where devices connect from could not be found out; trying again soon')
        }
        if (!signal.aborted) timerOfLooks = setTimeout(() => {
          work = work.then(again)
        }, CHECK_MS).unref()
      }
      let timerOfLooks: NodeJS.Timeout | undefined
      signal.addEventListener('abort', () => {
        clearTimeout(timerOfLooks)
        clearTimeout(timer)
      }, { once: true })
      work = work.then(again)
    },
    settled: () => work,
  }
}
