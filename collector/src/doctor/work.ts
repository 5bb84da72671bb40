// What can be seen from the store and from outside: whether work goes on, and whether others can be reached.
import type { Sealer } from '../access/seal.ts'
import { createOidc } from '../access/oidc.ts'
import { accessSettings, CLIENT_SECRET } from '../access/settings.ts'
import type { AuditVerdict } from '../audit/chain.ts'
import { readRecords } from '../backup/records.ts'
import { exportLag } from '../exports/lag.ts'
import { createMailer } from '../exports/mail.ts'
import { usableMailSettings } from '../notices/settings.ts'
import type { Store } from '../store/store.ts'
import { ageText, type Check, checked, fail, ok, warn } from './check.ts'
import { WANTED_VERSION } from '../bus/find-server.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const OUTBOX_WARN_SECS = 900
const OUTBOX_FAIL_SECS = 6 * 3600
const MARKS_WARN = 1000
const STREAM_WARN = 0.8
const PENDING_WARN = 10_000
const PROVIDER_SKEW_MS = 60_000
const DATE_TIMEOUT_MS = 5000

export interface BusState {
  readonly connected: boolean
  readonly serverVersion: string
  readonly streamBytes: number
  readonly pending: number
}

export interface WorkDeps {
  readonly store: Store
  readonly sealer: Sealer
  readonly now: () => number
  /** Walks the audit log against its anchors. */
  readonly audit: () => Promise<AuditVerdict>
  readonly backups: { readonly folder: string; readonly everyHours: number; readonly drillEveryDays: number; readonly sealedForRecipient: boolean }
  readonly busMaxBytes: number
  /** Absent: no collector runs. */
  readonly bus?: () => BusState
}

async function checkBus({ bus, busMaxBytes }: WorkDeps): Promise<readonly Check[]> {
  if (bus === undefined) return [warn('collector', 'does not run', 'Start it: holdfast serve, or systemctl start holdfast.')]
  const { connected, serverVersion, streamBytes, pending } = bus()
  if (!connected) return [fail('bus', 'the collector is not connected to NATS', 'Look into its log for nats-server; it is started again by itself. Devices keep their activities meanwhile.')]
  const isOld = serverVersion.localeCompare(WANTED_VERSION, 'en', { numeric: true }) < 0
  return [
    isOld ? warn('bus', `nats-server ${serverVersion} runs`, `Use ${WANTED_VERSION} or later.`) : ok('bus', `nats-server ${serverVersion}, stream as declared`),
    streamBytes > busMaxBytes * STREAM_WARN ? warn('stream', `${Math.round((100 * streamBytes) / busMaxBytes)} % full`, 'Ingest is behind, or bus.maxBytes is small. When it is full, devices keep their activities.') : pending > PENDING_WARN ? warn('stream', `${pending} messages wait for ingest`, 'Wait; when the number does not fall, look for errors of ingest in the log.') : ok('stream', `${pending} messages wait`),
  ]
}

async function checkBacklog({ store, now }: WorkDeps): Promise<readonly Check[]> {
  const [quarantined, marks, targets] = await Promise.all([store.quarantined({ limit: 1 }), store.markedUsers(MARKS_WARN + 1, now()), exportLag(store, now())])
  const waiting = quarantined.total ?? quarantined.items.length
  const checks: Check[] = [
    waiting === 0 ? ok('quarantine', 'empty') : warn('quarantine', `${waiting} messages could not be taken`, 'holdfast quarantine list says why; after a fix, holdfast quarantine replay.'),
    marks.length > MARKS_WARN ? warn('evaluation', `more than ${MARKS_WARN} users wait to be scored`, 'Wait; when the number does not fall, look for errors of evaluation in the log.') : ok('evaluation', `${marks.length} users wait to be scored`),
  ]
  for (const target of targets) {
    const said = `${target.records} records wait, the oldest for ${ageText(target.seconds * 1000)}; failures in a row: ${target.failures}`
    if (target.paused) checks.push(warn('export', `a target is paused; ${said}`, 'Resume it on the page of exports, or delete it: what waits is kept only up to a limit.'))
    else if (target.seconds > OUTBOX_FAIL_SECS) checks.push(fail('export', said, 'Test the target on the page of exports: it says what the receiver answers.'))
    else if (target.seconds > OUTBOX_WARN_SECS || target.failures > 0) checks.push(warn('export', said, 'Test the target on the page of exports: it says what the receiver answers.'))
    else checks.push(ok('export', said))
    if (target.deadLetters > 0) checks.push(warn('dead-letters', `a target refused ${target.deadLetters} records for good`, 'Look at them on the page of exports; send them again after a fix.'))
  }
  return checks
}

async function checkMail({ store, sealer }: WorkDeps): Promise<readonly Check[]> {
  const settings = await usableMailSettings(store, sealer)
  if (settings === undefined) return [warn('mail', 'no mail server is set up', 'Set one up in the settings: notices and notifications wait for it.')]
  const outcome = await createMailer(settings).verify()
  return [outcome.kind === 'good' ? ok('mail', 'the server answers and lets us in') : fail('mail', `${outcome.failure}: ${outcome.answer}`, 'Test it in the settings; what is to be sent waits.')]
}

/** The provider's own clock, against ours. */
async function skewOf(url: string, now: () => number): Promise<number | undefined> {
  const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(DATE_TIMEOUT_MS) }).catch(() => undefined)
  const at = Date.parse(answer?.headers.get('date') ?? '')
  return Number.isNaN(at) ? undefined : now() - at
}

async function checkProvider({ store, sealer, now }: WorkDeps): Promise<readonly Check[]> {
  const { oidc } = await accessSettings(store)
  if (oidc === undefined) return []
  const door = createOidc((settings) => (settings.clientSecret === undefined ? undefined : sealer.open(settings.clientSecret, CLIENT_SECRET)), now)
  const found = await door.discover(oidc).then(() => undefined, (error: unknown) => (error instanceof Error ? error.message : String(error)))
  if (found !== undefined) return [fail('sign-in', found, 'Test it on the page of sign-in. Local accounts work meanwhile.')]
  const skew = await skewOf(oidc.issuer, now)
  return [ok('sign-in', 'the identity provider answers'), ...(skew !== undefined && Math.abs(skew) > PROVIDER_SKEW_MS ? [warn('clock', `differs from the identity provider’s by ${Math.round(skew / 1000)} s`, 'Keep the clock with NTP: sign-ins and one-time codes fail beyond a few minutes.')] : [])]
}

async function checkBackups({ store, backups, now }: WorkDeps): Promise<readonly Check[]> {
  const { backups: made, drills, failure } = await readRecords(store)
  const [last] = made
  const [drill] = drills
  const checks: Check[] = []
  const limitMs = backups.folder === '' ? 7 * DAY_MS : 2 * backups.everyHours * HOUR_MS
  const set = 'Set backup.folder in holdfast.yaml, or run holdfast backup FILE.'
  if (last === undefined) checks.push(fail('backup', 'there never was one', set))
  else {
    const age = now() - last.madeAtMs
    const said = `the last one is ${ageText(age)} old, ${last.sealed ? 'sealed' : 'NOT sealed'}`
    checks.push(age > limitMs ? fail('backup', said, failure === undefined ? set : `The last try failed: ${failure.problem}`) : last.sealed ? ok('backup', said) : warn('backup', said, 'Whoever reads it has every key: seal it with backup.recipient or backup.passphraseFile.'))
  }
  if (failure !== undefined && last !== undefined && now() - last.madeAtMs <= limitMs) checks.push(warn('backup-failed', `${ageText(now() - failure.atMs)} ago: ${failure.problem}`, 'It is tried again every hour.'))
  const drillFix = `Run holdfast backup drill${backups.sealedForRecipient ? ' --identity KEY where the key is' : ''}.`
  if (drill === undefined) checks.push(warn('backup-drill', 'no backup was ever restored as a drill', drillFix))
  else if (!drill.ok) checks.push(fail('backup-drill', `the last drill failed: ${drill.checks.filter((one) => !one.ok).map((one) => `${one.name}: ${one.detail}`).join('; ')}`, 'Make another backup and run the drill on it.'))
  else checks.push(now() - drill.atMs > Math.max(30, 2 * backups.drillEveryDays) * DAY_MS ? warn('backup-drill', `the last drill was ${ageText(now() - drill.atMs)} ago`, drillFix) : ok('backup-drill', `good, ${ageText(now() - drill.atMs)} ago`))
  return checks
}

async function checkAudit({ audit }: WorkDeps): Promise<readonly Check[]> {
  const verdict = await audit()
  return [verdict.ok ? ok('audit', `${verdict.entries} entries, whole`) : fail('audit', verdict.problem ?? 'the chain is broken', 'Keep everything as it is and compare with the anchors on other machines: holdfast audit verify --anchors FILE.')]
}

/** Checks of what goes on, in the order in which to read them. */
export async function checkWork(deps: WorkDeps): Promise<readonly Check[]> {
  const looks: readonly (readonly [string, (deps: WorkDeps) => Promise<readonly Check[]>])[] = [['bus', checkBus], ['backlog', checkBacklog], ['backup', checkBackups], ['audit', checkAudit], ['mail', checkMail], ['sign-in', checkProvider]]
  // Mail and identity provider may take their time-outs; together that is one of them.
  return (await Promise.all(looks.map(([name, look]) => checked(name, () => look(deps))))).flat()
}
