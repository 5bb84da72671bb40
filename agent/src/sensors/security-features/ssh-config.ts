// sshd_config(5): what sshd would do for everybody, without asking it (`sshd -T` needs host keys and root).
//
// The first value of a keyword wins. `Include` is read where it stands, relative to /etc/ssh. What follows a `Match` holds
// for some only and is left out, to the end of the file that it stands in; in an included file that is the end of that file.
const MAX_FILES = 64
const MAX_DEPTH = 16

export interface ConfigSource {
  text(path: string): string | undefined
  list(folder: string): readonly string[]
}

/** `*`, `?` and the text itself; sshd uses glob(3), and nobody writes brackets there. */
const globToRegExp = (glob: string): RegExp => new RegExp(`^${glob.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}$`)

function expand(source: ConfigSource, pattern: string): readonly string[] {
  const path = pattern.startsWith('/') ? pattern : `/etc/ssh/${pattern}`
  if (!/[*?]/.test(path)) return [path]
  const at = path.lastIndexOf('/')
  const matches = globToRegExp(path.slice(at + 1))
  // A glob does not match what begins with a dot.
  return source.list(path.slice(0, at)).filter((name) => matches.test(name) && !name.startsWith('.')).map((name) => `${path.slice(0, at)}/${name}`)
}

/** Words of a line: apart by white space or one `=`, quoted where they hold spaces. */
const wordsOf = (line: string): readonly string[] => [...line.replace(/^(\S+?)\s*=\s*/, '$1 ').matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '')

/** @returns lower-case keyword -> its value for everybody, undefined when there is no such file */
export function parseSshdConfig(source: ConfigSource, path = '/etc/ssh/sshd_config'): ReadonlyMap<string, string> | undefined {
  const values = new Map<string, string>()
  let files = 0
  const visit = (file: string, depth: number): boolean => {
    const text = source.text(file)
    if (text === undefined || ++files > MAX_FILES) return false
    for (const line of text.split('\n')) {
      const [keyword, ...rest] = wordsOf(line.trim())
      if (keyword === undefined || keyword.startsWith('#')) continue
      const name = keyword.toLowerCase()
      if (name === 'match') {
        // `Match all` holds for everybody.
        if (rest.length === 1 && rest[0]?.toLowerCase() === 'all') continue
        return true
      }
      if (name !== 'include') {
        const comment = rest.findIndex((word) => word.startsWith('#'))
        const value = (comment < 0 ? rest : rest.slice(0, comment)).join(' ')
        if (!values.has(name) && value !== '') values.set(name, value)
      } else if (depth < MAX_DEPTH) {
        for (const included of rest.flatMap((pattern) => expand(source, pattern))) visit(included, depth + 1)
      }
    }
    return true
  }
  return visit(path, 0) ? values : undefined
}
