// Finds or makes the user of each activity, in the transaction that stores it.
import { randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { v7 as uuid } from 'uuid'
import { pseudonymOf, resolveAccount } from '../domain/people/identity.ts'
import type { UnattributedActivity, WireActor } from '../domain/wire/decode.ts'
import type { Activity } from '../domain/risk/activity.ts'
import type { StoreWriter } from '../store/store.ts'

const CACHED = 50_000

export interface Attribution {
  attribute(tx: StoreWriter, activity: UnattributedActivity, nowMs: number): Promise<Activity> | Activity
  /** After a rollback: users made in that transaction are gone. */
  forget(): void
}

export function createAttribution(): Attribution {
  const users = new LRUCache<string, string>({ max: CACHED })
  const find = async (tx: StoreWriter, actor: WireActor, deviceId: string, nowMs: number): Promise<string> => {
    const { identity, kind, displayName } = resolveAccount(actor, deviceId)
    const user = await tx.ensureUser(identity, () => ({ id: `u_${uuid().replaceAll('-', '')}`, pseudonym: pseudonymOf(randomBytes(7)), displayName, kind, identities: [identity], createdAtMs: nowMs }))
    return user.id
  }
  return {
    attribute(tx, activity, nowMs) {
      const { actor, ...rest } = activity
      const key = `${activity.deviceId}\n${actor.accountId}\n${actor.domain}\n${actor.account}`
      const known = users.get(key)
      if (known !== undefined) return { ...rest, userId: known }
      return find(tx, actor, activity.deviceId, nowMs).then((userId) => {
        users.set(key, userId)
        return { ...rest, userId }
      })
    },
    forget: () => users.clear(),
  }
}
