// What the system has written down, and whether somebody takes it back: logs that shrink or go without having been rotated,
// a journal that loses its files, a shell history that is emptied. ATT&CK T1070.002, T1070.003 (T1685.006).
//
// A log grows with each line, so its size is no state: what the last look saw is kept as a memo, and only the step from
// there is judged. A poll, because a watch on /var/log would wake the agent with every line that is written.
import type { AccountInfo } from '../../platform/platform.ts'
import type { FileStat, SystemView } from '../system-view.ts'
import { absent, enabled, type Feature, type FeatureReading, type Recall, weakened } from './feature.ts'

const FOLDER = '/var/log'
/** What every system keeps; others in the folder count once they are there. */
const MAX_LOGS = 300
const KEPT = 'kept'

/** The name of what rotation leaves behind: `syslog.1`, `syslog.2.gz`, `messages-20260102`, `wtmp.old`. */
const isRotated = (name: string): boolean => /(\.\d+|[-.]\d{8,}(T?\d+)?|\.old)(\.(gz|xz|bz2|zst|lz4))?$/.test(name) || /\.(gz|xz|bz2|zst|lz4)$/.test(name)

interface Size {
  readonly ino: number
  readonly size: number
  /** When it was first seen to be so long, ms since 1970. */
  readonly atMs: number
}

const parseMemo = (memo: string): Size | undefined => {
  const [ino, size, atMs] = memo.split(' ').map(Number)
  return ino === undefined || size === undefined || !Number.isFinite(ino) || !Number.isFinite(size) ? undefined : { ino, size, atMs: atMs ?? 0 }
}

const memoOf = ({ ino, size }: FileStat, before: Size | undefined): string => `${ino} ${size} ${before?.ino === ino && before.size === size ? before.atMs : Date.now()}`

/**
 * Whether a rotation explains that a log became shorter: its old inode has another name now, or (copytruncate) a copy beside it
 * is at least as long, or packed, and younger than the last look.
 */
function wasRotated(view: SystemView, folder: string, name: string, before: Size): boolean {
  return view.list(folder).some((other) => {
    if (other === name || !other.startsWith(name.replace(/\.log$/, '')) || !isRotated(other)) return false
    const stat = view.stat(`${folder}/${other}`)
    if (stat === undefined) return false
    return stat.ino === before.ino || (stat.ctimeMs >= before.atMs - 60_000 && (stat.size >= before.size || /\.(gz|xz|bz2|zst|lz4)$/.test(other)))
  })
}

const event = (state: 'weakened' | 'absent', value: string, part: string, memo: string, settled: FeatureReading): FeatureReading => ({ state, value, part, memo, settles: { state: settled.state, value: settled.value } })

/** One log against what was seen of it before. */
function judgeLog(view: SystemView, folder: string, name: string, stat: FileStat | undefined, recall: Recall): FeatureReading {
  const part = `${folder}/${name}`
  const known = recall.of({ part })
  const before = known === undefined ? undefined : parseMemo(known.memo)
  if (stat === undefined) return before !== undefined && known?.state === 'enabled' && wasRotated(view, folder, name, before) ? { ...enabled(KEPT), part, memo: known.memo } : { ...absent(`${part} removed`), part, memo: '' }
  const memo = memoOf(stat, before)
  if (stat.isLink && view.linkTarget(part) === '/dev/null') return { ...weakened(`${part} -> /dev/null`), part, memo }
  const isShorter = before !== undefined && stat.size < before.size
  if (isShorter && !wasRotated(view, folder, name, before)) return event('weakened', `${part} cut from ${before.size} to ${stat.size} bytes`, part, memo, enabled(KEPT))
  return { ...enabled(KEPT), part, memo }
}

/** Folders of services that write their own logs, one step below. */
const SUBFOLDERS = ['audit', 'apt', 'samba', 'nginx', 'apache2', 'httpd', 'cups', 'sssd', 'clamav']

export const logFiles: Feature = {
  id: 'logging.files',
  summary: 'What is written in /var/log stays there: no log is cut, removed or led to nowhere, rotation aside.',
  paths: [],
  isLive: true,
  read(view, recall) {
    if (!view.isThere(FOLDER)) return absent('no /var/log')
    const found = new Map<string, { readonly folder: string; readonly name: string; readonly stat: FileStat }>()
    for (const folder of [FOLDER, ...SUBFOLDERS.map((name) => `${FOLDER}/${name}`)]) {
      for (const name of view.list(folder)) {
        if (isRotated(name)) continue
        const stat = view.stat(`${folder}/${name}`)
        if (stat !== undefined && (stat.isFile || stat.isLink) && found.size < MAX_LOGS) found.set(`${folder}/${name}`, { folder, name, stat })
      }
    }
    const gone = recall.parts.filter((part) => !found.has(part))
    return [
      ...[...found.values()].map(({ folder, name, stat }) => judgeLog(view, folder, name, stat, recall)),
      ...gone.map((part) => {
        const at = part.lastIndexOf('/')
        return judgeLog(view, part.slice(0, at), part.slice(at + 1), undefined, recall)
      }),
    ]
  },
}

interface JournalMemo {
  readonly files: number
  readonly active: number
  readonly bytes: number
}

/** The journal keeps its own bounds: it removes its oldest file when the newest needs room, never its running one. */
export const journalFiles: Feature = {
  id: 'logging.journal_files',
  summary: 'The files of the systemd journal stay, its own bounds aside.',
  paths: [],
  isLive: true,
  read(view, recall) {
    const sizes: { readonly name: string; readonly size: number }[] = []
    for (const base of ['/var/log/journal', '/run/log/journal']) {
      for (const folder of [base, ...view.list(base).map((name) => `${base}/${name}`)]) {
        for (const name of view.list(folder).filter((each) => /\.journal~?$/.test(each))) sizes.push({ name, size: view.stat(`${folder}/${name}`)?.size ?? 0 })
      }
    }
    const now: JournalMemo = { files: sizes.length, active: sizes.filter(({ name }) => !name.includes('@')).length, bytes: sizes.reduce((sum, { size }) => sum + size, 0) }
    const memo = `${now.files} ${now.active} ${now.bytes}`
    const [files = 0, active = 0, bytes = 0] = (recall.of()?.memo ?? '').split(' ').map(Number)
    if (files === 0 && now.files === 0) return recall.of()?.state === 'weakened' ? { ...weakened(recall.of()?.value ?? ''), memo } : { ...absent('no journal'), memo }
    const lost = `${files} files with ${bytes} bytes became ${now.files} with ${now.bytes}`
    if (now.files === 0) return { ...weakened(`all removed: ${lost}`), memo }
    if (now.active < active || now.bytes < bytes * 0.6 || now.files < files - 1) return { ...weakened(lost), memo, settles: { state: 'enabled', value: KEPT } }
    return { ...enabled(KEPT), memo }
  },
}

export const HISTORY_FILES = ['.bash_history', '.zsh_history', '.zhistory', '.sh_history', '.ash_history', '.ksh_history', '.mksh_history', '.history', '.python_history', '.mysql_history', '.psql_history', '.sqlite_history']

/** A shell that keeps fewer lines than before cuts its file a little; what loses half was emptied. */
function judgeHistory(view: SystemView, account: AccountInfo, name: string, recall: Recall): FeatureReading | undefined {
  const key = { uid: account.uid, part: name }
  const known = recall.of(key)
  const stat = view.homeStat(account, name)
  const before = known === undefined ? undefined : parseMemo(known.memo)
  const shown = `~${account.name}/${name}`
  if (stat === undefined) return known === undefined ? undefined : { ...absent(`${shown} removed`), ...key, memo: '' }
  const memo = memoOf(stat, before)
  // Nothing is kept in a file that is none, or that the person may not write.
  if (stat.isLink) {
    const target = view.homeLinkTarget(account, name) ?? '?'
    return target === '/dev/null' ? { ...weakened(`${shown} -> /dev/null`), ...key, memo, since: { state: 'enabled', value: KEPT } } : { ...enabled(`-> ${target}`), ...key, memo }
  }
  if (!stat.isFile) return { ...weakened(`${shown} is no file`), ...key, memo, since: { state: 'enabled', value: KEPT } }
  if ((stat.mode & 0o200) === 0) return { ...weakened(`${shown} cannot be written`), ...key, memo, since: { state: 'enabled', value: KEPT } }
  if (before !== undefined && before.size > 0 && stat.size < before.size / 2) return { ...weakened(`${shown} cut from ${before.size} to ${stat.size} bytes`), ...key, memo, settles: { state: 'enabled', value: KEPT } }
  return { ...enabled(KEPT), ...key, memo }
}

export const historyFiles: Feature = {
  id: 'shell.history_files',
  summary: 'The history that shells and database clients have kept is there, is written, and was not emptied.',
  paths: [],
  homePaths: HISTORY_FILES,
  read: (view, recall) => view.homes.flatMap((account) => HISTORY_FILES.flatMap((name) => judgeHistory(view, account, name, recall) ?? [])),
}
