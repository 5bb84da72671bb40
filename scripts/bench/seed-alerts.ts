// Alerts written straight into the database of an installation, in any number: how they come about is tested elsewhere.
import { join } from 'node:path'
import type { Alert } from '@holdfast/collector/domain/cases/alert.ts'
import type { User } from '@holdfast/collector/domain/people/user.ts'
import { severityOf, type ScorePart } from '@holdfast/collector/domain/risk/score.ts'
import { countInsights, mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import type { Store } from '@holdfast/collector/store/store.ts'
import { buildDevice, buildRun, encodeActivity } from '@holdfast/collector/testing/builders.ts'

const DAY_MS = 86_400_000
const AT_ONCE = 5000
const TRIGGERS = ['indicator_threshold', 'hr_resignation', 'security_alert', 'manual'] as const
const STATUSES = ['needs_review', 'needs_review', 'confirmed', 'dismissed', 'resolved'] as const
const EXTRA = ['booster.above_peers', 'sequence.archive_then_exfiltration', 'cumulative.own', 'booster.priority_content', 'booster.unallowed_domain', 'booster.priority_user'] as const

export interface SeedOptions {
  /** Folder of the installation's data. */
  readonly dir: string
  readonly count: number
  readonly people: number
  readonly nowMs: number
  /** Every alert waits for a review; else the statuses are mixed. */
  readonly allWaiting?: boolean
  /** Activities of the first person, as evidence to look at. */
  readonly activities?: number
}

const seededUser = (index: number): User => ({ id: `u_${index.toString(16).padStart(32, '0')}`, pseudonym: `ANON-${index.toString(36).toUpperCase().padStart(7, '0')}`, displayName: `seeded${index}`, kind: 'person', identities: [{ kind: 'account', value: `seeded${index}` }], createdAtMs: 0, groups: [] })

/** Alert number `index` (from 0): the same for the same number and time. */
export function seededAlert(index: number, { people, nowMs, allWaiting = false, policyIds }: Pick<SeedOptions, 'people' | 'nowMs' | 'allWaiting'> & { readonly policyIds: readonly string[] }): Alert {
  const score = 20 + ((index * 37) % 81)
  const createdAtMs = nowMs - ((index * 7919) % (60 * 86_400)) * 1000
  const status = allWaiting ? 'needs_review' : STATUSES[index % STATUSES.length] ?? 'needs_review'
  const closed = status === 'dismissed' || status === 'resolved'
  const day = Math.floor(createdAtMs / DAY_MS)
  const evidence = Array.from({ length: 12 }, (_, number) => `d_seed.${'e'.repeat(32)}.${number + 1}`)
  const extra = EXTRA[index % EXTRA.length] ?? EXTRA[0]
  const parts: readonly ScorePart[] = [
    { code: 'insight', points: score - 10, reason: `Copied to removable media: ${score} files on ${new Date(createdAtMs).toISOString().slice(0, 10)} (a day: low 10 files, medium 30 files, high 60 files).`, indicator: 'copy_to_removable_media', day, evidence },
    { code: extra, points: 10, reason: `Priority or high-impact user: ${10 + (index % 30)} people report to the user.`, indicator: 'copy_to_removable_media', day, evidence: extra.startsWith('sequence') ? evidence.slice(0, 4) : [] },
  ]
  return {
    id: `al_${index.toString().padStart(8, '0')}`, policyId: policyIds[index % policyIds.length] ?? 'p_none', policyVersion: 1, userId: seededUser(index % people).id, status, severity: severityOf(score), score, parts,
    trigger: { kind: TRIGGERS[index % TRIGGERS.length] ?? 'manual', atMs: createdAtMs, reason: 'Copied to removable media passed its threshold.' }, firstActivityAtMs: createdAtMs - DAY_MS, lastActivityAtMs: createdAtMs, createdAtMs, updatedAtMs: createdAtMs + 60_000,
    newData: index % 50 === 0, revision: 1, ...(closed ? { decidedAtMs: createdAtMs + 3_600_000 * (1 + (index % 30)) } : {}), ...(status === 'dismissed' ? { dismissReason: 'not_impactful' as const, note: 'Looked at.' } : {}),
  }
}

async function seedActivities(store: Store, count: number, nowMs: number): Promise<void> {
  const { activities, ...run } = buildRun(1, count, { deviceId: 'd_seed', userId: seededUser(0).id })
  const first = activities[0]?.activity.occurredAtMs ?? 0
  const moved = activities.map(({ activity }) => {
    const occurredAtMs = activity.occurredAtMs - first + nowMs - DAY_MS / 2
    return { activity: { ...activity, occurredAtMs }, body: encodeActivity({ occurredAtMs, detail: { destination: { path: activity.file?.path ?? '', sizeBytes: activity.file?.sizeBytes ?? 0, location: 2 } } }) }
  })
  await store.write((tx) => tx.ingest([{ ...run, activities: moved }], countInsights, mergeInsights))
}

/** @returns the ids of the policies that the alerts are of */
export async function seedAlerts({ dir, count, people, nowMs, allWaiting = false, activities = 0 }: SeedOptions): Promise<void> {
  const store = await openSqliteStore({ path: join(dir, 'holdfast.db') })
  try {
    const policyIds = (await store.policies()).map(({ id }) => id)
    await store.write(async (tx) => {
      if (activities > 0) await tx.saveDevice(buildDevice({ id: 'd_seed', hardwareId: 'c'.repeat(64), publicKey: `U${'B'.repeat(55)}`, hostname: 'lt-seed' }))
      await tx.saveUsers(Array.from({ length: people }, (_, index) => seededUser(index)))
    })
    if (activities > 0) await seedActivities(store, activities, nowMs)
    for (let at = 0; at < count; at += AT_ONCE) await store.write((tx) => tx.saveAlerts(Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, index) => seededAlert(at + index, { people, nowMs, allWaiting, policyIds }))))
  } finally {
    await store.close()
  }
}
