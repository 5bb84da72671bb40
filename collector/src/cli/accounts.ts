// holdfast account: who may sign in to the console, and with which roles.
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { CodedError } from '../errors.ts'
import type { AccountList, AccountView, UnitList, UnitView } from '../http/contract.ts'
import type { LocalApi } from './local-api.ts'
import { get, printJson, printTable, say, send } from './output.ts'

interface Options {
  readonly dir: string
  readonly json?: boolean
}

type WithApi = (dir: string, work: (api: LocalApi) => Promise<void>) => Promise<void>

/** A password never stands in the arguments, which every process of the machine can read: it is typed, or comes on standard input. */
async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).replace(/\r?\n$/, '')
  process.stderr.write('Password (at least 15 characters): ')
  // Nothing of what is typed is echoed.
  const lines = createInterface({ input: process.stdin, output: new Writable({ write: (_chunk, _encoding, done) => done() }), terminal: true })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}

async function accountNamed(api: LocalApi, nameOrId: string): Promise<AccountView> {
  const { items } = await get<AccountList>(api, '/api/v1/accounts')
  const found = items.find((account) => account.id === nameOrId || account.name === nameOrId)
  if (found === undefined) throw new CodedError('NOT_FOUND', { what: 'account' })
  return found
}

const printAccount = (account: AccountView, json: boolean | undefined): void => {
  if (json === true) printJson(account)
  else say(`${account.name} is ${account.disabled ? 'disabled' : 'enabled'} with ${account.roles.join(', ')}`)
}

/** Adds the commands to the program. `reading` gives a command --dir and --json. */
export function accountCommands(program: Command, reading: (command: Command) => Command, withApi: WithApi, collect: (value: string, previous?: readonly string[]) => readonly string[]): void {
  const accounts = program.command('account').description('Accounts of the console and their roles.')

  reading(accounts.command('list')).description('Accounts.').action((options: Options) =>
    withApi(options.dir, async (api) => {
      const page = await get<AccountList>(api, '/api/v1/accounts')
      if (options.json === true) printJson(page)
      else if (page.items.length === 0) say('No accounts yet. The set-up code of holdfast init makes the first one in the console.')
      else printTable(['ID', 'NAME', 'STATE', 'ROLES'], page.items.map((row) => [row.id, row.name, row.disabled ? 'disabled' : 'enabled', row.roles.join(', ')]))
    }))

  reading(accounts.command('create')).argument('<name>').description('Make an account; the password is asked for, or read from standard input.').requiredOption('--role <role>', 'Admin, Analyst, Investigator, Auditor, Approver or Read-only; repeatable', collect).action((name: string, options: Options & { readonly role: readonly string[] }) =>
    withApi(options.dir, async (api) => printAccount(await send<AccountView>(api, 'POST', '/api/v1/accounts', { name, password: await readPassword(), roles: options.role }), options.json)))

  const change = (verb: string, description: string, body: object) =>
    reading(accounts.command(verb)).argument('<name>', 'name or id').description(description).action((name: string, options: Options) =>
      withApi(options.dir, async (api) => printAccount(await send<AccountView>(api, 'PATCH', `/api/v1/accounts/${encodeURIComponent((await accountNamed(api, name)).id)}`, body), options.json)))
  change('disable', 'Keep an account out; its sessions end at once.', { disabled: true })
  change('enable', 'Let an account in again.', { disabled: false })

  reading(accounts.command('roles')).argument('<name>', 'name or id').argument('<roles...>').description('Give an account other roles; its sessions end at once.').action((name: string, given: readonly string[], options: Options) =>
    withApi(options.dir, async (api) => printAccount(await send<AccountView>(api, 'PATCH', `/api/v1/accounts/${encodeURIComponent((await accountNamed(api, name)).id)}`, { roles: given.flatMap((role) => role.split(',')) }), options.json)))

  const idOf = async (api: LocalApi, name: string): Promise<string> => encodeURIComponent((await accountNamed(api, name)).id)
  reading(accounts.command('password')).argument('<name>', 'name or id').description('Set a new password, which is asked for or read from standard input; sessions end, the second factor stays.').action((name: string, options: Options) =>
    withApi(options.dir, async (api) => printAccount(await send<AccountView>(api, 'POST', `/api/v1/accounts/${await idOf(api, name)}/password`, { newPassword: await readPassword() }), options.json)))
  reading(accounts.command('reset-second-factor')).argument('<name>', 'name or id').description('Take codes, passkeys and recovery codes from somebody who lost them; sessions end.').action((name: string, options: Options) =>
    withApi(options.dir, async (api) => printAccount(await send<AccountView>(api, 'DELETE', `/api/v1/accounts/${await idOf(api, name)}/second-factor`), options.json)))
  reading(accounts.command('sign-out')).argument('<name>', 'name or id').description('End every session of an account.').action((name: string, options: Options) =>
    withApi(options.dir, async (api) => {
      await send(api, 'DELETE', `/api/v1/accounts/${await idOf(api, name)}/sessions`)
      if (options.json === true) printJson({ signedOut: name })
      else say(`${name} is signed out everywhere`)
    }))
  reading(accounts.command('delete')).argument('<name>', 'name or id').description('Delete an account with its sessions and tokens; the audit log keeps what it did.').action((name: string, options: Options) =>
    withApi(options.dir, async (api) => {
      await send(api, 'DELETE', `/api/v1/accounts/${await idOf(api, name)}`)
      if (options.json === true) printJson({ deleted: name })
      else say(`${name} is deleted`)
    }))
  reading(accounts.command('units')).argument('<name>', 'name or id').argument('[units...]', 'names or ids; none: sees everybody').description('Limit an account to the people and devices of administrative units and of those below them; its sessions end.').action((name: string, given: readonly string[], options: Options) =>
    withApi(options.dir, async (api) => {
      const { items } = await get<UnitList>(api, '/api/v1/units')
      const units = given.map((word) => items.find((unit) => unit.id === word || unit.name === word)?.id ?? word)
      printAccount(await send<AccountView>(api, 'PATCH', `/api/v1/accounts/${await idOf(api, name)}`, { units }), options.json)
    }))

  const units = program.command('unit').description('Administrative units: a tree of departments, countries and device groups that accounts can be limited to.')
  interface UnitOptions extends Options {
    readonly name?: string
    readonly under?: string
    readonly top?: boolean
    readonly department?: readonly string[]
    readonly country?: readonly string[]
    readonly group?: readonly string[]
    readonly inherit?: readonly string[]
  }
  const unitNamed = async (api: LocalApi, name: string): Promise<UnitView> => {
    const { items } = await get<UnitList>(api, '/api/v1/units')
    const found = items.find((unit) => unit.id === name || unit.name === name)
    if (found === undefined) throw new CodedError('NOT_FOUND', { what: 'administrative unit' })
    return found
  }
  const listsOf = ({ department, country, group }: UnitOptions): object => ({ ...(department === undefined ? {} : { departments: department }), ...(country === undefined ? {} : { countries: country }), ...(group === undefined ? {} : { groups: group }) })
  /** What a unit names, and in brackets what it has from above. */
  const listed = (row: UnitView, list: 'departments' | 'countries'): string => row[list]?.join(', ') ?? (row.inherits[list] === undefined ? 'any' : `(${row.inherits[list].join(', ')})`)
  const withLists = (command: Command): Command => reading(command).option('--under <unit>', 'name or id of the unit above').option('--department <name>', 'repeatable', collect).option('--country <name>', 'repeatable', collect).option('--group <name>', 'device group; repeatable', collect)
  const shown = (options: Options, unit: UnitView): void => {
    if (options.json === true) printJson(unit)
    else say(`${unit.path.join(' / ') || unit.name} is ${unit.id}: ${unit.people} people, ${unit.devices === null ? 'all devices' : `devices of ${unit.devices.join(', ') || 'no group'}`}`)
  }

  reading(units.command('list')).description('Units from the top down; in brackets what a unit has from above.').action((options: Options) =>
    withApi(options.dir, async (api) => {
      const page = await get<UnitList>(api, '/api/v1/units')
      if (options.json === true) printJson(page)
      else if (page.items.length === 0) say('No units yet: everybody with the right role sees everybody.')
      else printTable(['ID', 'NAME', 'DEPARTMENTS', 'COUNTRIES', 'DEVICES', 'PEOPLE', 'ACCOUNTS'], page.items.map((row) => [row.id, `${'  '.repeat(Math.max(0, row.path.length - 1))}${row.name}`, listed(row, 'departments'), listed(row, 'countries'), row.devices?.join(', ') ?? 'all', String(row.people), String(row.accounts)]))
    }))
  withLists(units.command('create')).argument('<name>').description('Make a unit; with departments and countries, both must hold. What it does not name it has from the unit above.').action((name: string, options: UnitOptions) =>
    withApi(options.dir, async (api) => shown(options, await send<UnitView>(api, 'POST', '/api/v1/units', { name, ...(options.under === undefined ? {} : { parentId: (await unitNamed(api, options.under)).id }), ...listsOf(options) }))))
  withLists(units.command('set')).argument('<unit>', 'name or id').description('Change a unit, or move it: what is not said stays.').option('--name <name>', 'another name').option('--top', 'it stands at the top').option('--inherit <list>', 'departments, countries or groups: from above again; repeatable', collect).action((name: string, options: UnitOptions) =>
    withApi(options.dir, async (api) => {
      const before = await unitNamed(api, name)
      const kept = Object.fromEntries((['departments', 'countries', 'groups'] as const).filter((list) => before[list] !== undefined && options.inherit?.includes(list) !== true).map((list) => [list, before[list]]))
      const parentId = options.top === true ? null : options.under === undefined ? (before.parentId ?? null) : (await unitNamed(api, options.under)).id
      shown(options, await send<UnitView>(api, 'PUT', `/api/v1/units/${encodeURIComponent(before.id)}`, { name: options.name ?? before.name, parentId, ...kept, ...listsOf(options) }))
    }))
  reading(units.command('delete')).argument('<unit>', 'name or id').description('Delete a unit that limits nobody and has none below it.').action((name: string, options: Options) =>
    withApi(options.dir, async (api) => {
      const found = await unitNamed(api, name)
      await send(api, 'DELETE', `/api/v1/units/${encodeURIComponent(found.id)}`)
      if (options.json === true) printJson({ deleted: found.id })
      else say(`${found.name} is deleted`)
    }))
}
