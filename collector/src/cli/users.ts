// holdfast user: people under their pseudonyms, what they did, scoring by hand, and how carefully they are treated.
import type { Command } from 'commander'
import { CodedError } from '../errors.ts'
import type { DismissalView, RiskLevelView, TriggerView, UserChart, UserDetail, UserPage, UserReport } from '../http/contract.ts'
import { get, print, printJson, printTable, say, send } from './output.ts'
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

export function userCommands(program: Command, { reading, withApi, collect }: CommandDeps): void {
  const users = program.command('user').description('People, under their pseudonyms.')
  reading(users.command('list')).description('Users that were seen.').option('--limit <count>', 'rows', '200').action((options: JsonOption & { readonly limit: string }) =>
    withApi(options.dir, async (api) => {
      const page = await get<UserPage>(api, `/api/v1/users?limit=${encodeURIComponent(options.limit)}`)
      if (options.json === true) printJson(page)
      else printTable(['ID', 'PSEUDONYM', 'KIND', 'RISK', 'OPEN ALERTS'], page.items.map((row) => [row.id, row.pseudonym, row.kind, String(row.riskScore), String(row.openAlerts)]))
    }))

  reading(users.command('report'))
    .argument('<id>')
    .description('What a user did, by day and indicator, and the alerts; with a range also triggers, what was found benign, and the risk level.')
    .option('--from <day>', 'first day, such as 2026-03-01')
    .option('--to <day>', 'last day; 2 to 90 days in all')
    .option('--reason <text>', 'why you look, for the audit log')
    .action((id: string, options: JsonOption & { readonly from?: string; readonly to?: string; readonly reason?: string }) =>
      withApi(options.dir, async (api) => {
        if ((options.from === undefined) !== (options.to === undefined)) throw new CodedError('CONFIG_INVALID', { key: options.from === undefined ? '--from' : '--to', problem: 'a range needs --from and --to' })
        if (options.from !== undefined) {
          const report = await send<UserReport>(api, 'POST', `${await pathOf(api, id)}/report`, { from: options.from, to: options.to, ...(options.reason === undefined ? {} : { reason: options.reason }) })
          if (options.json === true) printJson(report)
          else printReport(report)
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
