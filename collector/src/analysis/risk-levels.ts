// Keeps the risk levels of users up to date: after every evaluation, and when the time of one is over.
//
// A level is made from alerts and insights alone, so that whatever is missed here is made good by the next look.
import { defaultRiskLevelSettings, resetRiskLevel, riskLevelFromDay, riskLevelOf, type RiskLevelSettings, type RiskLevelState } from '../domain/adaptive/risk-level.ts'
import { dayOf } from '../domain/risk/insight.ts'
import type { Store, StoreReader, StoreWriter } from '../store/store.ts'

const SETTING = 'risk_levels'
const USERS_AT_ONCE = 100
const EXPIRED_AT_ONCE = 500

export interface RiskLevels {
  settings(reader?: StoreReader): Promise<RiskLevelSettings>
  saveSettings(tx: StoreWriter, settings: RiskLevelSettings): Promise<void>
  /** Looks at users again; those whose level changed are announced after the commit. */
  consider(userIds: readonly string[]): Promise<readonly RiskLevelState[]>
  /** Ends levels whose time is over. @returns how many were looked at */
  expire(): Promise<number>
  /** Inside an open transaction; say `announce` after the commit. */
  reset(tx: StoreWriter, userId: string, reason: string): Promise<RiskLevelState>
  announce(state: RiskLevelState): void
}

export interface RiskLevelDeps {
  readonly store: Store
  readonly now: () => number
  /** After the commit: for whoever listens, and for exports. */
  readonly onLevel: (state: RiskLevelState) => void
}

export const readRiskLevelSettings = async (reader: StoreReader): Promise<RiskLevelSettings> => {
  const text = await reader.setting(SETTING)
  return text === undefined ? defaultRiskLevelSettings : { ...defaultRiskLevelSettings, ...(JSON.parse(text) as RiskLevelSettings) }
}

export function createRiskLevels({ store, now, onLevel }: RiskLevelDeps): RiskLevels {
  const considerSome = async (userIds: readonly string[]): Promise<readonly RiskLevelState[]> => {
    const nowMs = now()
    const settings = await readRiskLevelSettings(store)
    const [alerts, insights] = await Promise.all([store.alertsOfUsers(userIds), store.insightsOfUsers(userIds, riskLevelFromDay(settings, nowMs), dayOf(nowMs))])
    const alertsBy = Map.groupBy(alerts, (alert) => alert.userId)
    const insightsBy = Map.groupBy(insights, (insight) => insight.userId)
    const stateOf = async (reader: StoreReader, userId: string): Promise<{ readonly before: RiskLevelState | undefined; readonly after: RiskLevelState }> => {
      const before = await reader.riskLevel(userId)
      return { before, after: riskLevelOf({ userId, alerts: alertsBy.get(userId) ?? [], insights: insightsBy.get(userId) ?? [], settings, nowMs, ...(before === undefined ? {} : { before }) }) }
    }
    // Most looks change nothing: those ask for no transaction.
    const moved: string[] = []
    for (const userId of userIds) {
      const { before, after } = await stateOf(store, userId)
      if (after !== before && !(before === undefined && after.level === 'none')) moved.push(userId)
    }
    if (moved.length === 0) return []
    const changed = await store.write(async (tx) => {
      const states: RiskLevelState[] = []
      for (const userId of moved) {
        // A reset may have come in between.
        const { before, after } = await stateOf(tx, userId)
        if (after === before || (before === undefined && after.level === 'none')) continue
        await tx.saveRiskLevel(after)
        if (after.level !== before?.level) states.push(after)
      }
      return states
    })
    for (const state of changed) onLevel(state)
    return changed
  }

  const consider = async (userIds: readonly string[]): Promise<readonly RiskLevelState[]> => {
    const changed: RiskLevelState[] = []
    for (let at = 0; at < userIds.length; at += USERS_AT_ONCE) changed.push(...(await considerSome(userIds.slice(at, at + USERS_AT_ONCE))))
    return changed
  }

  return {
    settings: (reader = store) => readRiskLevelSettings(reader),
    saveSettings: (tx, settings) => tx.saveSetting(SETTING, JSON.stringify(settings)),
    consider,
    async expire() {
      const over = await store.riskLevelsToExpire(now(), EXPIRED_AT_ONCE)
      await consider(over.map((state) => state.userId))
      return over.length
    },
    async reset(tx, userId, reason) {
      const state = resetRiskLevel(userId, reason, now())
      await tx.saveRiskLevel(state)
      return state
    },
    announce: onLevel,
  }
}
