// Requests against their schemas. Bodies are taken as they are; queries are text, so numbers and lists are read first.
import type { FastifySchemaCompiler } from 'fastify'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import type { TSchema } from 'typebox'
import { readableShapes } from '../domain/policies/shape-problems.ts'

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, { readonly type?: string }>>
}

/** Text of an address as what the schema asks for; text that is not exactly that stays text, and is refused. */
function readWord(type: string | undefined, word: unknown): unknown {
  if (typeof word !== 'string') return word
  if (type === 'integer' || type === 'number') return /^-?\d{1,15}(\.\d{1,15})?$/.test(word) ? Number(word) : word
  if (type === 'boolean') return word === 'true' ? true : word === 'false' ? false : word
  return word
}

/** `?severity=high&severity=low` and `?severity=high,low` alike become lists where the schema has one. */
function readAddress(schema: ObjectSchema, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const out: Record<string, unknown> = { ...value }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const given = out[name]
    if (given === undefined) continue
    if (property.type !== 'array') out[name] = readWord(property.type, given)
    else out[name] = (Array.isArray(given) ? given : [given]).flatMap((entry: unknown) => (typeof entry === 'string' ? entry.split(',') : [entry]))
  }
  return out
}

export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema)
  return (value: unknown) => {
    const read = httpPart === 'querystring' || httpPart === 'params' ? readAddress(schema, value) : value
    const filled = Value.Default(schema, read)
    if (check.Check(filled)) return { value: filled }
    // Closed schemas: an unknown key is named, so that a typo does not pass as "no filter".
    const errors = readableShapes([...check.Errors(filled)], Object.keys((schema as ObjectSchema).properties ?? {})).slice(0, 10).map((problem) => ({ keyword: problem.keyword, instancePath: problem.instancePath, schemaPath: problem.schemaPath, params: problem.params as unknown as Record<string, unknown>, message: problem.message }))
    return { error: Object.assign(new Error('not valid'), { validation: errors, validationContext: httpPart ?? '' }) as never }
  }
}
