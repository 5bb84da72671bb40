// A scenario: people, what the personnel office knows, policies, and days with what was done, as an analyst would tell it.
//
//   about: A leaver carries customer files out three days before the last day.
//   policy: { template: data_theft_by_departing_users }
//   people: { alice: { department: Sales } }
//   days:
//     - { days: 0-40, at: '10:00', copy_to_usb: 2 files }
//     - { day: 41, hr: resignation }
//     - { day: 45, at: '19:30', copy_to_usb: 40 files, set: customers, size: 2 MB }
//   expect: { alice: high }
//
// Day 0 is Monday, 2 March 2026, unless `start` says otherwise; a range of days means its working days. A row without
// `who` is about the only person. `set` names files: the same set in two rows is the same files, also after a rename.
// Every row is one act; the acts are the table below. `expect` must hold whatever the .out file says.
import { readFileSync } from 'node:fs'
import { readActivity } from '@holdfast/collector/connectors/files/activity-json.ts'
import type { AlertStatus, DismissReason } from '@holdfast/collector/domain/cases/alert.ts'
import { TRIGGER_KINDS, type StoredTrigger, type TriggerKind } from '@holdfast/collector/domain/people/triggering-event.ts'
import { checkPolicyInput, nearestWord, type PolicyInput, toPolicy } from '@holdfast/collector/domain/policies/policy-document.ts'
import type { Policy } from '@holdfast/collector/domain/policies/policy.ts'
import type { Activity } from '@holdfast/collector/domain/risk/activity.ts'
import type { Subject } from '@holdfast/collector/domain/risk/evaluate.ts'
import { mapActivity } from '@holdfast/collector/domain/wire/decode.ts'
import { parse } from 'yaml'
import { createHand, type Hand, type Happening, homeOf, type State, type Thing } from '../../scripts/simulate/hand.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

export interface ScenarioPerson {
  readonly account: string
  readonly subject: Subject
}

export type Step =
  | { readonly kind: 'activities'; readonly atMs: number; readonly account: string; readonly activities: readonly Activity[] }
  | { readonly kind: 'trigger'; readonly atMs: number; readonly trigger: StoredTrigger }
  | { readonly kind: 'decision'; readonly atMs: number; readonly account: string; readonly to: AlertStatus; readonly reason?: DismissReason }

/** `none`, a severity that must be reached, or one that must not be passed. */
export interface Expectation {
  readonly account: string
  readonly policy?: string
  readonly what: string
}

export interface Scenario {
  readonly about: string
  readonly startMs: number
  readonly endMs: number
  readonly policies: readonly Policy[]
  readonly people: ReadonlyMap<string, ScenarioPerson>
  /** Detection settings as they stand in the file; undefined: the defaults. */
  readonly detection: unknown
  /** In order of time. */
  readonly steps: readonly Step[]
  readonly expect: readonly Expectation[]
}

type Row = Readonly<Record<string, unknown>>
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)
const rowOf = (value: unknown): Row => (isRow(value) ? value : {})
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

function onlyKnown(row: Row, known: readonly string[], where: string): void {
  for (const key of Object.keys(row)) if (!known.includes(key)) throw new Error(`${where}: "${key}" is not known; the nearest is "${nearestWord(key, known) ?? ''}"`)
}

const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9 }
function bytes(value: unknown): number {
  const [, number = '', unit = ''] = /^([\d.]+) ?(B|kB|KB|MB|GB)$/.exec(text(value)) ?? []
  if (number === '') throw new Error(`"${text(value)}" is no size such as 2 MB`)
  return Math.round(Number(number) * (UNITS[unit] ?? 1))
}
/** `25 files`, `3 times` or 25. */
function amount(value: unknown): number {
  const [, number = ''] = /^(\d+)(?: [a-z ]+)?$/.exec(text(value)) ?? []
  if (number === '') throw new Error(`"${text(value)}" is no amount such as 25 files`)
  return Number(number)
}
function clock(value: unknown): number {
  const [, hours = '', minutes = ''] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text(value)) ?? []
  if (hours === '') throw new Error(`"${text(value)}" is no time of day such as '14:00' (with its quotes)`)
  return Number(hours) * HOUR_MS + Number(minutes) * 60_000
}
function span(value: unknown): number {
  const [, number = '', unit = ''] = /^(\d+) ?(s|min|h)$/.exec(text(value)) ?? []
  if (number === '') throw new Error(`"${text(value)}" is no span such as 30 s`)
  return Number(number) * (unit === 's' ? 1000 : unit === 'min' ? 60_000 : HOUR_MS)
}

/** A number of 32 bits of a text, for fingerprints that are the same on every run. */
const numberOf = (name: string): number => Buffer.from(name).reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0, 0x811c9dc5)

/** What an act is given besides the hand. */
interface Doing {
  readonly hand: Hand
  readonly row: Row
  readonly account: string
  readonly atMs: number
  readonly everyMs: number
  /** Files of the row's set, as they stand now. */
  readonly things: (count: number) => readonly Thing[]
  /** Puts the set's files where they are after the act. */
  readonly become: (things: readonly Thing[]) => void
  readonly addSet: (name: string, things: readonly Thing[]) => void
  readonly raw: (line: object, index: number) => void
}
type Act = (doing: Doing, value: unknown) => void

const each = ({ things, atMs, everyMs }: Doing, value: unknown, what: (thing: Thing, atMs: number) => void): void => {
  for (const [index, thing] of things(amount(value)).entries()) what(thing, atMs + index * everyMs)
}
const many = ({ atMs, everyMs }: Doing, value: unknown, what: (atMs: number, index: number) => void): void => {
  for (let index = 0; index < amount(value); index += 1) what(atMs + index * everyMs, index)
}
const names = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(text) : [text(value)])
const features = (from: State, to: State): Act => ({ hand, atMs }, value) => names(value).forEach((id, index) => hand.feature(atMs + index * 1000, id, from, to))
const list = (value: unknown): object[] => (Array.isArray(value) ? value.map(rowOf) : [rowOf(value)])

const acts: Readonly<Record<string, Act>> = {
  copy_to_usb: (doing, value) => {
    doing.hand.mount(doing.atMs - 1000)
    each(doing, value, (thing, atMs) => doing.hand.copy(atMs, thing, 'removable'))
  },
  copy_to_share: (doing, value) => each(doing, value, (thing, atMs) => doing.hand.copy(atMs, thing, 'network_share', { folder: text(doing.row['folder']) })),
  copy_to_cloud: (doing, value) => each(doing, value, (thing, atMs) => doing.hand.copy(atMs, thing, 'cloud_sync', { folder: text(doing.row['folder']) })),
  upload: (doing, value) => each(doing, value, (thing, atMs) => doing.hand.transfer(atMs, thing, 'firefox', text(doing.row['to']))),
  send: (doing, value) => each(doing, value, (thing, atMs) => doing.hand.transfer(atMs, thing, text(doing.row['with']) || 'scp', text(doing.row['to']))),
  download: (doing, value) => each(doing, value, (thing, atMs) => doing.hand.download(atMs, thing, text(doing.row['from']))),
  create: (doing, value) => each(doing, value, (thing, atMs) => doing.hand.create(atMs, thing)),
  change: (doing, value) => each(doing, value, (thing, atMs) => doing.hand.change(atMs, thing)),
  delete: (doing, value) => each(doing, value, (thing, atMs) => doing.hand.remove(atMs, thing)),
  print: (doing, value) => many(doing, value, (atMs, index) => doing.hand.print(atMs, `document-${index + 1}.pdf`, Number(doing.row['pages'] ?? 1))),
  print_files: (doing, value) => each(doing, value, (thing, atMs) => doing.hand.print(atMs, thing.path.split('/').at(-1) ?? '', Number(doing.row['pages'] ?? 1), thing)),
  rename: (doing, value) => {
    const renamed: Thing[] = []
    each(doing, value, (thing, atMs) => void renamed.push(doing.hand.rename(atMs, thing, thing.path.replace(/\.\w+$/, `.${text(doing.row['extension']) || 'jpg'}`))))
    doing.become(renamed)
  },
  hide: (doing, value) => {
    const hidden: Thing[] = []
    each(doing, value, (thing, atMs) => void hidden.push(doing.hand.hide(atMs, thing)))
    doing.become(hidden)
  },
  archive: ({ hand, row, account, atMs, things, addSet }, value) => {
    const name = text(row['as']) || 'archive'
    const members = things(amount(value))
    const made: Thing = { path: `${homeOf(account)}/Documents/${name}.zip`, sizeBytes: members.reduce((sum, member) => sum + member.sizeBytes, 0), fingerprint: `a${numberOf(name).toString(16)}`, members }
    hand.archive(atMs, made, members, row['encrypted'] === true)
    addSet(name, [made])
  },
  gather: ({ hand, row, account, atMs, things }, value) => hand.stage(atMs, `${homeOf(account)}/${text(row['folder']) || 'gathered'}`, amount(value), 1_000_000, row['set'] === undefined ? [] : things(amount(value))),
  lower_label: (doing, value) => each(doing, value, (thing, atMs) => doing.hand.relabel(atMs, thing, 'Confidential', 'Public')),
  remove_label: (doing, value) => each(doing, value, (thing, atMs) => doing.hand.relabel(atMs, thing, 'Confidential', '')),
  mount_usb: (doing, value) => many(doing, value, (atMs) => doing.hand.mount(atMs)),
  switch_off: features('enabled', 'disabled'),
  switch_on: features('disabled', 'enabled'),
  weaken: features('enabled', 'weakened'),
  install: ({ hand, row, atMs }, value) => names(value).forEach((name, index) => hand.install(atMs + index * 1000, name, text(row['with']) || 'dpkg')),
  update: ({ hand, atMs }, value) => names(value).forEach((name, index) => hand.update(atMs + index * 1000, name)),
  sign_in: ({ hand, row, atMs }, value) => hand.session(atMs, atMs + span(value), row['remote'] === undefined ? undefined : text(row['remote'])),
  tamper: ({ hand, atMs }, value) => names(value).forEach((what, index) => hand.tamper(atMs + index * 1000, what, 'changed')),
  stop_agent: ({ hand, atMs }, value) => hand.stopAgent(atMs, text(value)),
  open_records: (doing, value) => many(doing, value, (atMs, index) => doing.hand.record(atMs, {
    patient: `p-${text(doing.row['set']) || 'ward'}-${index}`, ...(doing.row['relation'] === undefined ? {} : { relation: text(doing.row['relation']) }), ...(doing.row['restricted'] === undefined ? {} : { restrictedReason: text(doing.row['restricted']) }),
  })),
  /** Anything else, as a line of an activity file without device and time. */
  activity: ({ raw }, value) => list(value).forEach((line, index) => raw(line, index)),
}

const MORE = ['day', 'days', 'at', 'who', 'every', 'set', 'folder', 'size', 'sensitive', 'ending', 'to', 'from', 'with', 'as', 'encrypted', 'extension', 'pages', 'relation', 'restricted', 'remote', 'first', 'weekends', 'device', 'arrives']
const EVENTS = ['hr', 'event', 'on', 'until', 'policy', 'decide', 'reason']
const ROW_KEYS = [...Object.keys(acts), ...MORE, ...EVENTS]

function daysOf(row: Row, startMs: number): readonly number[] {
  if (row['day'] !== undefined) return [Number(row['day'])]
  const [, from = '', to = ''] = /^(\d+)-(\d+)$/.exec(text(row['days'])) ?? []
  if (from === '') throw new Error(`"${text(row['days'])}" is no range of days such as 0-40; one day is written as day: 3`)
  const all = Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index)
  const weekday = (day: number): number => new Date(startMs + day * DAY_MS).getUTCDay()
  return row['weekends'] === true ? all : all.filter((day) => weekday(day) !== 0 && weekday(day) !== 6)
}

function readPeople(value: unknown): ReadonlyMap<string, ScenarioPerson> {
  const people = Object.entries(rowOf(value)).map(([account, given]): [string, ScenarioPerson] => {
    const row = rowOf(given)
    onlyKnown(row, ['department', 'country', 'title', 'groups', 'priorityGroups', 'jobLevel', 'privileged', 'reports'], account)
    const subject: Subject = {
      id: account, names: [account], groups: names(row['groups'] ?? []), ...(row['priorityGroups'] === undefined ? {} : { priorityGroups: names(row['priorityGroups']) }), ...(row['department'] === undefined ? {} : { department: text(row['department']) }),
      ...(row['country'] === undefined ? {} : { country: text(row['country']) }), ...(row['title'] === undefined ? {} : { title: text(row['title']) }), ...(row['jobLevel'] === undefined ? {} : { jobLevel: text(row['jobLevel']) }),
      ...(row['privileged'] === true ? { privileged: true } : {}), ...(row['reports'] === undefined ? {} : { reports: Number(row['reports']) }),
    }
    return [account, { account, subject }]
  })
  return new Map(people)
}

function readPolicies(document: Row, startMs: number): readonly Policy[] {
  const inputs = (Array.isArray(document['policies']) ? document['policies'] : [document['policy']]).map((input) => ({ name: text(rowOf(input)['template']), ...rowOf(input) }) as PolicyInput)
  return inputs.map((input, index) => {
    const [problem] = checkPolicyInput(input)
    if (problem !== undefined) throw new Error(`policy${problem.pointer} ${problem.detail}`)
    return toPolicy(input, `p_${index + 1}`, startMs)
  })
}

const hrKinds: Readonly<Record<string, TriggerKind>> = { resignation: 'hr_resignation', last_working_day: 'hr_last_working_day', account_deleted: 'account_deleted', poor_review: 'hr_poor_review', improvement_plan: 'hr_improvement_plan', level_change: 'hr_job_level_change' }

function readTrigger(row: Row, account: string, startMs: number, day: number, number: number): StoredTrigger {
  const hr = text(row['hr'])
  const kind = row['hr'] === undefined ? TRIGGER_KINDS.find((known) => known === text(row['event'])) : hrKinds[hr]
  if (kind === undefined) throw new Error(`there is no event "${hr}${text(row['event'])}"; the nearest is "${nearestWord(hr || text(row['event']), row['hr'] === undefined ? TRIGGER_KINDS : Object.keys(hrKinds)) ?? ''}"`)
  const atMs = startMs + Number(row['on'] ?? day) * DAY_MS + (row['at'] === undefined ? 0 : clock(row['at']))
  return {
    id: `t_${number}`, userId: account, kind, atMs, reason: `${(hr || kind).replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase())} on ${new Date(atMs).toISOString().slice(0, 10)}.`, source: 'scenario', detail: {},
    ...(row['until'] === undefined ? {} : { untilMs: startMs + Number(row['until']) * DAY_MS }), ...(row['policy'] === undefined ? {} : { policyId: `p_${text(row['policy'])}` }),
  }
}

/** Reads a scenario. @throws Error that names what is wrong */
export function readScenario(file: string): Scenario {
  const document = rowOf(parse(readFileSync(file, 'utf8')))
  onlyKnown(document, ['about', 'start', 'policy', 'policies', 'people', 'detection', 'days', 'until', 'expect'], 'scenario')
  const startMs = Date.parse(`${text(document['start']) || '2026-03-02'}T00:00:00Z`)
  const people = readPeople(document['people'])
  const policies = readPolicies(document, startMs)
  const steps: Step[] = []
  const sets = new Map<string, Thing[]>()
  const nextSeq = new Map<string, number>()
  const rows = (Array.isArray(document['days']) ? document['days'] : []).map(rowOf)
  const planned = rows.flatMap((row) => daysOf(row, startMs).map((day) => ({ row, day, atMs: startMs + day * DAY_MS + clock(row['at'] ?? '10:00') }))).toSorted((a, b) => a.atMs - b.atMs)
  for (const { row, day, atMs } of planned) {
    onlyKnown(row, ROW_KEYS, 'days')
    const account = text(row['who']) || ([...people.keys()][0] ?? '')
    if (!people.has(account) || (row['who'] === undefined && people.size > 1)) throw new Error(`day ${day}: who is "${text(row['who'])}"?`)
    if (row['hr'] !== undefined || row['event'] !== undefined) {
      steps.push({ kind: 'trigger', atMs: startMs + day * DAY_MS, trigger: readTrigger(row, account, startMs, day, steps.length) })
      continue
    }
    if (row['decide'] !== undefined) {
      steps.push({ kind: 'decision', atMs, account, to: text(row['decide']) as AlertStatus, ...(row['reason'] === undefined ? {} : { reason: text(row['reason']) as DismissReason }) })
      continue
    }
    const [name, ...others] = Object.keys(row).filter((key) => Object.hasOwn(acts, key))
    if (name === undefined || others.length > 0) throw new Error(`day ${day}: a row is one act, not ${name === undefined ? 'none' : [name, ...others].join(' and ')}`)
    // What a device sends late is folded when it arrives, and counts for the day on which it happened.
    const arrivesMs = row['arrives'] === undefined ? atMs : startMs + Number(row['arrives']) * DAY_MS + 8 * HOUR_MS
    steps.push({ kind: 'activities', atMs: arrivesMs, account, activities: perform({ row, day, atMs, account, name, sets, nextSeq, accountId: String(1000 + [...people.keys()].indexOf(account)) }) })
  }
  return { about: text(document['about']), startMs, endMs: startMs + (Number(document['until'] ?? Math.max(0, ...planned.map(({ day }) => day)) + 1) + 1) * DAY_MS - 1, policies, people, detection: document['detection'], steps: steps.toSorted((a, b) => a.atMs - b.atMs), expect: readExpectations(document['expect']) }
}

interface Performance {
  readonly row: Row
  readonly day: number
  readonly atMs: number
  readonly account: string
  readonly accountId: string
  readonly name: string
  readonly sets: Map<string, Thing[]>
  readonly nextSeq: Map<string, number>
}

function perform({ row, day, atMs, account, accountId, name, sets, nextSeq }: Performance): readonly Activity[] {
  const out: Happening[] = []
  const lines: { readonly atMs: number; readonly line: object }[] = []
  // Without a name the files of each day are others.
  const set = text(row['set']) || `day-${day}`
  const key = `${account} ${set}`
  const first = Number(row['first'] ?? 1)
  const things = (count: number): readonly Thing[] => {
    const known = sets.get(key) ?? []
    sets.set(key, known)
    for (let index = known.length; index < first - 1 + count; index += 1) {
      const fileName = `${set}-${index + 1}`
      known.push({
        path: `${homeOf(account)}/${text(row['folder']) && !name.startsWith('copy_') ? text(row['folder']) : 'Documents'}/${fileName}.${text(row['ending']) || 'docx'}`, sizeBytes: row['size'] === undefined ? 100_000 : bytes(row['size']),
        fingerprint: `${numberOf(`${key} ${index}`).toString(16).padStart(8, '0')}${numberOf(`${index} ${key}`).toString(16).padStart(8, '0')}`, ...(row['sensitive'] === undefined ? {} : { findings: names(row['sensitive']).map((type) => ({ type, count: 3, confidence: 90 })) }),
      })
    }
    return known.slice(first - 1, first - 1 + count)
  }
  const doing: Doing = {
    hand: createHand({ account, accountId }, out), row, account, atMs, everyMs: row['every'] === undefined ? 5000 : span(row['every']), things,
    become: (moved) => void sets.set(key, (sets.get(key) ?? []).map((thing) => moved.find((other) => other.fingerprint === thing.fingerprint) ?? thing)),
    addSet: (made, contents) => void sets.set(`${account} ${made}`, [...contents]),
    raw: (line, index) => void lines.push({ atMs: atMs + index * 1000, line }),
  }
  acts[name]?.(doing, row[name])
  const device = text(row['device']) || `lt-${account}`
  const nextId = (): string => {
    const seq = nextSeq.get(device) ?? 1
    nextSeq.set(device, seq + 1)
    return `${device}.${seq}`
  }
  return [
    ...out.map(({ message }) => Object.assign(mapActivity(message, nextId(), device), { userId: account })),
    ...lines.map(({ atMs: lineMs, line }) => Object.assign(readActivity({ device, id: nextId(), occurredAt: new Date(lineMs).toISOString(), sensor: 'scenario', actor: { account, accountId }, ...line }).activity, { userId: account })),
  ]
}

function readExpectations(value: unknown): readonly Expectation[] {
  return Object.entries(rowOf(value)).flatMap(([account, given]) => (isRow(given) ? Object.entries(given).map(([policy, what]) => ({ account, policy, what: text(what) })) : [{ account, what: text(given) }]))
}
