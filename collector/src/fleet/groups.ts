// Device groups as the store has them: settings, and the policies compiled for them.
import type { PolicySigner } from './agent-policy.ts'
import type { StoreReader, StoreWriter } from '../store/store.ts'
import type { GroupWatchSettings } from './contract.ts'
import { readSettings } from './settings.ts'

const DEFAULT_GROUP = 'default'
const GROUPS_SETTING = 'fleet.groups'
/** `on`: agents report everything that indicators count, so that analytics can say what a policy would find. */
export const ANALYTICS_SETTING = 'analytics'
const settingsKey = (group: string): string => `fleet.group.${group}`
const floorKey = (group: string): string => `fleet.policy_floor.${group}`

export const settingsOf = async (store: StoreReader, group: string): Promise<GroupWatchSettings> => readSettings(await store.setting(settingsKey(group)))

const savedGroups = async (store: StoreReader): Promise<readonly string[]> => JSON.parse((await store.setting(GROUPS_SETTING)) ?? '[]') as readonly string[]

const revisionKey = (group: string): string => `fleet.group_revision.${group}`
/** Rises whenever the settings of the group are written, whoever does it: a person, or a roll-out that is taken back. 0 before the first time. */
export const groupRevision = async (store: StoreReader, group: string): Promise<number> => Number((await store.setting(revisionKey(group))) ?? 0)

export async function saveSettings(tx: StoreWriter, group: string, settings: GroupWatchSettings): Promise<void> {
  await tx.saveSetting(revisionKey(group), String((await groupRevision(tx, group)) + 1))
  await tx.saveSetting(settingsKey(group), JSON.stringify(settings))
  await tx.saveSetting(GROUPS_SETTING, JSON.stringify([...new Set([...(await savedGroups(tx)), group])].toSorted()))
}

/** Every group that has a device, a code or settings of its own. */
export async function groupsOf(store: StoreReader): Promise<readonly string[]> {
  const codes = await store.enrolmentCodes()
  return [...new Set([DEFAULT_GROUP, ...(await store.deviceGroups()), ...codes.map((code) => code.group), ...(await savedGroups(store))])]
}

export const floorOf = async (store: StoreReader, group: string): Promise<number> => Number((await store.setting(floorKey(group))) ?? 0)

export const reportsEverything = async (store: StoreReader): Promise<boolean> => (await store.setting(ANALYTICS_SETTING)) === 'on'

/** Devices of the group run this version, which the store does not know: it was restored from a backup. The next revision goes above it. */
export async function raiseFloor(tx: StoreWriter, group: string, version: number): Promise<void> {
  if (version > (await floorOf(tx, group))) await tx.saveSetting(floorKey(group), String(version))
}

export interface CompileInput {
  readonly organisation: string
  readonly key: PolicySigner
  readonly nowMs: number
  /** What copies of files are sealed for; absent: none are kept. */
  readonly evidenceKey?: Uint8Array
}
