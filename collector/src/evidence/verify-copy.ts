// Opens a whole copy once: is it what the device said, what is it, and what stands in it.
import type { KeyObject } from 'node:crypto'
import { CodedError } from '../errors.ts'
import type { EvidenceItem } from '../store/evidence.ts'
import { lookAt, textOf } from './look.ts'
import { openSealed, type SealedFacts } from './open-sealed.ts'
import { countFindings, findSensitive } from './sensitive-text.ts'

/** Text that is looked through for findings; of larger ones the beginning. */
const SEARCHED_BYTES = 4 * 2 ** 20

export interface OpenedCopy {
  readonly facts: SealedFacts
  /** At most `limit` bytes of its beginning. */
  readonly beginning: Buffer
}

/** The beginning of a copy that was checked to its end. @throws EVIDENCE_DAMAGED */
export async function openCopy(path: string, privateKeys: ReadonlyMap<string, KeyObject>, limit: number): Promise<OpenedCopy> {
  const kept: Buffer[] = []
  let bytes = 0
  const chunks = openSealed(path, privateKeys)
  for (;;) {
    const { done, value } = await chunks.next()
    if (done === true) return { facts: value, beginning: Buffer.concat(kept) }
    if (bytes >= limit) continue
    kept.push(value.subarray(0, limit - bytes))
    bytes += Math.min(value.length, limit - bytes)
  }
}

/** @throws EVIDENCE_DAMAGED also when it is sealed well, but is another device's, another activity's or another content */
export async function verifyCopy(path: string, privateKeys: ReadonlyMap<string, KeyObject>, item: EvidenceItem): Promise<Pick<EvidenceItem, 'form' | 'mediaType' | 'findings' | 'sizeBytes' | 'sha256'>> {
  const { facts, beginning } = await openCopy(path, privateKeys, SEARCHED_BYTES)
  const wrong = facts.id !== item.deviceRef ? 'id' : facts.deviceId !== item.deviceId ? 'device' : `${facts.deviceId}.${facts.epoch}.${facts.seq}` !== item.activityId ? 'activity' : facts.sha256 !== item.sha256 ? 'check sum' : facts.plainBytes !== item.sizeBytes ? 'size' : undefined
  if (wrong !== undefined) throw new CodedError('EVIDENCE_DAMAGED', { problem: `its ${wrong} is not the one that the device named` })
  const looked = lookAt(beginning.subarray(0, 8192))
  return { ...looked, sizeBytes: facts.plainBytes, sha256: facts.sha256, findings: looked.form === 'text' ? countFindings(findSensitive(textOf(beginning))) : [] }
}
