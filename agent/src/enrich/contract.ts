// What sensors see of enrichment: facts about files that a hostile user may have prepared, and where a content came from.
//
// Nothing here ever follows a symbolic link, opens what is not a regular file, or reads more than its caps; reading runs
// in a child process that is killed at its deadline, with the rights of the acting user where the agent is root.
import type { wire } from '@holdfast/proto'

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
}

export interface SourceMatch {
  readonly path: string
  readonly sizeBytes: number
  readonly fingerprint: string
  readonly sha256?: string
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
  /** Tells the lineage that this content is at this path now. */
  learn(facts: wire.FileFacts.$Properties & { readonly mtimeMs?: number }): void
  /** A watched path, or a folder with all that is in it, was renamed. */
  moved(from: string, to: string): void
  /** A watched path is gone. What it held stays known for a day, because a move to a stick deletes its source. */
  forgotten(path: string): void
  /** A file was made from this one. */
  copied(source: string, exfiltrated: boolean): void
  historyOf(path: string): Promise<PathHistory>
  /** What a content was copied from: another path under the watched roots with the same content, most recent first choice. */
  sourceOf(facts: wire.FileFacts.$Properties, hints?: SourceHints): Promise<SourceMatch | undefined>
  /** What to collect in the background from now on. The same scope again changes nothing. */
  watch(scope: LineageScope): void
  /** Requests that wait to be answered: a sensor leaves out what nobody needs when there are many. */
  readonly pending: number
  close(): Promise<void>
}
