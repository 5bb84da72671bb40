// What sensors see of enrichment: facts about files that a hostile user may have prepared, and where a content came from.
//
// Nothing here ever follows a symbolic link, opens what is not a regular file, or reads more than its caps; reading runs
// in a child process that is killed at its deadline, with the rights of the acting user where the agent is root.
import type { wire } from '@holdfast/proto'
import type { LineageBound } from './lineage-bound.ts'
import type { Origin } from './origin.ts'

export interface InspectOptions {
  /** Whole-file SHA-256 up to this size; above it only the fingerprint. */
  readonly hashLimitBytes: number
  /** Rights to read with: the acting user's uid; the file's owner when absent. Only used where the agent is root. */
  readonly uid?: number
}

/** Facts as they go on the wire, and what only the device needs to know. */
export interface InspectedFile extends wire.FileFacts.$Properties {
  readonly path: string
  readonly sizeBytes: number
  readonly fingerprint: string
  readonly sha256: string
  readonly mimeType: string
  readonly state: string
  /** An archive that takes a password. */
  readonly encrypted: boolean
  /** Of the file's last change of content; 0 when it was not read. */
  readonly mtimeMs: number
  /** The file's owner; -1 when it was not read. */
  readonly ownerUid: number
  /** Names of the file in its file system. */
  readonly links?: number
  /** CRC-32 of the content, where all of it was read. */
  readonly crc32?: number
}

export interface SourceMatch {
  readonly path: string
  readonly sizeBytes: number
  readonly fingerprint: string
  readonly sha256?: string
}

/** One step on the way of a content. */
export interface LineageStep {
  readonly kind: 'origin' | 'renamed' | 'copied' | 'packed' | 'unpacked' | 'changed'
  readonly path: string
}

/** A source that is known by another way than its whole content. */
export interface DerivedSource extends SourceMatch {
  /** It was a member of this container, which lies at this path. */
  readonly container?: string
  /** How much of the content is the source's, 0 to 1; absent when all of it is. */
  readonly similarity?: number
}

export interface ContainerMember {
  readonly name: string
  readonly sizeBytes: number
  /** The known file with the same content. */
  readonly source?: SourceMatch
}

/** What is in a container. */
export interface Contents {
  /** `complete`, or why there is less: `partial`, `encrypted` (names and all), `unsupported`, `refused`, `timeout`, `failed`, `skipped`. */
  readonly state: string
  /** It takes a password. */
  readonly encrypted: boolean
  readonly memberCount: number
  readonly matchedCount: number
  /** Those with a source first; at most some hundred of them. */
  readonly members: readonly ContainerMember[]
}

export interface SourceHints {
  /** Rights to read candidates with. */
  readonly uid?: number
  /** Folders that the copying process had to do with; looked into for a file of the same name. */
  readonly folders?: readonly string[]
  /** Ask only what is known already: nothing is read. */
  readonly knownOnly?: boolean
}

export interface PathHistory {
  /** Empty when the content was never read. */
  readonly fingerprint: string
  /** Another file was made from it. */
  readonly wasCopySource: boolean
  /** It, or its content, went to removable media, a share or a cloud folder. */
  readonly wasExfiltrated: boolean
}

export interface ListedFile {
  readonly path: string
  readonly sizeBytes: number
  readonly mtimeMs: number
  readonly ctimeMs: number
  readonly birthtimeMs: number
}

export interface Listing {
  readonly files: readonly ListedFile[]
  readonly folders: readonly string[]
  /** The folder holds more: the next part begins 20,000 entries later. */
  readonly cut: boolean
}

/** What the lineage may look at in the background. Names and sizes only: nothing is opened. */
export interface LineageScope {
  readonly roots: readonly string[]
  /** True for a folder or file that must not be looked at. */
  excluded(path: string): boolean
}

export interface Enrichment {
  /** 0700 folder of the agent; a sensor may put a probe file there. */
  readonly folder: string
  /** Everything of the agent itself, which no sensor may report about: its writes would report themselves for ever. */
  readonly agentFolder: string
  /** Never throws for what a file does: `state` says why a file was not read. */
  inspect(path: string, options: InspectOptions): Promise<InspectedFile>
  /** Regular files and folders of one folder after the first `skip`, without following links; at most 20,000 of them. Undefined when it cannot be read. */
  list(folder: string, skip?: number): Promise<Listing | undefined>
  /** Where a file says that it was downloaded from; undefined when it says nothing. */
  originOf(path: string, uid?: number): Promise<Origin | undefined>
  /** Tells the lineage that this content is at this path now. */
  learn(facts: wire.FileFacts.$Properties & { readonly mtimeMs?: number; readonly crc32?: number }): void
  /** A watched path, or a folder with all that is in it, was renamed. */
  moved(from: string, to: string): void
  /** A watched path is gone. What it held stays known for a day, because a move to a stick deletes its source. */
  forgotten(path: string): void
  /** A file was made from this one; `made` when it lies on the device and has been learnt. */
  copied(source: string, exfiltrated: boolean, made?: { readonly path: string; readonly how: 'copied' | 'unpacked' | 'changed' }): void
  /** The way of a content to a path, the first known file first and the path last; empty when there was no step. */
  chainOf(path: string): Promise<readonly LineageStep[]>
  /** Lists a container, in a child that may be killed, and finds the files that are in it; the same content again is only looked up. */
  contentsOf(file: InspectedFile, hints?: SourceHints): Promise<Contents>
  /** For a file whose content is nobody's: the container that it was unpacked from, with the file that went into it. Nothing is read. */
  unpackedFrom(file: InspectedFile): Promise<DerivedSource | undefined>
  /** For a file whose content is nobody's: the known file that it resembles most. Reads it whole, up to 16 MiB. */
  resembling(file: InspectedFile, hints?: SourceHints): Promise<DerivedSource | undefined>
  historyOf(path: string): Promise<PathHistory>
  /** What a content was copied from: another path under the watched roots with the same content, most recent first choice. */
  sourceOf(facts: wire.FileFacts.$Properties, hints?: SourceHints): Promise<SourceMatch | undefined>
  /** What to collect in the background from now on. The same scope again changes nothing. */
  watch(scope: LineageScope): void
  /** How full the index is, and what fell out of it. */
  readonly lineageBound: LineageBound
  /** Requests that wait to be answered: a sensor leaves out what nobody needs when there are many. */
  readonly pending: number
  close(): Promise<void>
}
