// All checks of an installation, from wherever they are run: the command line without a collector, or the collector itself.
import { readAnchors } from '../audit/anchors.ts'
import { verifyAudit } from '../audit/chain.ts'
import type { KeyObject } from 'node:crypto'
import { createSealer } from '../access/seal.ts'
import type { Store } from '../store/store.ts'
import type { Check } from './check.ts'
import { checkFolder, type FolderDeps } from './folder.ts'
import { type BusState, checkWork } from './work.ts'

export interface DoctorDeps extends FolderDeps {
  readonly anchorsPath: string
  readonly policyKey: KeyObject
  readonly sealKey: Uint8Array
  readonly backups: { readonly folder: string; readonly everyHours: number; readonly drillEveryDays: number; readonly sealedForRecipient: boolean }
  readonly busMaxBytes: number
  readonly bus?: () => BusState
}

export async function examine(deps: DoctorDeps, store: Store): Promise<readonly Check[]> {
  const work = checkWork({
    store, sealer: createSealer(deps.sealKey), now: () => deps.nowMs, backups: deps.backups, busMaxBytes: deps.busMaxBytes, ...(deps.bus === undefined ? {} : { bus: deps.bus }),
    // Anchors before the log: one that is written meanwhile is of an entry that is there by then.
    audit: async () => {
      const anchors = readAnchors(deps.anchorsPath)
      return verifyAudit(store, anchors, deps.policyKey)
    },
  })
  return [...(await checkFolder(deps)), ...(await work)]
}
