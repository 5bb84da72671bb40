// holdfast question: live questions to devices, of a closed list.
import type { Command } from 'commander'
import { QUESTION_KINDS, type QuestionKind } from '../domain/questions.ts'
import { CodedError } from '../errors.ts'
import type { AskingPage, AskingView } from '../http/contract.ts'
import { get, print, printJson, printTable, say, send } from './output.ts'
import type { CommandDeps } from './policies.ts'

interface Options {
  readonly dir: string
  readonly json?: boolean
}
interface AskOptions extends Options {
  readonly device?: readonly string[]
  readonly group?: string
  readonly reason: string
  readonly folder?: string
  readonly name?: string
  readonly minutes?: number
  readonly wait?: number
}

const STEP_MS = 200
const at = (id: string): string => `/api/v1/questions/${encodeURIComponent(id)}`
const kindOf = (text: string): QuestionKind => {
  const kind = QUESTION_KINDS.find((one) => one === text.replaceAll('-', '_'))
  if (kind === undefined) throw new CodedError('CONFIG_INVALID', { key: 'question', problem: `is none of ${QUESTION_KINDS.join(', ')}` })
  return kind
}

function show(options: Options, view: AskingView): void {
  if (options.json === true) return printJson(view)
  print(`${view.id}: ${view.question.kind} is ${view.state}, asked by ${view.askedBy}, until ${view.expiresAt}`)
  for (const row of view.devices) print(`${row.deviceName ?? row.deviceId}: ${row.state}${row.code === undefined ? '' : ` (${row.code})`}${row.answer === undefined ? '' : `\n${row.answer}`}`)
}

export function questionCommands(program: Command, { reading, withApi, collect }: CommandDeps): void {
  const questions = program.command('question').description('Live questions to devices: mounts, security features, applications, file hashes, sensor state. Never content.')
  reading(questions.command('ask')).argument('<question>', QUESTION_KINDS.join(', ')).description('Ask; the answer comes when the devices are there.').requiredOption('--reason <text>', 'why, for the audit log')
    .option('--device <id>', 'repeatable', collect).option('--group <name>', 'every device of the group, 200 at most').option('--folder <path>', 'of file_hashes: below a watched root').option('--name <pattern>', 'of file_hashes: name of the files, with * for any run of characters')
    .option('--minutes <number>', 'how long it waits for devices that are away; 60', Number).option('--wait <seconds>', 'wait this long for the answers', Number).action((kind: string, options: AskOptions) =>
      withApi(options.dir, async (api) => {
        const question = { kind: kindOf(kind), ...(options.folder === undefined ? {} : { folder: options.folder }), ...(options.name === undefined ? {} : { name: options.name }) }
        let view = await send<AskingView>(api, 'POST', '/api/v1/questions', { question, reason: options.reason, ...(options.device === undefined ? {} : { deviceIds: options.device }), ...(options.group === undefined ? {} : { group: options.group }), ...(options.minutes === undefined ? {} : { minutes: options.minutes }) })
        for (let waited = 0; view.state === 'open' && waited < (options.wait ?? 0) * 1000; waited += STEP_MS) {
          await new Promise((resolve) => setTimeout(resolve, STEP_MS))
          view = (await get<AskingPage>(api, '/api/v1/questions?limit=50')).items.find(({ id }) => id === view.id) ?? view
        }
        show(options, view.state === 'open' || view.state === 'waiting' ? view : await get<AskingView>(api, at(view.id)))
      }))
  reading(questions.command('show')).argument('<question>').description('One question with its answers.').action((id: string, options: Options) => withApi(options.dir, async (api) => show(options, await get<AskingView>(api, at(id)))))
  reading(questions.command('list')).description('Questions, newest first.').option('--device <id>', 'asked of this device').action((options: Options & { readonly device?: string }) =>
    withApi(options.dir, async (api) => {
      const page = await get<AskingPage>(api, `/api/v1/questions${options.device === undefined ? '' : `?deviceId=${encodeURIComponent(options.device)}`}`)
      if (options.json === true) printJson(page)
      else printTable(['ID', 'QUESTION', 'STATE', 'BY', 'WHY', 'ANSWERED'], page.items.map((row) => [row.id, row.question.kind, row.state, row.askedBy, row.reason, `${row.devices.filter(({ state }) => state === 'answered').length} of ${row.devices.length}`]))
    }))
  for (const [name, grant] of [['approve', true], ['refuse', false]] as const) {
    reading(questions.command(name)).argument('<question>').description(grant ? 'Agree to somebody else’s question.' : 'Refuse it.').action((id: string, options: Options) =>
      withApi(options.dir, async (api) => {
        const view = await send<AskingView>(api, 'POST', `${at(id)}/decision`, { grant })
        if (options.json === true) printJson(view)
        else say(`${id} is ${view.state}`)
      }))
  }
}
