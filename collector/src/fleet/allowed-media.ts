// Media that groups allow, as scoring needs them: the lists, and which group a device is in.
import type { AllowedMedium, MediaAllowances } from '../domain/exclusions/allowed-media.ts'
import type { StoreReader } from '../store/store.ts'
import { groupsOf, settingsOf } from './groups.ts'

const PAGE = 500
/** What was done under an exception may arrive this long after its end. */
const EXCEPTIONS_REMEMBERED_MS = 60 * 86_400_000

async function devicesOf(store: StoreReader, group: string): Promise<readonly string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await store.devices({ limit: PAGE, group, ...(cursor === undefined ? {} : { cursor }) })
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return ids
}

/** Reads the lists of all groups; the devices only of those that have one. */
export async function readMediaAllowances(store: StoreReader, nowMs = Date.now()): Promise<MediaAllowances> {
  const groups = new Map<string, readonly AllowedMedium[]>()
  const devices = new Map<string, string>()
  for (const group of await groupsOf(store)) {
    const { allowedMedia = [] } = await settingsOf(store, group)
    if (allowedMedia.length === 0) continue
    groups.set(group, allowedMedia)
    for (const id of await devicesOf(store, group)) devices.set(id, group)
  }
  return { groups, groupOf: (deviceId) => devices.get(deviceId), exceptions: await store.grantedExceptions(nowMs - EXCEPTIONS_REMEMBERED_MS) }
}
