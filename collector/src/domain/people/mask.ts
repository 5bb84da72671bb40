// Names of watched people inside texts: paths, window titles, host names, addresses, documents, notes.
//
// A text belongs to an activity of one person, the actor. Of the actor everything that can be a name is looked for:
// accounts, addresses, the words of the display name, and what people build from them (`jdoe`, `doe.jane`, `JaneDoe`),
// with and without accents, also percent-encoded. Of everybody else only what is rarely an ordinary word: addresses,
// accounts, first and last name together; a person called Mark does not blacken every mark. Folders that systems name
// after people lose that name whoever it is.
//
// Not found: nicknames, names in pictures, a name of one or two letters that is not a whole part of a path.
import type { User } from './user.ts'

/** Shortest word of a name that is looked for inside other text. */
const LEAST_WORD = 3
/** From here on a word of a name is found inside longer words too: nobody writes eight letters of a name by accident. */
const ANYWHERE = 8
/** Shortest account of somebody else that is taken for a name outside of paths. */
const LEAST_OTHER = 5
const UNKNOWN = 'ANON'

/** Folders that hold one folder a person on the systems that we know. */
const HOMES = /((?:^|[/\\])(?:home|Users|run\/media)[/\\])([^/\\]+)/gi
/** The folder below is a person's where there is a further part, else the name of a volume. */
const MEDIA = /(\/media\/)([^/\\]+)(?=\/)/g
const SHARED_HOMES = new Set(['public', 'shared', 'default', 'default user', 'all users', 'guest', 'root', 'linuxbrew', UNKNOWN.toLowerCase()])
const ADDRESS = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/gu
const WORD = /[\p{L}\p{M}\p{N}]+/gu

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
const fold = (text: string): string => text.normalize('NFKC').toLowerCase()
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '')
const german = (text: string): string => text.replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue').replace(/ß/g, 'ss').replace(/ø/g, 'oe').replace(/æ/g, 'ae').replace(/å/g, 'aa')
const spellings = (word: string): readonly string[] => [...new Set([word, plain(word), german(word), word.normalize('NFD')])]
const wordsOf = (text: string): readonly string[] => fold(text).match(WORD) ?? []
const accountOf = (value: string): string => value.split('\\').at(-1) ?? value
const localPart = (value: string): string => value.split('@')[0] ?? value

interface Names {
  /** Whole names: accounts, addresses, the display name; matched as a part of a path of any length, else as a whole. */
  readonly whole: ReadonlySet<string>
  /** Words of names, and what is built from them. */
  readonly words: ReadonlySet<string>
}

const ACCOUNTS = new Set(['account', 'device_account', 'upn', 'email'])

/** Everything that a person may be called, in lower case. */
function namesOf(user: User): Names {
  const accounts = user.identities.filter(({ kind }) => ACCOUNTS.has(kind)).flatMap(({ kind, value }) => (kind === 'account' ? [value, accountOf(value)] : kind === 'device_account' ? [localPart(value), accountOf(localPart(value))] : [value, localPart(value)]))
  const whole = new Set([user.displayName, accountOf(user.displayName), user.email ?? '', localPart(user.email ?? ''), ...accounts, ...user.identities.map(({ value }) => value)].map(fold).flatMap(spellings).filter((name) => name.length > 0))
  const full = wordsOf(accountOf(user.displayName)).filter((word) => !/^\p{N}+$/u.test(word))
  const first = full[0]
  const last = full.at(-1)
  const built = first === undefined || last === undefined || full.length < 2 ? [] : [first + last, last + first, first.slice(0, 1) + last, last + first.slice(0, 1), first + last.slice(0, 1), first.slice(0, 2) + last, first.slice(0, 1) + last.slice(0, 7)]
  const parts = [user.email ?? '', ...accounts].flatMap((name) => wordsOf(accountOf(localPart(name))))
  const words = new Set([...full, ...built, ...parts].flatMap(spellings).filter((word) => word.length >= LEAST_WORD && !/^\p{N}+$/u.test(word)))
  return { whole, words }
}

interface Compiled {
  readonly whole: ReadonlySet<string>
  readonly pattern: RegExp | undefined
  readonly again: RegExp
}

const compiled = new WeakMap<User, Compiled>()

function compile(user: User): Compiled {
  const known = compiled.get(user)
  if (known !== undefined) return known
  const { whole, words } = namesOf(user)
  const terms = [...new Set([...words, ...[...whole].filter((name) => name.length >= LEAST_WORD)].flatMap((term) => [term, encodeURIComponent(term).toLowerCase()]))].toSorted((a, b) => b.length - a.length)
  const made = {
    whole, pattern: terms.length === 0 ? undefined : new RegExp(terms.map(escape).join('|'), 'giu'),
    // `jane.doe` became two of them.
    again: new RegExp(`${escape(user.pseudonym)}(?:[\\s._,%20+-]*${escape(user.pseudonym)})+`, 'g'),
  }
  compiled.set(user, made)
  return made
}

const isLetter = (char: string): boolean => /[\p{L}\p{M}]/u.test(char)
const isUpper = (char: string): boolean => char !== char.toLowerCase()
const isLower = (char: string): boolean => char !== char.toUpperCase()

/** Whether a match stands for itself: between other letters it must begin like a word of camel case does. */
function stands(text: string, at: number, length: number): boolean {
  if (length >= ANYWHERE) return true
  const before = text[at - 1] ?? ''
  const after = text[at + length] ?? ''
  const starts = !isLetter(before) || (isLower(before) && isUpper(text[at] ?? ''))
  // `alices-macbook`: the owner's s.
  const ends = !isLetter(after) || (isLower(text[at + length - 1] ?? '') && isUpper(after)) || (/s/i.test(after) && !isLetter(text[at + length + 1] ?? ''))
  return starts && ends
}

/** Parts of a path that are a name as a whole, however short. */
const maskParts = (text: string, whole: ReadonlySet<string>, pseudonym: string): string => text.split(/([/\\])/).map((part) => (whole.has(fold(part)) ? pseudonym : part)).join('')

/**
 * Names of known people, for texts of somebody else. Kept up to date with `add`; about five entries a person.
 */
export interface NameIndex {
  /** Puts people in, over what was known of them under the same id. */
  add(users: readonly User[]): void
  remove(userId: string): void
  /** A text without the names of those who are not in `shown`. */
  mask(text: string, shown?: ReadonlySet<string>): string
  /** The same for a host name, in which each part of a person's name counts. */
  maskHost(name: string, shown?: ReadonlySet<string>): string
  readonly size: number
}

interface Entry {
  readonly id: string
  readonly pseudonym: string
}

class Index implements NameIndex {
  /** Name -> everybody who has it. */
  readonly #strong = new Map<string, readonly Entry[]>()
  readonly #words = new Map<string, readonly Entry[]>()
  readonly #people = new Map<string, { readonly strong: readonly string[]; readonly words: readonly string[] }>()

  get size(): number {
    return this.#people.size
  }

  add(users: readonly User[]): void {
    for (const user of users) {
      this.remove(user.id)
      if (user.kind !== 'person') continue
      const { whole } = namesOf(user)
      const full = wordsOf(accountOf(user.displayName))
      const pairs = full.length < 2 ? [] : [`${full[0]} ${full.at(-1)}`, `${full.at(-1)} ${full[0]}`, `${full[0]}${full.at(-1)}`].flatMap(spellings)
      const strong = [...new Set([...[...whole].filter((name) => name.length >= LEAST_WORD), ...pairs])]
      const words = [...new Set([...full, ...[...whole].flatMap((name) => wordsOf(accountOf(localPart(name))))].flatMap(spellings).filter((word) => word.length >= LEAST_WORD && !/^\p{N}+$/u.test(word)))]
      const entry = { id: user.id, pseudonym: user.pseudonym }
      for (const [map, names] of [[this.#strong, strong], [this.#words, words]] as const) for (const name of names) map.set(name, [...(map.get(name) ?? []), entry])
      this.#people.set(user.id, { strong, words })
    }
  }

  remove(userId: string): void {
    const known = this.#people.get(userId)
    if (known === undefined) return
    for (const [map, names] of [[this.#strong, known.strong], [this.#words, known.words]] as const) {
      for (const name of names) {
        const rest = (map.get(name) ?? []).filter((entry) => entry.id !== userId)
        if (rest.length === 0) map.delete(name)
        else map.set(name, rest)
      }
    }
    this.#people.delete(userId)
  }

  /** The pseudonym behind a name; of a name that several people have, nobody's in particular. */
  #behind(map: ReadonlyMap<string, readonly Entry[]>, name: string, shown: ReadonlySet<string> | undefined): string | undefined {
    const found = map.get(name)
    if (found === undefined || found.every((entry) => shown?.has(entry.id) === true)) return undefined
    return found.length === 1 ? found[0]?.pseudonym : UNKNOWN
  }

  mask(text: string, shown?: ReadonlySet<string>): string {
    if (text.length < LEAST_WORD || this.#people.size === 0) return text
    const strong = (name: string) => this.#behind(this.#strong, fold(name), shown)
    let out = strong(text) ?? text.replace(ADDRESS, (address) => strong(address) ?? address)
    if (/[/\\]/.test(out)) out = out.split(/([/\\])/).map((part) => strong(part) ?? part).join('')
    // Words, and two of them beside each other: `Jane Doe`, `doe, jane`, `jane.doe`, `jane_doe`.
    const words = [...out.matchAll(WORD)]
    const cuts: { readonly from: number; readonly to: number; readonly by: string }[] = []
    for (let index = 0; index < words.length; index += 1) {
      const word = words[index]
      if (word === undefined) continue
      const next = words[index + 1]
      const gap = next === undefined ? undefined : out.slice(word.index + word[0].length, next.index)
      if (next !== undefined && gap !== undefined && /^(?:[\s._+-]|,\s?|%20)$/.test(gap)) {
        const by = strong(`${word[0]} ${next[0]}`) ?? strong(`${word[0]}${gap}${next[0]}`)
        if (by !== undefined) {
          cuts.push({ from: word.index, to: next.index + next[0].length, by })
          index += 1
          continue
        }
      }
      const by = word[0].length < LEAST_OTHER ? undefined : strong(word[0])
      if (by !== undefined) cuts.push({ from: word.index, to: word.index + word[0].length, by })
    }
    return cuts.reduceRight((rest, { from, to, by }) => rest.slice(0, from) + by + rest.slice(to), out)
  }

  maskHost(name: string, shown?: ReadonlySet<string>): string {
    const behind = (word: string): string | undefined => this.#behind(this.#words, fold(word), shown) ?? (/s$/i.test(word) ? this.#behind(this.#words, fold(word.slice(0, -1)), shown) : undefined)
    return this.mask(name, shown).replace(/(?<![\p{L}\p{N}-])ANON-[0-9A-Z]{7}|[\p{L}\p{M}\p{N}]+/gu, (word) => (word.startsWith('ANON') ? word : (behind(word) ?? word)))
  }
}

export const createNameIndex = (users: readonly User[] = []): NameIndex => {
  const index = new Index()
  index.add(users)
  return index
}

export interface MaskOptions {
  /** Other people whose names the text may hold. */
  readonly others?: NameIndex
  /** Users whose names may be shown. */
  readonly shown?: ReadonlySet<string>
}

/**
 * A text of somebody's activity without names.
 * @param text any length; a path, a title, an address, a sentence
 * @param user who acted; undefined where nobody is known
 */
export function maskText(text: string, user: User | undefined, { others, shown }: MaskOptions = {}): string {
  if (text === '') return text
  let out = text
  const actor = user === undefined || user.kind === 'system' ? undefined : user
  if (actor !== undefined && shown?.has(actor.id) !== true) {
    const { whole, pattern, again } = compile(actor)
    out = maskParts(out.normalize('NFC'), whole, actor.pseudonym)
    if (pattern !== undefined) out = out.replace(pattern, (match: string, at: number, all: string) => (stands(all, at, match.length) ? actor.pseudonym : match)).replace(again, actor.pseudonym)
  }
  if (others !== undefined) out = others.mask(out, shown)
  const keep = actor !== undefined && shown?.has(actor.id) === true ? compile(actor).whole : undefined
  const home = (whole: string, before: string, name: string): string => (name.startsWith('ANON') || SHARED_HOMES.has(name.toLowerCase()) || keep?.has(fold(name)) === true ? whole : `${before}${UNKNOWN}`)
  out = out.replace(HOMES, home)
  return actor === undefined ? out.replace(MEDIA, home) : out
}
