// Whether there is a pull feed, and what it tells.
import { randomUUID } from 'node:crypto'
import type { Store, StoreReader, StoreWriter } from '../store/store.ts'

export interface FeedSettings {
  readonly enabled: boolean
  /** Readers are told names. */
  readonly names: boolean
  /** When somebody subscribed to it last; content from before is not handed out. Absent: nobody has. */
  readonly subscribedAtMs?: number
  /** The ETag. */
  readonly revision: number
}

const KEY = 'export-feed'
const DEFAULTS: FeedSettings = { enabled: false, names: false, revision: 0 }

export async function readFeedSettings(store: StoreReader): Promise<FeedSettings> {
  const text = await store.setting(KEY)
  return text === undefined ? DEFAULTS : { ...DEFAULTS, ...(JSON.parse(text) as FeedSettings) }
}
export const saveFeedSettings = (tx: StoreWriter, settings: FeedSettings): Promise<void> => tx.saveSetting(KEY, JSON.stringify(settings))

/** Documents are made for it. */
export const feedWanted = async (store: StoreReader): Promise<boolean> => (await readFeedSettings(store)).enabled

const INSTALLATION = 'installation-id'

/** UUID of this installation for receivers; made when it is asked for first. */
export async function installationIdOf(store: Store): Promise<string> {
  const known = await store.setting(INSTALLATION)
  if (known !== undefined) return known
  return store.write(async (tx) => {
    const meanwhile = await tx.setting(INSTALLATION)
    if (meanwhile !== undefined) return meanwhile
    const made = randomUUID()
    await tx.saveSetting(INSTALLATION, made)
    return made
  })
}
