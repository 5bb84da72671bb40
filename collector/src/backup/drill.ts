// A backup that was never restored is a hope. The drill restores one into a temporary folder, opens it as a collector would,
// looks whether everything is there and fits, and takes it away again.
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readAnchors } from '../audit/anchors.ts'
import { verifyAudit } from '../audit/chain.ts'
import { CodedError } from '../errors.ts'
import type { Store } from '../store/store.ts'
import type { Opener } from './container.ts'
import { restoreBackup, type RestoreDeps } from './restore.ts'

const EVIDENCE_PAGE = 500

export interface DrillCheck {
  readonly name: 'restore' | 'open' | 'audit' | 'evidence' | 'counts'
  readonly ok: boolean
  readonly detail: string
}

export interface DrillResult {
  readonly ok: boolean
  readonly backupId: string
  readonly backupMadeAt: string
  readonly atMs: number
  readonly seconds: number
  readonly checks: readonly DrillCheck[]
}

export interface DrillDeps extends RestoreDeps {
  /** Opens the database as the collector does, with its migrations. */
  readonly openStore: (path: string) => Promise<Store>
}

/** Copies whose record says that all of them is here, against the files. */
async function checkEvidence(store: Store, folder: string): Promise<DrillCheck> {
  const here = new Set(await readdir(join(folder, 'evidence')).catch(() => []))
  let [records, missing] = [0, 0]
  for (let cursor: string | undefined; ;) {
    const page = await store.evidenceList({ limit: EVIDENCE_PAGE, ...(cursor === undefined ? {} : { cursor }) })
    for (const item of page.items) {
      if (item.state !== 'verified' || item.storedName === undefined) continue
      records += 1
      if (!here.has(`${item.storedName}.sealed`)) missing += 1
    }
    cursor = page.nextCursor
    if (cursor === undefined) break
  }
  return { name: 'evidence', ok: missing === 0, detail: missing === 0 ? `${records} copies` : `${missing} of ${records} copies are missing` }
}

async function checkAudit(store: Store, folder: string): Promise<DrillCheck> {
  const key = createPublicKey(createPrivateKey(await readFile(join(folder, 'keys', 'policy.pem'), 'utf8')))
  const verdict = await verifyAudit(store, readAnchors(join(folder, 'audit', 'anchors.jsonl')), key)
  return { name: 'audit', ok: verdict.ok, detail: verdict.ok ? `${verdict.entries} entries` : (verdict.problem ?? 'broken') }
}

const said = (error: unknown): string => (error instanceof CodedError ? `${error.code}: ${error.message}` : error instanceof Error ? error.message : String(error))

/**
 * Restores, looks, and removes what it restored, whatever happens. A failure is a result and not an exception.
 *
 * @param request.temporary folder in which there is room for all of it; what is restored there is 0600 in 0700
 */
export async function drillBackup(deps: DrillDeps, request: { readonly file: string; readonly opener: Opener; readonly temporary: string }): Promise<DrillResult> {
  const begun = deps.now()
  const folder = await mkdtemp(join(request.temporary, '.holdfast-drill-'))
  const checks: DrillCheck[] = []
  let [backupId, backupMadeAt] = ['', '']
  try {
    const dir = join(folder, 'restored')
    const { manifest, facts } = await restoreBackup(deps, { file: request.file, opener: request.opener, dir })
    backupId = manifest.id
    backupMadeAt = manifest.madeAt
    checks.push({ name: 'restore', ok: true, detail: `${manifest.entries.length} files, all as the manifest says; the database is whole` })
    const differs = Object.entries(manifest.counts).find(([table, count]) => facts.counts[table] !== count)
    checks.push({ name: 'counts', ok: differs === undefined, detail: differs === undefined ? Object.entries(facts.counts).map(([table, count]) => `${table} ${count}`).join(', ') : `${differs[0]}: ${facts.counts[differs[0]] ?? 0} rows, and the manifest says ${differs[1]}` })
    const store = await deps.openStore(join(dir, 'holdfast.db'))
    try {
      checks.push({ name: 'open', ok: true, detail: manifest.schema === deps.knownSchema ? `schema ${manifest.schema}` : `schema ${manifest.schema}, brought to ${deps.knownSchema}` })
      checks.push(await checkAudit(store, dir), await checkEvidence(store, dir))
    } finally {
      await store.close()
    }
  } catch (error) {
    checks.push({ name: checks.length === 0 ? 'restore' : 'open', ok: false, detail: said(error) })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return { ok: checks.every(({ ok }) => ok), backupId, backupMadeAt, atMs: begun, seconds: (deps.now() - begun) / 1000, checks }
}
