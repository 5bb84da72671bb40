// @vitest-environment node
// Every page offers itself as a command and as an address of the API. The real command line must take each command as it is
// written, and the collector's own table of routes must know each address.
import { routeRules } from '@holdfast/collector/access/routes.ts'
import { buildProgram } from '@holdfast/collector/cli/program.ts'
import { describe, expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSearchParams } from './search-params.ts'
import { commandLine, twinPaths, twinsOf } from './twins.ts'

type Command = ReturnType<typeof buildProgram>

/** The program with its parser as it is and its deeds taken out. */
const parser = (): { readonly program: Command; readonly ran: () => readonly string[] } => {
  const ran: string[] = []
  const quieten = (command: Command, path: readonly string[]): void => {
    command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
    command.action(() => void ran.push(path.join(' ')))
    for (const child of command.commands) quieten(child, [...path, child.name()])
  }
  const program = buildProgram(() => Promise.resolve())
  for (const child of program.commands) quieten(child, [child.name()])
  program.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
  return { program, ran: () => ran }
}

/** What a POSIX shell makes of the line. */
const words = (line: string): readonly string[] => [...line.matchAll(/(?:'[^']*'|\\.|[^\s'\\])+/g)].map(([word]) => word.replaceAll(/'([^']*)'|\\(.)/g, (_all, quoted: string | undefined, escaped: string | undefined) => quoted ?? escaped ?? ''))

const addresses: readonly string[] = [
  ...twinPaths,
  '/alerts?severity=high&severity=low&status=needs_review&policyId=pol_1&factor=sequence&assignee=me&assignee=nobody&trigger=manual&dismissReason=not_impactful&hasCase=false&overdue=true&userId=u_1&search=ANON-1&from=now-7d&to=2026-11-02&sort=-score',
  '/alerts?hasCase=true&from=all', '/alerts?search=it%27s%20%24HOME%20%3B%20rm',
  '/users?search=ANON-4&show=openAlerts&show=trigger&show=byHand&show=priority&show=highImpact&show=inCase', '/cases?status=active&status=closed&assigneeId=me&userId=u_1&due=overdue&search=two%20words',
  '/content?case=cs_1&state=verified&fileType=pdf', '/content?alert=al_1', '/content?user=u_1', '/audit?category=alerts&category=users&action=user.revealed&actor=ada&subject=ANON-1&target=al_1&from=2026-03-01T00:00:00.000Z&to=2026-03-02T00:00:00.000Z',
  '/audit/who-looked-at?person=k.haas%40example.com', '/devices?search=lt-15', '/requests?tab=over', '/users/ANON%20%2F1',
]
const twins = addresses.map((address) => {
  const [path = '', search = ''] = address.split('?')
  return { address, twins: twinsOf(path, parseSearchParams(search)) }
})

describe('the command of a page', () => {
  test.each(twins.filter(({ twins: one }) => one?.command !== undefined).map(({ address, twins: one }) => [address, commandLine(one?.command ?? [])]))('%s is taken by the command line: %s', async (_address, line) => {
    const { program, ran } = parser()
    const [name, ...argv] = words(line)
    expect(name).toBe('holdfast')
    await program.parseAsync([...argv], { from: 'user' })
    expect(ran()).toHaveLength(1)
    expect(line.startsWith(`holdfast ${ran()[0] ?? '-'}`)).toBe(true)
  })
  test('says the filters of the page, quoted for a shell', () => {
    const lineOf = (start: string): string => commandLine(twins.find(({ address }) => address.startsWith(start))?.twins?.command ?? [])
    expect(lineOf('/alerts?severity')).toBe('holdfast alert list --severity high --severity low --status needs_review --policy pol_1 --factor sequence --assignee me --assignee nobody --trigger manual --dismiss-reason not_impactful --user u_1 --from now-7d --to 2026-11-02 --search ANON-1 --no-has-case --overdue --sort -score')
    expect(lineOf('/alerts?search')).toBe(String.raw`holdfast alert list --from now-30d --search 'it'\''s $HOME ; rm'`)
    expect(lineOf('/cases?')).toBe("holdfast case list --status active --status closed --assignee me --user u_1 --due overdue --search 'two words'")
  })
  test('would be refused if it were none', async () => {
    await expect(parser().program.parseAsync(['alert', 'list', '--severe', 'high'], { from: 'user' })).rejects.toThrow(/severe/)
  })
})

describe('the JSON of a page', () => {
  test('stands at an address that the collector has', () => {
    const routes = Object.keys(routeRules).filter((route) => route.startsWith('GET ')).map((route) => new RegExp(`^${route.slice(4).replaceAll(/:[A-Za-z]+/g, '[^/]+')}$`))
    expect(twins.flatMap(({ twins: one }) => (one === undefined || routes.some((route) => route.test(one.json.split('?')[0] ?? '')) ? [] : [one.json]))).toEqual([])
  })
  test('and a command or an address is there for every page of the router', () => {
    const pages = [...readFileSync(join(import.meta.dirname, 'router.tsx'), 'utf8').matchAll(/path: '([^']+)'/g)].map(([, path]) => (path ?? '').replaceAll(/\$\w+/g, 'id_1'))
    // Made here and not yet anywhere else; reached by a link alone.
    const alone = new Set(['/policies/new', '/reports/shared/id_1', '/shared/id_1'])
    expect(pages.length).toBeGreaterThan(20)
    expect(pages.filter((path) => !alone.has(path) && !['/content', '/audit/who-looked-at'].includes(path) && twinsOf(path, {}) === undefined)).toEqual([])
  })
})
