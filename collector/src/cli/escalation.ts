// holdfast case export, hold, release, holds: how a case leaves, from the command line.
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { CodedError, type ErrorCode, errorTable } from '../errors.ts'
import type { BundleView, HoldList, HoldView, SigningKeyView } from '../http/contract.ts'
import { get, parse, print, printJson, printTable, say, send } from './output.ts'
import type { CommandDeps } from './policies.ts'

interface JsonOption {
  readonly dir: string
  readonly json?: boolean
}
const POLL_MS = 500

export function escalationCommands(program: Command, { reading, withApi, fromHere }: CommandDeps): void {
  const cases = program.commands.find((command) => command.name() === 'case') ?? program.command('case')
  reading(cases.command('export'))
    .argument('<id>')
    .description('Make a bundle of a case and write it into a file; it verifies with the scripts inside of it.')
    .requiredOption('--reason <text>', 'why it leaves')
    .requiredOption('--out <file>', 'where the ZIP goes; must not be there yet')
    .option('--named', 'with the name of the person')
    .option('--without-content', 'without contents of files')
    .action((id: string, options: JsonOption & { readonly reason: string; readonly out: string; readonly named?: boolean; readonly withoutContent?: boolean }) =>
      withApi(options.dir, async (api) => {
        let bundle = await send<BundleView>(api, 'POST', `/api/v1/cases/${encodeURIComponent(id)}/bundles`, { reason: options.reason, names: options.named === true ? 'named' : 'pseudonymous', content: options.withoutContent !== true, days: 1 })
        const at = `/api/v1/bundles/${encodeURIComponent(bundle.id)}`
        while (bundle.state === 'queued' || bundle.state === 'running') {
          await sleep(POLL_MS)
          bundle = await get<BundleView>(api, at)
        }
        if (bundle.state === 'failed') throw new CodedError(bundle.code !== undefined && Object.hasOwn(errorTable, bundle.code) ? (bundle.code as ErrorCode) : 'INTERNAL')
        const answer = await api.request('POST', `${at}/download`, { body: JSON.stringify({ reason: options.reason }) })
        // A problem is thrown by its code.
        if (answer.status !== 200 || answer.bytes === undefined) parse(answer)
        writeFileSync(fromHere(options.out), answer.bytes ?? Buffer.alloc(0), { mode: 0o600, flag: 'wx', flush: true })
        const { fingerprint } = await get<SigningKeyView>(api, '/api/v1/signing-key')
        if (options.json === true) printJson({ ...bundle, file: options.out, fingerprint })
        else say(`${options.out}: ${answer.bytes?.length ?? 0} bytes, SHA-256 ${bundle.sha256 ?? ''}\nsigned by the key ${fingerprint}`)
      }))
  reading(cases.command('hold')).argument('<id>').description('Place a legal hold on the person of a case.').requiredOption('--reason <text>', 'why').action((id: string, options: JsonOption & { readonly reason: string }) =>
    withApi(options.dir, async (api) => {
      const hold = await send<HoldView>(api, 'POST', `/api/v1/cases/${encodeURIComponent(id)}/holds`, { reason: options.reason })
      if (options.json === true) printJson(hold)
      else say(`${hold.id} holds everything of ${hold.user.pseudonym}`)
    }))
  reading(cases.command('release')).argument('<hold>', 'id of the hold').description('Release a legal hold.').requiredOption('--reason <text>', 'why').action((id: string, options: JsonOption & { readonly reason: string }) =>
    withApi(options.dir, async (api) => {
      const hold = await send<HoldView>(api, 'POST', `/api/v1/holds/${encodeURIComponent(id)}/release`, { reason: options.reason })
      if (options.json === true) printJson(hold)
      else say(`${hold.id} was released`)
    }))
  reading(cases.command('holds')).description('Legal holds, newest first.').option('--released', 'those that were released as well').action((options: JsonOption & { readonly released?: boolean }) =>
    withApi(options.dir, async (api) => {
      const { items } = await get<HoldList>(api, `/api/v1/holds${options.released === true ? '?released=true' : ''}`)
      if (options.json === true) printJson({ items })
      else if (items.length === 0) print('no legal hold stands')
      else printTable(['ID', 'USER', 'CASE', 'SINCE', 'BY', 'RELEASED', 'REASON'], items.map((hold) => [hold.id, hold.user.pseudonym, hold.caseId ?? '', hold.at, hold.by.name, hold.releasedAt ?? '', hold.reason]))
    }))
}
