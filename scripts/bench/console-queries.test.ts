import { describe, expect, test } from 'vitest'
import { routeRules } from '@holdfast/collector/access/routes.ts'
import { consoleQueries, notAsked } from './console-queries.ts'

const subject = { user: 'USER', pseudonym: 'PSEUDONYM', device: 'DEVICE', alert: 'ALERT', caseId: 'CASE', policy: 'POLICY', account: 'ACCOUNT' }
/** Path of a question as the table of routes has it. */
const routeOf = (path: string): string => `/api/v1/${(path.split('?')[0] ?? '').split('/').map((part) => (['USER', 'DEVICE', 'ALERT', 'CASE', 'POLICY'].includes(part) ? ':id' : part)).join('/')}`.replace('/groups/default', '/groups/:name')
const routes = Object.keys(routeRules).flatMap((rule) => (rule.startsWith('GET ') ? [rule.slice(4)] : []))

describe('the questions of the console that are measured', () => {
  test('every route that answers a question is asked, or says why it is not', () => {
    const asked = new Set(Object.values(consoleQueries).map((pathOf) => routeOf(pathOf(subject))))
    const forgotten = routes.filter((route) => !asked.has(route) && !notAsked.some(({ route: left }) => left.test(route)))
    expect(forgotten).toEqual([])
  })

  test('no question is about a route that is not there', () => {
    const strange = Object.values(consoleQueries).map((pathOf) => routeOf(pathOf(subject))).filter((route) => !routes.includes(route))
    expect(strange).toEqual([])
  })
})
