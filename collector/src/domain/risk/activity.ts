// The activity as the domain sees it: flat, readonly, mapped from the wire in domain/wire/decode.ts.
import type { ActivityKind } from '@holdfast/proto'

export type { ActivityKind } from '@holdfast/proto'

export type LocationKind = 'local' | 'removable' | 'network_share' | 'cloud_sync' | 'remote_session' | 'unknown'

export interface FileFacts {
  readonly path: string
  readonly sizeBytes: number
  /** Lower-case hex; absent above the agent's hash limit. */
  readonly sha256?: string
  /** Identity of the content over renames and copies. */
  readonly fingerprint?: string
  readonly location: LocationKind
  /** Why there is no hash: `stable` when there is one, else `unstable`, `special`, `too_big`, ... */
  readonly state?: string
  readonly mimeType?: string
}

export interface Media {
  readonly vendor?: string
  readonly model?: string
  readonly serial?: string
  readonly bus?: string
  readonly capacityBytes?: number
  readonly fileSystem?: string
  readonly mountPoint?: string
  readonly volumeLabel?: string
  /** Four hex digits each, as on USB. */
  readonly vendorId?: string
  readonly productId?: string
  /** The physical device, for every connection and volume the same. */
  readonly deviceId?: string
  /** `mass_storage`, `card`, `optical`, `mtp`, `ptp`, `bluetooth`, `image`. */
  readonly deviceClass?: string
  readonly slot?: string
  /** Of all its volumes, with commas. */
  readonly fileSystems?: string
  /** `luks`, `bitlocker`, `veracrypt`, `unknown`; absent for none that can be told. */
  readonly encryption?: string
}

export interface ProcessFacts {
  readonly pid?: number
  readonly name?: string
  readonly executable?: string
  readonly parentName?: string
  /** Short id of a container, or name of a sandbox. */
  readonly container?: string
  /** `browser`, `mail`, `chat`, `screenshot`, `sandbox_portal`; absent for any other. */
  readonly programClass?: string
}

export interface ContentFinding {
  readonly type: string
  readonly count: number
  /** 0 to 100. */
  readonly confidence: number
}

export type FeatureState = 'enabled' | 'disabled' | 'weakened' | 'absent' | 'unknown'

export interface Activity {
  /** `<device>.<epoch>.<seq>` for what an agent sent; an import brings its own. */
  readonly id: string
  readonly deviceId: string
  readonly userId: string
  readonly kind: ActivityKind
  /** Milliseconds since 1970 UTC, by the device's clock. */
  readonly occurredAtMs: number
  readonly observedAtMs: number
  readonly sensor: string
  /** Found by a rescan: its time is approximate. */
  readonly recovered: boolean
  /** An act of the fire drill of this id: it counts for nobody. */
  readonly drill?: string
  /** Account on the device, with the domain when it has one: `alice`, `CORP\alice`. */
  readonly account?: string
  readonly attribution?: 'process' | 'file_owner' | 'session'
  readonly process?: ProcessFacts
  /** The object: the destination of a copy, the new name of a rename. */
  readonly file?: FileFacts
  /** What a copy was made from, when lineage knows it. */
  readonly source?: FileFacts
  readonly oldPath?: string
  readonly extensionChanged?: boolean
  readonly media?: Media
  /** The medium was there before the agent started. */
  readonly present?: boolean
  readonly findings?: readonly ContentFinding[]
  readonly feature?: { readonly id: string; readonly from: FeatureState; readonly to: FeatureState; readonly fromValue?: string; readonly toValue?: string; readonly seenBy?: string }
  readonly application?: { readonly name: string; readonly version?: string; readonly oldVersion?: string; readonly source?: string; readonly publisher?: string; readonly path?: string; readonly signature?: string }
  /** Of an archive that was made, and of a container that was copied. `members`: content or path of each file in it, as far as the agent knew them. */
  readonly archive?: { readonly memberCount: number; readonly encrypted: boolean; readonly members?: readonly string[] }
  /** Content or path of files that were gathered in one folder. */
  readonly gathered?: readonly string[]
  /** Remaining fields of the rarer kinds, by their proto names in camelCase. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>
}
