// The URL's search part: repeated keys for lists, plain text else, so that a person can read and write it.

export type SearchRecord = Record<string, string | readonly string[] | undefined>

/** `?severity=high&severity=low&sort=-score` as a record; a key that stands once is text, one that repeats is a list. */
export const parseSearchParams = (text: string): SearchRecord => {
  const record: SearchRecord = {}
  const parameters = new URLSearchParams(text)
  for (const key of new Set(parameters.keys())) {
    const values = parameters.getAll(key)
    record[key] = values.length > 1 ? values : values[0]
  }
  return record
}

/** The inverse: empty lists, empty texts and what is undefined are left out. */
export const stringifySearchParams = (record: Record<string, unknown>): string => {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(record)) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(key, String(one))
  }
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

/** The values of `key` that are among `allowed`; unknown ones are dropped, since a URL is outside input. */
export const listOf = <T extends string>(value: unknown, allowed: readonly T[]): readonly T[] => {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value]
  return allowed.filter((one) => given.includes(one))
}

export const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '')

export const oneOf = <T extends string, F extends T | undefined>(value: unknown, allowed: readonly T[], fallback: F): T | F => allowed.find((one) => one === value) ?? fallback

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
