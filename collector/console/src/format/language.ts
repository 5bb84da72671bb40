// The language in which numbers, times and words are written. One for the whole page: the catalogue sets it when it changes,
// and everything that is on the screen is made anew.

export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

let current: Language = 'en'
let words: Readonly<Record<string, string>> = {}

export const language = (): Language => current

/** @param known  words for ids that the server names and the catalogue has no key for (`file_copied`), in that language */
export const setLanguage = (next: Language, known: Readonly<Record<string, string>> = {}): void => {
  current = next
  words = known
}

/** The word of the present language for an id, if there is one. */
export const wordOf = (id: string): string | undefined => words[id]

/** The first of the wanted languages (`de-AT`, `en`) that we have; English when there is none. */
export const matchLanguage = (wanted: readonly string[]): Language => {
  for (const tag of wanted) {
    const found = LANGUAGES.find((one) => one === tag.toLowerCase().split('-')[0])
    if (found !== undefined) return found
  }
  return 'en'
}
