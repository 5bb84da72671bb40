// holdfast case, notice: cases from the command line, and templates of notices as files.
import type { Command } from 'commander'
import { parse as parseYaml } from 'yaml'
import { CodedError } from '../errors.ts'
import type { CaseDetail, CaseEventPage, CaseNotePage, CaseNoteView, CasePage, NoticePage, NoticeTemplateList, NoticeTemplateView } from '../http/contract.ts'
import type { LocalApi } from './local-api.ts'
import { get, print, printJson, printTable, say, send } from './output.ts'
import { type CommandDeps, readText } from './policies.ts'

interface JsonOption {
  readonly dir: string
  readonly json?: boolean
}

const at = (id: string): string => `/api/v1/cases/${encodeURIComponent(id)}`
const revision = (found: { readonly revision: number }): Readonly<Record<string, string>> => ({ 'if-match': `"${found.revision}"` })

function printCase(found: CaseDetail): void {
  print(`${found.id}  ${found.name}  ${found.status}${found.resolution === undefined ? '' : ` (${found.resolution.outcome}: ${found.resolution.reason})`}`)
  print(`user ${found.user.pseudonym}  risk ${found.riskScore}  opened ${found.openedAt} by ${found.openedBy.name}  assigned to ${found.assignee?.name ?? 'nobody'}  due ${found.dueAt ?? 'never'}${found.isOverdue ? ' (overdue)' : ''}`)
  printTable(['ALERT', 'SEVERITY', 'SCORE', 'STATUS', 'POLICY', 'WHY'], found.alerts.map((alert) => [alert.id, alert.severity, String(alert.score), alert.status, alert.policy, alert.headline]))
}

/** Reads the case and changes it as it was just seen. */
async function changeCase(api: LocalApi, id: string, method: string, path: string, body: unknown): Promise<CaseDetail> {
  const found = await get<CaseDetail>(api, at(id))
  return send<CaseDetail>(api, method, `${at(id)}${path}`, body, revision(found))
}

function noticeCommands(program: Command, { reading, withApi, fromHere }: CommandDeps): void {
  const notices = program.command('notice').description('What people of cases are written.')
  reading(notices.command('list')).description('Notices, newest first, with what became of each.').option('--case <id>', 'of one case').option('--limit <count>', 'rows', '100').action((options: JsonOption & { readonly case?: string; readonly limit: string }) =>
    withApi(options.dir, async (api) => {
      const page = await get<NoticePage>(api, `${options.case === undefined ? '/api/v1/notices' : `${at(options.case)}/notices`}?limit=${encodeURIComponent(options.limit)}`)
      if (options.json === true) printJson(page)
      else printTable(['ID', 'AT', 'STATE', 'TRIES', 'CASE', 'SUBJECT', 'ANSWER'], page.items.map((row) => [row.id, row.sentAt ?? row.queuedAt, row.state, String(row.tries), row.caseId, row.subject, row.answer ?? '']))
    }))
  const templates = notices.command('templates').description('Templates of notices.')
  reading(templates.command('list')).description('Templates, and the variables that they may hold.').action((options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const list = await get<NoticeTemplateList>(api, '/api/v1/notice-templates')
      if (options.json === true) {
        printJson(list)
        return
      }
      printTable(['ID', 'NAME', 'FORMAT', 'SUBJECT', 'CHANGED'], list.items.map((row) => [row.id, row.name, row.format, row.subject, row.updatedAt]))
      for (const { name, doc } of list.variables) print(`{{ ${name} }}  ${doc}`)
    }))
  reading(templates.command('apply'))
    .argument('<file>', 'YAML or JSON with name, subject, body and, if they are wanted, format, from, cc, bcc; - for standard input')
    .description('Make a template, or change the one of this name.')
    .action((file: string, options: JsonOption) =>
      withApi(options.dir, async (api) => {
        let given: unknown
        try {
          given = parseYaml(readText(file, fromHere))
        } catch (cause) {
          if (cause instanceof CodedError) throw cause
          throw new CodedError('CONFIG_INVALID', { key: file, problem: 'is neither YAML nor JSON' }, { cause })
        }
        if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new CodedError('CONFIG_INVALID', { key: file, problem: 'must be a mapping' })
        const body = { from: '', cc: [], bcc: [], format: 'text', ...given }
        const name = 'name' in given && typeof given.name === 'string' ? given.name.toLowerCase() : ''
        const known = (await get<NoticeTemplateList>(api, '/api/v1/notice-templates')).items.find((row) => row.name.toLowerCase() === name)
        const saved = known === undefined ? await send<NoticeTemplateView>(api, 'POST', '/api/v1/notice-templates', body) : await send<NoticeTemplateView>(api, 'PUT', `/api/v1/notice-templates/${encodeURIComponent(known.id)}`, body, revision(known))
        if (options.json === true) printJson(saved)
        else say(`${saved.name} (${saved.id}) is ${known === undefined ? 'made' : 'changed'}`)
      }))
}

export function caseCommands(program: Command, deps: CommandDeps): void {
  const { reading, withApi, collect } = deps
  const cases = program.command('case').description('People whose alerts somebody took up.')
  reading(cases.command('list'))
    .description('Cases, the one that changed last first.')
    .option('--status <status>', 'active, closed; repeatable', collect)
    .option('--assignee <account>', 'id of an account, me or none')
    .option('--user <id>', 'of one user')
    .option('--due <when>', 'overdue, week')
    .option('--search <text>', 'in name, id and notes')
    .option('--limit <count>', 'rows', '100')
    .action((options: JsonOption & { readonly status?: readonly string[]; readonly assignee?: string; readonly user?: string; readonly due?: string; readonly search?: string; readonly limit: string }) =>
      withApi(options.dir, async (api) => {
        const pairs: [string, string | undefined][] = [['limit', options.limit], ...(options.status ?? []).map((status): [string, string] => ['status', status]), ['assigneeId', options.assignee], ['userId', options.user], ['due', options.due], ['search', options.search]]
        const page = await get<CasePage>(api, `/api/v1/cases?${new URLSearchParams(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined)).toString()}`)
        if (options.json === true) printJson(page)
        else printTable(['ID', 'STATUS', 'USER', 'ALERTS', 'OPENED', 'DUE', 'ASSIGNED TO', 'NAME'], page.items.map((row) => [row.id, row.resolution?.outcome ?? row.status, row.user.pseudonym, String(row.alertCount), row.openedAt, row.dueAt ?? '', row.assignee?.name ?? '', row.name]))
      }))
  reading(cases.command('show')).argument('<id>').description('One case with its alerts, notes and history.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const found = await get<CaseDetail>(api, at(id))
      const [notes, events] = [await get<CaseNotePage>(api, `${at(id)}/notes?limit=200`), await get<CaseEventPage>(api, `${at(id)}/events?limit=200`)]
      if (options.json === true) {
        printJson({ ...found, notes: notes.items, events: events.items })
        return
      }
      printCase(found)
      for (const note of notes.items) print(`note   ${note.at}  ${note.author.name}  ${note.kind}: ${note.text.replaceAll('\n', '\n       ')}`)
      for (const event of events.items) print(`event  ${event.at}  ${event.actor.name}  ${event.what}  ${Object.entries(event.detail).map(([key, value]) => `${key}=${value}`).join(' ')}`)
    }))
  reading(cases.command('open')).argument('<alert...>', 'ids of alerts of one user').description('Open a case from alerts; they are confirmed with it.').requiredOption('--name <text>', 'name, without that of the person').option('--note <text>', 'the first note').action((alertIds: readonly string[], options: JsonOption & { readonly name: string; readonly note?: string }) =>
    withApi(options.dir, async (api) => {
      const made = await send<CaseDetail>(api, 'POST', '/api/v1/cases', { alertIds, name: options.name, ...(options.note === undefined ? {} : { note: options.note }) })
      if (options.json === true) printJson(made)
      else printCase(made)
    }))
  reading(cases.command('add-alerts')).argument('<id>').argument('<alert...>', 'ids of alerts of the same user').description('Add alerts to a case.').action((id: string, alertIds: readonly string[], options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const found = await changeCase(api, id, 'POST', '/alerts', { alertIds })
      if (options.json === true) printJson(found)
      else printCase(found)
    }))
  reading(cases.command('note')).argument('<id>').argument('<text>').description('Write a note; it stays as it is.').action((id: string, text: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const note = await send<CaseNoteView>(api, 'POST', `${at(id)}/notes`, { text })
      if (options.json === true) printJson(note)
      else say(`noted in ${id} (${note.id})`)
    }))
  reading(cases.command('resolve')).argument('<id>').description('Close a case; its open alerts are resolved.').requiredOption('--as <outcome>', 'benign, confirmed_violation').requiredOption('--reason <text>', 'what was found').action((id: string, options: JsonOption & { readonly as: string; readonly reason: string }) =>
    withApi(options.dir, async (api) => {
      const found = await changeCase(api, id, 'POST', '/resolution', { outcome: options.as, reason: options.reason })
      if (options.json === true) printJson(found)
      else printCase(found)
    }))
  reading(cases.command('reopen')).argument('<id>').description('Open a closed case again.').requiredOption('--reason <text>', 'why').action((id: string, options: JsonOption & { readonly reason: string }) =>
    withApi(options.dir, async (api) => {
      const found = await changeCase(api, id, 'POST', '/reopen', { reason: options.reason })
      if (options.json === true) printJson(found)
      else printCase(found)
    }))
  noticeCommands(program, deps)
}
