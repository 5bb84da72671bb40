// What the catalogue is to the type checker: a flat list of its keys. Types that read the text behind each key to find its
// variables are, with a catalogue of this size, more than the compiler follows (TS2589); a test reads the texts instead.
import type { en } from './en.ts'

type LeafOf<T, Prefix extends string = ''> = { [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : LeafOf<T[K], `${Prefix}${K}.`> }[keyof T & string]
type Leaf = LeafOf<typeof en>
type Singular<K extends string> = K extends `${infer Base}_one` ? Base : never

/** Everything that `t` takes: a text by its path; one that counts without its plural's ending. */
export type CatalogueKey = Exclude<Leaf, `${string}_one` | `${string}_other`> | Singular<Leaf>

/** A catalogue of another language: the same keys, no more and no fewer. */
export type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]> }

/** @param values  what the text names in double braces; `count` chooses the plural */
export type Translate = (key: CatalogueKey, values?: Readonly<Record<string, string | number | undefined>>) => string
