// Features that are "these files": what stands in each of them is remembered by a hash, so that a change names what came,
// what went and what is another now.
//
// A home may be new (an account was made after the agent's first look): then it is compared with /etc/skel, from which it
// was made, and with nothing where /etc/skel has none.
import type { AccountInfo } from '../../platform/platform.ts'
import { isDropIn, type SystemView } from '../system-view.ts'
import { absent, enabled, type Feature, type FeatureReading, isLeftover, NEEDS_ROOT, type Recall, shortHash, unknown, weakened } from './feature.ts'

export interface FileSet {
  readonly id: string
  readonly summary: string
  /** Files, and folders (with `/` at the end) whose every entry counts. */
  readonly files?: readonly string[]
  /** The same below each home. */
  readonly homeFiles?: readonly string[]
  /** Which entries of folders count; all but leftovers when absent. */
  readonly keep?: (name: string) => boolean
  /** Folders that only root may list: what is closed is unknown, not empty. */
  readonly closed?: readonly string[]
  /** Sentences about what is weak in these files; any makes the feature `weakened`. */
  readonly judge?: (texts: ReadonlyMap<string, string>, view: SystemView) => readonly string[]
  /** The device may lack such a thing altogether. */
  readonly mayBeAbsent?: boolean
}

const MAX_FILES = 2000
const NAMES_SHOWN = 12

const without = (path: string): string => path.replace(/^\/etc\//, '')

/** @returns `; new a b; changed c; gone d`, cut after a dozen names */
function describeDifference(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string {
  const say = (word: string, paths: readonly string[]): string => (paths.length === 0 ? '' : `; ${word} ${paths.slice(0, NAMES_SHOWN).map(without).join(' ')}${paths.length > NAMES_SHOWN ? ` and ${paths.length - NAMES_SHOWN} more` : ''}`)
  const paths = [...now.keys()]
  return `${say('new', paths.filter((path) => !before.has(path)))}${say('changed', paths.filter((path) => before.has(path) && before.get(path) !== now.get(path)))}${say('gone', [...before.keys()].filter((path) => !now.has(path)))}`
}

const describeAll = (paths: readonly string[]): string => (paths.length === 0 || paths.length > NAMES_SHOWN ? '' : `: ${paths.map(without).join(' ')}`)

const remember = (hashes: ReadonlyMap<string, string>): string => [...hashes].map(([path, hash]) => `${hash} ${path}`).join('\n')
const recollect = (memo: string): ReadonlyMap<string, string> => new Map(memo.split('\n').filter((line) => line.includes(' ')).map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))] as const))

/** Text of a file as far as it says something: the target of a link stands for the link, and what is no text for itself by its version. */
function contentOf(view: SystemView, path: string): string | undefined {
  const target = view.linkTarget(path)
  if (target !== undefined) return `-> ${target}\n${view.words(path) ?? ''}`
  const reading = view.text(path)
  return reading.kind === 'absent' ? undefined : reading.kind === 'text' ? reading.text : `${reading.kind} ${view.version(path)}`
}

function expand(view: SystemView, path: string, keep: (name: string) => boolean): readonly string[] {
  if (!path.endsWith('/')) return [path]
  return view.list(path.slice(0, -1)).filter((name) => !isLeftover(name) && keep(name)).flatMap((name) => (isDropIn(name) ? expand(view, `${path}${name}/`, keep) : [`${path}${name}`]))
}

function homeContentOf(view: SystemView, account: AccountInfo, path: string): string | undefined {
  const target = view.homeLinkTarget(account, path)
  if (target !== undefined) return `-> ${target}`
  const reading = view.homeText(account, path)
  return reading.kind === 'absent' ? undefined : reading.kind === 'text' ? reading.text : reading.kind
}

const hashAll = (texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> => new Map([...texts].map(([path, text]) => [path, shortHash(text)]))

/** Value and memo against what is known; the same files give the same value again. */
function compare(texts: ReadonlyMap<string, string>, offences: readonly string[], known: ReturnType<Recall['of']>, base?: ReadonlyMap<string, string>): Pick<FeatureReading, 'state' | 'value' | 'memo'> {
  const hashes = hashAll(texts)
  const memo = remember(hashes)
  const before = known === undefined ? base : recollect(known.memo)
  const state = offences.length === 0 ? 'enabled' : 'weakened'
  if (known !== undefined && known.memo === memo && known.state === state) return { state, value: known.value, memo }
  const what = offences.length === 0 ? '' : `: ${offences.join('; ')}`
  const value = `${texts.size} ${texts.size === 1 ? 'entry' : 'entries'}, ${shortHash(memo)}${what}${before === undefined ? describeAll([...hashes.keys()]) : describeDifference(before, hashes)}`
  return { ...(offences.length === 0 ? enabled(value) : weakened(value)), memo }
}

function readSystem({ files = [], keep = () => true, closed = [], judge, mayBeAbsent }: FileSet, view: SystemView, recall: Recall): FeatureReading {
  const shut = closed.find((folder) => view.isThere(folder) && !view.isReadable(folder))
  if (shut !== undefined) return unknown(`${shut} can be read by root only`, NEEDS_ROOT)
  const texts = new Map<string, string>()
  for (const path of files.flatMap((each) => expand(view, each, keep)).slice(0, MAX_FILES)) {
    if (view.text(path).kind === 'denied' && !view.elevated) return unknown(`${path} can be read by root only`, NEEDS_ROOT)
    const text = contentOf(view, path)
    if (text !== undefined) texts.set(path, text)
  }
  if (mayBeAbsent === true && texts.size === 0) return { ...absent('none'), memo: '' }
  return compare(texts, judge?.(texts, view) ?? [], recall.of())
}

function readHome({ homeFiles = [], keep = () => true, judge }: FileSet, view: SystemView, account: AccountInfo, recall: Recall): FeatureReading {
  const texts = new Map<string, string>()
  const paths = homeFiles.flatMap((path) => (path.endsWith('/') ? view.homeList(account, path.slice(0, -1)).filter((name) => !isLeftover(name) && keep(name)).map((name) => `${path}${name}`) : [path]))
  for (const path of paths.slice(0, MAX_FILES)) {
    const text = homeContentOf(view, account, path)
    if (text !== undefined) texts.set(`~${account.name}/${path}`, text)
  }
  const known = recall.of({ uid: account.uid })
  // The home was made from /etc/skel: what differs from it was put there since.
  const skeleton = recall.isFirst ? undefined : hashAll(new Map(homeFiles.flatMap((path) => {
    const text = path.endsWith('/') ? undefined : view.words(`/etc/skel/${path}`)
    return text === undefined ? [] : [[`~${account.name}/${path}`, text] as const]
  })))
  const now = compare(texts, judge?.(texts, view) ?? [], known, skeleton)
  const isNew = known === undefined && skeleton !== undefined && [...hashAll(texts)].some(([path, hash]) => skeleton.get(path) !== hash)
  return { ...now, uid: account.uid, ...(isNew ? { since: { state: 'enabled', value: `${skeleton.size} as in /etc/skel` } } : {}) }
}

/** A feature that is what stands in some files. */
export const fileSetFeature = (set: FileSet): Feature => ({
  id: set.id,
  summary: set.summary,
  paths: set.files ?? [],
  ...(set.homeFiles === undefined ? {} : { homePaths: set.homeFiles }),
  read: (view, recall) => [
    ...(set.files === undefined ? [] : [readSystem(set, view, recall)]),
    ...(set.homeFiles === undefined ? [] : view.homes.map((account) => readHome(set, view, account, recall))),
  ],
})
