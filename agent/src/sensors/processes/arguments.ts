// How command lines of programs that send files are taken apart. Of a command line only hosts and names of files are kept.

export interface Command {
  readonly executable: string
  readonly name: string
  readonly arguments: readonly string[]
  readonly cwd: string
  /** A path, `pipe`, or empty. */
  readonly input: string
  readonly parentName: string
}

export const MAX_DESTINATION = 256

/** Host, and port where one is given, of an address with or without a scheme; never its user, password or path. */
export function hostOf(address: string): string {
  const match = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/?#]*@)?(\[[0-9a-f:.]+\](?::\d+)?|[^/?#@\s]+)/i.exec(address.trim())
  return (match?.[1] ?? '').toLowerCase().slice(0, MAX_DESTINATION)
}

/** `user@host:path`, `host::module`, `scheme://host/…`; a local path has a slash before its first colon (scp(1), rsync(1)). */
export function remoteHostOf(operand: string): string | undefined {
  if (/^(?:scp|sftp|rsync|ssh):\/\//i.test(operand)) return hostOf(operand)
  const bracket = /^(?:[^@/]*@)?(\[[0-9a-f:.]+\]):/i.exec(operand)
  if (bracket?.[1] !== undefined) return bracket[1].toLowerCase()
  const colon = operand.indexOf(':')
  if (colon <= 0 || operand.slice(0, colon).includes('/')) return undefined
  return operand.slice(operand.lastIndexOf('@', colon) + 1, colon).toLowerCase().slice(0, MAX_DESTINATION)
}

export interface Words {
  readonly operands: readonly string[]
  /** Option, as it was written without its dashes, to its values. */
  readonly options: ReadonlyMap<string, readonly string[]>
}

/**
 * Takes a command line apart as getopt_long does.
 *
 * @param short letters of options that take a value
 * @param long names of long options that take a value in the next word
 */
export function parseWords(words: readonly string[], short: string, long: readonly string[] = []): Words {
  const operands: string[] = []
  const options = new Map<string, string[]>()
  const set = (name: string, value: string): void => void options.set(name, [...(options.get(name) ?? []), value])
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    if (word === '--') {
      operands.push(...words.slice(index + 1))
      break
    }
    if (word.startsWith('--')) {
      const equals = word.indexOf('=')
      const name = word.slice(2, equals < 0 ? undefined : equals)
      set(name, equals >= 0 ? word.slice(equals + 1) : long.includes(name) ? (words[++index] ?? '') : '')
    } else if (word.startsWith('-') && word.length > 1) {
      for (let at = 1; at < word.length; at++) {
        const letter = word[at] ?? ''
        if (!short.includes(letter)) {
          set(letter, '')
          continue
        }
        set(letter, at + 1 < word.length ? word.slice(at + 1) : (words[++index] ?? ''))
        break
      }
    } else operands.push(word)
  }
  return { operands, options }
}

/** Values of any of these options. */
export const valuesOf = ({ options }: Words, ...names: string[]): readonly string[] => names.flatMap((name) => options.get(name) ?? [])

/** Where to, and which files; undefined when nothing is sent. */
export type Reading = { readonly destination: string; readonly files: readonly string[] } | undefined
export type Rule = (command: Command) => Reading

/** What stands behind the standard input. */
export const inputFiles = ({ input }: Command): readonly string[] => (input.startsWith('/') ? [input] : [])
