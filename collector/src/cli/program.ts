// The command `holdfast`: one noun a group, one verb a command. Every reading command has --json, which is the API's document.
import { mkdirSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { parse as parseYaml } from 'yaml'
import { type ConfigKey, configKeys, flagName, loadConfig } from '../config.ts'
import { CodedError } from '../errors.ts'
import type { AlertDetail, AlertPage, AuditPage, AuditVerdict, DeviceDetail, DevicePage, EnrolmentCodeCreated, EnrolmentCodeView, GroupView, WhatIfView } from '../http/contract.ts'
import { accountCommands } from './accounts.ts'
import { detectionCommands } from './detection.ts'
import { connectorCommands } from './connectors.ts'
import { initialise } from './init.ts'
import { type LocalApi, openLocalApi } from './local-api.ts'
import { describeError, durationSecs, exitCodeOf, get, print, printJson, printTable, say, send } from './output.ts'
import { policyCommands, readText } from './policies.ts'
import { replayCommand } from './replay.ts'
import { userCommands } from './users.ts'
import { VERSION } from './version.ts'


/** Paths are meant from where the person stands, also when a script runner changed the folder. */
export const fromHere = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path)
const defaultDir = (): string => process.env['HOLDFAST_DIR'] ?? (userInfo().uid === 0 ? '/var/lib/holdfast' : join(homedir(), '.local/share/holdfast'))

interface DirOption {
  readonly dir: string
}
interface JsonOption extends DirOption {
  readonly json?: boolean
}

/** Flags of `serve` that name configuration keys. */
export function configFlags(options: Readonly<Record<string, unknown>>): Partial<Record<ConfigKey, string>> {
  const flags: Partial<Record<ConfigKey, string>> = {}
  for (const key of Object.keys(configKeys) as ConfigKey[]) {
    const value = options[flagName(key).replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())]
    if (typeof value === 'string') flags[key] = value
  }
  return flags
}

/** Runs a command against the API and closes it, whatever happens. */
async function withApi(dir: string, work: (api: LocalApi) => Promise<void>): Promise<void> {
  const api = await openLocalApi(fromHere(dir))
  try {
    await work(api)
  } finally {
    await api.close()
  }
}

function query(values: Readonly<Record<string, string | number | readonly string[] | undefined>>): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) parameters.append(key, String(item))
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, ...value.split(',')]

const withDir = (command: Command): Command => command.option('--dir <folder>', 'data folder of the installation', defaultDir())

function printAlert(alert: AlertDetail): void {
  print(`${alert.id}  ${alert.severity} ${alert.score}  ${alert.status}  ${alert.user.pseudonym}  ${alert.policy}`)
  print(`Trigger: ${alert.trigger.reason} (${alert.trigger.at})`)
  const fell = alert.belowLine === true ? alert.history.findLast((row) => row.what === 'score_fell') : undefined
  if (fell !== undefined) print(`${fell.note ?? 'Below the alert line of the policy.'} It was ${fell.from ?? '?'} before ${fell.at}.`)
  print('')
  for (const reason of alert.reasons) {
    print(`${String(reason.points).padStart(5)}  ${reason.reason}`)
    for (const id of reason.evidence) print(`       · ${alert.activities.find((activity) => activity.id === id)?.summary ?? id}`)
  }
  print(`${'─'.repeat(5)}\n${String(alert.reasons.reduce((sum, reason) => sum + reason.points, 0)).padStart(5)}  = the score`)
}

export function buildProgram(serve: (dir: string, flags: Partial<Record<ConfigKey, string>>) => Promise<void>): Command {
  const program = new Command('holdfast')
    .description('Insider-risk detection that an organisation runs itself: the collector and its commands.')
    .version(VERSION)
    .showSuggestionAfterError()
    .addHelpText('after', `
Examples:
  holdfast init --dir D --organisation example      make keys, certificate authority and database
  holdfast serve --dir D                            run the collector
  holdfast enrolment-code create --dir D            make the one-line command for a device
  holdfast policy apply -f data-leaks.yaml --dir D  switch a policy on
  holdfast alert list --dir D --severity high       what wants attention

Without --dir, HOLDFAST_DIR or the default folder is used.
Exit codes: 0 done, 1 failed, 2 wrong use, 4 the collector cannot be reached, 5 refused.`)
  const reading = (command: Command): Command => withDir(command).option('--json', 'print the API’s JSON document')

  withDir(program.command('init'))
    .description('Make the keys, the certificate authority and the database; prints the set-up code once.')
    .option('--organisation <name>', 'name of the organisation', 'organisation')
    .option('--name <name>', 'DNS name or address that devices use; repeatable', collect)
    .option('--json', 'print the result as JSON')
    .action(async (options: JsonOption & { readonly organisation: string; readonly name?: readonly string[] }) => {
      const dir = fromHere(options.dir)
      const { setupCode, caPin } = await initialise({ dir, organisation: options.organisation, names: options.name ?? [] })
      if (options.json === true) printJson({ dir, setupCode, caPin })
      else {
        print(`Set-up code: ${setupCode}`)
        say(`The installation is in ${dir}. The code makes the first account of the console and is shown only now.\nNext: holdfast serve --dir ${options.dir}`)
      }
    })

  const server = withDir(program.command('serve')).description('Run the collector with everything in one process.')
  for (const key of Object.keys(configKeys) as ConfigKey[]) server.option(`--${flagName(key)} <value>`, configKeys[key].doc)
  server.action(async (options: DirOption & Readonly<Record<string, unknown>>) => serve(fromHere(options.dir), configFlags(options)))

  const codes = program.command('enrolment-code').description('Codes that admit devices.')
  reading(codes.command('create'))
    .description('Make a code; it is shown once.')
    .option('--group <group>', 'device group', 'default')
    .option('--uses <count>', 'devices that it admits', '1')
    .option('--expires <duration>', 'how long it is good: 30m, 24h, 7d', '24h')
    .action((options: JsonOption & { readonly group: string; readonly uses: string; readonly expires: string }) =>
      withApi(options.dir, async (api) => {
        if (!/^\d+$/.test(options.uses)) throw new CodedError('CONFIG_INVALID', { key: '--uses', problem: 'must be a whole number' })
        const created = await send<EnrolmentCodeCreated>(api, 'POST', '/api/v1/enrolment-codes', { group: options.group, uses: Number(options.uses), expiresInSecs: durationSecs(options.expires) })
        if (options.json === true) printJson(created)
        else {
          print(created.installCommand)
          say(`Good for ${created.uses} device${created.uses === 1 ? '' : 's'} of the group ${created.group} until ${created.expiresAt}. Shown only now.`)
        }
      }))
  reading(codes.command('list')).description('Codes made so far.').action((options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const page = await get<{ items: EnrolmentCodeView[] }>(api, '/api/v1/enrolment-codes')
      if (options.json === true) printJson(page)
      else printTable(['ID', 'STATE', 'GROUP', 'USES', 'EXPIRES', 'BY'], page.items.map((row) => [row.id, row.state, row.group, `${row.uses}/${row.maxUses}`, row.expiresAt, row.createdBy]))
    }))
  reading(codes.command('revoke')).argument('<id>').description('Make a code useless.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const row = await send<EnrolmentCodeView>(api, 'DELETE', `/api/v1/enrolment-codes/${encodeURIComponent(id)}`)
      if (options.json === true) printJson(row)
      else say(`${row.id} is ${row.state}`)
    }))

  const alerts = program.command('alert').description('Alerts.')
  reading(alerts.command('list'))
    .description('The queue, newest change first.')
    .option('--severity <severity>', 'low, medium, high; repeatable', collect)
    .option('--status <status>', 'needs_review, confirmed, dismissed, resolved; repeatable', collect)
    .option('--user <id>', 'of one user')
    .option('--sort <field>', 'createdAt, updatedAt or score, with - for descending', '-updatedAt')
    .option('--limit <count>', 'rows', '50')
    .option('--cursor <cursor>', 'the next page of a listing')
    .action((options: JsonOption & { readonly severity?: readonly string[]; readonly status?: readonly string[]; readonly user?: string; readonly sort: string; readonly limit: string; readonly cursor?: string }) =>
      withApi(options.dir, async (api) => {
        const page = await get<AlertPage>(api, `/api/v1/alerts${query({ severity: options.severity, status: options.status, userId: options.user, sort: options.sort, limit: options.limit, cursor: options.cursor })}`)
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
      const alert = await get<AlertDetail>(api, `/api/v1/alerts/${encodeURIComponent(id)}`)
      if (options.json === true) printJson(alert)
      else printAlert(alert)
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
        const found = await send<WhatIfView>(api, 'POST', `/api/v1/alerts/${encodeURIComponent(id)}/what-if`, changes)
        if (options.json === true) {
          printJson(found)
          return
        }
        print(`${found.alertId}  ${found.before.score} -> ${found.after.score}${found.after.isAlert ? '' : '  (no alert)'}`)
        for (const reason of found.after.reasons) print(`${String(reason.points).padStart(5)}  ${reason.reason}`)
      }))
  const decision = (name: string, description: string, status: 'confirmed' | 'dismissed' | 'resolved' | 'needs_review') => {
    const command = reading(alerts.command(name)).argument('<id>').description(description).option('--note <text>', 'why')
    if (status === 'dismissed') command.requiredOption('--reason <reason>', 'expected_for_user, not_impactful, too_much_activity or false_detection')
    command.action((id: string, options: JsonOption & { readonly note?: string; readonly reason?: string }) =>
      withApi(options.dir, async (api) => {
        const path = `/api/v1/alerts/${encodeURIComponent(id)}`
        const { revision } = await get<AlertDetail>(api, path)
        const changed = await send<AlertDetail>(api, 'PATCH', path, { status, ...(options.note === undefined ? {} : { note: options.note }), ...(options.reason === undefined ? {} : { reason: options.reason }) }, { 'if-match': `"${revision}"` })
        if (options.json === true) printJson(changed)
        else say(`${changed.id} is ${changed.status}`)
      }))
  }
  decision('confirm', 'Take it up.', 'confirmed')
  decision('dismiss', 'Put it away, with a reason and a note.', 'dismissed')
  decision('resolve', 'Close it.', 'resolved')
  decision('reopen', 'Back to the queue.', 'needs_review')

  const devices = program.command('device').description('Devices.')
  reading(devices.command('list')).description('Devices, their health and what they run.').option('--group <group>', 'of one group').option('--limit <count>', 'rows', '200').action((options: JsonOption & { readonly group?: string; readonly limit: string }) =>
    withApi(options.dir, async (api) => {
      const page = await get<DevicePage>(api, `/api/v1/devices${query({ group: options.group, limit: options.limit })}`)
      if (options.json === true) printJson(page)
      else if (page.items.length === 0) say('No devices yet. Make a code with: holdfast enrolment-code create')
      else printTable(['ID', 'HOST', 'HEALTH', 'POLICY', 'GROUP', 'LAST SEEN'], page.items.map((row) => [row.id, row.hostname, row.health, `${row.policy.state} (${row.policy.runningVersion}/${row.policy.wantedVersion})`, row.group, row.lastSeenAt ?? 'never']))
    }))
  reading(devices.command('show')).argument('<id>').description('One device: sensors, spool and loss ledger.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const device = await get<DeviceDetail>(api, `/api/v1/devices/${encodeURIComponent(id)}`)
      if (options.json === true) {
        printJson(device)
        return
      }
      print(`${device.id}  ${device.hostname}  ${device.health}  policy ${device.policy.state}`)
      for (const fault of device.faults) print(`  ! ${fault.detail} — ${fault.fix}`)
      printTable(['SENSOR', 'TIER', 'SEEN', 'WHY', 'FIX'], device.sensors.map((row) => [row.name, row.tier, String(row.emitted), row.reason, row.fix]))
      printTable(['LEDGER', 'FROM', 'TO', 'KIND', 'REASON'], device.ledger.map((row) => [row.epoch.slice(0, 8), String(row.firstSeq), String(row.lastSeq), row.kind, row.reason ?? '']))
    }))
  reading(devices.command('revoke')).argument('<id>').description('Cut a device off; its history stays.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const device = await send<DevicePage['items'][number]>(api, 'POST', `/api/v1/devices/${encodeURIComponent(id)}/revoke`)
      if (options.json === true) printJson(device)
      else say(`${device.id} is revoked`)
    }))

  const groups = program.command('group').description('What device groups watch.')
  reading(groups.command('show')).argument('[name]', 'group', 'default').description('Settings of a group.').action((name: string, options: JsonOption) => withApi(options.dir, async (api) => printJson(await get<GroupView>(api, `/api/v1/groups/${encodeURIComponent(name)}`))))
  reading(groups.command('set'))
    .argument('<name>', 'group')
    .description('Change settings: key=value, lists with commas, as group show names them.')
    .argument('<settings...>', 'such as roots=~,/srv/projects pollIntervalSecs=5')
    .action((name: string, settings: readonly string[], options: JsonOption) =>
      withApi(options.dir, async (api) => {
        const group = await get<GroupView>(api, `/api/v1/groups/${encodeURIComponent(name)}`)
        const next: Record<string, unknown> = { ...group.settings }
        for (const setting of settings) {
          const [key = '', ...rest] = setting.split('=')
          const before = next[key]
          if (rest.length === 0 || before === undefined) throw new CodedError('CONFIG_INVALID', { key: setting, problem: `must be key=value with one of ${Object.keys(next).join(', ')}` })
          const value = rest.join('=')
          next[key] = Array.isArray(before) ? value.split(',').filter((item) => item !== '') : Number(value)
        }
        printJson(await send<GroupView>(api, 'PUT', `/api/v1/groups/${encodeURIComponent(name)}/settings`, next))
      }))

  policyCommands(program, { reading, withApi, fromHere, collect })
  userCommands(program, { reading, withApi, fromHere, collect })
  detectionCommands(program, reading, withApi)
  accountCommands(program, reading, withApi, collect)
  connectorCommands(program, { reading, withApi, fromHere })

  const audit = program.command('audit').description('The audit log.')
  reading(audit.command('list')).description('Newest entries first.').option('--limit <count>', 'rows', '50').action((options: JsonOption & { readonly limit: string }) =>
    withApi(options.dir, async (api) => {
      const page = await get<AuditPage>(api, `/api/v1/audit${query({ limit: options.limit })}`)
      if (options.json === true) printJson(page)
      else printTable(['SEQ', 'AT', 'WHO', 'WHAT', 'TARGET'], page.items.map((row) => [String(row.seq), row.at, row.actor, row.action, `${row.targetKind} ${row.targetId}`]))
    }))
  reading(audit.command('verify')).description('Walk the whole chain, also against the anchored heads; exit code 1 when it is broken.').action(async (options: JsonOption) => {
    const { verifyOffline } = await import('./offline.ts')
    const verdict: AuditVerdict = await verifyOffline(fromHere(options.dir))
    if (options.json === true) printJson(verdict)
    else print(verdict.ok ? `The chain is whole: ${verdict.entries} entries, head ${verdict.head}` : `The chain is broken at entry ${verdict.firstBadSeq ?? '?'}: ${verdict.problem ?? ''}`)
    if (!verdict.ok) process.exitCode = 1
  })

  const quarantine = program.command('quarantine').description('Messages that could not be taken.')
  reading(quarantine.command('list')).description('With the reason for each.').action((options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const page = await get<{ items: { id: number; at: string; subject: string; reason: string; tries: number; bytes: number }[] }>(api, '/api/v1/quarantine')
      if (options.json === true) printJson(page)
      else printTable(['ID', 'AT', 'REASON', 'TRIES', 'BYTES', 'SUBJECT'], page.items.map((row) => [String(row.id), row.at, row.reason, String(row.tries), String(row.bytes), row.subject]))
    }))
  reading(quarantine.command('replay')).argument('<id>').description('Take one as if it came now.').action((id: string, options: JsonOption) => withApi(options.dir, async (api) => printJson(await send(api, 'POST', `/api/v1/quarantine/${encodeURIComponent(id)}/replay`))))

  withDir(program.command('backup')).argument('<file>').description('A verified copy of the database, while it is in use.').action(async (file: string, options: DirOption) => {
    const { backupOffline } = await import('./offline.ts')
    const target = fromHere(file)
    mkdirSync(join(target, '..'), { recursive: true })
    await backupOffline(fromHere(options.dir), target)
    say(`${target} holds the database. Keep keys/ and ca/ of the data folder with it: without them devices must enrol again.`)
  })

  const config = program.command('config').description('Configuration.')
  reading(config.command('show')).description('Every key with its value in force.').action((options: JsonOption) => {
    const values = loadConfig(fromHere(options.dir), {}, process.env)
    if (options.json === true) printJson(values)
    else printTable(['KEY', 'VALUE'], Object.entries(values).map(([key, value]) => [key, Array.isArray(value) ? value.join(', ') : String(value)]))
  })
  withDir(config.command('check')).description('Read holdfast.yaml and say what is wrong with it.').action((options: DirOption) => {
    loadConfig(fromHere(options.dir), {}, process.env)
    say('the configuration is good')
  })

  replayCommand(program)
  return program
}

/** Parses and runs; never throws. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<void> {
  for (const command of [program, ...program.commands, ...program.commands.flatMap((group) => group.commands)]) command.exitOverride().configureOutput({ writeErr: (text) => void process.stderr.write(text) })
  try {
    await program.parseAsync(argv)
  } catch (error) {
    // commander has written its own message; help and version are no failure.
    if (error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number') {
      process.exitCode = error.exitCode === 0 ? 0 : 2
      return
    }
    say(describeError(error))
    process.exitCode = exitCodeOf(error)
  }
}
