// Downloads: a new file that a browser or a program that fetches has written, or one that says itself where it came from.
//
// The origin is what the file says (see enrich/origin.ts). Browsers on Linux write none, so that their downloads are told
// without one: where they keep it is the person's history, which nobody reads. What a browser or fetching program makes by
// itself (a page saved, an export) is a download like any other.
import type { ActivityKind } from '@holdfast/proto'
import { basename } from 'node:path'
import type { SensedActivity } from '../activity.ts'
import type { Enrichment } from '../enrich/contract.ts'
import { isOwnPlace } from './processes/uploads.ts'
import { classOfProgram } from './program-class.ts'

/** Programs that fetch, other than browsers, mail and chat programs. */
const FETCHERS: ReadonlySet<string> = new Set(['curl', 'wget', 'wget2', 'aria2c', 'axel', 'yt-dlp', 'youtube-dl', 'http', 'https', 'lftp', 'ftp', 'tnftp', 'ncftpget', 'transmission-gtk', 'transmission-daemon', 'qbittorrent', 'deluged', 'megadl', 'gdown'])
/** Downloads whose origin is asked for at one time; more are told without waiting for it. */
const MAX_WAITING = 256

/** Kinds that the appearance of a file is told as. */
const APPEARANCES: readonly ActivityKind[] = ['file_created', 'archive_created', 'file_changed', 'file_copied']

/** What the pipeline must look at so that a download is noticed. */
export const kindsLookedAt = (wanted: readonly string[]): ReadonlySet<string> => new Set(wanted.includes('file_downloaded') ? [...wanted, 'file_created', 'archive_created', 'file_changed'] : wanted)

export interface Downloads {
  /** Hands an activity on and, if it is a download, that too. */
  emit(activity: SensedActivity): Promise<void>
}

const factsOf = ({ kind, detail }: SensedActivity) =>
  kind === 'file_created' ? detail.fileCreated?.file : kind === 'archive_created' ? detail.archiveCreated?.archive : kind === 'file_changed' ? detail.fileChanged?.file : detail.fileCopied?.destination

type Fetching = 'browser' | 'fetcher' | 'unknown' | 'other'

function fetchingOf({ actor }: SensedActivity): Fetching {
  const executable = actor?.process?.executable ?? ''
  const name = actor?.process?.name ?? ''
  if (executable === '' && name === '') return 'unknown'
  const kind = classOfProgram(executable, name)
  if (kind === 'browser' || kind === 'mail' || kind === 'chat') return 'browser'
  return [executable, name].some((each) => FETCHERS.has(basename(each).toLowerCase())) ? 'fetcher' : 'other'
}

/**
 * Stands between the pipeline of files and the agent.
 *
 * @param wanted kinds that the policy asks for: others are looked at and not handed on
 */
export function createDownloads({ wanted, enrichment, emit, signal }: { readonly wanted: ReadonlySet<string>; readonly enrichment: Pick<Enrichment, 'originOf'>; readonly emit: (activity: SensedActivity) => Promise<void>; readonly signal: AbortSignal }): Downloads {
  let waiting = 0

  const tell = async (activity: SensedActivity, fetching: Fetching): Promise<void> => {
    const file = factsOf(activity)
    const path = file?.path ?? ''
    let origin: Awaited<ReturnType<Enrichment['originOf']>>
    if (waiting < MAX_WAITING) {
      waiting += 1
      origin = await enrichment.originOf(path)
      waiting -= 1
    }
    if (signal.aborted || (fetching === 'unknown' && origin === undefined)) return
    await emit({
      kind: 'file_downloaded', occurredAtMs: activity.occurredAtMs, ...(activity.actor === undefined ? {} : { actor: activity.actor }), ...(activity.recovered === undefined ? {} : { recovered: activity.recovered }),
      detail: { fileDownloaded: { ...(file === null || file === undefined ? {} : { file }), originUrl: origin?.url ?? '', originDomain: origin?.domain ?? '', referrerDomain: origin?.referrerDomain ?? '', seenBy: origin?.seenBy ?? 'program' } },
    })
  }

  const isDownload = (activity: SensedActivity, fetching: Fetching): boolean => {
    if (!wanted.has('file_downloaded') || !APPEARANCES.includes(activity.kind) || fetching === 'other') return false
    // Changed or copied by who is not known is what anybody does.
    if (fetching === 'unknown' && activity.kind !== 'file_created' && activity.kind !== 'archive_created') return false
    const file = factsOf(activity)
    // An empty file is where a browser will write to.
    return file?.path !== undefined && file.path !== null && (file.sizeBytes ?? 0) > 0 && !isOwnPlace(file.path) && activity.detail.fileCopied?.source == null
  }

  return {
    async emit(activity) {
      const fetching = fetchingOf(activity)
      const isOne = isDownload(activity, fetching)
      if (wanted.has(activity.kind) || !APPEARANCES.includes(activity.kind)) await emit(activity)
      // Not waited for: what happens to other files must not stand behind it.
      if (isOne) void tell(activity, fetching)
    },
  }
}
