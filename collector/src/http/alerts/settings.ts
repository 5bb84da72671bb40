// How long alerts may wait for their first decision, as this installation has chosen.
import { Value } from 'typebox/value'
import { defaultHoursToDecision } from '../../domain/cases/decision-clock.ts'
import type { StoreReader } from '../../store/store.ts'
import { AlertSettings } from './schema.ts'

export const SETTING = 'alerts'

export interface StoredSettings {
  readonly settings: AlertSettings
  /** Rises with every change; the ETag. */
  readonly revision: number
}

/** What was never set is the default. */
export async function alertSettings(reader: StoreReader): Promise<StoredSettings> {
  const text = await reader.setting(SETTING)
  const stored: unknown = text === undefined ? undefined : JSON.parse(text)
  if (typeof stored !== 'object' || stored === null || !('settings' in stored) || !Value.Check(AlertSettings, stored.settings)) return { settings: { hoursToDecision: { ...defaultHoursToDecision }, inlineTuning: false }, revision: 0 }
  return { settings: stored.settings, revision: 'revision' in stored && typeof stored.revision === 'number' ? stored.revision : 0 }
}
