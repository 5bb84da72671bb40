// macOS: what its own programs say about its protection. Each answer is one line that Apple documents or has kept for years;
// a line that says neither yes nor no is unknown, never a change.
import { absent, disabled, enabled, type Feature, type FeatureReading, shortHash, unknown, weakened } from './feature.ts'
import { fileSetFeature } from './file-set.ts'

type Judge = (output: string) => FeatureReading

const first = (output: string): string => (output.split('\n').find((line) => line.trim() !== '') ?? '').trim().slice(0, 200)
const notUnderstood = (output: string): FeatureReading => unknown(first(output) === '' ? 'no answer' : `not understood: ${first(output)}`)

/** `FileVault is On.`, `FileVault is Off.`; while it works: `Encryption in progress: Percent completed = 12`. */
export const judgeFileVault: Judge = (output) => (/FileVault is On/i.test(output) ? (/Decryption in progress/i.test(output) ? weakened('on, decryption in progress') : enabled('FileVault is On.')) : /FileVault is Off/i.test(output) ? (/Encryption in progress/i.test(output) ? weakened('off, encryption in progress') : disabled('FileVault is Off.')) : notUnderstood(output))
/** `assessments enabled`; with a developer id only the second line says so. */
export const judgeGatekeeper: Judge = (output) => (/assessments enabled/i.test(output) ? enabled('assessments enabled') : /assessments disabled/i.test(output) ? disabled('assessments disabled') : notUnderstood(output))
/** `System Integrity Protection status: enabled (Custom Configuration)` has parts switched off. */
export const judgeSip: Judge = (output) => (/status:\s*unknown|custom configuration/i.test(output) ? weakened(first(output)) : /status:\s*enabled/i.test(output) ? enabled(first(output)) : /status:\s*disabled/i.test(output) ? disabled(first(output)) : notUnderstood(output))
/** `Firewall is enabled. (State = 1)`; 2 refuses everything that comes in. */
export const judgeApplicationFirewall: Judge = (output) => {
  const state = /State\s*=\s*(\d)/.exec(output)?.[1]
  return state === '0' || /Firewall is disabled/i.test(output) ? disabled(first(output)) : state === '1' || state === '2' || /Firewall is (enabled|on)|blocking all/i.test(output) ? enabled(first(output)) : notUnderstood(output)
}
/** `Firewall stealth mode is on`, formerly `Stealth mode enabled`. */
export const judgeStealth: Judge = (output) => (/stealth mode (is )?(on|enabled)/i.test(output) ? enabled('on') : /stealth mode (is )?(off|disabled)/i.test(output) ? disabled('off') : notUnderstood(output))
/** Of a service that lets others in: on is weak. */
const judgeRemote = (name: RegExp): Judge => (output) => {
  const word = name.exec(output)?.[1]?.toLowerCase()
  return word === undefined ? notUnderstood(output) : word === 'on' || word === 'enabled' ? weakened('on: others can sign in from outside') : enabled('off')
}
/** `Remote Login: On`. */
export const judgeRemoteLogin = judgeRemote(/Remote Login:\s*(On|Off)/i)
/** `Remote Apple Events: Off`. */
export const judgeRemoteEvents = judgeRemote(/Remote Apple Events:\s*(On|Off)/i)
/** `Network Time: On`. */
export const judgeNetworkTime: Judge = (output) => {
  const word = /Network Time:\s*(On|Off)/i.exec(output)?.[1]?.toLowerCase()
  return word === undefined ? notUnderstood(output) : word === 'on' ? enabled('on') : disabled('off')
}
/** `1` or `0`; nothing where nobody has chosen, which means on. */
const judgeSwitch = (output: string): FeatureReading => {
  const word = first(output).toLowerCase()
  return ['1', 'true', 'yes'].includes(word) ? enabled('on') : ['0', 'false', 'no'].includes(word) ? disabled('off') : word === '' || word.includes('does not exist') ? enabled('on, as Apple has it') : notUnderstood(output)
}
/** `screenLock delay is immediate`, `screenLock delay is 300 seconds`, `screenLock is off`. */
export const judgeScreenLock: Judge = (output) => {
  if (/screenLock is off/i.test(output)) return disabled('off')
  if (/delay is immediate/i.test(output)) return enabled('at once')
  const seconds = /delay is (\d+(?:\.\d+)?) seconds/i.exec(output)?.[1]
  return seconds === undefined ? notUnderstood(output) : Number(seconds) > 300 ? weakened(`after ${seconds} s`) : enabled(`after ${seconds} s`)
}
/** The rows of `launchctl list` that protect: `412 0 com.apple.XProtect.daemon.scan`; a dash for what does not run now. */
export const judgeXProtect: Judge = (output) => {
  const rows = output.split('\n').filter((line) => /\bcom\.apple\.(XProtect|xprotect|MRT)/.test(line)).map((line) => line.trim().split(/\s+/).at(-1) ?? '')
  return rows.length > 0 ? enabled(`${rows.length} services, ${shortHash(rows.toSorted().join('\n'))}`) : !/^PID\s+Status\s+Label/m.test(output) ? notUnderstood(output) : disabled('no service of XProtect')
}
/** `service|client|auth_value` rows of TCC.db; 2 is allowed, 3 limited. What reads everything counts. */
export const judgeTcc: Judge = (output) => {
  const rows = output.split('\n').map((line) => line.trim()).filter((line) => line.includes('|'))
  if (rows.length === 0) return notUnderstood(output)
  const wide = rows.filter((row) => /^kTCCService(SystemPolicyAllFiles|Accessibility|ScreenCapture|ListenEvent|PostEvent|DeveloperTool)\|/.test(row) && row.endsWith('|2')).map((row) => row.split('|').slice(0, 2).join(' ').replace('kTCCService', ''))
  return enabled(`${rows.length} grants, ${shortHash(rows.toSorted().join('\n'))}${wide.length === 0 ? '' : `: ${wide.toSorted().slice(0, 12).join(', ')}`}`)
}
const judgeNames = (word: string): Judge => (output) => {
  const rows = output.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')).toSorted()
  if (rows.length === 0 || /denied|permission|must be run as root|not permitted/i.test(output)) return notUnderstood(output)
  return enabled(`${rows.length} ${word}, ${shortHash(rows.join('\n'))}`)
}

/** `<key>globalstate</key><integer>1</integer>` of com.apple.alf.plist, for a Mac that cannot be asked otherwise. */
export function parseFirewallPlist(xml: string): { readonly state: number | undefined; readonly stealth: boolean; readonly logs: boolean } {
  const integer = (key: string): number | undefined => {
    const found = new RegExp(`<key>${key}</key>\\s*<integer>(\\d+)</integer>`).exec(xml)?.[1]
    return found === undefined ? undefined : Number(found)
  }
  return { state: integer('globalstate'), stealth: integer('stealthenabled') === 1, logs: integer('loggingenabled') === 1 }
}

interface DarwinRow {
  readonly id: string
  readonly summary: string
  readonly program: string
  readonly args: readonly string[]
  readonly judge: Judge
  readonly paths?: readonly string[]
  /** What an exit code other than 0 with no output means. */
  readonly empty?: FeatureReading
}

const FIREWALL = '/usr/libexec/ApplicationFirewall/socketfilterfw'
const ALF = '/Library/Preferences/com.apple.alf.plist'

const rows: readonly DarwinRow[] = [
  { id: 'disk.filevault', summary: 'FileVault encrypts the disk.', program: '/usr/bin/fdesetup', args: ['status'], judge: judgeFileVault },
  { id: 'gatekeeper.assessments', summary: 'Gatekeeper lets only known software start.', program: '/usr/sbin/spctl', args: ['--status'], judge: judgeGatekeeper, paths: ['/var/db/SystemPolicyConfiguration/'] },
  { id: 'sip.status', summary: 'System Integrity Protection guards the system’s own files.', program: '/usr/bin/csrutil', args: ['status'], judge: judgeSip },
  { id: 'sip.sealed_system', summary: 'The system’s volume is sealed and starts authenticated.', program: '/usr/bin/csrutil', args: ['authenticated-root', 'status'], judge: judgeSip },
  { id: 'firewall.application', summary: 'The application firewall refuses connections from outside.', program: FIREWALL, args: ['--getglobalstate'], judge: judgeApplicationFirewall, paths: [ALF] },
  { id: 'firewall.stealth', summary: 'The device does not answer strangers.', program: FIREWALL, args: ['--getstealthmode'], judge: judgeStealth, paths: [ALF] },
  { id: 'antivirus.xprotect', summary: 'The services of XProtect are loaded.', program: '/bin/launchctl', args: ['list'], judge: judgeXProtect },
  { id: 'remote.login', summary: 'Nobody signs in over ssh.', program: '/usr/sbin/systemsetup', args: ['-getremotelogin'], judge: judgeRemoteLogin, paths: ['/var/db/com.apple.xpc.launchd/disabled.plist'] },
  { id: 'remote.apple_events', summary: 'Programs elsewhere cannot command programs here.', program: '/usr/sbin/systemsetup', args: ['-getremoteappleevents'], judge: judgeRemoteEvents },
  { id: 'time.sync', summary: 'The clock of the device is kept right by a server.', program: '/usr/sbin/systemsetup', args: ['-getusingnetworktime'], judge: judgeNetworkTime },
  { id: 'updates.automatic_check', summary: 'The device looks for updates by itself.', program: '/usr/bin/defaults', args: ['read', '/Library/Preferences/com.apple.SoftwareUpdate', 'AutomaticCheckEnabled'], judge: judgeSwitch, empty: enabled('on, as Apple has it'), paths: ['/Library/Preferences/com.apple.SoftwareUpdate.plist'] },
  { id: 'updates.critical', summary: 'Security updates are installed without a question.', program: '/usr/bin/defaults', args: ['read', '/Library/Preferences/com.apple.SoftwareUpdate', 'CriticalUpdateInstall'], judge: judgeSwitch, empty: enabled('on, as Apple has it'), paths: ['/Library/Preferences/com.apple.SoftwareUpdate.plist'] },
  { id: 'screen.lock', summary: 'The screen locks soon after it goes dark.', program: '/usr/sbin/sysadminctl', args: ['-screenLock', 'status'], judge: judgeScreenLock },
  { id: 'privacy.tcc', summary: 'Which programs may read everything, see the screen or type for the person (TCC).', program: '/usr/bin/sqlite3', args: ['-readonly', '/Library/Application Support/com.apple.TCC/TCC.db', 'select service, client, auth_value from access'], judge: judgeTcc, paths: ['/Library/Application Support/com.apple.TCC/'] },
  { id: 'accounts.administrators', summary: 'Who may administer the device.', program: '/usr/bin/dscl', args: ['.', '-read', '/Groups/admin', 'GroupMembership'], judge: judgeNames('rows'), paths: ['/var/db/dslocal/nodes/Default/groups/'] },
  { id: 'accounts.local', summary: 'The accounts of the device.', program: '/usr/bin/dscl', args: ['.', '-list', '/Users', 'UniqueID'], judge: judgeNames('accounts'), paths: ['/var/db/dslocal/nodes/Default/users/'] },
  { id: 'trust.profiles', summary: 'The profiles by which the device is managed.', program: '/usr/bin/profiles', args: ['list'], judge: judgeNames('rows') },
]

/** Programs of macOS write their answer to either of two streams, and end with 1 for a plain "off". */
const darwinFeature = ({ id, summary, program, args, judge, paths = [], empty }: DarwinRow): Feature => ({
  id, summary, paths, asksProgram: true,
  async read(view) {
    const { stdout, stderr } = await view.run(program, ...args)
    const output = stdout.trim() === '' ? stderr : stdout
    return empty !== undefined && (output.trim() === '' || /does not exist/.test(output)) ? empty : judge(output)
  },
})

/** Files that make programs start; read, not asked. */
const launchItems = fileSetFeature({
  id: 'persistence.launchd', summary: 'What launchd, cron and periodic start.',
  files: ['/Library/LaunchDaemons/', '/Library/LaunchAgents/', '/Library/StartupItems/', '/etc/periodic/daily/', '/etc/periodic/weekly/', '/etc/periodic/monthly/', '/etc/crontab', '/usr/lib/cron/tabs/', '/etc/emond.d/rules/', '/etc/rc.common', '/etc/rc.local'], mayBeAbsent: true,
})

const sudo: Feature = {
  id: 'privilege.sudoers',
  summary: 'sudo asks everybody for the password.',
  paths: ['/etc/sudoers', '/etc/sudoers.d/'],
  read(view) {
    const text = ['/etc/sudoers', ...view.list('/etc/sudoers.d').map((name) => `/etc/sudoers.d/${name}`)].map((path) => view.words(path) ?? '').join('\n')
    if (text.trim() === '') return view.elevated ? absent() : unknown('the rules of sudo can be read by root only', 'Run the agent as root.')
    return /^\s*[^#\s].*(NOPASSWD\s*:|!authenticate)/m.test(text) ? weakened(`without a password, ${shortHash(text)}`) : enabled(shortHash(text))
  },
}

export const darwinFeatures: readonly Feature[] = [...rows.map(darwinFeature), launchItems, sudo]
