// Alerts as the API shows them, with what a view needs to know besides.
import type { Alert } from '../../domain/cases/alert.ts'
import { CodedError } from '../../errors.ts'
import type { StoreReader } from '../../store/store.ts'
import type { HttpDeps } from '../context.ts'
import { lookUp } from '../look-up.ts'
import { hiddenNames, type Names } from '../names.ts'
import { presentAlert } from './present.ts'
import type { AlertView } from './schema.ts'
import { alertSettings } from './settings.ts'

export async function presentAlerts(store: StoreReader, alerts: readonly Alert[], names: Names = hiddenNames, nowMs = Date.now()): Promise<readonly AlertView[]> {
  const [{ users }, policies, accounts, { settings }] = await Promise.all([lookUp(store, alerts.map((alert) => alert.userId)), store.policies(), store.accounts(), alertSettings(store)])
  const policyById = new Map(policies.map((policy) => [policy.id, policy]))
  const accountNames = new Map(accounts.map((account) => [account.id, account.name]))
  return alerts.map((alert) => presentAlert(alert, { policy: policyById.get(alert.policyId), user: users.get(alert.userId), assigneeName: accountNames.get(alert.assigneeId ?? ''), hours: settings.hoursToDecision, nowMs }, names))
}

/** An account that may decide alerts, by its id or as `me`. @throws NOT_FOUND */
export async function assigneeOf(reader: StoreReader, word: string, actorId: string): Promise<string> {
  const id = word === 'me' ? actorId : word
  if ((await reader.account(id)) === undefined) throw new CodedError('NOT_FOUND', { what: 'account' })
  return id
}

/** What follows from a change, after its commit. */
export async function afterChange(deps: HttpDeps, changed: readonly Alert[]): Promise<void> {
  // A level that rests on one of them may end with it; if this fails, the next evaluation of the user finds it.
  if (changed.length > 0) await deps.riskLevels?.consider([...new Set(changed.map((alert) => alert.userId))]).catch(() => [])
  for (const alert of changed) deps.live.publish({ topic: 'alert.updated', alertId: alert.id, severity: alert.severity, userId: alert.userId })
}
