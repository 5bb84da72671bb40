// Source as JavaScript: types are blanked out in place, so lines and columns stay those of the source, and imports name .js.
//
// A checkout runs its TypeScript as it is (adr/0001). A device does not: Node strips no types below node_modules, the
// stripper costs 12 MB and half of a start, and a read-only /usr has no place for the compile cache.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'

/** Of a whole string that ends in .ts: an import, or the file of a child or worker. */
const NAMES_A_SOURCE = /(['"])((?:\.{1,2}\/)?[\w@./-]*)\.ts\1/g
const NOT_SHIPPED = /(\.test|\.fixture)\.tsx?$|(^|\/)(testing|test-support)(\/|\.ts$)|\.d\.ts$/

/** One file's text: run by a launcher, so without its #! line. Every specifier and file name that ends in .ts ends in .js. */
export const toJavaScript = (source: string): string => stripTypeScriptTypes(source.replace(/^#!.*/, '//')).replace(NAMES_A_SOURCE, '$1$2.js$1')

/** Copies a source folder; TypeScript becomes JavaScript, tests and fixtures stay behind, other files are copied as they are. */
export function copySource(from: string, to: string, inside = ''): void {
  for (const entry of readdirSync(join(from, inside), { withFileTypes: true })) {
    const path = join(inside, entry.name)
    if (NOT_SHIPPED.test(entry.isDirectory() ? `${path}/` : path)) continue
    if (entry.isDirectory()) {
      copySource(from, to, path)
      continue
    }
    const target = join(to, path).replace(/\.ts$/, '.js')
    mkdirSync(dirname(target), { recursive: true })
    if (path.endsWith('.ts')) writeFileSync(target, toJavaScript(readFileSync(join(from, path), 'utf8')), { mode: 0o644 })
    else cpSync(join(from, path), target)
  }
}
