// holdfast user: people under their pseudonyms, what they did, scoring by hand, and how carefully they are treated.
import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { CodedError } from '../errors.ts'
import type { ChronologyPage, DismissalView, ReportDetail, ReportPage, RiskLevelView, ShareCreated, TriggerView, UserChart, UserDetail, UserPage, UserProfile, UserReport } from '../http/contract.ts'
import { get, parse, print, printJson, printTable, say, send } from './output.ts'
import type { LocalApi } from './local-api.ts'
import type { CommandDeps } from './policies.ts'

interface JsonOption {
  readonly dir: string
  readonly json?: boolean
}

/** Path of a user, by id or by the pseudonym that alerts show. */
async function pathOf(api: LocalApi, id: string): Promise<string> {
  const found = /^anon-/i.test(id) ? (await get<UserPage>(api, `/api/v1/users?search=${encodeURIComponent(id)}`)).items.find((user) => user.pseudonym === id.toUpperCase()) : undefined
  return `/api/v1/users/${encodeURIComponent(found?.id ?? id)}`
}

function printReport(report: UserReport): void {
  print(`${report.user.pseudonym}  ${report.from} to ${report.to}  risk level ${report.riskLevel.level}`)
  printTable(['CATEGORY', 'EVENTS', 'EXCLUDED', 'DAYS'], report.categories.map((row) => [row.category, String(row.events), String(row.excludedEvents), String(row.days)]))
  printTable(['DAY', 'INDICATOR', 'EVENTS', 'FILES', 'SCORE'], report.points.map((row) => [row.day, row.label, String(row.events), String(row.files), String(row.score)]))
  for (const trigger of report.triggers) print(`trigger  ${trigger.at}  ${trigger.kind}  ${trigger.reason}`)
  for (const alert of report.alerts) print(`alert    ${alert.id}  ${alert.severity} ${alert.score}  ${alert.status}  ${alert.policy}: ${alert.headline}`)
  for (const row of report.dismissed) print(`benign   ${row.activityId}  ${row.reason}`)
}

/** What is undefined is left out. */
function queryOf(pairs: readonly (readonly [string, string | undefined])[]): string {
  const query = new URLSearchParams()
  for (const [key, value] of pairs) if (value !== undefined) query.append(key, value)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

const LIST_FILTERS = ['openAlerts', 'trigger', 'byHand', 'priority', 'highImpact', 'inCase'] as const
type ListOptions = { readonly limit: string; readonly search?: string; readonly level?: readonly string[] } & Readonly<Partial<Record<(typeof LIST_FILTERS)[number], boolean>>>

const POLL_MS = 300
const reportAt = (id: string): string => `/api/v1/user-reports/${encodeURIComponent(id)}`

/** Reports that are made in the background and kept. Options that the group knows too are read from both. */
function reportCommands(report: Command, { reading, withApi }: Pick<CommandDeps, 'reading' | 'withApi'>): void {
  const told = <T>(command: Command): JsonOption & T => command.optsWithGlobals()
  const printOne = (options: JsonOption, found: ReportDetail): void => {
    if (options.json === true) printJson(found)
    else print(`${found.id}  ${found.user.pseudonym}  ${found.from} to ${found.to}  ${found.state}${found.state === 'running' ? ` ${found.progress} %` : ''}  ${found.activities} activities`)
  }
  reading(report.command('make'))
    .argument('<user>')
    .description('Ask for a report on a user over 3 to 90 days; it is made in the background.')
    .option('--from <day>', 'first day')
    .option('--to <day>', 'last day')
    .option('--reason <text>', 'why you look, for the audit log')
    .option('--wait', 'until it is made')
    .action((user: string, _options: unknown, command: Command) => {
      const options = told<{ readonly from?: string; readonly to?: string; readonly reason?: string; readonly wait?: boolean }>(command)
      return withApi(options.dir, async (api) => {
        let found = await send<ReportDetail>(api, 'POST', '/api/v1/user-reports', { userId: user, from: options.from, to: options.to, reason: options.reason })
        while (options.wait === true && (found.state === 'queued' || found.state === 'running')) {
          await sleep(POLL_MS)
          found = await get<ReportDetail>(api, reportAt(found.id))
        }
        printOne(options, found)
      })
    })
  reading(report.command('list')).description('Reports that were asked for, newest first.').option('--user <id>', 'of one user').option('--limit <count>', 'rows', '50').action((_options: unknown, command: Command) => {
    const options = told<{ readonly user?: string; readonly limit: string }>(command)
    return withApi(options.dir, async (api) => {
      const page = await get<ReportPage>(api, `/api/v1/user-reports${queryOf([['limit', options.limit], ['userId', options.user]])}`)
      if (options.json === true) printJson(page)
      else printTable(['ID', 'USER', 'FROM', 'TO', 'STATE', 'ACTIVITIES', 'ASKED', 'BY'], page.items.map((row) => [row.id, row.user.pseudonym, row.from, row.to, row.state, String(row.activities), row.createdAt, row.createdBy]))
    })
  })
  reading(report.command('get')).argument('<report>').description('How far a report is, or with --json what came out.').action((id: string, _options: unknown, command: Command) => {
    const options = told(command)
    return withApi(options.dir, async (api) => printOne(options, await get<ReportDetail>(api, reportAt(id))))
  })
  reading(report.command('export')).argument('<report>').description('A report as a file, under pseudonyms.').option('--format <format>', 'csv or json', 'json').option('--output <file>', 'absent: standard output').action((id: string, _options: unknown, command: Command) => {
    const options = told<{ readonly format: string; readonly output?: string }>(command)
    return withApi(options.dir, async (api) => {
      const answer = await api.request('GET', `${reportAt(id)}/export?format=${encodeURIComponent(options.format)}`)
      if (answer.status >= 400) parse(answer)
      if (options.output === undefined) print(answer.body)
      else {
        await writeFile(options.output, answer.body, { mode: 0o600 })
        say(`wrote ${options.output}`)
      }
    })
  })
  reading(report.command('share')).argument('<report>').description('A link that ends, for accounts that may see reports.').option('--days <count>', '1 to 30', '7').action((id: string, _options: unknown, command: Command) => {
    const options = told<{ readonly days: string }>(command)
    return withApi(options.dir, async (api) => {
      const share = await send<ShareCreated>(api, 'POST', `${reportAt(id)}/shares`, { days: Number(options.days) })
      if (options.json === true) printJson(share)
      else print(`${share.path}  until ${share.expiresAt}`)
    })
  })
  reading(report.command('delete')).argument('<report>').description('Delete a report and the links to it.').action((id: string, _options: unknown, command: Command) => {
    const options = told(command)
    return withApi(options.dir, async (api) => {
      await send(api, 'DELETE', reportAt(id))
      say(`${id} is deleted`)
    })
  })
}

export function userCommands(program: Command, { reading, withApi, collect }: CommandDeps): void {
  const users = program.command('user').description('People, under their pseudonyms.')
  reading(users.command('list'))
    .description('Users that were seen, the strongest open alert first.')
    .option('--limit <count>', 'rows', '200')
    .option('--search <text>', 'a pseudonym or an id')
    .option('--open-alerts', 'only with open alerts')
    .option('--trigger', 'only with a triggering event in the last 30 days')
    .option('--by-hand', 'only who is scored by hand now')
    .option('--priority', 'only members of priority groups')
    .option('--high-impact', 'only with administrative rights or many reports')
    .option('--in-case', 'only with an active case')
    .option('--level <level>', 'minor, moderate, elevated; repeatable', collect)
    .action((options: JsonOption & ListOptions) =>
      withApi(options.dir, async (api) => {
        const page = await get<UserPage>(api, `/api/v1/users${queryOf([['limit', options.limit], ['sort', '-riskScore'], ['search', options.search], ...LIST_FILTERS.map((key) => [key, options[key] === true ? 'true' : undefined] as const), ...(options.level ?? []).map((level) => ['level', level] as const)])}`)
        if (options.json === true) printJson(page)
        else printTable(['ID', 'PSEUDONYM', 'KIND', 'RISK', 'LEVEL', 'OPEN ALERTS', 'VIOLATIONS', 'TRIGGER', 'CASE'], page.items.map((row) => [row.id, row.pseudonym, row.kind, String(row.riskScore), row.level ?? 'none', String(row.openAlerts), String(row.confirmedViolations ?? 0), row.trigger?.kind ?? '', row.case?.id ?? '']))
      }))

  reading(users.command('show')).argument('<id>').description('Profile of a user, alerts, and what happened last.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const path = await pathOf(api, id)
      const [profile, user, chronology] = [await get<UserProfile>(api, `${path}/profile`), await get<UserDetail>(api, path), await get<ChronologyPage>(api, `${path}/chronology?limit=20&kind=alert&kind=decision&kind=trigger&kind=sequence&kind=case`)]
      if (options.json === true) {
        printJson({ ...user, profile, chronology: chronology.items })
        return
      }
      print(`${user.pseudonym}  risk ${user.riskScore}  level ${profile.riskLevel.level}  ${user.openAlerts} open alerts`)
      const facts: readonly (readonly [string, string | undefined])[] = [['department', profile.department], ['title', profile.title], ['manager', profile.manager?.pseudonym], ['groups', profile.groups.join(', ')], ['devices', profile.devices.map((device) => device.name ?? device.id).join(', ')], ['last working day', profile.lastWorkingDay], ['high impact', profile.highImpact.map(({ code }) => code).join(', ')], ['violations', profile.violations.map((violation) => violation.at).join(', ')]]
      for (const [name, value] of facts) if (value !== undefined && value !== '') print(`${name.padEnd(18)}${value}`)
      printTable(['POLICY', 'NAME', 'SCORED UNTIL', 'BECAUSE'], profile.policies.map((policy) => [policy.id, policy.name, policy.activeUntil ?? '', policy.trigger ?? '']))
      printTable(['AT', 'WHAT', 'TEXT', 'SCORE'], chronology.items.map((entry) => [entry.at, `${entry.kind} ${entry.what}`, entry.text, entry.score === undefined ? '' : String(Math.round(entry.score))]))
    }))

  reading(users.command('chart'))
    .argument('<id>')
    .description('The picture of a user: points by day and indicator, sequences, what left in all, and what else happened.')
    .option('--from <day>', 'first day, such as 2026-03-01; default: 90 days back')
    .option('--to <day>', 'last day')
    .option('--output <file>', 'write the JSON into a file')
    .action((id: string, options: JsonOption & { readonly from?: string; readonly to?: string; readonly output?: string }) =>
      withApi(options.dir, async (api) => {
        const chart = await get<UserChart>(api, `${await pathOf(api, id)}/chart${queryOf([['from', options.from], ['to', options.to]])}`)
        if (options.output !== undefined) {
          await writeFile(options.output, `${JSON.stringify(chart, null, 2)}\n`, { mode: 0o600 })
          say(`wrote ${options.output}`)
        } else if (options.json === true) printJson(chart)
        else {
          printTable(['DAY', 'INDICATOR', 'CATEGORY', 'EVENTS', 'FILES', 'SCORE'], chart.points.map((row) => [row.day, row.label, row.category, String(row.events), String(row.files), String(row.score)]))
          for (const sequence of chart.sequences) print(`sequence  ${sequence.day}  ${sequence.label}  ${sequence.files} files  score ${sequence.score}`)
          for (const marker of chart.markers) print(`${marker.kind.padEnd(9)} ${marker.at}  ${marker.what}  ${marker.text}`)
          const left = chart.cumulative.at(-1)
          if (left !== undefined) print(`left      ${left.files} files from ${chart.from} to ${chart.to}`)
        }
      }))

  const report = reading(users.command('report'))
  reportCommands(report, { reading, withApi })
  report
    .argument('[id]')
    .description('What a user did, by day and indicator, and the alerts; with a range also triggers, what was found benign, and the risk level.')
    .option('--from <day>', 'first day, such as 2026-03-01')
    .option('--to <day>', 'last day; 2 to 90 days in all')
    .option('--reason <text>', 'why you look, for the audit log')
    .action((id: string | undefined, options: JsonOption & { readonly from?: string; readonly to?: string; readonly reason?: string }) =>
      withApi(options.dir, async (api) => {
        if (id === undefined) throw new CodedError('CONFIG_INVALID', { key: '<id>', problem: 'name a user, or one of make, list, get, export, share, delete' })
        if ((options.from === undefined) !== (options.to === undefined)) throw new CodedError('CONFIG_INVALID', { key: options.from === undefined ? '--from' : '--to', problem: 'a range needs --from and --to' })
        if (options.from !== undefined) {
          const made = await send<UserReport>(api, 'POST', `${await pathOf(api, id)}/report`, { from: options.from, to: options.to, ...(options.reason === undefined ? {} : { reason: options.reason }) })
          if (options.json === true) printJson(made)
          else printReport(made)
          return
        }
        const path = await pathOf(api, id)
        const user = await get<UserDetail>(api, path)
        const chart = await get<UserChart>(api, `${path}/chart`)
        if (options.json === true) {
          printJson({ ...user, chart })
          return
        }
        print(`${user.pseudonym}  risk ${user.riskScore}  ${user.openAlerts} open alerts`)
        printTable(['DAY', 'INDICATOR', 'EVENTS', 'FILES', 'SCORE'], chart.points.map((row) => [row.day, row.label, String(row.events), String(row.files), String(row.score)]))
      }))

  reading(users.command('triggers')).argument('<id>').description('What brings a user into scope, newest first.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const page = await get<{ items: TriggerView[] }>(api, `${await pathOf(api, id)}/triggers`)
      if (options.json === true) printJson(page)
      else printTable(['ID', 'AT', 'KIND', 'UNTIL', 'WHY'], page.items.map((row) => [row.id, row.at, row.kind, row.until ?? '', row.note ?? row.reason]))
    }))
  reading(users.command('score'))
    .argument('<id...>')
    .description('Start scoring users by hand; the look-back counts too.')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .option('--days <count>', '5 to 30', '14')
    .option('--policy <id>', 'under this policy only')
    .action((ids: readonly string[], options: JsonOption & { readonly reason: string; readonly days: string; readonly policy?: string }) =>
      withApi(options.dir, async (api) => {
        if (!/^\d+$/.test(options.days)) throw new CodedError('CONFIG_INVALID', { key: '--days', problem: 'must be a whole number' })
        const made: TriggerView[] = []
        for (const id of ids) made.push(await send<TriggerView>(api, 'POST', `${await pathOf(api, id)}/triggers`, { days: Number(options.days), reason: options.reason, ...(options.policy === undefined ? {} : { policyId: options.policy }) }))
        if (options.json === true) printJson(made.length === 1 ? made[0] : { items: made })
        else for (const [index, trigger] of made.entries()) say(`${ids[index] ?? ''} is scored until ${trigger.until ?? ''} (${trigger.id})`)
      }))
  reading(users.command('stop-scoring')).argument('<id>').argument('<trigger>', 'id of the trigger').description('End scoring that was started by hand; alerts stay.').action((id: string, trigger: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      await send(api, 'DELETE', `${await pathOf(api, id)}/triggers/${encodeURIComponent(trigger)}`)
      say(`${id} is not scored by hand any more`)
    }))

  reading(users.command('dismiss-activity')).argument('<id>').argument('<activity...>', 'ids of activities').description('Find activities benign: they stay visible and count no more.').requiredOption('--reason <text>', 'why').action((id: string, activityIds: readonly string[], options: JsonOption & { readonly reason: string }) =>
    withApi(options.dir, async (api) => {
      const page = await send<{ items: DismissalView[] }>(api, 'POST', `${await pathOf(api, id)}/dismissed-activities`, { activityIds, reason: options.reason })
      if (options.json === true) printJson(page)
      else say(`${page.items.length} ${page.items.length === 1 ? 'activity counts' : 'activities count'} no more`)
    }))
  reading(users.command('restore-activity')).argument('<id>').argument('<activity>', 'id of the activity').description('Take it back: the activity counts again.').action((id: string, activity: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      await send(api, 'DELETE', `${await pathOf(api, id)}/dismissed-activities/${encodeURIComponent(activity)}`)
      say(`${activity} counts again`)
    }))

  const print1 = (options: JsonOption, level: RiskLevelView): void => {
    if (options.json === true) printJson(level)
    else print(`${level.user.pseudonym}  ${level.level}${level.expiresAt === undefined ? '' : ` until ${level.expiresAt}`}  ${level.reason}`)
  }
  reading(users.command('risk-level')).argument('[id]', 'absent: everybody who has a level').description('How carefully users are to be treated just now.').option('--reset', 'end the level of the user').option('--reason <text>', 'why it ends').option('--level <level>', 'minor, moderate, elevated; repeatable', collect).action((id: string | undefined, options: JsonOption & { readonly reset?: boolean; readonly reason?: string; readonly level?: readonly string[] }) =>
    withApi(options.dir, async (api) => {
      if (id === undefined) {
        const page = await get<{ items: RiskLevelView[] }>(api, `/api/v1/risk-levels?${new URLSearchParams([['limit', '500'], ...(options.level ?? []).map((level): [string, string] => ['level', level])]).toString()}`)
        if (options.json === true) printJson(page)
        else printTable(['USER', 'LEVEL', 'UNTIL', 'WHY'], page.items.map((row) => [row.user.id, row.level, row.expiresAt ?? '', row.reason]))
      } else if (options.reset === true) print1(options, await send<RiskLevelView>(api, 'DELETE', `${await pathOf(api, id)}/risk-level`, { reason: options.reason ?? '' }))
      else print1(options, await get<RiskLevelView>(api, `${await pathOf(api, id)}/risk-level`))
    }))
}
