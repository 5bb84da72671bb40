import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { compiledFolder } from '../platform/compiled-code.ts'
import type { Platform } from '../platform/platform.ts'
import type { Enrichment, LineageScope } from './contract.ts'
import { createContainers } from './containers.ts'
import { createDeepReader } from './deep-reader.ts'
import { createInspector } from './inspector.ts'
import { openLineage } from './lineage.ts'
import { createResemblances } from './resemblance.ts'
import { walk } from './walk.ts'

export interface EnrichmentOptions {
  /** The agent's folder for it; made 0700 where it is absent. */
  readonly folder: string
  /** The folder of the whole agent, which nobody may report about; `folder` when absent. */
  readonly agentFolder?: string
  readonly platform: Platform
  readonly now: () => number
  readonly log: { debug(object: object, message: string): void; warn(object: object, message: string): void }
  /** Longest silence of one file, in milliseconds (5,000). */
  readonly inspectDeadlineMs?: number
  /** Speed of the background walk (600). */
  readonly walkEntriesPerSecond?: number
  /** True while the device is to be spared: the background walk waits. */
  readonly rests?: () => boolean
  /** Bound of the index (500,000 rows, 300 MiB). */
  readonly lineageRows?: number
  readonly lineageBytes?: number
}

/** Compiled code of the child and of the reader's thread. */
export const COMPILED = 'compiled'

/** Requests that wait while the walk stands still. */
const BUSY = 32
/** Sources are looked at again after this, for what changed while nobody watched. */
const WALK_AGAIN_MS = 86_400_000

/**
 * Opens enrichment: an inspection child and the lineage index.
 *
 * Its folder holds `lineage.db`; `close()` ends the child and the index.
 */
export async function createEnrichment({ folder, agentFolder = folder, platform, now, log, inspectDeadlineMs, walkEntriesPerSecond, rests = () => false, lineageRows, lineageBytes }: EnrichmentOptions): Promise<Enrichment> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (platform.os !== 'win32') await chmod(folder, 0o700)
  const inspector = createInspector({ log, compiledFolder: compiledFolder(join(folder, COMPILED)), ...(inspectDeadlineMs === undefined ? {} : { deadlineMs: inspectDeadlineMs }) })
  const lineage = await openLineage({
    folder, now, log, ...(lineageRows === undefined ? {} : { maxRows: lineageRows }), ...(lineageBytes === undefined ? {} : { maxBytes: lineageBytes }),
    inspect: (path, uid) => inspector.inspect(path, { hashLimitBytes: 0, ...(uid === undefined ? {} : { uid }) }),
  })
  const deep = createDeepReader({ log, compiledFolder: compiledFolder(join(folder, COMPILED)) })
  const containers = createContainers({ lineage, deep, now })
  const resemblances = createResemblances({ lineage, deep })
  let walking: { readonly stop: AbortController; readonly roots: string; readonly done: Promise<void> } | undefined

  const walkForEver = async (scope: LineageScope, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const files = await walk({
        scope, signal,
        list: (path) => inspector.list(path),
        mountPoints: async () => (await platform.mounts()).map((mount) => mount.mountPoint),
        found: (listing) => lineage.listed(listing.files),
        busy: () => inspector.pending > BUSY || rests(),
        ...(walkEntriesPerSecond === undefined ? {} : { entriesPerSecond: walkEntriesPerSecond }),
      })
      log.debug({ files }, 'watched folders are listed')
      await new Promise<void>((resolve) => {
        if (signal.aborted) return resolve()
        const timer = setTimeout(resolve, WALK_AGAIN_MS).unref()
        signal.addEventListener('abort', () => { clearTimeout(timer); resolve() }, { once: true })
      })
    }
  }

  const stopWalk = async (): Promise<void> => {
    walking?.stop.abort()
    await walking?.done
    walking = undefined
  }

  return {
    folder,
    agentFolder,
    inspect: (path, options) => inspector.inspect(path, options),
    list: (path, skip) => inspector.list(path, skip),
    originOf: (path, uid) => inspector.originOf(path, uid),
    learn(facts) {
      lineage.learn(facts)
      if (facts.state === 'stable') resemblances.note({ path: facts.path ?? '', sizeBytes: facts.sizeBytes ?? 0 })
    },
    moved: (from, to) => lineage.moved(from, to),
    forgotten: (path) => lineage.forgotten(path),
    copied: (source, exfiltrated, made) => lineage.copied(source, exfiltrated, made),
    chainOf: (path) => lineage.chainOf(path),
    contentsOf: (file, hints) => containers.contentsOf(file, hints),
    unpackedFrom: (file) => containers.unpackedFrom(file),
    resembling: (file, hints) => resemblances.resembling(file, hints),
    historyOf: (path) => lineage.historyOf(path),
    sourceOf: (facts, hints) => lineage.sourceOf(facts, hints),
    watch(scope) {
      const roots = JSON.stringify(scope.roots)
      if (walking?.roots === roots) return
      walking?.stop.abort()
      const stop = new AbortController()
      walking = { stop, roots, done: walkForEver(scope, stop.signal).catch((error: unknown) => log.warn({ error: String(error) }, 'the walk of watched folders failed')) }
    },
    get lineageBound() {
      return lineage.bound
    },
    get pending() {
      return inspector.pending
    },
    async close() {
      // The walk may wait for a listing, which the inspector answers when it closes.
      walking?.stop.abort()
      inspector.close()
      resemblances.close()
      deep.close()
      await stopWalk()
      await lineage.close()
    },
  }
}
