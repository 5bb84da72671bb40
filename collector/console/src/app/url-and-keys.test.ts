import { describe, expect, test } from 'vitest'
import { alertFilter, alertSearchParams, isFiltered, nextSort, parseAlertSearch } from '../pages/alerts/alert-search.ts'
import { isTyping, nextKey } from './keyboard/key-sequence.ts'
import { parseSearchParams, stringifySearchParams } from './search-params.ts'

const NOW = Date.parse('2026-11-23T21:34:56Z')

describe('filters in the URL', () => {
  test('what is written into the URL is read back the same', () => {
    const search = parseAlertSearch(parseSearchParams('?severity=high&severity=low&status=confirmed&policy=p%201&range=7d&sort=-score&alert=al_1'))
    expect(search).toEqual({ severity: ['high', 'low'], status: ['confirmed'], policy: ['p 1'], range: '7d', sort: '-score', alert: 'al_1' })
    expect(parseAlertSearch(parseSearchParams(stringifySearchParams(alertSearchParams(search))))).toEqual(search)
  })
  test('defaults stay out of the URL', () => {
    expect(stringifySearchParams(alertSearchParams(parseAlertSearch({})))).toBe('')
  })
  test('unknown values fall back instead of reaching the API', () => {
    expect(parseAlertSearch({ severity: ['worst', 'high'], status: 'gone', range: 'aeon', sort: 'name; drop', from: '2026-99-99', policy: [''] })).toEqual({ severity: ['high'], status: [], policy: [], range: '30d', sort: '-updatedAt' })
  })
  test('a relative range ends at no fixed time and is the same question for an hour', () => {
    const filter = alertFilter(parseAlertSearch({ range: '24h' }), NOW)
    expect(filter).toEqual({ severity: [], status: [], policyId: [], sort: '-updatedAt', from: '2026-11-22T21:00:00.000Z' })
    expect(alertFilter(parseAlertSearch({ range: '24h' }), NOW + 60_000)).toEqual(filter)
  })
  test('a custom range includes its last day, and only it carries days', () => {
    expect(alertFilter(parseAlertSearch({ range: 'custom', from: '2026-11-01', to: '2026-11-02' }), NOW)).toMatchObject({ from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T23:59:59.999Z' })
    expect(alertFilter(parseAlertSearch({ range: 'all', from: '2026-11-01' }), NOW)).not.toHaveProperty('from')
  })
  test('only the unbounded view without filters counts as unfiltered', () => {
    expect([isFiltered(parseAlertSearch({ range: 'all' })), isFiltered(parseAlertSearch({})), isFiltered(parseAlertSearch({ range: 'all', severity: 'low' }))]).toEqual([false, true, true])
  })
  test('a column sorts downwards first and then turns round', () => {
    expect([nextSort('-updatedAt', 'score'), nextSort('-score', 'score'), nextSort('score', 'score')]).toEqual(['-score', 'score', '-score'])
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
    expect(isTyping(null)).toBe(false)
  })
})
