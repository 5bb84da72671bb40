import { describe, expect, test } from 'vitest'
import { alertFilter, alertSearchParams, filterDocument, isFiltered, nextSort, parseAlertSearch, searchOfView } from '../pages/alerts/alert-search.ts'
import { countOf, isChosen, nothing, toggle, togglePage } from '../pages/alerts/selection.ts'
import { isTyping, nextKey } from './keyboard/key-sequence.ts'
import { parseSearchParams, stringifySearchParams } from './search-params.ts'

describe('filters in the URL', () => {
  const all = '?severity=high&severity=low&status=confirmed&policyId=p_1&factor=sequence&assignee=me&assignee=nobody&trigger=manual&dismissReason=not_impactful&hasCase=false&overdue=true&userId=u_1&search=ANON-1&from=now-7d&to=2026-11-02&sort=-score&alert=al_1'
  test('what is written into the URL is read back the same', () => {
    const search = parseAlertSearch(parseSearchParams(all))
    expect(search).toMatchObject({ severity: ['high', 'low'], policyId: ['p_1'], assignee: ['me', 'nobody'], hasCase: 'false', overdue: 'true', from: 'now-7d', to: '2026-11-02', alert: 'al_1' })
    expect(parseAlertSearch(parseSearchParams(stringifySearchParams(alertSearchParams(search))))).toEqual(search)
  })
  test('addresses of before say what they said', () => {
    expect([parseAlertSearch({ range: '7d', policy: 'p_1' }).from, parseAlertSearch({ range: 'all' }).from, parseAlertSearch({ range: 'all', policy: 'p_1' }).policyId]).toEqual(['now-7d', 'all', ['p_1']])
  })
  test('defaults stay out of the URL', () => {
    expect(stringifySearchParams(alertSearchParams(parseAlertSearch({})))).toBe('')
  })
  test('unknown values fall back instead of reaching the API', () => {
    expect(parseAlertSearch({ severity: ['worst', 'high'], status: 'gone', from: 'aeon', to: '2026-99-99', sort: 'name; drop', policyId: [''], factor: 'x', hasCase: 'perhaps', assignee: 'a b' })).toEqual({ ...parseAlertSearch({}), severity: ['high'] })
  })
  test('a relative time stays the same question however late it is, and any time asks for none', () => {
    expect(alertFilter(parseAlertSearch({ from: 'now-24h' }))).toMatchObject({ from: 'now-24h', sort: '-updatedAt' })
    expect(alertFilter(parseAlertSearch({ from: 'all', alert: 'al_1' }))).not.toHaveProperty('from')
    expect(alertFilter(parseAlertSearch({ alert: 'al_1' }))).not.toHaveProperty('alert')
  })
  test('a view holds the filter as a document, and gives it back as an address', () => {
    const search = parseAlertSearch(parseSearchParams(all))
    const { alert: _alert, ...rest } = search
    expect(filterDocument(search)).toMatchObject({ severity: ['high', 'low'], hasCase: false, overdue: true, from: 'now-7d', to: '2026-11-02' })
    expect(searchOfView(filterDocument(search), search.sort)).toEqual(rest)
    expect([filterDocument(parseAlertSearch({ from: 'all' })), searchOfView({}, undefined).from]).toEqual([{}, 'all'])
  })
  test('only the unbounded view without filters counts as unfiltered', () => {
    expect([isFiltered(parseAlertSearch({ from: 'all' })), isFiltered(parseAlertSearch({})), isFiltered(parseAlertSearch({ from: 'all', severity: 'low' })), isFiltered(parseAlertSearch({ from: 'all', overdue: 'true' }))]).toEqual([false, true, true, true])
  })
  test('a column sorts downwards first and then turns round', () => {
    expect([nextSort('-updatedAt', 'score'), nextSort('-score', 'score'), nextSort('score', 'score')]).toEqual(['-score', 'score', '-score'])
  })
})

describe('what is chosen', () => {
  const shown = ['a', 'b', 'c']
  test('one is chosen and let go, the page is chosen whole and let go whole', () => {
    const one = toggle(nothing, 'a', shown)
    expect([isChosen(one, 'a'), isChosen(one, 'b'), countOf(toggle(one, 'a', shown))]).toEqual([true, false, 0])
    const page = togglePage(one, shown)
    expect([countOf(page), countOf(togglePage(page, shown)), countOf(togglePage(nothing, []))]).toEqual([3, 0, 0])
  })
  test('letting one go of all that match leaves what is shown, and nothing that is not', () => {
    const left = toggle({ kind: 'matching', count: 900 }, 'b', shown)
    expect([countOf({ kind: 'matching', count: 900 }), isChosen({ kind: 'matching', count: 900 }, 'z'), countOf(left), isChosen(left, 'b'), isChosen(left, 'z')]).toEqual([900, true, 2, false, false])
  })
})

describe('keys', () => {
  const bindings = new Set(['j', 'g a', 'a'])
  test('two keys in time make a sequence', () => {
    const first = nextKey(undefined, 'g', 100, bindings)
    expect(first).toEqual({ match: undefined, pending: { key: 'g', atMs: 100 } })
    expect(nextKey(first.pending, 'a', 900, bindings).match).toBe('g a')
  })
  test('a second key that comes too late stands for itself', () => {
    expect(nextKey({ key: 'g', atMs: 0 }, 'a', 5000, bindings).match).toBe('a')
  })
  test('a key without a meaning ends a sequence', () => {
    expect(nextKey({ key: 'g', atMs: 0 }, 'x', 10, bindings)).toEqual({ match: undefined, pending: undefined })
  })
  test('a key in a field, a list or a menu belongs to it', () => {
    document.body.innerHTML = '<input id="a"><textarea id="b"></textarea><div role="listbox"><span id="c"></span></div><button id="d"></button>'
    expect(['a', 'b', 'c', 'd'].map((id) => isTyping(document.querySelector(`#${id}`)))).toEqual([true, true, true, false])
    document.body.innerHTML = '<input type="checkbox" id="e"><input type="radio" id="f">'
    expect([isTyping(document.querySelector('#e')), isTyping(document.querySelector('#f')), isTyping(null)]).toEqual([false, true, false])
  })
})
