// Paths and patterns of them, as a policy names what is left out.
import { matchesGlob } from 'node:path'

export const isWithin = (path: string, folder: string): boolean => folder === '/' || path === folder || (path.startsWith(folder) && path.charCodeAt(folder.length) === 47)

type Matcher = (path: string) => boolean

const plain = (text: string): boolean => !/[*?[\]{}!]/.test(text)

/**
 * The common shapes of a glob as string tests; the rest through the glob of Node.
 *
 * `name` and `*.tmp` match any part of a path; a folder that is excluded excludes all that is in it.
 */
export function compileExclude(glob: string): Matcher {
  const trimmed = glob.replace(/\/\*\*?$/, '').replace(/\/$/, '')
  const inner = trimmed.replace(/^\*\*\//, '')
  // `**/node_modules/**`, `node_modules`, `**/.cache/yarn`
  if (plain(inner) && !inner.startsWith('/')) {
    const middle = `/${inner}/`
    return (path) => path.includes(middle) || path.endsWith(middle.slice(0, -1))
  }
  // `/var/cache/**`, `/var/cache`
  if (plain(trimmed) && trimmed.startsWith('/')) return (path) => isWithin(path, trimmed)
  const suffix = inner.slice(1)
  // `*.tmp`, `**/*.tmp`
  if (inner.startsWith('*') && !inner.startsWith('**') && plain(suffix) && !suffix.includes('/')) return (path) => path.endsWith(suffix)
  const pattern = trimmed.startsWith('/') || trimmed.startsWith('**') ? trimmed : `**/${trimmed}`
  return (path) => matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`)
}
