// How much evidence an installation keeps.
import type { StoreReader } from '../store/store.ts'

export const EVIDENCE_SETTING = 'evidence'

export interface EvidenceSettings {
  /** Sealed bytes of one device. */
  readonly deviceQuotaBytes: number
  /** Sealed bytes of all devices together. */
  readonly organisationQuotaBytes: number
  /** Per cent of a quota from which on somebody is told. */
  readonly warnAtPercent: number
  /** Rises with every change; the ETag. */
  readonly revision: number
}

const GIB = 2 ** 30
export const defaultEvidenceSettings: EvidenceSettings = { deviceQuotaBytes: 2 * GIB, organisationQuotaBytes: 50 * GIB, warnAtPercent: 80, revision: 0 }

/** Settings as stored; a key that an older release did not know takes its default. */
export const readEvidenceSettings = async (store: StoreReader): Promise<EvidenceSettings> => ({ ...defaultEvidenceSettings, ...(JSON.parse((await store.setting(EVIDENCE_SETTING)) ?? '{}') as Partial<EvidenceSettings>) })
