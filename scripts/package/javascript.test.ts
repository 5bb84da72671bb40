import { describe, expect, it } from 'vitest'
import { toJavaScript } from './javascript.ts'
import { packageVersion, parseVersion } from './product.ts'
import { purl } from './sbom.ts'

describe('source that is shipped', () => {
  it('keeps its lines and columns, and imports what is shipped', () => {
    const source = "#!/usr/bin/env node\nimport type { A } from './a.ts'\nimport { b } from '../b/c.ts'\nexport const d = (e: string): number => b(e, import('./f.ts'))\n"
    const lines = toJavaScript(source).split('\n')
    expect(lines).toHaveLength(source.split('\n').length)
    expect(lines[0]).toBe('//')
    expect(lines[1]?.trim()).toBe('')
    expect(lines[2]).toBe("import { b } from '../b/c.js'")
    expect(lines[3]).toMatch(/^export const d = \(e {8}\) {8} => b\(e, import\('\.\/f\.js'\)\)$/)
  })

  it('names the file of a child as it is shipped, and leaves other texts alone', () => {
    expect(toJavaScript("fork(join(dir, 'inspect-child.ts'))")).toContain("'inspect-child.js'")
    expect(toJavaScript("say('has no row in access/routes.ts, mend it')")).toContain('access/routes.ts,')
  })
})

describe('versions of packages', () => {
  it('sort a pre-release before its release, as Debian and RPM do', () => {
    expect(packageVersion('1.4.0-rc.1')).toBe('1.4.0~rc.1')
  })
  it.each(['1.4', '1.4.0; rm -rf /', '../1.4.0', ''])('"%s" is refused', (text) => {
    expect(() => parseVersion(text)).toThrow(/is no version/)
  })
  it('name a scoped package as package-url does', () => {
    expect(purl('@nats-io/nkeys', '2.0.3')).toBe('pkg:npm/%40nats-io/nkeys@2.0.3')
  })
})
