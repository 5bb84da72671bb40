// `holdfast alert …`: the queue with every filter, decisions about one or many, files and views.
import type { Command } from 'commander'
import { parse as parseYaml } from 'yaml'
import { REASONS } from '../domain/cases/alert.ts'
import { RISK_FACTORS } from '../domain/cases/risk-factors.ts'
import { CodedError } from '../errors.ts'
import type { AlertBulkResult, AlertDetail, AlertPage, AlertStatistics, AssigneeList, SavedViewList, WhatIfView } from '../http/contract.ts'
import type { LocalApi } from './local-api.ts'
import { get, print, printJson, printTable, say, send } from './output.ts'
import { type CommandDeps, readText } from './policies.ts'

interface JsonOption {
  readonly dir: string
  readonly json?: boolean
}

interface FilterOptions extends JsonOption {
  readonly severity?: readonly string[]
  readonly status?: readonly string[]
  readonly policy?: readonly string[]
  readonly factor?: readonly string[]
  readonly assignee?: readonly string[]
  readonly trigger?: readonly string[]
  readonly dismissReason?: readonly string[]
  readonly user?: string
  readonly from?: string
  readonly to?: string
  readonly search?: string
  readonly hasCase?: boolean
  readonly overdue?: boolean
  readonly sort?: string
}

const at = (id: string): string => `/api/v1/alerts/${encodeURIComponent(id)}`

function query(values: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) for (const item of Array.isArray(value) ? (value as readonly string[]) : [value]) if (item !== undefined) parameters.append(key, String(item))
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

/** The filter of options, in the words of the API; what was not given is left out. */
const filterOf = (options: FilterOptions) => {
  const all = {
    severity: options.severity, status: options.status, policyId: options.policy, factor: options.factor, assignee: options.assignee, trigger: options.trigger, dismissReason: options.dismissReason, userId: options.user, from: options.from, to: options.to, search: options.search,
    hasCase: options.hasCase, ...(options.overdue === true ? { overdue: true } : {}),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Readonly<Record<string, string | boolean | readonly string[]>>
}

const filtering = (command: Command, collect: CommandDeps['collect']): Command => command
  .option('--severity <severity>', 'low, medium, high; repeatable', collect)
  .option('--status <status>', 'needs_review, confirmed, dismissed, resolved; repeatable', collect)
  .option('--policy <id>', 'of these policies; repeatable', collect)
  .option('--factor <factor>', `${RISK_FACTORS.join(', ')}; repeatable`, collect)
  .option('--assignee <account>', 'id of an account, me or nobody; repeatable', collect)
  .option('--trigger <kind>', 'kind of triggering event, such as hr_resignation; repeatable', collect)
  .option('--dismiss-reason <reason>', `${REASONS.join(', ')}; repeatable`, collect)
  .option('--user <id>', 'of one user')
  .option('--from <time>', 'detected since: now-30d, a day or a time')
  .option('--to <time>', 'detected until, including')
  .option('--search <text>', 'beginning of an alert id or of a pseudonym')
  .option('--has-case', 'part of a case')
  .option('--no-has-case', 'part of no case')
  .option('--overdue', 'waiting longer than the severity allows')

function printAlert(alert: AlertDetail): void {
  print(`${alert.id}  ${alert.severity} ${alert.score}  ${alert.status}${alert.overdue ? ' (overdue)' : ''}  ${alert.user.pseudonym}  ${alert.policy}`)
  print(`Trigger: ${alert.trigger.reason} (${alert.trigger.at})`)
  const fell = alert.belowLine === true ? alert.history.findLast((row) => row.what === 'score_fell') : undefined
  if (fell !== undefined) print(`${fell.note ?? 'Below the alert line of the policy.'} It was ${fell.from ?? '?'} before ${fell.at}.`)
  if (alert.factors.length > 0) print(`Risk factors: ${alert.factors.join(', ')}`)
  if (alert.dueAt !== undefined) print(`First decision due: ${alert.dueAt}`)
  print('')
  for (const reason of alert.reasons) {
    print(`${String(reason.points).padStart(5)}  ${reason.reason}`)
    for (const id of reason.evidence) print(`       · ${alert.activities.find((activity) => activity.id === id)?.summary ?? id}`)
  }
  print(`${'─'.repeat(5)}\n${String(alert.reasons.reduce((sum, reason) => sum + reason.points, 0)).padStart(5)}  = the score`)
}

function printBulk(options: JsonOption, what: string, result: AlertBulkResult): void {
  if (options.json === true) {
    printJson(result)
    return
  }
  say(`${result.done.length} alert${result.done.length === 1 ? ' is' : 's are'} ${what}`)
  for (const { id, code, detail } of result.failed) say(`${id} is unchanged: ${code}: ${detail}`)
  if (result.undo !== undefined) say(`Until ${result.undo.until}: holdfast alert undo ${result.undo.operationId}`)
}

/** What is meant: ids, or with --matching all that the filters find. */
function chosen(ids: readonly string[], options: FilterOptions & { readonly matching?: boolean }): Readonly<Record<string, unknown>> {
  const filter = filterOf(options)
  if (options.matching === true && ids.length === 0) return { matching: filter }
  if (options.matching === true || Object.keys(filter).length > 0) throw new CodedError('CONFIG_INVALID', { key: '--matching', problem: 'goes with filters and without ids' })
  if (ids.length === 0) throw new CodedError('CONFIG_INVALID', { key: '<id…>', problem: 'is missing; name alerts, or use --matching with filters' })
  return { alerts: ids.map((id) => ({ id })) }
}

async function accountId(api: LocalApi, name: string): Promise<string | null> {
  if (name === 'nobody') return null
  const { items } = await get<AssigneeList>(api, '/api/v1/alerts/assignees')
  return items.find((account) => account.name === name || account.id === name)?.id ?? name
}

export function alertCommands(program: Command, { reading, withApi, fromHere, collect }: CommandDeps): void {
  const alerts = program.command('alert').description('Alerts.')
  filtering(reading(alerts.command('list')), collect)
    .description('The queue, newest change first.')
    .option('--sort <field>', 'createdAt, updatedAt or score, with - for descending', '-updatedAt')
    .option('--limit <count>', 'rows', '50')
    .option('--cursor <cursor>', 'the next page of a listing')
    .action((options: FilterOptions & { readonly sort: string; readonly limit: string; readonly cursor?: string }) =>
      withApi(options.dir, async (api) => {
        const page = await get<AlertPage>(api, `/api/v1/alerts${query({ ...filterOf(options), sort: options.sort, limit: options.limit, cursor: options.cursor })}`)
        if (options.json === true) {
          printJson(page)
          return
        }
        if (page.items.length === 0) say('No alerts match. A policy must be on and a user must cross one of its thresholds.')
        else printTable(['ID', 'SEVERITY', 'SCORE', 'STATUS', 'USER', 'POLICY', 'WHY'], page.items.map((row) => [row.id, row.severity, String(row.score), row.status, row.user.pseudonym, row.policy, row.headline]))
        if (page.nextCursor !== undefined) say(`More: --cursor ${page.nextCursor}`)
      }))
  reading(alerts.command('show')).argument('<id>').description('One alert: the points, their sum and the evidence.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const alert = await get<AlertDetail>(api, at(id))
      if (options.json === true) printJson(alert)
      else printAlert(alert)
    }))
  reading(alerts.command('statistics')).description('What waits, what is overdue, and how long decisions take.').action((options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const found = await get<AlertStatistics>(api, '/api/v1/alerts/statistics')
      if (options.json === true) {
        printJson(found)
        return
      }
      print(`To review: ${found.needsReview.high} high, ${found.needsReview.medium} medium, ${found.needsReview.low} low; overdue: ${found.overdue}`)
      for (const { severity, secs, count } of found.meanDecisionBySeverity) print(`${severity}: ${(secs / 3600).toFixed(1)} h from opened to closed, over ${count} in 30 days`)
    }))
  filtering(reading(alerts.command('export')), collect)
    .description('Everything that matches as CSV or JSON lines on standard output, under pseudonyms.')
    .option('--format <format>', 'csv or jsonl', 'jsonl')
    .option('--sort <field>', 'createdAt, updatedAt or score, with - for descending', '-updatedAt')
    .action((options: FilterOptions & { readonly format: string }) =>
      withApi(options.dir, async (api) => {
        const answer = await api.request('GET', `/api/v1/alerts/export${query({ ...filterOf(options), sort: options.sort, format: options.format })}`, { onLine: print })
        // A refusal is no row.
        if (answer.status >= 400) await get(api, `/api/v1/alerts/export${query({ ...filterOf(options), sort: options.sort, format: options.format })}`)
      }))
  reading(alerts.command('views')).description('Saved views of the queue, and how many alerts each holds.').action((options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const list = await get<SavedViewList>(api, '/api/v1/saved-views?resource=alerts&counts=true')
      if (options.json === true) printJson(list)
      else printTable(['ID', 'NAME', 'OWNER', 'SHARED', 'ALERTS'], list.items.map((row) => [row.id, row.name, row.owner, row.isShared ? 'yes' : 'no', String(row.count ?? '')]))
    }))
  reading(alerts.command('what-if'))
    .argument('<id>')
    .description('The alert scored again under other thresholds or choices; nothing is stored.')
    .requiredOption('-f, --file <file>', 'changes in YAML or JSON, as in a policy: indicators, triggers, boosters, sequences, alertVolume, ...; - for standard input')
    .action((id: string, options: JsonOption & { readonly file: string }) =>
      withApi(options.dir, async (api) => {
        let changes: unknown
        try {
          changes = parseYaml(readText(options.file, fromHere)) ?? {}
        } catch (cause) {
          if (cause instanceof CodedError) throw cause
          throw new CodedError('CONFIG_INVALID', { key: options.file, problem: 'is no YAML' }, { cause })
        }
        const found = await send<WhatIfView>(api, 'POST', `${at(id)}/what-if`, changes)
        if (options.json === true) {
          printJson(found)
          return
        }
        print(`${found.alertId}  ${found.before.score} -> ${found.after.score}${found.after.isAlert ? '' : '  (no alert)'}`)
        for (const reason of found.after.reasons) print(`${String(reason.points).padStart(5)}  ${reason.reason}`)
      }))

  const decide = async (options: JsonOption, id: string, body: Readonly<Record<string, unknown>>): Promise<void> =>
    withApi(options.dir, async (api) => {
      const { revision } = await get<AlertDetail>(api, at(id))
      const changed = await send<AlertDetail>(api, 'PATCH', at(id), body, { 'if-match': `"${revision}"` })
      if (options.json === true) printJson(changed)
      else say(`${changed.id} is ${changed.status}`)
    })
  for (const [name, description, status] of [['confirm', 'Take it up.', 'confirmed'], ['resolve', 'Close it.', 'resolved'], ['reopen', 'Back to the queue.', 'needs_review']] as const) {
    reading(alerts.command(name)).argument('<id>').description(description).option('--note <text>', 'why').action((id: string, options: JsonOption & { readonly note?: string }) => decide(options, id, { status, ...(options.note === undefined ? {} : { note: options.note }) }))
  }
  interface BulkOptions extends FilterOptions { readonly matching?: boolean }
  filtering(reading(alerts.command('dismiss')).argument('[id...]'), collect)
    .description('Put alerts away, with a reason and a note: up to 400 that wait for a review.')
    .requiredOption('--reason <reason>', REASONS.join(', '))
    .option('--note <text>', 'what you checked and found; the API wants one')
    .option('--matching', 'all that the filters find, instead of ids')
    .action((ids: readonly string[], options: BulkOptions & { readonly reason: string; readonly note?: string }) => {
      const [only] = ids
      // One alert may also be confirmed already; its document is the answer.
      if (only !== undefined && ids.length === 1 && options.matching !== true) return decide(options, only, { status: 'dismissed', reason: options.reason, ...(options.note === undefined ? {} : { note: options.note }) })
      return withApi(options.dir, async (api) => printBulk(options, 'dismissed', await send<AlertBulkResult>(api, 'POST', '/api/v1/alerts/bulk', { action: 'dismiss', reason: options.reason, note: options.note ?? '', ...chosen(ids, options) })))
    })
  filtering(reading(alerts.command('assign')).argument('[id...]'), collect)
    .description('Give alerts to an account, or to nobody.')
    .requiredOption('--account <account>', 'name or id of an account, or nobody')
    .option('--matching', 'all that the filters find, instead of ids')
    .action((ids: readonly string[], options: BulkOptions & { readonly account: string }) =>
      withApi(options.dir, async (api) => printBulk(options, options.account === 'nobody' ? 'given back' : `given to ${options.account}`, await send<AlertBulkResult>(api, 'POST', '/api/v1/alerts/bulk', { action: 'assign', assigneeId: await accountId(api, options.account), ...chosen(ids, options) }))))
  reading(alerts.command('undo')).argument('<operation>').description('Take one’s own last change back, within ten seconds.').action((operationId: string, options: JsonOption) =>
    withApi(options.dir, async (api) => printBulk(options, 'as before', await send<AlertBulkResult>(api, 'POST', '/api/v1/alerts/undo', { operationId }))))
}
