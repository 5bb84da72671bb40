// Who has an account, and who of them is as good as root. CIS Debian Linux 12 Benchmark 7.2. ATT&CK T1136.001, T1098, T1078.003.
import { type PasswdEntry, parsePasswd } from '../../platform/linux/accounts.ts'
import type { SystemView } from '../system-view.ts'
import { absent, enabled, type Feature, NEEDS_ROOT, shortHash, unknown, weakened } from './feature.ts'

const PASSWD = '/etc/passwd'
const GROUP = '/etc/group'
const SHADOW = '/etc/shadow'
/** Members of these groups become root, or read what only root may. */
const POWERFUL = ['root', 'sudo', 'wheel', 'admin', 'adm', 'docker', 'lxd', 'libvirt', 'disk', 'shadow', 'kmem']

const canSignIn = ({ shell }: PasswdEntry): boolean => !/\/(nologin|false|sync|halt|shutdown)$/.test(shell)

const passwd = (view: SystemView): readonly PasswdEntry[] => parsePasswd(view.words(PASSWD) ?? '')

export const superusers: Feature = {
  id: 'accounts.superusers',
  summary: 'Nobody but root has root’s user id or group id.',
  paths: [PASSWD],
  read(view) {
    const text = view.text(PASSWD)
    if (text.kind !== 'text') return text.kind === 'absent' ? absent('no /etc/passwd') : unknown(`${PASSWD} cannot be read`)
    const others = passwd(view).filter((entry) => entry.name !== 'root' && (entry.uid === 0 || (entry.gid === 0 && canSignIn(entry))))
    return others.length === 0 ? enabled('root only') : weakened(others.map(({ name, uid, gid }) => `${name} (uid ${uid}, gid ${gid})`).join(', '))
  },
}

/** Rows of passwd or group by their name, for the words "new", "changed" and "gone". */
function compareRows(rows: ReadonlyMap<string, string>, memo: string | undefined): string {
  if (memo === undefined || memo === '') return ''
  const before = new Map(memo.split('\n').map((line) => line.split(' ') as [string, string]))
  const say = (word: string, names: readonly string[]): string => (names.length === 0 ? '' : `; ${word} ${names.slice(0, 12).join(' ')}`)
  const names = [...rows.keys()]
  return `${say('new', names.filter((name) => !before.has(name)))}${say('changed', names.filter((name) => before.has(name) && before.get(name) !== rows.get(name)))}${say('gone', [...before.keys()].filter((name) => !rows.has(name)))}`
}

interface RowsOptions {
  readonly id: string
  readonly summary: string
  readonly path: string
  /** Of a row, what counts as the row; undefined leaves it out. */
  readonly pick: (fields: readonly string[]) => string | undefined
  readonly judge?: (fields: readonly string[]) => string | undefined
}

/** A file of rows with fields apart by colons, the first of which is a name. */
const rowsFeature = ({ id, summary, path, pick, judge }: RowsOptions): Feature => ({
  id, summary, paths: [path],
  read(view, recall) {
    const reading = view.text(path)
    if (reading.kind === 'absent') return absent(`no ${path}`)
    if (reading.kind !== 'text') return unknown(`${path} cannot be read`, NEEDS_ROOT)
    const fields = reading.text.split('\n').filter((line) => line.includes(':')).map((line) => line.split(':'))
    const rows = new Map(fields.flatMap((row) => {
      const picked = pick(row)
      return picked === undefined ? [] : [[row[0] ?? '', shortHash(picked)] as const]
    }))
    const memo = [...rows].map(([name, hash]) => `${name} ${hash}`).join('\n')
    const known = recall.of()
    if (known !== undefined && known.memo === memo) return { state: known.state, value: known.value, memo }
    const offences = fields.flatMap((row) => judge?.(row) ?? [])
    const value = `${rows.size} rows, ${shortHash(memo)}${offences.length === 0 ? '' : `: ${offences.join(', ')}`}${compareRows(rows, known?.memo)}`
    return { ...(offences.length === 0 ? enabled(value) : weakened(value)), memo }
  },
})

export const localAccounts = rowsFeature({ id: 'accounts.local', summary: 'The accounts of the device, their ids, homes and shells.', path: PASSWD, pick: ([, , ...rest]) => rest.join(':') })

export const passwords = rowsFeature({
  id: 'accounts.passwords', summary: 'No account signs in without a password; which accounts had theirs changed.', path: SHADOW,
  // Only a short hash of the row is kept: it tells that a password changed and nothing else.
  pick: (row) => row.slice(1).join(':'),
  judge: ([name, password]) => (password === '' ? `${name} has no password` : undefined),
})

export const powerfulGroups = rowsFeature({ id: 'accounts.powerful_groups', summary: 'Who belongs to the groups whose members become root.', path: GROUP, pick: ([name, , gid, members]) => (POWERFUL.includes(name ?? '') || gid === '0' ? `${gid} ${members}` : undefined) })

export const localGroups = rowsFeature({ id: 'accounts.groups', summary: 'The groups of the device and their members.', path: GROUP, pick: ([, , ...rest]) => rest.join(':') })

const LOGIN_DEFS = '/etc/login.defs'

export const passwordAging: Feature = {
  id: 'accounts.password_rules',
  summary: 'How long passwords last and how they are kept (login.defs, pwquality).',
  paths: [LOGIN_DEFS, '/etc/security/pwquality.conf', '/etc/security/faillock.conf', '/etc/default/useradd', '/etc/libuser.conf'],
  read(view) {
    const text = view.words(LOGIN_DEFS)
    if (text === undefined) return absent('no login.defs')
    const setting = (name: string): string => new RegExp(`^\\s*${name}\\s+(\\S+)`, 'm').exec(text)?.[1] ?? 'not set'
    const method = setting('ENCRYPT_METHOD')
    const others = ['/etc/security/pwquality.conf', '/etc/security/faillock.conf', '/etc/default/useradd', '/etc/libuser.conf'].map((path) => view.words(path) ?? '').join('\n')
    const value = `PASS_MAX_DAYS ${setting('PASS_MAX_DAYS')}, PASS_MIN_DAYS ${setting('PASS_MIN_DAYS')}, UMASK ${setting('UMASK')}, ENCRYPT_METHOD ${method}, ${shortHash(`${text}\n${others}`)}`
    return ['DES', 'MD5'].includes(method.toUpperCase()) ? weakened(value) : enabled(value)
  },
}

export const accountFeatures: readonly Feature[] = [superusers, localAccounts, passwords, powerfulGroups, localGroups, passwordAging]
