// The keys that the broker must refuse, kept with what revoked them: written in the same transaction, told to the broker
// after the commit, and at every start again.
import type { Revocations } from '../bus/revocations.ts'
import type { StoreReader, StoreWriter } from '../store/store.ts'

const SETTING = 'bus.revocations'

export const storedRevocations = async (store: StoreReader): Promise<Revocations> => JSON.parse((await store.setting(SETTING)) ?? '{}') as Revocations

export async function refuseKey(tx: StoreWriter, publicKey: string, nowMs: number): Promise<void> {
  await tx.saveSetting(SETTING, JSON.stringify({ ...(await storedRevocations(tx)), [publicKey]: Math.floor(nowMs / 1000) }))
}
