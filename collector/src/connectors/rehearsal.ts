// A store to rehearse an import on: reads are those of the store as it is committed, and what is written stays here.
//
// Only what an import writes and reads again is kept, and what a file may hold millions of takes 32 bytes a key: a table
// of 64-bit hashes. Among ten million keys the chance that two look alike is below 1 in 100,000.
import { hash } from 'node:crypto'
import type { Store, StoreWriter } from '../store/store.ts'

const HEX_16 = /^[0-9a-f]{16}$/
const hash64 = (text: string): bigint => {
  const found = BigInt(`0x${hash('sha256', text).slice(0, 16)}`)
  // 0 marks an empty place.
  return found === 0n ? 1n : found
}

/** Open addressing over typed arrays: 64-bit key -> 64-bit value. */
export function createKeyTable(): { get(key: bigint): bigint | undefined; set(key: bigint, value: bigint): void; readonly size: () => number } {
  let mask = 1023
  let size = 0
  let keys = new BigUint64Array(mask + 1)
  let values = new BigUint64Array(mask + 1)
  const placeOf = (key: bigint): number => {
    let at = Number(key & 0x7fffffffn) & mask
    while (keys[at] !== 0n && keys[at] !== key) at = (at + 1) & mask
    return at
  }
  const put = (key: bigint, value: bigint): void => {
    const at = placeOf(key)
    if (keys[at] === 0n) size += 1
    keys[at] = key
    values[at] = value
  }
  return {
    size: () => size,
    get(key) {
      const at = placeOf(key)
      return keys[at] === 0n ? undefined : values[at]
    },
    set(key, value) {
      if (size * 2 > mask) {
        const [oldKeys, oldValues] = [keys, values]
        mask = mask * 2 + 1
        size = 0
        keys = new BigUint64Array(mask + 1)
        values = new BigUint64Array(mask + 1)
        for (const [at, old] of oldKeys.entries()) if (old !== 0n) put(old, oldValues[at] ?? 0n)
      }
      put(key, value)
    },
  }
}

/** Stands in for a transaction where facts are applied; nothing of it reaches the store. */
export function createRehearsal(store: Store): StoreWriter {
  const table = createKeyTable()
  const texts = new Map<string, string>()
  const settings = new Map<string, string>()
  const triggers = new Map<string, string>()
  const keyOf = (connector: string, key: string): bigint => hash64(`${connector}\n${key}`)

  const written: Partial<StoreWriter> = {
    setting: async (key) => settings.get(key) ?? store.setting(key),
    saveSetting: async (key, value) => void settings.set(key, value),
    saveUsers: async () => {},
    saveDevice: async () => {},
    markUsers: async () => {},
    removeTriggers: async () => {},
    ingest: async (runs) => ({ stored: runs.reduce((sum, run) => sum + run.activities.length, 0), duplicates: 0, watermarks: [], users: [] }),
    async saveTriggers(list) {
      const known = new Map((await store.triggersOfUsers([...new Set(list.map((trigger) => trigger.userId))])).map((trigger) => [trigger.id, trigger]))
      return list.filter((trigger) => {
        const text = JSON.stringify(trigger)
        const before = triggers.get(trigger.id) ?? JSON.stringify(known.get(trigger.id))
        triggers.set(trigger.id, text)
        return before !== text
      })
    },
    async claimItems(connector, keys) {
      const known = await store.connectorItems(connector, keys)
      return [...new Set(keys)].filter((key) => {
        const own = keyOf(connector, key)
        if (known.has(key) || table.get(own) !== undefined) return false
        table.set(own, 0n)
        return true
      })
    },
    async connectorItems(connector, keys) {
      const found = new Map(await store.connectorItems(connector, keys))
      for (const key of keys) {
        const value = table.get(keyOf(connector, key))
        const text = texts.get(`${connector}\n${key}`) ?? (value === undefined || value === 0n ? undefined : value.toString(16).padStart(16, '0'))
        if (text !== undefined) found.set(key, text)
      }
      return found
    },
    async saveConnectorItems(connector, items) {
      for (const [key, value] of items) {
        if (HEX_16.test(value)) table.set(keyOf(connector, key), BigInt(`0x${value}`) === 0n ? 1n : BigInt(`0x${value}`))
        else texts.set(`${connector}\n${key}`, value)
      }
    },
  }
  return new Proxy({} as StoreWriter, {
    get(_target, name) {
      const own = written[name as keyof StoreWriter] ?? store[name as keyof Store]
      if (own === undefined) throw new Error(`an import may not ${String(name)}`)
      return own
    },
  })
}
