// holdfast exception: requests of people to use a removable medium for a time.
import type { Command } from 'commander'
import type { ExceptionPage, ExceptionView } from '../http/contract.ts'
import { get, printJson, printTable, say, send } from './output.ts'
import type { CommandDeps } from './policies.ts'

interface Options {
  readonly dir: string
  readonly json?: boolean
}

const at = (id: string): string => `/api/v1/exceptions/${encodeURIComponent(id)}`
const mediumOf = ({ medium }: ExceptionView): string => medium.deviceId ?? ([medium.vendorId, medium.productId, medium.serial].filter((part) => part !== undefined).join(':') || '-')

export function exceptionCommands(program: Command, { reading, withApi, collect }: CommandDeps): void {
  const exceptions = program.command('exception').description('Requests of people to use a removable medium for a time.')
  const show = (options: Options, view: ExceptionView): void => (options.json === true ? printJson(view) : say(`${view.id} is ${view.state}${view.until === undefined ? '' : ` until ${view.until}`}`))

  reading(exceptions.command('list')).description('Requests, newest first.').option('--state <state>', 'pending, granted, refused, revoked, ended, expired; repeatable', collect).action((options: Options & { readonly state?: readonly string[] }) =>
    withApi(options.dir, async (api) => {
      const page = await get<ExceptionPage>(api, `/api/v1/exceptions?${new URLSearchParams((options.state ?? []).map((state): [string, string] => ['state', state])).toString()}`)
      if (options.json === true) printJson(page)
      else printTable(['ID', 'STATE', 'USER', 'MEDIUM', 'HOURS', 'WHY', 'UNTIL', 'BY', 'TOLD'], page.items.map((row) => [row.id, row.state, row.user.pseudonym, mediumOf(row), String(row.hours), row.reason, row.until ?? '', row.decidedBy ?? '', row.told ?? '']))
    }))
  reading(exceptions.command('grant')).argument('<exception>').description('Allow the medium to the person for a time.').option('--hours <number>', 'how long; as long as it was asked for', Number).option('--no-copies', 'what is copied to it still scores').option('--note <text>', 'the person is told it').action((id: string, options: Options & { readonly hours?: number; readonly copies: boolean; readonly note?: string }) =>
    withApi(options.dir, async (api) => show(options, await send<ExceptionView>(api, 'POST', `${at(id)}/decision`, { grant: true, copies: options.copies, ...(options.hours === undefined ? {} : { hours: options.hours }), ...(options.note === undefined ? {} : { note: options.note }) }))))
  reading(exceptions.command('refuse')).argument('<exception>').description('Refuse it; the person is told why.').requiredOption('--note <text>', 'why').action((id: string, options: Options & { readonly note: string }) =>
    withApi(options.dir, async (api) => show(options, await send<ExceptionView>(api, 'POST', `${at(id)}/decision`, { grant: false, note: options.note }))))
  reading(exceptions.command('revoke')).argument('<exception>').description('End it before its time.').option('--note <text>', 'the person is told it').action((id: string, options: Options & { readonly note?: string }) =>
    withApi(options.dir, async (api) => show(options, await send<ExceptionView>(api, 'POST', `${at(id)}/revoke`, options.note === undefined ? {} : { note: options.note }))))
}
