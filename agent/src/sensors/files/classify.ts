// What a settled change means: pure functions from facts to activities.
import { basename, extname } from 'node:path'
import { type ActivityKind, wire } from '@holdfast/proto'
import type { ActorHint, SensedActivity } from '../../activity.ts'
import type { ContainerMember, Contents, DerivedSource, InspectedFile, LineageStep, PathHistory, SourceMatch } from '../../enrich/contract.ts'
import { printablePath } from '../../enrich/path-bytes.ts'
import { isArchive } from '../../enrich/sniff.ts'
import type { Doer } from './notification.ts'
import type { Place } from './scope.ts'

const LOCATION: Readonly<Record<Place, wire.LocationKind>> = {
  local: wire.LocationKind.LOCATION_KIND_LOCAL,
  removable: wire.LocationKind.LOCATION_KIND_REMOVABLE,
  network_share: wire.LocationKind.LOCATION_KIND_NETWORK_SHARE,
  cloud_sync: wire.LocationKind.LOCATION_KIND_CLOUD_SYNC,
  remote_session: wire.LocationKind.LOCATION_KIND_REMOTE_SESSION,
}

export type Wants = (kind: ActivityKind) => boolean

/** Names that programs give to what is not finished: editors, browsers, office suites, rsync. */
const TEMPORARY = /(^\.goutputstream-|^\.~lock\.|^\.#|^#.*#$|^\.[^/]+\.[A-Za-z0-9]{6}$|^\.[^/]+\.sw[a-z]$|~$|\.(part|partial|crdownload|download|tmp|temp|swp|filepart)$|^4913$)/i
/** Where a desktop puts what a person deletes (FreeDesktop.org Trash specification), and macOS. */
const TRASH = /\/(\.local\/share\/Trash|\.Trash(-\d+)?)\//

export const isTemporary = (path: string): boolean => TEMPORARY.test(basename(path))
export const isTrash = (path: string): boolean => TRASH.test(path)

/** Facts as they leave the device. */
export const wireFacts = (file: InspectedFile, place: Place): wire.FileFacts.$Properties => ({
  path: printablePath(file.path), sizeBytes: file.sizeBytes, sha256: file.sha256, fingerprint: file.fingerprint, location: LOCATION[place], state: file.state, mimeType: file.mimeType,
})

export function actorOf(doer: Doer | undefined, ownerUid: number): ActorHint {
  const known = doer?.process
  if (known !== undefined) {
    return {
      pid: known.pid, uid: known.loginUid ?? known.uid, attribution: 'process',
      process: { pid: known.pid, name: known.name, executable: printablePath(known.executable || (doer?.program ?? '')), parentName: known.parentName, parentPid: known.ppid, ...(known.container === undefined ? {} : { container: known.container }) },
    }
  }
  const program = doer?.program
  return {
    ...(ownerUid < 0 ? {} : { uid: ownerUid }), attribution: ownerUid < 0 ? 'session' : 'file_owner',
    ...(doer === undefined || doer.pid <= 0 ? {} : { pid: doer.pid }),
    ...(program === undefined || doer === undefined ? {} : { process: { pid: doer.pid, name: basename(program), executable: printablePath(program) } }),
  }
}

export interface WrittenFile {
  readonly file: InspectedFile
  readonly place: Place
  /** New at this path, as far as anybody can tell. */
  readonly created: boolean
  readonly source?: DerivedSource
  /** Where the source lies, when somewhere else than on the device. */
  readonly sourcePlace?: Place
  readonly chain?: readonly LineageStep[]
  /** Of a container. */
  readonly contents?: Contents
  readonly media?: wire.Media.$Properties
  readonly occurredAtMs: number
  readonly actor: ActorHint
  readonly recovered?: boolean
}

const base = (of: { readonly occurredAtMs: number; readonly actor: ActorHint; readonly recovered?: boolean }): Omit<SensedActivity, 'kind' | 'detail'> => ({
  occurredAtMs: of.occurredAtMs, actor: of.actor, ...(of.recovered === true ? { recovered: true } : {}),
})

const sourceFacts = (source: SourceMatch, place: Place = 'local'): wire.FileFacts.$Properties => ({
  path: printablePath(source.path), sizeBytes: source.sizeBytes, sha256: source.sha256 ?? '', fingerprint: source.fingerprint, location: LOCATION[place], state: 'stable',
})

/** Members of one activity, and the characters that their texts may take of the 64 KiB that an activity has. */
const MEMBERS_TOLD = 64
const MEMBER_CHARS = 24_000

function memberFacts(members: readonly ContainerMember[]): wire.FileFacts.$Properties[] {
  const told: wire.FileFacts.$Properties[] = []
  let left = MEMBER_CHARS
  for (const { name, sizeBytes, source } of members) {
    const facts = source === undefined ? { sizeBytes, memberName: name } : { ...sourceFacts(source), memberName: name }
    left -= name.length + (source?.path.length ?? 0) + 80
    if (told.length >= MEMBERS_TOLD || left < 0) break
    told.push(facts)
  }
  return told
}

/** What a copy says of the way of its content, and of what is in it. */
function lineageFacts({ source, sourcePlace, chain, contents }: WrittenFile): Partial<wire.FileCopied.$Properties> {
  return {
    ...(source === undefined ? {} : { source: sourceFacts(source, sourcePlace) }),
    ...(source?.similarity === undefined ? {} : { similarity: Math.min(99, Math.max(1, Math.round(source.similarity * 100))) }),
    ...(chain === undefined ? {} : { chain: chain.map(({ kind, path }) => ({ kind, path: printablePath(path) })) }),
    ...(contents === undefined ? {} : { members: memberFacts(contents.members.filter((member) => member.source !== undefined)), memberCount: contents.memberCount, encrypted: contents.encrypted }),
  }
}

const archiveFacts = (file: InspectedFile, contents: Contents | undefined): Partial<wire.ArchiveCreated.$Properties> =>
  contents === undefined
    ? { memberCount: 0, encrypted: file.encrypted, state: 'skipped' }
    : { members: memberFacts(contents.members), memberCount: contents.memberCount, matchedCount: contents.matchedCount, encrypted: contents.encrypted, state: contents.state }

/**
 * A file was written. Away from the device every write is a copy; on it, only what equals another watched file.
 *
 * @returns no, one or two activities: an archive that is made on a stick is both
 */
export function activitiesOfWrite(written: WrittenFile, wants: Wants): readonly SensedActivity[] {
  const { file, place, created, source, media, contents } = written
  const facts = wireFacts(file, place)
  const found: SensedActivity[] = []
  if ((place !== 'local' || source !== undefined) && wants('file_copied')) {
    found.push({ ...base(written), kind: 'file_copied', detail: { fileCopied: { destination: facts, ...lineageFacts(written), ...(media === undefined ? {} : { media }) } } })
  }
  // A copy of an archive was made already; one that only resembles another is made now.
  if (isArchive(file.path, file.mimeType) && (source === undefined || source.similarity !== undefined) && wants('archive_created')) {
    found.push({ ...base(written), kind: 'archive_created', detail: { archiveCreated: { archive: facts, ...archiveFacts(file, contents) } } })
  } else if (place === 'local' && created && wants('file_created')) found.push({ ...base(written), kind: 'file_created', detail: { fileCreated: { file: facts } } })
  else if (place === 'local' && !created && wants('file_changed')) found.push({ ...base(written), kind: 'file_changed', detail: { fileChanged: { file: facts } } })
  return found
}

export interface RenamedFile {
  readonly file: InspectedFile
  readonly from: string
  readonly place: Place
  readonly occurredAtMs: number
  readonly actor: ActorHint
}

const isDotted = (path: string): boolean => basename(path).startsWith('.')

/** A file got another name. */
export function activitiesOfRename(renamed: RenamedFile, wants: Wants): readonly SensedActivity[] {
  const file = wireFacts(renamed.file, renamed.place)
  const oldPath = printablePath(renamed.from)
  if (isDotted(renamed.file.path) && !isDotted(renamed.from) && wants('file_hidden')) return [{ ...base(renamed), kind: 'file_hidden', detail: { fileHidden: { file, oldPath } } }]
  if (!wants('file_renamed')) return []
  const extensionChanged = extname(renamed.from).toLowerCase() !== extname(renamed.file.path).toLowerCase()
  return [{ ...base(renamed), kind: 'file_renamed', detail: { fileRenamed: { file, oldPath, extensionChanged } } }]
}

/** A file is gone. */
export function activitiesOfDelete(deleted: { readonly path: string; readonly place: Place; readonly history: PathHistory; readonly occurredAtMs: number; readonly actor: ActorHint }, wants: Wants): readonly SensedActivity[] {
  if (!wants('file_deleted')) return []
  const { history } = deleted
  return [{
    ...base(deleted), kind: 'file_deleted',
    detail: { fileDeleted: { path: printablePath(deleted.path), fingerprint: history.fingerprint, location: LOCATION[deleted.place], wasCopySource: history.wasCopySource, wasExfiltrated: history.wasExfiltrated } },
  }]
}
