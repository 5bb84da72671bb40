// holdfast account: who may sign in to the console, and with which roles.
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { CodedError } from '../errors.ts'
import type { AccountList, AccountView } from '../http/contract.ts'
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
}
