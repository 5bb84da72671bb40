// What is wrong with a value of a closed schema, in words that name what would be right.
import { nearestWord } from './policy-document.ts'

export interface ShapeError {
  readonly keyword: string
  readonly instancePath: string
  readonly schemaPath: string
  readonly params: object
  readonly message: string
}

const constantOf = ({ params }: ShapeError): string => String((params as { readonly allowedValue?: unknown }).allowedValue)

/** The same errors, with choices told as one and keys that are not known told once, by name. @param known keys of the whole, for the nearest one */
export function readableShapes<E extends ShapeError>(errors: readonly E[], known: readonly string[] = []): readonly E[] {
  const constants = Map.groupBy(errors.filter(({ keyword }) => keyword === 'const'), ({ instancePath }) => instancePath)
  const told = new Set<string>()
  return errors.flatMap((error): readonly E[] => {
    const { keyword, instancePath } = error
    if (keyword === 'boolean') return []
    const choices = constants.get(instancePath)
    if (keyword === 'anyOf' && choices !== undefined) return []
    if (keyword === 'const' && choices !== undefined && choices.length > 1) {
      if (told.has(instancePath)) return []
      told.add(instancePath)
      return [{ ...error, message: `must be one of ${choices.map(constantOf).join(', ')}` }]
    }
    if (keyword === 'const') return [{ ...error, message: `must be ${constantOf(error)}` }]
    if (keyword !== 'additionalProperties') return [error]
    const names = (error.params as { readonly additionalProperties?: readonly string[] }).additionalProperties ?? []
    return names.map((name) => {
      const near = instancePath === '' ? nearestWord(name, known) : undefined
      return { ...error, instancePath: `${instancePath}/${name}`, message: `is not known${near === undefined ? '' : `; the nearest is "${near}"`}` }
    })
  })
}
