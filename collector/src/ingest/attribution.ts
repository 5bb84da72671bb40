// Finds or makes the user of each activity, in the transaction that stores it.
import { randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { v7 as uuid } from 'uuid'
import { DRILL_ACCOUNT } from '../domain/drills/names.ts'
import { pseudonymOf, resolveAccount, type ResolvedAccount } from '../domain/people/identity.ts'
import type { UnattributedActivity, WireActor } from '../domain/wire/decode.ts'
import type { Activity } from '../domain/risk/activity.ts'
import type { StoreWriter } from '../store/store.ts'

const CACHED = 50_000

export interface Attribution {
  /** Gives the activity its user, in place: it was made for this one way, and a copy of each would cost as much as decoding it. */
  attribute(tx: StoreWriter, activity: UnattributedActivity, nowMs: number): Promise<Activity> | Activity
  /** After a rollback: users made in that transaction are gone. */
  forget(): void
}

function belongTo(activity: UnattributedActivity, userId: string): Activity {
  const owned: UnattributedActivity & { userId?: string } = activity
  owned.userId = userId
  return owned as UnattributedActivity & { userId: string }
}

export function createAttribution(): Attribution {
  const users = new LRUCache<string, string>({ max: CACHED })
  // Nearly always the next activity is of the same account on the same device.
  let last: { readonly deviceId: string; readonly actor: WireActor; readonly userId: string } | undefined
  const find = async (tx: StoreWriter, { identity, kind, displayName }: ResolvedAccount, nowMs: number): Promise<string> => {
    const user = await tx.ensureUser(identity, () => ({ id: `u_${uuid().replaceAll('-', '')}`, pseudonym: pseudonymOf(randomBytes(7)), displayName, kind, identities: [identity], createdAtMs: nowMs, groups: [] }))
    return user.id
  }
  return {
    attribute(tx, activity, nowMs) {
      const { actor, deviceId } = activity
      // Whoever did it: it was the agent's own drill.
      if (activity.drill !== undefined) return find(tx, { identity: { kind: 'device_account', value: `${DRILL_ACCOUNT}@${deviceId.toLowerCase()}` }, kind: 'system', displayName: DRILL_ACCOUNT }, nowMs).then((userId) => belongTo(activity, userId))
      if (last !== undefined && last.deviceId === deviceId && last.actor.accountId === actor.accountId && last.actor.account === actor.account && last.actor.domain === actor.domain) return belongTo(activity, last.userId)
      const key = `${deviceId}\n${actor.accountId}\n${actor.domain}\n${actor.account}`
      const known = users.get(key)
      if (known !== undefined) {
        last = { deviceId, actor, userId: known }
        return belongTo(activity, known)
      }
      return find(tx, resolveAccount(actor, deviceId), nowMs).then((userId) => {
        users.set(key, userId)
        return belongTo(activity, userId)
      })
    },
    forget() {
      last = undefined
      users.clear()
    },
  }
}
