// The command `holdfast`: one noun a group, one verb a command. Every reading command has --json, which is the API's document.
import { homedir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { type ConfigKey, configKeys, flagName, loadConfig } from '../config.ts'
import { CodedError } from '../errors.ts'
import type { DeviceDetail, DevicePage, EnrolmentCodeCreated, EnrolmentCodeView, GroupView } from '../http/contract.ts'
import { accountCommands } from './accounts.ts'
import { agentPackageCommands } from './agent-packages.ts'
import { alertCommands } from './alerts.ts'
import { backupCommands } from './backups.ts'
import { caseCommands } from './cases.ts'
import { escalationCommands } from './escalation.ts'
import { auditCommands } from './audit.ts'
import { detectionCommands } from './detection.ts'
import { exceptionCommands } from './exceptions.ts'
import { questionCommands } from './questions.ts'
import { keyCommands } from './keys.ts'
import { mediaCommands } from './media.ts'
import { careLines, deviceCommands } from './devices.ts'
import { connectorCommands } from './connectors.ts'
import { doctorCommands } from './doctor.ts'
import { enrolmentRequestCommands } from './enrolment-requests.ts'
import { evidenceCommands } from './evidence.ts'
import { exportCommands } from './exports.ts'
import { initialise } from './init.ts'
import { readGroup, writeGroup } from './group-settings.ts'
import { type LocalApi, openLocalApi } from './local-api.ts'
import { describeError, durationSecs, exitCodeOf, get, print, printJson, printTable, say, send } from './output.ts'
import { policyCommands } from './policies.ts'
import { rolloutCommands } from './rollouts.ts'
import { privacyCommands } from './privacy.ts'
import { replayCommand } from './replay.ts'
import { uninstallTokenCommands } from './uninstall-token.ts'
import { userCommands } from './users.ts'
import { warningCommands } from './warnings.ts'
import { VERSION } from './version.ts'


/** Paths are meant from where the person stands, also when a script runner changed the folder. */
/** An address as it may be shown. */
const withoutPassword = (address: string): string => address.replace(/^([a-z]+:\/\/[^:@/]*):[^@/]*@/, '$1:***@')

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
    .option('--approval', 'what comes with it waits until somebody approves it: holdfast enrolment-request list')
    .action((options: JsonOption & { readonly group: string; readonly uses: string; readonly expires: string; readonly approval?: boolean }) =>
      withApi(options.dir, async (api) => {
        if (!/^\d+$/.test(options.uses)) throw new CodedError('CONFIG_INVALID', { key: '--uses', problem: 'must be a whole number' })
        const created = await send<EnrolmentCodeCreated>(api, 'POST', '/api/v1/enrolment-codes', { group: options.group, uses: Number(options.uses), expiresInSecs: durationSecs(options.expires), needsApproval: options.approval === true })
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
      else printTable(['ID', 'STATE', 'GROUP', 'USES', 'APPROVAL', 'EXPIRES', 'BY'], page.items.map((row) => [row.id, row.state, row.group, `${row.uses}/${row.maxUses}`, row.needsApproval ? 'needed' : '', row.expiresAt, row.createdBy]))
    }))
  reading(codes.command('revoke')).argument('<id>').description('Make a code useless.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const row = await send<EnrolmentCodeView>(api, 'DELETE', `/api/v1/enrolment-codes/${encodeURIComponent(id)}`)
      if (options.json === true) printJson(row)
      else say(`${row.id} is ${row.state}`)
    }))

  enrolmentRequestCommands(program, { reading, withApi })

  agentPackageCommands(program, { reading, withApi, fromHere })
  alertCommands(program, { reading, withApi, fromHere, collect })
  caseCommands(program, { reading, withApi, fromHere, collect })
  escalationCommands(program, { reading, withApi, fromHere, collect })

  const devices = program.command('device').description('Devices.')
  deviceCommands(program, devices, reading, withApi)
  reading(devices.command('list')).description('Devices, their health and what they run.').option('--group <group>', 'of one group').option('--search <text>', 'in the host name').option('--sees-less', 'of which a sensor sees less than it should').option('--drill <state>', 'never: without a fire drill; failed: whose last one did not pass').option('--fault <codes>', 'that have one of these faults, commas between').option('--tag <tag>', 'that have this tag').option('--gone', 'retired and merged ones, too').option('--limit <count>', 'rows', '200').action((options: JsonOption & { readonly group?: string; readonly search?: string; readonly seesLess?: boolean; readonly drill?: string; readonly fault?: string; readonly tag?: string; readonly gone?: boolean; readonly limit: string }) =>
    withApi(options.dir, async (api) => {
      const page = await get<DevicePage>(api, `/api/v1/devices${query({ group: options.group, search: options.search, seesLess: options.seesLess === true ? 'true' : undefined, drill: options.drill, fault: options.fault, tag: options.tag, gone: options.gone === true ? 'true' : undefined, limit: options.limit })}`)
      if (options.json === true) printJson(page)
      else if (page.items.length === 0) say('No devices yet. Make a code with: holdfast enrolment-code create')
      else printTable(['ID', 'HOST', 'HEALTH', 'POLICY', 'DRILL', 'GROUP', 'LAST SEEN'], page.items.map((row) => [row.id, row.hostname, row.health, `${row.policy.state} (${row.policy.runningVersion}/${row.policy.wantedVersion})`, row.drill.state, row.group, row.lastSeenAt ?? 'never']))
    }))
  reading(devices.command('show')).argument('<id>').description('One device: sensors, spool and loss ledger.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const device = await get<DeviceDetail>(api, `/api/v1/devices/${encodeURIComponent(id)}`)
      if (options.json === true) {
        printJson(device)
        return
      }
      print(`${device.id}  ${device.hostname}  ${device.health}  policy ${device.policy.state}`)
      for (const fault of device.faults) print(`  ${fault.severity === 'hint' ? '-' : '!'} ${fault.code}: ${fault.detail} — ${fault.fix}`)
      for (const line of careLines(device)) print(`  ${line}`)
      printTable(['SENSOR', 'TIER', 'SEEN', 'WHY', 'FIX'], device.sensors.map((row) => [row.name, row.tier, String(row.emitted), row.reason, row.fix]))
      printTable(['LEDGER', 'FROM', 'TO', 'KIND', 'REASON'], device.ledger.map((row) => [row.epoch.slice(0, 8), String(row.firstSeq), String(row.lastSeq), row.kind, row.reason ?? '']))
    }))
  reading(devices.command('drill')).argument('<id>').description('The last fire drill of a device: what was done, and how soon it was seen. The drill itself is run on the device: holdfast-agent drill.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const { drill, lastDrill } = await get<DeviceDetail>(api, `/api/v1/devices/${encodeURIComponent(id)}`)
      if (options.json === true) printJson(lastDrill ?? { state: drill.state })
      else if (lastDrill === undefined) say('This device never had a fire drill. Run holdfast-agent drill on it, as root.')
      else {
        print(`${lastDrill.state}${lastDrill.endedAt === undefined ? '' : `, ended ${lastDrill.endedAt}`}`)
        const ms = (value: number | undefined): string => (value === undefined ? '-' : `${(value / 1000).toFixed(2)} s`)
        printTable(['SIGNAL', 'OUTCOME', 'ON DISK', 'STORED', 'SCORED', 'ALERT', 'WHY', 'FIX'], lastDrill.signals.map((row) => [row.kind, row.confirmed ? row.outcome : `${row.outcome}, NOT CONFIRMED`, ms(row.durableMs), ms(row.storedMs), ms(row.scoredMs), ms(row.alertedMs), row.reason, row.fix]))
      }
    }))
  reading(devices.command('revoke')).argument('<id>').description('Cut a device off; its history stays.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const device = await send<DevicePage['items'][number]>(api, 'POST', `/api/v1/devices/${encodeURIComponent(id)}/revoke`)
      if (options.json === true) printJson(device)
      else say(`${device.id} is revoked`)
    }))

  const groups = program.command('group').description('What device groups watch.')
  reading(groups.command('list')).description('Groups, their devices and the revision that they are to run.').action((options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const page = await get<{ items: GroupView[] }>(api, '/api/v1/groups')
      if (options.json === true) printJson(page)
      else printTable(['GROUP', 'DEVICES', 'REVISION', 'ROOTS'], page.items.map((row) => [row.name, String(row.devices), String(row.policyVersion), row.settings.roots.join(', ')]))
    }))
  reading(groups.command('show')).argument('[name]', 'group', 'default').description('Settings of a group.').action((name: string, options: JsonOption) => withApi(options.dir, async (api) => printJson(await get<GroupView>(api, `/api/v1/groups/${encodeURIComponent(name)}`))))
  reading(groups.command('set'))
    .argument('<name>', 'group')
    .description('Change settings: key=value, lists with commas, as group show names them.')
    .argument('<settings...>', 'such as roots=~,/srv/projects pollIntervalSecs=5')
    .action((name: string, settings: readonly string[], options: JsonOption) =>
      withApi(options.dir, async (api) => {
        const seen = await readGroup(api, name)
        const next: Record<string, unknown> = { ...seen.settings }
        for (const setting of settings) {
          const [key = '', ...rest] = setting.split('=')
          const before = next[key]
          if (rest.length === 0 || before === undefined) throw new CodedError('CONFIG_INVALID', { key: setting, problem: `must be key=value with one of ${Object.keys(next).join(', ')}` })
          const value = rest.join('=')
          next[key] = Array.isArray(before) ? value.split(',').filter((item) => item !== '') : typeof before === 'boolean' ? value === 'true' : Number(value)
        }
        printJson(await writeGroup(api, seen, next as GroupView['settings']))
      }))

  policyCommands(program, { reading, withApi, fromHere, collect })
  rolloutCommands(program, { reading, withApi, collect })
  userCommands(program, { reading, withApi, fromHere, collect })
  evidenceCommands(program, { reading, withApi, fromHere, collect })
  exportCommands(program, { reading, withApi, fromHere, collect })
  uninstallTokenCommands(program, { reading, withApi })
  detectionCommands(program, reading, withApi)
  mediaCommands(program, reading, withApi)
  warningCommands(program, { reading, withApi, fromHere })
  accountCommands(program, reading, withApi, collect)
  connectorCommands(program, { reading, withApi, fromHere })

  auditCommands(program, { reading, withApi, fromHere, collect })
  questionCommands(program, { reading, withApi, fromHere, collect })
  exceptionCommands(program, { reading, withApi, fromHere, collect })
  privacyCommands(program, { reading, withApi, fromHere, collect })

  const quarantine = program.command('quarantine').description('Messages that could not be taken.')
  reading(quarantine.command('list')).description('With the reason for each.').action((options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const page = await get<{ items: { id: number; at: string; subject: string; reason: string; tries: number; bytes: number }[] }>(api, '/api/v1/quarantine')
      if (options.json === true) printJson(page)
      else printTable(['ID', 'AT', 'REASON', 'TRIES', 'BYTES', 'SUBJECT'], page.items.map((row) => [String(row.id), row.at, row.reason, String(row.tries), String(row.bytes), row.subject]))
    }))
  reading(quarantine.command('replay')).argument('<id>').description('Take one as if it came now.').action((id: string, options: JsonOption) => withApi(options.dir, async (api) => printJson(await send(api, 'POST', `/api/v1/quarantine/${encodeURIComponent(id)}/replay`))))

  backupCommands(program, { reading, fromHere })
  doctorCommands(program, { reading, fromHere })
  keyCommands(program, { reading, fromHere })

  const config = program.command('config').description('Configuration.')
  reading(config.command('show')).description('Every key with its value in force.').action((options: JsonOption) => {
    const read = loadConfig(fromHere(options.dir), {}, process.env)
    const values = { ...read, store: withoutPassword(read.store) }
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
