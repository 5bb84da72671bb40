// Where a written file's content comes from: its source, the steps to it, and what is in it when it is a container.
import type { ActivityKind } from '@holdfast/proto'
import type { Contents, DerivedSource, Enrichment, InspectedFile, LineageStep, SourceHints } from '../../enrich/contract.ts'
import { isArchive, isContainer } from '../../enrich/sniff.ts'
import type { Written } from './settle.ts'

/** Local writes that are compared with other files in a second: as many as a person makes, not as a build does. */
const COMPARED_PER_SECOND = 100
/** Copies whose content is nobody's and that are read whole for what they resemble. */
const RESEMBLED_PER_SECOND = 4
/** What keys and passwords are kept in: a copy of one is looked for among files that were never read, too. */
const SECRET_NAME = /\/(id_(rsa|dsa|ecdsa|ed25519)(_sk)?|[^/]*\.(pem|key|p12|pfx|jks|ppk|kdbx|keytab|keystore)|credentials|\.netrc|\.pgpass|\.git-credentials|login\.keyring)$/i
const SECRETS_PER_SECOND = 4
/** Longer than a container takes by itself; behind many others it is told without its members. */
const CONTENTS_MS = 12_000

export interface Origin {
  readonly source?: DerivedSource
  /** First known file first, source last. */
  readonly chain?: readonly LineageStep[]
  readonly contents?: Contents
}

export interface Origins {
  originOf(written: Written, created: boolean, file: InspectedFile): Promise<Origin>
}

/** So many a second, counted from the first of them. */
function createAllowance(perSecond: number): () => boolean {
  let left = 0
  let refillAt = 0
  return () => {
    const at = performance.now()
    if (at >= refillAt) {
      left = perSecond
      refillAt = at + 1000
    }
    left -= 1
    return left >= 0
  }
}

export function createOrigins(enrichment: Enrichment, wants: (kind: ActivityKind) => boolean): Origins {
  const mayCompare = createAllowance(COMPARED_PER_SECOND)
  const mayResemble = createAllowance(RESEMBLED_PER_SECOND)
  const maySearch = createAllowance(SECRETS_PER_SECOND)

  const hintsOf = ({ doer }: Written): SourceHints => ({ ...(doer?.process === undefined ? {} : { uid: doer.process.uid }), ...(doer?.folders === undefined ? {} : { folders: doer.folders }) })

  const awaySource = async (written: Written, file: InspectedFile): Promise<DerivedSource | undefined> => {
    if (written.from !== undefined) return { path: written.from, sizeBytes: file.sizeBytes, fingerprint: file.fingerprint, ...(file.sha256 === '' ? {} : { sha256: file.sha256 }) }
    const hints = hintsOf(written)
    const found = await enrichment.sourceOf({ ...file }, hints) ?? await enrichment.unpackedFrom(file)
    if (found !== undefined || !wants('file_copied') || !mayResemble()) return found
    return enrichment.resembling(file, hints)
  }
  const localSource = async (written: Written, created: boolean, file: InspectedFile): Promise<DerivedSource | undefined> => {
    if (!created || !wants('file_copied') || !mayCompare()) return undefined
    const hints = SECRET_NAME.test(file.path) && maySearch() ? hintsOf(written) : { knownOnly: true }
    return await enrichment.sourceOf({ ...file }, hints) ?? enrichment.unpackedFrom(file)
  }
  const contentsOf = (written: Written, file: InspectedFile): Promise<Contents | undefined> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<undefined>((resolve) => { timer = setTimeout(() => resolve(undefined), CONTENTS_MS).unref() })
    return Promise.race([enrichment.contentsOf(file, hintsOf(written)), late]).finally(() => clearTimeout(timer))
  }

  return {
    async originOf(written, created, file) {
      const away = written.place !== 'local'
      const source = away ? await awaySource(written, file) : await localSource(written, created, file)
      // At once: the deletion that a move ends with is told by this mark, and it does not wait for what follows.
      if (source !== undefined && away) enrichment.copied(source.path, true)
      const listed = isContainer(file.path, file.mimeType) && (away ? wants('file_copied') : source === undefined && wants('archive_created') && isArchive(file.path, file.mimeType))
      const contents = listed ? await contentsOf(written, file) : undefined
      const steps = source === undefined ? [] : await enrichment.chainOf(source.path)
      const chain: readonly LineageStep[] = source?.container === undefined || source.container === source.path
        ? steps
        : [...(steps.length > 0 ? steps : [{ kind: 'origin' as const, path: source.path }]), { kind: 'packed', path: source.container }]
      return { ...(source === undefined ? {} : { source }), ...(chain.length === 0 ? {} : { chain }), ...(contents === undefined ? {} : { contents }) }
    },
  }
}
