// apt.conf(5): `APT::Periodic::Unattended-Upgrade "1";`, the same as nested blocks, and comments of three kinds.
const MAX_DEPTH = 32

/**
 * @param texts the contents of the files in the order in which apt reads them; a later value wins
 * @returns full name in lower case (`apt::periodic::enable`) -> value
 */
export function parseAptConfig(texts: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const text of texts) {
    const scope: string[] = []
    let name = ''
    let value: string | undefined
    const finish = (): void => {
      if (name !== '' && value !== undefined) values.set([...scope, name].join('::').toLowerCase(), value)
      name = ''
      value = undefined
    }
    // Comments (`//`, `#` but not `#clear`, `/* */`), strings, the three marks, and bare words.
    for (const [token] of text.matchAll(/\/\/[^\n]*|#(?!clear|include)[^\n]*|\/\*[\s\S]*?\*\/|"[^"\n]*"|[{};]|[^\s{};"]+/g)) {
      if (token.startsWith('//') || token.startsWith('/*') || token.startsWith('#')) continue
      if (token === '{') {
        if (scope.length < MAX_DEPTH) scope.push(name)
        name = ''
        value = undefined
      } else if (token === '}') {
        finish()
        scope.pop()
      } else if (token === ';') finish()
      else if (name === '' && !token.startsWith('"')) name = token
      else value = token.startsWith('"') ? token.slice(1, -1) : token
    }
    finish()
  }
  return values
}
