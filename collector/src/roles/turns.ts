// Whose turn a piece of work is that only one process may do at a time.
//
// A lock in the store decides; which process tries to take it follows members.ts, so that work spreads over those who are
// there and moves on when somebody comes or goes. A turn is asked for between two rounds of the work, never within one: it is
// given up only while nothing is under way.
import { setTimeout as sleep } from 'node:timers/promises'
import type { WorkLocks } from '../store/work-locks.ts'
import type { Members } from './members.ts'
import type { Role } from './roles.ts'
import { everyTurn, type TurnOf } from '../waker.ts'

/** How often one looks again who waits for another to finish. */
const AGAIN_MS = 100

export interface Turns {
  of(role: Role): TurnOf
  /** Runs work while no other process runs work of this name. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The only process: every turn is its own. */
export const allTurns: Turns = { of: () => everyTurn, exclusively: (_name, work) => work(), close: async () => {} }

export function createTurns(locks: WorkLocks, members: Members, onError: (error: unknown) => void): Turns {
  return {
    of: (role) => async (name) => {
      const key = `${role}/${name}`
      try {
        if (members.owns(role, key)) return await locks.take(key)
        await locks.release(key)
      } catch (error) {
        // Without the store there is nothing to do either.
        onError(error)
      }
      return undefined
    },
    async exclusively(name, work) {
      while ((await locks.take(name)) === undefined) await sleep(AGAIN_MS)
      try {
        return await work()
      } finally {
        await locks.release(name)
      }
    },
    close: () => locks.close(),
  }
}
