// What a page is in a terminal and in the API: the command and the address that give the same, with the filters of the page.
// One table, so that a page that is added says it here once.
import { EXCEPTION_STATES, EXCEPTION_TABS } from '../pages/exceptions/tabs.ts'
import { alertFilter, parseAlertSearch } from '../pages/alerts/alert-search.ts'
import { filterOf } from '../pages/audit/audit-filter.ts'
import { caseFilter, readCaseSearch } from '../pages/cases/case-search.ts'
import { parseContentSearch, toFileQuery } from '../pages/content/content-search.ts'
import { oneOf, stringifySearchParams, textOf, textsOf } from './search-params.ts'

export interface Twins {
  /** Words after `holdfast`, not yet quoted for a shell. Absent where the command line has nothing for it. */
  readonly command?: readonly string[]
  /** Address in the API. */
  readonly json: string
}

type Search = Readonly<Record<string, unknown>>
type Row = readonly [path: string, twins: (search: Search, id: string) => Twins | undefined]

/** Flags for what is set: lists repeat, `true` is the flag alone. */
const flags = (names: Readonly<Record<string, string>>, values: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(names).flatMap(([key, flag]) => {
    const value = values[key]
    if (value === true || value === 'true') return [`--${flag}`]
    if (value === false || value === 'false') return [`--no-${flag}`]
    return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter((one) => one !== undefined && one !== '').flatMap((one) => [`--${flag}`, String(one)])
  })
const api = (at: string, query: Readonly<Record<string, unknown>> = {}): string => `/api/v1${at}${stringifySearchParams(query)}`

const ALERT_FLAGS = { severity: 'severity', status: 'status', policyId: 'policy', factor: 'factor', assignee: 'assignee', trigger: 'trigger', dismissReason: 'dismiss-reason', userId: 'user', from: 'from', to: 'to', search: 'search', hasCase: 'has-case', overdue: 'overdue' }
const USER_FLAGS = { search: 'search', openAlerts: 'open-alerts', trigger: 'trigger', byHand: 'by-hand', priority: 'priority', highImpact: 'high-impact', inCase: 'in-case' }

const alertList = (search: Search): Twins => {
  const filter = alertFilter(parseAlertSearch(search))
  return { command: ['alert', 'list', ...flags(ALERT_FLAGS, filter), ...(filter.sort === '-updatedAt' ? [] : flags({ sort: 'sort' }, filter))], json: api('/alerts', filter) }
}
const userList = (search: Search): Twins => {
  const filter = { search: textOf(search['search']), ...Object.fromEntries(textsOf(search['show']).filter((key) => key in USER_FLAGS).map((key) => [key, true])) }
  return { command: ['user', 'list', ...flags(USER_FLAGS, filter)], json: api('/users', filter) }
}
const caseList = (search: Search): Twins => {
  const filter = caseFilter(readCaseSearch(search))
  return { command: ['case', 'list', ...flags({ status: 'status', assigneeId: 'assignee', userId: 'user', due: 'due', search: 'search' }, filter)], json: api('/cases', { ...filter }) }
}
const files = (search: Search): Twins | undefined => {
  const [caseId, alertId, userId] = [textOf(search['case']), textOf(search['alert']), textOf(search['user'])]
  const scope = caseId === undefined ? (alertId === undefined ? (userId === undefined ? undefined : { userId }) : { alertId }) : { caseId }
  if (scope === undefined) return undefined
  const query = toFileQuery(scope, parseContentSearch(search))
  return { command: ['evidence', 'list', ...flags({ caseId: 'case', alertId: 'alert', userId: 'user', state: 'state' }, query)], json: api('/evidence/files', query) }
}
const auditList = (search: Search): Twins => {
  const filter = filterOf(search)
  return { command: ['audit', 'list', ...flags({ category: 'category', action: 'action', actor: 'actor', subject: 'subject', target: 'target', from: 'from', to: 'to' }, { ...filter })], json: api('/audit', { ...filter }) }
}
const looks = (search: Search): Twins | undefined => {
  const person = textOf(search['person'])
  return person === undefined ? undefined : { command: ['audit', 'who-looked-at', person], json: api('/audit/who-looked-at', /^(u_|ANON-)/.test(person) ? { user: person } : { identity: person }) }
}
const deviceList = (search: Search): Twins => {
  const filter = { search: textOf(search['search']), group: textOf(search['group']), fault: textOf(search['fault']), tag: textOf(search['tag']) }
  return { command: ['device', 'list', ...flags({ search: 'search', group: 'group', fault: 'fault', tag: 'tag' }, filter)], json: api('/devices', filter) }
}
const REQUEST_STATES = { waiting: ['pending', 'live'], over: ['done', 'refused', 'withdrawn', 'ended', 'expired'] } as const
const requests = (search: Search): Twins => {
  const state = REQUEST_STATES[oneOf(search['tab'], ['waiting', 'over'] as const, 'waiting')]
  return { command: ['reveal', 'list', ...flags({ state: 'state' }, { state })], json: api('/privacy-requests', { state }) }
}

const exceptions = (search: Search): Twins => {
  const state = EXCEPTION_STATES[oneOf(search['tab'], EXCEPTION_TABS, 'waiting')]
  return { command: ['exception', 'list', ...flags({ state: 'state' }, { state })], json: api('/exceptions', { state }) }
}
const questions = (search: Search): Twins => {
  const device = textOf(search['device'])
  return { command: ['question', 'list', ...flags({ device: 'device' }, { device })], json: api('/questions', { deviceId: device }) }
}

/** `:id` stands for one part; the first row that fits counts. */
const rows: readonly Row[] = [
  ['/', () => ({ command: ['alert', 'statistics'], json: api('/overview') })],
  ['/alerts', alertList],
  ['/alerts/:id', (_search, id) => ({ command: ['alert', 'show', id], json: api(`/alerts/${encodeURIComponent(id)}`) })],
  ['/cases', caseList],
  ['/cases/:id', (_search, id) => ({ command: ['case', 'show', id], json: api(`/cases/${encodeURIComponent(id)}`) })],
  ['/content', files],
  ['/users', userList],
  ['/users/:id', (_search, id) => ({ command: ['user', 'show', id], json: api(`/users/${encodeURIComponent(id)}`) })],
  ['/reports', () => ({ command: ['user', 'report', 'list'], json: api('/user-reports') })],
  ['/reports/:id', (_search, id) => ({ command: ['user', 'report', 'get', id], json: api(`/user-reports/${encodeURIComponent(id)}`) })],
  ['/devices', deviceList],
  ['/devices/:id', (_search, id) => ({ command: ['device', 'show', id], json: api(`/devices/${encodeURIComponent(id)}`) })],
  ['/groups', () => ({ command: ['group', 'list'], json: api('/groups') })],
  ['/groups/:id', (_search, id) => ({ command: ['group', 'show', id], json: api(`/groups/${encodeURIComponent(id)}`) })],
  ['/rollouts', () => ({ command: ['rollout', 'list'], json: api('/rollouts') })],
  ['/rollouts/:id', (_search, id) => ({ command: ['rollout', 'show', id], json: api(`/rollouts/${encodeURIComponent(id)}`) })],
  ['/agent-versions', () => ({ command: ['agent-packages', 'list'], json: api('/agent-versions') })],
  ['/agent-versions/:id', (_search, id) => ({ command: ['agent-upgrade', 'show', id], json: api(`/agent-upgrades/${encodeURIComponent(id)}`) })],
  ['/policies', () => ({ command: ['policy', 'list'], json: api('/policies') })],
  ['/policies/new', () => undefined],
  ['/policies/:id', (_search, id) => ({ command: ['policy', 'show', id], json: api(`/policies/${encodeURIComponent(id)}`) })],
  ['/requests', requests],
  ['/exceptions', exceptions],
  ['/questions', questions],
  ['/notices', () => ({ command: ['notice', 'list'], json: api('/notices') })],
  ['/holds', () => ({ json: api('/holds') })],
  ['/share-links', () => ({ json: api('/share-links') })],
  ['/audit', auditList],
  ['/audit/who-looked-at', looks],
  ['/account', () => ({ json: api('/account') })],
  ['/settings', () => ({ command: ['account', 'list'], json: api('/accounts') })],
  ['/settings/all', () => ({ json: api('/settings') })],
  ['/settings/system', () => ({ command: ['doctor'], json: api('/doctor') })],
  ['/settings/access', () => ({ command: ['unit', 'list'], json: api('/settings/access') })],
  ['/settings/exports', () => ({ command: ['export', 'list'], json: api('/exports') })],
  ['/settings/privacy', () => ({ command: ['retention', 'show'], json: api('/settings/privacy') })],
]

const idIn = (pattern: string, path: string): string | undefined => {
  if (!pattern.endsWith('/:id')) return pattern === path ? '' : undefined
  const head = pattern.slice(0, -3)
  const rest = path.startsWith(head) ? path.slice(head.length) : ''
  return rest === '' || rest.includes('/') ? undefined : decodeURIComponent(rest)
}

/** What gives the same as the page at `path`; nothing where a page is only of the console. */
export function twinsOf(path: string, search: Search): Twins | undefined {
  for (const [pattern, twins] of rows) {
    const id = idIn(pattern, path)
    if (id !== undefined) return twins(search, id)
  }
  return undefined
}

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/
/** The words as one line of a POSIX shell; what is no plain word stands in single quotes. */
export const commandLine = (words: readonly string[]): string => ['holdfast', ...words].map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`)).join(' ')

/** The pages of the table, for tests: with an id where one belongs. */
export const twinPaths: readonly string[] = rows.map(([pattern]) => pattern.replace(':id', 'id_1'))
