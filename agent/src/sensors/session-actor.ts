import type { ActorHint } from '../activity.ts'
import type { Platform } from '../platform/platform.ts'

/**
 * Who may be meant when the system does not say who did it: the only account with a session, or nobody. A guess among
 * several people would be an accusation.
 */
export async function sessionActor(platform: Platform): Promise<ActorHint | undefined> {
  const sessions = await platform.sessions().catch(() => [])
  const accounts = new Set(sessions.map((session) => session.account))
  const [account] = accounts
  return account === undefined || accounts.size > 1 ? undefined : { account, attribution: 'session' }
}
