import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPathMatcher, MAX_ANY_LEVELS, MAX_PATTERN_LENGTH, pathProblem } from './path-pattern.ts'

const ROOT_HOME = '/root'

const holds = (pattern: string, path: string): boolean => createPathMatcher([pattern]).find(path) === 0
/** Rows of a truth table (pattern, path, whether it holds) that do not come true. */
const wrong = (rows: readonly (readonly [pattern: string, path: string, holds: boolean])[]) => rows.filter(([pattern, path, wanted]) => holds(pattern, path) !== wanted)
const raw = String.raw

describe('a pattern that begins at a root', () => {
  test('holds for the folder and everything below it, and for no folder whose name only begins so', () => expect(wrong([
    [raw`C:\temp`, raw`C:\temp`, true], [raw`C:\temp`, raw`C:\temp\a\b.txt`, true], [raw`C:\temp`, raw`C:\temper\b.txt`, false], [raw`C:\temp`, raw`C:\x\temp\b.txt`, false], [raw`C:\temp\\`, raw`C:\temp\a`, true],
    ['/srv/backup', '/srv/backup/a', true], ['/srv/backup/', '/srv/backup', true], ['/srv/backup', '/srv/backups/a', false], ['/srv/backup', '/mnt/srv/backup/a', false],
  ])).toEqual([]))
  test('holds on its own drive, share or system only', () => expect(wrong([
    [raw`C:\temp`, raw`D:\temp\a`, false], [raw`*:\temp`, raw`D:\temp\a`, true], [raw`D:\ `.trim(), raw`D:\any\thing`, true],
    [raw`\\files\public`, raw`\\files\public\a.txt`, true], [raw`\\files\public`, raw`\\FILES\Public\a.txt`, true], [raw`\\files\public`, raw`\\files\publications\a`, false], [raw`\\files\public`, raw`\\other\public\a`, false], [raw`\\files\public`, raw`C:\files\public\a`, false],
    [raw`\\*\public`, raw`\\anything\public\a`, true], ['/temp', raw`C:\temp\a`, false],
  ])).toEqual([]))
  test('sees through the long forms of Windows paths and either separator', () => expect(wrong([
    [raw`C:\temp`, raw`\\?\C:\temp\a`, true], [raw`\\files\public`, raw`\\?\UNC\files\public\a`, true], [raw`C:\temp`, 'C:/temp/a', true], ['C:/temp', raw`C:\temp\a`, true],
  ])).toEqual([]))
})

describe('levels', () => {
  test('* is exactly one, *(n) one to n', () => expect(wrong([
    [raw`C:\Users\*\Desktop`, raw`C:\Users\alice\Desktop\a`, true], [raw`C:\Users\*\Desktop`, raw`C:\Users\Desktop\a`, false], [raw`C:\Users\*\Desktop`, raw`C:\Users\corp\alice\Desktop\a`, false],
    [raw`C:\Users\*(2)\Desktop`, raw`C:\Users\alice\Desktop\a`, true], [raw`C:\Users\*(2)\Desktop`, raw`C:\Users\corp\alice\Desktop\a`, true], [raw`C:\Users\*(2)\Desktop`, raw`C:\Users\a\b\c\Desktop\a`, false], [raw`C:\Users\*(2)\Desktop`, raw`C:\Users\Desktop\a`, false],
    ['/srv/*(3)/out', '/srv/a/b/c/out/x', true], ['/srv/*(3)/out', '/srv/a/b/c/d/out/x', false], ['/a/*(2)/b/*(2)/c', '/a/1/2/b/3/c', true], ['/a/*(2)/b/*(2)/c', '/a/1/b/c', false],
  ])).toEqual([]))
  test('inside a level * stands for any characters of it', () => expect(wrong([
    ['*.tmp', '/home/alice/a.tmp', true], ['*.tmp', '/home/alice/a.tmp.docx', false], ['*.tmp', raw`C:\x\A.TMP`, true], ['/var/log/*.gz', '/var/log/a.gz', true], ['/var/log/*.gz', '/var/log/sub/a.gz', false], ['.~lock.*', '/home/alice/.~lock.plan.odt#', true],
    ['a+(b).[c]', '/x/a+(b).[c]', true], ['a+(b).[c]', '/x/aab.c', false],
  ])).toEqual([]))
})

describe('a pattern without a root', () => {
  test('holds for any path that has its levels in a row, in either style', () => expect(wrong([
    [raw`\public\local\ `.trim(), raw`C:\a\public\local\b`, true], [raw`\public\local\ `.trim(), raw`C:\a\public\x\local\b`, false], [raw`\public\local\ `.trim(), '/srv/public/local/b', true], [raw`\public\local\ `.trim(), raw`\\srv\public\local`, true], [raw`\public\local\ `.trim(), raw`C:\a\mypublic\local\b`, false],
    ['node_modules', '/home/alice/app/node_modules/x.js', true], ['node_modules', raw`C:\app\node_modules\x.js`, true], ['node_modules', '/home/alice/my_node_modules/x', false], [raw`\Users\*\AppData`, raw`D:\Users\bob\AppData\x`, true], ['.git/objects', '/r/.git/objects/a', true], ['.git/objects', '/r/.git/x/objects/a', false],
  ])).toEqual([]))
})

describe('every home', () => {
  test('~ stands for it on every system', () => expect(wrong([
    ['~/.cache', '/home/alice/.cache/x', true], ['~/.cache', `${ROOT_HOME}/.cache/x`, true], ['~/.cache', '/Users/alice/.cache/x', true], ['~/.cache', '/var/home/alice/.cache/x', true], ['~/.cache', raw`C:\Users\alice\.cache\x`, true], ['~/.cache', '/home/alice/app/.cache/x', false], ['~/.cache', '/srv/.cache/x', false],
    [raw`~\AppData\Local`, raw`D:\Users\alice\AppData\Local\x`, true],
  ])).toEqual([]))
})

describe('letter case', () => {
  test('makes a difference only where the system of the path makes one', () => expect(wrong([
    [raw`C:\Temp`, raw`c:\TEMP\a`, true], ['/srv/Backup', '/srv/backup/a', false], ['/srv/Backup', '/srv/Backup/a', true], ['/Users/alice/Library', '/users/Alice/library/x', false], ['/Users/alice/library', '/Users/ALICE/Library/x', true], ['Thumbs.DB', '/srv/thumbs.db', false], ['Thumbs.DB', raw`C:\a\thumbs.db`, true],
  ])).toEqual([]))
  test('a backslash is a separator in Windows paths and a character in others', () => expect(wrong([[raw`C:\a`, raw`C:\a\b`, true], ['b', raw`/x/a\b`, false], ['b', raw`C:\x\a\b`, true]])).toEqual([]))
})

describe('what is no pattern', () => {
  test.each([
    ['', /empty/], ['   ', /empty/], ['/', /every path/], ['*', /every path/], ['*(3)', /every path/], ['/*', /every path/], [raw`\\*`, /every path/], ['~', /every home/], ['~/*', /every home/], ['/a/../b', /never stands/], [raw`C:\.\a`, /never stands/],
    ['/a/*(0)/b', /1 to/], [`/a/*(${MAX_ANY_LEVELS + 1})/b`, /1 to/], ['/a/x*(2)/b', /level of its own/], ['/a\nb', /control/], ['a'.repeat(MAX_PATTERN_LENGTH + 1), /characters/], [`/${'a/'.repeat(70)}`, /levels/],
  ])('%j is refused with its reason', (pattern, reason) => expect(pathProblem(pattern)).toMatch(reason))
  test.each(['/a', raw`C:\ `.trim(), '~/.cache', '*.tmp', raw`\a\ `.trim(), '*:/x', raw`\\server`])('%j is one', (pattern) => expect(pathProblem(pattern)).toBeUndefined())
})

describe('many patterns', () => {
  test('the first that holds is found, whatever stands around it', () => {
    const patterns = ['/x', 'secret', '/srv/a', '/srv', '*.tmp']
    const matcher = createPathMatcher(patterns)
    expect(['/srv/a/b', '/srv/secret/x', '/home/q.tmp', '/home/q'].map((path) => matcher.find(path))).toEqual([2, 1, 4, -1])
  })
  const part = fc.constantFrom('a', 'b', 'c', 'Temp', '.cache', 'x y')
  const paths = fc.array(part, { minLength: 1, maxLength: 5 }).chain((parts) => fc.constantFrom(`/${parts.join('/')}`, `C:\\${parts.join('\\')}`, `\\\\${parts.join('\\')}`))
  const patterns = fc.array(fc.array(fc.oneof(part, fc.constant('*'), fc.constant('*(2)')), { minLength: 1, maxLength: 4 }).chain((parts) => fc.constantFrom(`/${parts.join('/')}`, `C:\\${parts.join('\\')}`, parts.join('/'))), { maxLength: 12 })
  test('a matcher of many says what each says alone', () => {
    fc.assert(fc.property(patterns, paths, (list, path) => {
      const good = list.filter((pattern) => pathProblem(pattern) === undefined)
      expect(createPathMatcher(good).find(path)).toBe(good.findIndex((pattern) => holds(pattern, path)))
    }), { numRuns: 500 })
  })
  test('nothing that a device may call a path is too much', () => {
    const matcher = createPathMatcher(['~/.cache', '/a/*(20)/b/*(20)/c', '*a*b*c*'])
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (path) => {
      expect(matcher.find(path)).toBeGreaterThanOrEqual(-1)
    }), { numRuns: 500 })
    expect(matcher.find(`/a/${'x/'.repeat(4000)}`)).toBe(-1)
    expect(createPathMatcher([`${'*a'.repeat(100)}*b`]).find(`/${'a'.repeat(8000)}`)).toBe(-1)
    expect(createPathMatcher([`/a${'/*(20)/a'.repeat(20)}/b`]).find(`/${'a/'.repeat(500)}`)).toBe(-1)
  })
})
