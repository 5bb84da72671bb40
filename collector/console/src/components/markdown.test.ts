import { describe, expect, test } from 'vitest'
import { blocksOf, inlineParts } from './markdown.tsx'

describe('notes in Markdown', () => {
  test('are paragraphs and lists, as they were written', () => {
    expect(blocksOf('One\ntwo\n\n- a\n- b\nafter\r\n\r\n* c')).toEqual([{ kind: 'paragraph', lines: ['One', 'two'] }, { kind: 'list', lines: ['a', 'b'] }, { kind: 'paragraph', lines: ['after'] }, { kind: 'list', lines: ['c'] }])
    expect(blocksOf('')).toEqual([])
  })
  test('hold bold, italic and code, and nothing else: HTML and links stay what they are', () => {
    expect(inlineParts('a **b** *c* `d*e*`')).toEqual([{ kind: 'text', text: 'a ' }, { kind: 'bold', text: 'b' }, { kind: 'text', text: ' ' }, { kind: 'italic', text: 'c' }, { kind: 'text', text: ' ' }, { kind: 'code', text: 'd*e*' }])
    for (const text of ['<img src=x onerror=alert(1)>', '[x](javascript:alert(1))', '** not', '**', '`', 'a * b * c'.replace(' * b * ', ' *'), 'https://evil.example']) expect(inlineParts(text).map((part) => part.text).join('')).toBe(text)
  })
})
