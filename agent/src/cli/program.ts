// The command `holdfast-agent`: what IT and the person at the keyboard ask of a device.
import { readFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import { type ConfigKey, configKeys, flagName, loadConfig } from '../config.ts'
import { CodedError } from '../errors.ts'
import { type Disclosure, discloseCollection, disclosureIn, printDisclosure } from './disclosure.ts'
import { type Language, languageOf, LANGUAGES } from './disclosure-words.ts'
import { disclosureFile, defaultFolder, fromHere, systemDisclosureFile } from './folders.ts'
import { describeError, exitCodeOf, print, printJson, printTable, say } from './output.ts'
import { showStatus } from './status.ts'
import type { UpgradeOptions } from './upgrade.ts'
import { VERSION } from './version.ts'
import { loadIdentity } from '../identity/identity-file.ts'
import { readKeptPolicy } from '../policy/policy-keeper.ts'

interface FolderOption {
  readonly dir: string
}
interface JsonOption extends FolderOption {
  readonly json?: boolean
}

/** Flags of `run` that name configuration keys. */
function configFlags(options: Readonly<Record<string, unknown>>): Partial<Record<ConfigKey, string>> {
  const flags: Partial<Record<ConfigKey, string>> = {}
  for (const key of Object.keys(configKeys) as ConfigKey[]) {
    const value = options[flagName(key).replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())]
    if (typeof value === 'string') flags[key] = value
  }
  return flags
}

/** From the folder where the account may read it, otherwise from what the agent tells everybody. */
async function findDisclosure(folder: string): Promise<Disclosure> {
  try {
    const identity = await loadIdentity(folder)
    const kept = await readKeptPolicy(folder, identity).catch(() => undefined)
    const { readAsked } = await import('./asked.ts')
    return discloseCollection(kept?.policy ?? {}, identity, { ...(kept ?? { version: 0 }), asked: await readAsked(folder) })
  } catch (error) {
    const configured = disclosureFile(folder, process.env['HOLDFAST_AGENT_DISCLOSURE_FILE'] ?? '')
    for (const path of [configured, systemDisclosureFile]) {
      const text = path === undefined ? undefined : await readFile(path, 'utf8').catch(() => undefined)
      if (text !== undefined) return JSON.parse(text) as Disclosure
    }
    throw error
  }
}

/** @throws COMMAND_USE */
function languageAsked(asked: string | undefined): Language {
  const language = asked ?? languageOf(process.env)
  const known = LANGUAGES.find((one) => one === language)
  if (known === undefined) throw new CodedError('COMMAND_USE', { problem: `There is no text in ${language}; there is one in ${LANGUAGES.join(' and ')}` })
  return known
}

const withFolder = (command: Command): Command => command.option('--dir <folder>', 'folder of the agent', defaultFolder())
const reading = (command: Command): Command => withFolder(command).option('--json', 'print JSON')

/** What only one command needs is loaded by that command: `run` lives for weeks. */
const enrolment = () => import('./enrolment.ts')

/** @param run starts the agent; loaded only when it is asked for */
export function buildProgram(run: (folder: string, flags: Partial<Record<ConfigKey, string>>) => Promise<void>): Command {
  const program = new Command('holdfast-agent')
    .description('The Holdfast agent: sees what leaves this device and what is switched off, as the signed policy of its organisation asks.')
    .version(VERSION)
    .showSuggestionAfterError()
    .addHelpText('after', `
Examples:
  holdfast-agent enrol --collector https://holdfast.example:8443 --code HF1-…   join the fleet
  holdfast-agent run                                                            watch, until it is stopped
  holdfast-agent status                                                         what it sees, and what it does not
  holdfast-agent doctor                                                         what is wrong, and how to mend it
  holdfast-agent what-is-collected                                              what it collects about you
  holdfast-agent drill                                                          harmless real acts, and how soon they are seen

Without --dir, HOLDFAST_AGENT_DIR or the default folder is used (/var/lib/holdfast-agent for root).
Exit codes: 0 done, 1 failed, 2 wrong use, 3 not enrolled, 4 the collector cannot be reached, 5 refused.`)

  reading(program.command('enrol'))
    .description('Join the fleet of a collector with an enrolment code; the key is made here and stays here.')
    .requiredOption('--collector <url>', 'address of the collector, such as https://holdfast.example:8443')
    .option('--code <code>', 'enrolment code, HF1-…; other accounts see it in the list of processes while the command runs')
    .option('--code-file <path>', 'file that holds the code, - for standard input; without either, HOLDFAST_ENROLMENT_CODE')
    .option('--force', 'enrol again although there is an identity; the spool stays', false)
    .option('--no-wait', 'end with exit code 4 when the collector has the device wait, for approval or because too many come at once')
    .action(async (options: JsonOption & { readonly collector: string; readonly code?: string; readonly codeFile?: string; readonly force: boolean; readonly wait: boolean }) => {
      const { enrolDevice, readCode } = await enrolment()
      await enrolDevice(fromHere(options.dir), { collector: options.collector, code: await readCode(options, process.env), force: options.force, wait: options.wait, json: options.json === true })
    })

  // The watchdog (main.ts) takes `run` before it gets here, starts `worker` with the same words, and starts it again when it fails.
  for (const running of [program.command('run'), program.command('worker', { hidden: true })]) {
    withFolder(running).description('Run the agent until SIGTERM or SIGINT; prints one JSON line when its sensors are started, and logs on stderr. What crashes or hangs is started again.')
    for (const key of Object.keys(configKeys) as ConfigKey[]) running.option(`--${flagName(key)} <value>`, configKeys[key].doc)
    running.action((options: FolderOption & Record<string, unknown>) => run(fromHere(options.dir), configFlags(options)))
  }

  reading(program.command('status')).description('Whether it is connected, what waits in the spool, which policy runs, and what each sensor sees.').action((options: JsonOption) => showStatus(fromHere(options.dir), { json: options.json === true }))

  reading(program.command('doctor'))
    .description('Look for what is wrong and say how to mend it. Exit code 1 when something on this device fails, 4 when the collector is not reached, 5 when what answers is not to be trusted.')
    .option('--collector <url>', 'examine the way to this collector, also before enrolment: name, proxy, port, certificates, clock, NATS')
    .option('--code-file <path>', 'file that holds an enrolment code, - for standard input, whose pin the certificates are compared with; also HOLDFAST_ENROLMENT_CODE')
    .action(async (options: JsonOption & { readonly collector?: string; readonly codeFile?: string }) => {
      const { runDoctor } = await import('./doctor.ts')
      const hasCode = options.codeFile !== undefined || (process.env['HOLDFAST_ENROLMENT_CODE'] ?? '') !== ''
      const { pin } = hasCode ? (await import('../identity/enrolment-code.ts')).parseEnrolmentCode(await (await enrolment()).readCode(options, process.env)) : {}
      process.exitCode = await runDoctor(fromHere(options.dir), { json: options.json === true, ...(pin === undefined ? {} : { pin }), ...(options.collector === undefined ? {} : { collector: options.collector }) })
    })

  reading(program.command('what-is-collected'))
    .description('In plain words: what is collected on this device, where, what never is, and whom to ask; in the language of your locale.')
    .option('--language <language>', 'en or de')
    .option('--open', 'show it as a page in your browser')
    .option('--html <file>', 'write the page to a file; - for standard output')
    .action(async (options: JsonOption & { readonly language?: string; readonly open?: boolean; readonly html?: string }) => {
      const language = languageAsked(options.language)
      const folder = fromHere(options.dir)
      if (options.open === true) return (await import('./open-page.ts')).openPage(await findDisclosure(folder), language, [disclosureFile(folder, process.env['HOLDFAST_AGENT_DISCLOSURE_FILE'] ?? ''), systemDisclosureFile])
      const disclosure = await findDisclosure(folder)
      if (options.html !== undefined) return (await import('./open-page.ts')).writePage(disclosure, language, options.html === '-' ? '-' : fromHere(options.html))
      if (options.json === true) printJson(disclosure)
      else printDisclosure(disclosureIn(disclosure, language), language)
    })

  reading(program.command('drill'))
    .description('Fire drill: does harmless real things on this device (mounts a stick, copies, packs and renames canary files, adds a setting that does nothing, adds a program), measures how soon each is seen, stored and alerted on, and takes them back. Exit code 0 only if all that this device can see arrived. Needs root.')
    .option('--signal <kind>', 'only this one; repeatable', (value: string, before: readonly string[]) => [...before, value], [] as readonly string[])
    .option('--timeout <seconds>', 'how long to wait for all of them', '60')
    .action(async (options: JsonOption & { readonly signal: readonly string[]; readonly timeout: string }) => {
      const { drillDevice } = await import('./drill.ts')
      if (!(await drillDevice(fromHere(options.dir), { signals: options.signal, timeoutSecs: Number(options.timeout), json: options.json === true }))) process.exitCode = 1
    })

  reading(program.command('seal'))
    .description('Make an image ready to be copied (golden images, VDI): identity, spool and everything that belongs to this computer goes; configuration stays, and each copy enrols as a new device.')
    .option('--discard-unsent', 'throw away what was not sent yet', false)
    .option('--collector <url>', 'with a code: each copy enrols there when it starts')
    .option('--code-file <path>', 'file that holds an enrolment code for as many devices as there will be copies, - for standard input')
    .action(async (options: JsonOption & { readonly discardUnsent: boolean; readonly collector?: string; readonly codeFile?: string }) => {
      const [{ sealFolder }, { readCode }] = [await import('./seal.ts'), await enrolment()]
      if ((options.collector === undefined) !== (options.codeFile === undefined)) throw new CodedError('COMMAND_USE', { problem: 'Say --collector and --code-file, or neither' })
      const enrol = options.collector === undefined || options.codeFile === undefined ? undefined : { collector: options.collector, code: await readCode({ codeFile: options.codeFile }, {}) }
      await sealFolder(fromHere(options.dir), { discardUnsent: options.discardUnsent, json: options.json === true, ...(enrol === undefined ? {} : { enrol }) })
    })

  withFolder(program.command('request-exception'))
    .description('Ask to be allowed to use a removable medium for a time. You are told on this device what was decided.')
    .requiredOption('--reason <text>', 'why you need it')
    .option('--hours <number>', 'for how long', Number, 24)
    .option('--medium <serial>', 'serial number or id of the medium, where several are connected')
    .option('--json', 'print JSON')
    .action(async (options: JsonOption & { readonly reason: string; readonly hours: number; readonly medium?: string }) => {
      const { requestException, requestFolder } = await import('./request-exception.ts')
      const disclosed = disclosureFile(fromHere(options.dir), process.env['HOLDFAST_AGENT_DISCLOSURE_FILE'] ?? '') ?? systemDisclosureFile
      await requestException(requestFolder(disclosed), { reason: options.reason, hours: options.hours, json: options.json === true, ...(options.medium === undefined ? {} : { medium: options.medium }) })
    })

  withFolder(program.command('unenrol'))
    .description('Forget the identity and the policy of this device.')
    .option('--yes', 'do not ask', false)
    .option('--purge', 'also delete what was not sent yet', false)
    .action((options: FolderOption & { readonly yes: boolean; readonly purge: boolean }) =>
      enrolment().then(({ unenrolDevice }) => unenrolDevice(fromHere(options.dir), options)))

  reading(program.command('upgrade'))
    .description('Take a signed release, run it on probation beside the version before, and return to that by itself when the new one does not come up well; without --from, how the last one ended.')
    .option('--from <tarball>', 'release: X.tar.gz with X.tar.gz.json and X.tar.gz.json.sig beside it')
    .option('--probation <seconds>', 'how long the new version has to come up as well as the one before; 180')
    .option('--allow-older', 'take an older version too', false)
    .option('--no-wait', 'end when the new version is started; the service watches it')
    .option('--back', 'return to the version before', false)
    .addOption(new Option('--watch', 'watch the version on probation').default(false).hideHelp())
    .addOption(new Option('--probe <version>', 'for packages: begin the probation of a version that they laid down').hideHelp())
    .action(async (options: JsonOption & Omit<UpgradeOptions, 'json'> & { readonly probation?: string }) => {
      const { upgradeAgent } = await import('./upgrade.ts')
      await upgradeAgent(fromHere(options.dir), { ...options, json: options.json === true, ...(options.probation === undefined ? {} : { probationSecs: options.probation }) })
    })

  // For the packages' scripts.
  withFolder(program.command('uninstall-check', { hidden: true })).action(async (options: FolderOption) => {
    const { permitUninstall } = await import('./goodbye.ts')
    await permitUninstall(fromHere(options.dir), process.env)
  })
  withFolder(program.command('goodbye', { hidden: true })).action(async (options: FolderOption) => {
    const { goodbye } = await import('./goodbye.ts')
    await goodbye(fromHere(options.dir))
  })

  program.command('version').description('Print the version.').action(() => print(VERSION))

  program.command('sensors').description('The sensors of this agent.').command('list').description('What each sensor reports, and where it works.').option('--json', 'print JSON').action(async (options: { readonly json?: boolean }) => {
    const { sensors } = await import('../sensors/registry.ts')
    const rows = sensors.map(({ name, summary, emits, platforms }) => ({ name, summary, emits, platforms, supported: platforms.includes(process.platform) }))
    if (options.json === true) printJson({ items: rows })
    else printTable(['SENSOR', 'HERE', 'WHAT IT SEES', 'REPORTS'], rows.map((row) => [row.name, row.supported ? 'yes' : 'no', row.summary, row.emits.join(' ')]))
  })

  const config = program.command('config').description('Configuration.')
  reading(config.command('show')).description('Every key with its value in force.').action(async (options: JsonOption) => {
    const values = await loadConfig(fromHere(options.dir), {}, process.env)
    if (options.json === true) printJson(values)
    else printTable(['KEY', 'VALUE'], Object.entries(values).map(([key, value]) => [key, Array.isArray(value) ? value.join(', ') : String(value)]))
  })
  return program
}

/** Parses and runs; never throws. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<void> {
  for (const command of [program, ...program.commands, ...program.commands.flatMap((group) => group.commands)]) command.exitOverride().configureOutput({ writeErr: (text) => void process.stderr.write(text) })
  try {
    await program.parseAsync(argv)
  } catch (error) {
    // commander has written its own message; help and version are no failure.
    if (error instanceof Error && !(error instanceof CodedError) && 'exitCode' in error && typeof error.exitCode === 'number') {
      process.exitCode = error.exitCode === 0 ? 0 : 2
      return
    }
    say(describeError(error))
    process.exitCode = exitCodeOf(error)
  }
}
