import { toWireTimestamp, type wire } from '@holdfast/proto'
import { describe, expect, it } from 'vitest'
import { contentProblem } from './content.ts'

const problem = (inspection: wire.ContentInspection.$Properties) => contentProblem({ issuedAt: toWireTimestamp(1), expiresAt: toWireTimestamp(2), inspection })

describe('inspection that a policy asks for', () => {
  it('is taken when it is well made', () => {
    expect(problem({ enabled: true, types: ['iban', 'a_type_of_tomorrow'], minConfidence: 75, customTypes: [{ id: 'badge', pattern: 'HF-[0-9]{6}', keywords: ['badge'], keywordRequired: true }], labels: [{ id: 'x', name: 'Secret' }] })).toBeUndefined()
  })

  it.each<[string, wire.ContentInspection.$Properties]>([
    ['a pattern that no linear engine runs', { customTypes: [{ id: 'x', pattern: '(?<=a)b' }] }], ['a pattern that is none', { customTypes: [{ id: 'x', pattern: '(' }] }], ['more custom types than can be carried', { customTypes: Array.from({ length: 101 }, (_, at) => ({ id: `t${at}`, pattern: 'a' })) }],
    ['a confidence above 100', { minConfidence: 101 }], ['more of a file than fits into memory', { maxFileBytes: 2 ** 30 }], ['a label of a thousand letters', { labels: [{ id: 'x', name: 'n'.repeat(1000) }] }], ['a type that is no name', { types: ['a b'] }],
  ])('is refused with %s', (_, inspection) => {
    expect(problem({ enabled: true, ...inspection })).toMatch(/^inspection/)
  })
})
