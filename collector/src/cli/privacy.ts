// holdfast reveal, retention, erase: names for a time, how long things are kept, and erasing one person.
import type { Command } from 'commander'
import { CodedError } from '../errors.ts'
import type { ErasureView, PrivacyRequestPage, PrivacyRequestView, RetentionRunView, RetentionView, RevealedView } from '../http/contract.ts'
import { get, print, printJson, printTable, say, send } from './output.ts'
import type { CommandDeps } from './policies.ts'

interface JsonOption {
  readonly dir: string
  readonly json?: boolean
}

const at = (id: string): string => `/api/v1/privacy-requests/${encodeURIComponent(id)}`

export function privacyCommands(program: Command, { reading, withApi, collect }: CommandDeps): void {
  const reveals = program.command('reveal').description('Names behind pseudonyms, for a time, with a reason.')
  reading(reveals.command('request')).argument('<user>', 'id of the user').description('Ask for a name; it is shown at once where nobody else must agree.').requiredOption('--reason <text>', 'why, for the audit log').option('--kind <kind>', 'case_work, legal_request, hr_request, safety, check_of_detection, other', 'other').action((id: string, options: JsonOption & { readonly reason: string; readonly kind: string }) =>
    withApi(options.dir, async (api) => {
      const view = await send<RevealedView>(api, 'POST', `/api/v1/users/${encodeURIComponent(id)}/reveal`, { kind: options.kind, reason: options.reason })
      if (options.json === true) printJson(view)
      else print(view.displayName === undefined ? `${view.request.id} waits for somebody else until ${view.request.decideBy ?? ''}` : `${view.pseudonym} is ${view.displayName} (shown until ${view.request.until ?? ''})`)
    }))
  reading(reveals.command('list')).description('Requests to see a name or to erase a person, newest first.').option('--state <state>', 'pending, live, done, refused, withdrawn, ended, expired; repeatable', collect).action((options: JsonOption & { readonly state?: readonly string[] }) =>
    withApi(options.dir, async (api) => {
      const page = await get<PrivacyRequestPage>(api, `/api/v1/privacy-requests?${new URLSearchParams((options.state ?? []).map((state): [string, string] => ['state', state])).toString()}`)
      if (options.json === true) printJson(page)
      else printTable(['ID', 'KIND', 'STATE', 'USER', 'WHO', 'WHY', 'UNTIL'], page.items.map((row) => [row.id, row.kind, row.state, row.user.pseudonym, row.requester.name, row.reason, row.until ?? row.decideBy ?? '']))
    }))
  for (const [name, grant] of [['approve', true], ['refuse', false]] as const) {
    reading(reveals.command(name)).argument('<request>').description(grant ? 'Agree to somebody else’s request.' : 'Refuse it.').option('--note <text>', 'for the one who asked').action((id: string, options: JsonOption & { readonly note?: string }) =>
      withApi(options.dir, async (api) => {
        const view = await send<PrivacyRequestView>(api, 'POST', `${at(id)}/decision`, { grant, ...(options.note === undefined ? {} : { note: options.note }) })
        if (options.json === true) printJson(view)
        else say(`${id} is ${view.state}`)
      }))
  }
  reading(reveals.command('end')).argument('<request>').description('Hide a name before its time, or take a request back.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const view = await send<PrivacyRequestView>(api, 'DELETE', at(id))
      if (options.json === true) printJson(view)
      else say(`${id} is ${view.state}`)
    }))

  const retention = program.command('retention').description('How long each class of data is kept.')
  reading(retention.command('show')).description('Limits, and what a run would take away now.').action((options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const view = await get<RetentionView>(api, '/api/v1/settings/retention')
      if (options.json === true) printJson(view)
      else printTable(['CLASS', 'DAYS', 'BEFORE', 'WOULD GO', 'HELD', 'IN CASES'], view.lines.map((line) => [line.cls, line.days === null ? 'for ever' : String(line.days), line.before ?? '', String(line.due), String(line.held), String(line.inCases)]))
    }))
  reading(retention.command('run')).description('Clean up now; a running collector goes on meanwhile.').action((options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const { id } = await send<RetentionRunView>(api, 'POST', '/api/v1/retention-runs')
      let run: RetentionRunView | undefined
      do {
        await new Promise((resolve) => setTimeout(resolve, 200))
        run = (await get<{ items: RetentionRunView[] }>(api, '/api/v1/retention-runs')).items.find((one) => one.id === id)
      } while (run?.state === 'running')
      if (options.json === true) printJson(run)
      else for (const [cls, count] of Object.entries(run?.removed ?? {})) print(`${String(count).padStart(8)}  ${cls}`)
      if (run?.state !== 'done') throw new CodedError('INTERNAL')
    }))

  reading(program.command('erase')).argument('<person>', 'id, or an identity such as an e-mail address').description('Erase one person; counts stay under the pseudonym.').requiredOption('--reason <text>', 'why').option('--kind <kind>', 'request_of_person, left_organisation, court_order, other', 'other').action((person: string, options: JsonOption & { readonly reason: string; readonly kind: string }) =>
    withApi(options.dir, async (api) => {
      const view = await send<ErasureView>(api, 'POST', '/api/v1/erasures', { [/^u_[0-9a-f]+$/.test(person) ? 'userId' : 'identity']: person, reasonKind: options.kind, reason: options.reason })
      if (options.json === true) printJson(view)
      else if (view.state === 'pending') say(`${view.request ?? ''} waits for somebody with the role Approver`)
      else say(`${view.user.pseudonym} is erased. Backups from before still hold the person: keep audit/erasures.jsonl, and serve erases again after a restore.`)
    }))
}
