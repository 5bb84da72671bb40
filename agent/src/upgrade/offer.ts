// The last offer of the collector, and how far this device is with it; D/upgrade/offer.json, replaced as one step.
//
//   fetching ──all of it has the signed sum──> installing ──> (probation) ──> confirmed | returned     what result.json says
//      └──────────── refused, with a code ────────┘
//
// It is written before the order is answered, so that neither a restart nor a loss of power forgets what was taken. The version
// that comes reads what the one before it wrote, and the other way round after a return: fields are only ever added.
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably } from '../platform/durable-file.ts'
import { readProbation, readResult } from './probation.ts'

export interface Offer {
  readonly format: 1
  /** Id of the order that brought it. */
  readonly order: string
  readonly offer: number
  readonly state: 'fetching' | 'installing' | 'refused'
  /** Code, where it was refused. */
  readonly reason?: string
  /** The version that it brings, or of a way back the one that is left. */
  readonly version: string
  readonly back?: true
  readonly sizeBytes: number
  readonly sha256: string
  /** What was signed and its signature, base64. */
  readonly descriptor: string
  readonly signature: string
  /** `at` of the result that stood there when it was taken: another one is about this offer. */
  readonly resultBefore: string
  /** Tries to install it: one that is cut off every time must end. */
  readonly tries: number
  /** Times that all of it came and was not what had been signed. */
  readonly damaged: number
}

export const upgradeFolder = (folder: string): string => join(folder, 'upgrade')
const offerPath = (folder: string): string => join(upgradeFolder(folder), 'offer.json')

export async function writeOffer(folder: string, offer: Offer): Promise<void> {
  await mkdir(upgradeFolder(folder), { recursive: true, mode: 0o700 })
  await writeDurably(offerPath(folder), `${JSON.stringify(offer)}\n`)
}

/** undefined before the first, and when the file says nothing that could be used. */
export async function readOffer(folder: string): Promise<Offer | undefined> {
  try {
    const value = JSON.parse(await readFile(offerPath(folder), 'utf8')) as Partial<Offer>
    return value.format === 1 && typeof value.offer === 'number' && typeof value.version === 'string' && typeof value.order === 'string' ? (value as Offer) : undefined
  } catch {
    return undefined
  }
}

export interface Progress {
  readonly state: 'fetching' | 'installing' | 'probation' | 'confirmed' | 'returned' | 'refused'
  readonly reason: string
}

/** `sensors` -> RETURNED_SENSORS */
const returnedCode = (reason = 'unknown'): string => `RETURNED_${reason.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`.slice(0, 64)

/** How far it is, with what the probation says of it. */
export async function progressOf(folder: string, { state, reason = '', version, back, resultBefore }: Offer): Promise<Progress> {
  if (state !== 'installing') return { state, reason }
  const probation = await readProbation(folder)
  if (probation?.to === version && back !== true) return { state: 'probation', reason: '' }
  const result = await readResult(folder)
  if (result === undefined || result.at === resultBefore || result.to !== version) return { state: 'installing', reason: '' }
  return result.result === 'confirmed' ? { state: 'confirmed', reason: '' } : { state: 'returned', reason: back === true ? '' : returnedCode(result.reason) }
}
