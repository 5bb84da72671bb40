// What a watcher tells the sensor, whatever facility it comes from.
import type { ProcessInfo } from '../../platform/platform.ts'
import type { Place } from './scope.ts'

export interface Doer {
  readonly pid: number
  /** Absent when it had ended already. */
  readonly process?: ProcessInfo
  /** Program of a process that had ended, by its start. */
  readonly program?: string
  /** Folders that it had to do with: where it was, and what it was called with. */
  readonly folders?: readonly string[]
}

interface At {
  readonly path: string
  readonly place: Place
  /** Milliseconds since 1970, when the notification was read. */
  readonly atMs: number
  readonly doer?: Doer
}

export type Notification =
  /** Written and closed, or moved here from `from`; `created` when it is new at this path. */
  | ({ readonly kind: 'written'; readonly created: boolean; /** Times it was looked for behind a renamed folder. */ readonly moves?: number; readonly recovered?: boolean; readonly from?: string } & At)
  /** Renamed; a place is absent on the side that nobody watches. */
  | ({ readonly kind: 'renamed'; readonly from: string; readonly fromPlace?: Place; readonly isFolder: boolean } & Omit<At, 'place'> & { readonly place?: Place })
  /** New at this path away from the device, and not written to yet: it may be another name of a file, which nobody will write. */
  | ({ readonly kind: 'appeared' } & At)
  | ({ readonly kind: 'deleted' } & At)
