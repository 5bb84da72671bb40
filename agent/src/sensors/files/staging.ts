// Many files gathered in one folder: what is carried out is often put together first.
//
// This is an activity of the agent and no indicator over copies, because copies on the device are ordinary work: sent one by
// one they would be most of what a device sends, only to be counted. The numbers stand in `staging`, which the reference
// prints beside the indicator `files_staged`.
//
// A copy of a whole tree is not gathering: the parts that a copy's folder and its source's folder share at their end are taken
// off both, so that all of a tree comes from one folder. Neither is unpacking: what came out of an archive came from there.
import { dirname } from 'node:path'
import { wire } from '@holdfast/proto'
import type { SensedActivity } from '../../activity.ts'

/** When files count as gathered. Told again each time that twice as many have come together. */
export const staging = { files: 20, fromFolders: 3, withinMs: 15 * 60_000 } as const

const FOLDERS = 256
const FILES_KEPT = 64
const FILES_COUNTED = 20_000

interface Gathering {
  readonly firstAtMs: number
  /** Contents, or paths where the content is not known: the same file twice is one. */
  readonly files: Map<string, wire.FileFacts.$Properties | undefined>
  readonly from: Set<string>
  bytes: number
  nextAt: number
}

interface Arrival {
  readonly file: wire.FileFacts.$Properties
  readonly oldPath: string
}

const LOCAL = wire.LocationKind.LOCATION_KIND_LOCAL

/** The file that an activity brought to another folder of the device; undefined for anything else. */
function arrivalOf({ kind, detail }: SensedActivity): Arrival | undefined {
  const copied = kind === 'file_copied' ? detail.fileCopied : undefined
  const file = copied?.destination ?? (kind === 'file_renamed' ? detail.fileRenamed?.file : undefined)
  const oldPath = copied?.source?.path ?? detail.fileRenamed?.oldPath ?? ''
  if (file === null || file === undefined || file.location !== LOCAL || oldPath === '' || copied?.chain?.at(-1)?.kind === 'packed') return undefined
  return dirname(oldPath) === dirname(file.path ?? '') ? undefined : { file, oldPath }
}

/** Both folders without the parts that they share at their end. */
export function withoutSharedEnd(from: string, to: string): readonly [from: string, to: string] {
  const left = from.split('/')
  const right = to.split('/')
  while (left.length > 1 && right.length > 1 && left.at(-1) === right.at(-1)) {
    left.pop()
    right.pop()
  }
  return [left.join('/') || '/', right.join('/') || '/']
}

/** What the pipeline has to look at so that gathering is seen. */
export const kindsOfStaging = (kinds: ReadonlySet<string>): ReadonlySet<string> => (kinds.has('files_staged') ? new Set([...kinds, 'file_copied', 'file_renamed']) : kinds)

export interface Staging {
  /** Looks at an activity of the sensor. @returns what it completes */
  saw(activity: SensedActivity): SensedActivity | undefined
}

/** Memory only: what was gathered before a restart begins anew. */
export function createStaging(): Staging {
  const gatherings = new Map<string, Gathering>()

  const gatheringIn = (folder: string, atMs: number): Gathering => {
    const known = gatherings.get(folder)
    if (known !== undefined && atMs - known.firstAtMs <= staging.withinMs) return known
    gatherings.delete(folder)
    if (gatherings.size >= FOLDERS) for (const oldest of gatherings.keys()) { gatherings.delete(oldest); break }
    const fresh: Gathering = { firstAtMs: atMs, files: new Map(), from: new Set(), bytes: 0, nextAt: staging.files }
    gatherings.set(folder, fresh)
    return fresh
  }

  return {
    saw(activity) {
      const arrival = arrivalOf(activity)
      if (arrival === undefined) return undefined
      const { file, oldPath } = arrival
      const [from, folder] = withoutSharedEnd(dirname(oldPath), dirname(file.path ?? ''))
      const gathering = gatheringIn(folder, activity.occurredAtMs)
      const identity = file.fingerprint || oldPath
      if (gathering.files.has(identity) || gathering.files.size >= FILES_COUNTED) return undefined
      gathering.files.set(identity, gathering.files.size < FILES_KEPT ? { path: oldPath, sizeBytes: file.sizeBytes ?? 0, fingerprint: file.fingerprint ?? '', location: LOCAL, state: file.state ?? '' } : undefined)
      if (gathering.from.size < FOLDERS) gathering.from.add(from)
      gathering.bytes += file.sizeBytes ?? 0
      if (gathering.files.size < gathering.nextAt || gathering.from.size < staging.fromFolders) return undefined
      gathering.nextAt = 2 * gathering.files.size
      const files = [...gathering.files.values()].filter((known) => known !== undefined)
      return {
        kind: 'files_staged', occurredAtMs: activity.occurredAtMs, ...(activity.actor === undefined ? {} : { actor: activity.actor }),
        detail: {
          filesStaged: {
            folder, count: gathering.files.size, sizeBytes: gathering.bytes, sourceFolders: gathering.from.size,
            withinSecs: Math.max(0, Math.round((activity.occurredAtMs - gathering.firstAtMs) / 1000)), files,
          },
        },
      }
    },
  }
}
