// One person with a past, written straight into the database of an installation: quiet weeks, then a burst in the last nine
// days that ends with files which were packed, renamed, copied away and deleted. Or any number of activities of one person.
import { join } from 'node:path'
import type { ActivityKind } from '@holdfast/proto'
import type { Activity } from '@holdfast/collector/domain/risk/activity.ts'
import type { StoredTrigger } from '@holdfast/collector/domain/people/triggering-event.ts'
import type { User } from '@holdfast/collector/domain/people/user.ts'
import { decodeActivity } from '@holdfast/collector/domain/wire/decode.ts'
import { countInsights, mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import { buildDevice, encodeActivity } from '@holdfast/collector/testing/builders.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const AT_ONCE = 2000
const EPOCH = 'f'.repeat(32)
const DEVICE = 'd_person'
export const PERSON_ID = `u_${'9'.repeat(32)}`
const MANAGER_ID = `u_${'8'.repeat(32)}`

interface Fact {
  readonly kind: ActivityKind
  readonly atMs: number
  readonly detail: Readonly<Record<string, unknown>>
}

const file = (path: string, location: number, fingerprint: string, sizeBytes = 420_000): Readonly<Record<string, unknown>> => ({ path, location, fingerprint, sizeBytes })
const print = (name: string): string => Buffer.from(name).toString('hex').padEnd(32, '0').slice(0, 32)

/** Weeks of ordinary work: a download or a print here and there, now and then a file on a stick. */
function quietDays(nowMs: number): readonly Fact[] {
  const facts: Fact[] = []
  for (let ago = 85; ago > 9; ago -= 1) {
    const noon = (Math.floor(nowMs / DAY_MS) - ago) * DAY_MS + 9 * HOUR_MS
    if (new Date(noon).getUTCDay() % 6 === 0) continue
    for (let index = 0; index < 2 + (ago % 3); index += 1) facts.push({ kind: 'file_downloaded', atMs: noon + index * HOUR_MS, detail: { file: file(`/home/karl/Downloads/report-${ago}-${index}.pdf`, 1, print(`r${ago}-${index}`)), originDomain: 'intranet.example.com' } })
    if (ago % 4 === 0) facts.push({ kind: 'file_printed', atMs: noon + 2 * HOUR_MS, detail: { printer: 'floor-2', document: 'minutes', pages: 4 } })
    if (ago % 11 === 0) facts.push({ kind: 'file_copied', atMs: noon + 3 * HOUR_MS, detail: { destination: file(`/media/karl/STICK/slides-${ago}.pptx`, 2, print(`s${ago}`)), source: file(`/home/karl/slides-${ago}.pptx`, 1, print(`s${ago}`)) } })
    if (ago % 9 === 0) facts.push({ kind: 'file_deleted', atMs: noon + 4 * HOUR_MS, detail: { path: `/home/karl/old-${ago}.txt`, location: 1 } })
  }
  return facts
}

/** Nine days, more each day; on the last two the files are renamed first and deleted after. */
function burst(nowMs: number): readonly Fact[] {
  const facts: Fact[] = []
  for (let ago = 9; ago >= 1; ago -= 1) {
    const evening = (Math.floor(nowMs / DAY_MS) - ago) * DAY_MS + 17 * HOUR_MS
    const count = 8 + (9 - ago) * 7
    for (let index = 0; index < count; index += 1) {
      const name = `customers-${ago}-${index}`
      const at = evening + index * 20_000
      facts.push({ kind: 'file_downloaded', atMs: at, detail: { file: file(`/home/karl/Downloads/${name}.xlsx`, 1, print(name)), originDomain: 'crm.example.com' } })
      if (ago <= 2) facts.push({ kind: 'file_renamed', atMs: at + HOUR_MS, detail: { file: file(`/home/karl/Downloads/${name}.jpg`, 1, print(name)), oldPath: `/home/karl/Downloads/${name}.xlsx`, extensionChanged: true } })
      if (ago <= 6) facts.push({ kind: 'file_copied', atMs: at + 2 * HOUR_MS, detail: { destination: file(`/media/karl/STICK/${name}.jpg`, 2, print(name), 2_400_000), source: file(`/home/karl/Downloads/${name}.jpg`, 1, print(name)) } })
      if (ago <= 2) facts.push({ kind: 'file_deleted', atMs: at + 3 * HOUR_MS, detail: { path: `/home/karl/Downloads/${name}.jpg`, location: 1, fingerprint: print(name), wasCopySource: true, wasExfiltrated: true } })
    }
  }
  return facts
}

/** Copies, downloads and deletions over 90 days. */
const many = (count: number, nowMs: number): readonly Fact[] => Array.from({ length: count }, (_, index): Fact => {
  const atMs = nowMs - 89 * DAY_MS + Math.floor((index * 89 * DAY_MS) / count)
  const name = `file-${index}`
  return index % 3 === 0
    ? { kind: 'file_copied', atMs, detail: { destination: file(`/media/karl/STICK/${name}.txt`, 2, print(name), 1000 + index) } }
    : index % 3 === 1 ? { kind: 'file_downloaded', atMs, detail: { file: file(`/home/karl/Downloads/${name}.txt`, 1, print(name)) } } : { kind: 'file_deleted', atMs, detail: { path: `/home/karl/Downloads/${name}.txt`, location: 1 } }
})

const person = (nowMs: number): User => ({
  id: PERSON_ID, pseudonym: 'ANON-KHAA8XQ', displayName: 'Karl Winter', kind: 'person', identities: [{ kind: 'account', value: 'karl' }, { kind: 'email', value: 'karl.winter@example.com' }], email: 'karl.winter@example.com', createdAtMs: nowMs - 86 * DAY_MS,
  groups: ['Sales DACH'], department: 'Sales', title: 'Account manager', country: 'DE', managerId: MANAGER_ID, jobLevel: 'IC3', employeeType: 'full time', privileged: false, reports: 11, lastWorkingDayMs: nowMs + 20 * DAY_MS,
})
const manager = (nowMs: number): User => ({ id: MANAGER_ID, pseudonym: 'ANON-M2P7RTE', displayName: 'Mara Stein', kind: 'person', identities: [{ kind: 'account', value: 'mara' }], createdAtMs: nowMs - 90 * DAY_MS, groups: [] })
const resignation = (nowMs: number): StoredTrigger => ({ id: 'tr_resignation', userId: PERSON_ID, kind: 'hr_resignation', atMs: nowMs - 10 * DAY_MS, reason: 'HR recorded a resignation.', source: 'hr', detail: {} })

export interface SeedPersonOptions {
  /** Folder of the installation's data. */
  readonly dir: string
  readonly nowMs: number
  /** So many activities over 90 days, instead of the story. */
  readonly activities?: number
}

/** @returns how many activities were written */
export async function seedPerson({ dir, nowMs, activities }: SeedPersonOptions): Promise<number> {
  const facts = (activities === undefined ? [...quietDays(nowMs), ...burst(nowMs)] : [...many(activities, nowMs)]).toSorted((a, b) => a.atMs - b.atMs)
  const store = await openSqliteStore({ path: join(dir, 'holdfast.db') })
  try {
    await store.write(async (tx) => {
      await tx.saveUsers([person(nowMs), manager(nowMs)])
      await tx.saveDevice(buildDevice({ id: DEVICE, hostname: 'lt-0042', hardwareId: '9'.repeat(64), publicKey: `U${'C'.repeat(55)}`, enrolledAtMs: nowMs - 86 * DAY_MS }))
      await tx.saveTriggers([resignation(nowMs)])
    })
    for (let at = 0; at < facts.length; at += AT_ONCE) {
      const run = facts.slice(at, at + AT_ONCE).map((fact, index) => {
        const body = encodeActivity({ kind: fact.kind, account: 'karl', occurredAtMs: fact.atMs, detail: fact.detail })
        const { actor: _actor, ...activity } = decodeActivity(body, `${DEVICE}.${EPOCH}.${at + index + 1}`, DEVICE)
        return { activity: { ...activity, userId: PERSON_ID } satisfies Activity, body }
      })
      await store.write((tx) => tx.ingest([{ deviceId: DEVICE, epoch: EPOCH, firstSeq: at + 1, activities: run, gaps: [], receivedAtMs: nowMs }], countInsights, mergeInsights))
    }
    return facts.length
  } finally {
    await store.close()
  }
}
