import Type from 'typebox'
import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { readableShapes } from './shape-problems.ts'

const schema = Type.Object({
  status: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('closed')])), limit: Type.Optional(Type.Integer({ minimum: 1 })), mode: Type.Optional(Type.Literal('fast')),
  inner: Type.Optional(Type.Object({ a: Type.Optional(Type.String()) }, { additionalProperties: false })),
}, { additionalProperties: false })
const told = (value: unknown) => readableShapes([...Value.Errors(schema, value)], ['status', 'limit', 'mode', 'inner']).map(({ instancePath, message }) => `${instancePath} ${message}`)

describe('what is wrong with a shape', () => {
  test.each([
    ['choices are named together', { status: 'bogus' }, ['/status must be one of open, closed']],
    ['a single choice is named', { mode: 'slow' }, ['/mode must be fast']],
    ['a key that is not known is told once, with the nearest', { limits: 3 }, ['/limits is not known; the nearest is "limit"']],
    ['a key inside is named by its place', { inner: { b: 1 } }, ['/inner/b is not known']],
    ['what is told well already stays', { limit: 0 }, ['/limit must be >= 1']],
  ] as const)('%s', (_, value, expected) => {
    expect(told(value)).toEqual(expected)
  })
})
