// Policy documents from text: YAML or JSON, one document, a list, or several documents; each problem with its place.
import { Compile } from 'typebox/compile'
import { type Document, isMap, isPair, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml'
import { PolicyDocument } from './document-schema.ts'
import { checkPolicyInput, type DocumentProblem, nearestWord, type PolicyInput } from './policy-document.ts'

/** More aliases than any policy needs, and few enough that none can blow up. */
const MAX_ALIASES = 10

export interface PlacedProblem extends DocumentProblem {
  /** In the text, from 1. */
  readonly line: number
}

export interface ReadDocuments {
  /** Checked for shape and words; empty when there are problems. */
  readonly inputs: readonly PolicyInput[]
  readonly problems: readonly PlacedProblem[]
}

const check = Compile(PolicyDocument)

/** What of a schema leads to the keys below it. */
export interface SchemaNode {
  readonly type?: string
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
  readonly anyOf?: readonly SchemaNode[]
}

/** Keys that an object at a pointer may have. */
export function keysAt(schema: SchemaNode, segments: readonly string[]): readonly string[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((choice) => keysAt(choice, segments))
  const [segment, ...rest] = segments
  if (segment === undefined) return Object.keys(schema.properties ?? {})
  const next = schema.properties?.[segment] ?? Object.values(schema.patternProperties ?? {})[0] ?? schema.items
  return next === undefined ? [] : keysAt(next, rest)
}

export const segmentsOf = (pointer: string): readonly string[] => pointer.split('/').slice(1).map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))

/** Everything that is wrong with a value as the shape of a policy document; empty when it has the shape. */
export function checkShape(value: unknown): readonly DocumentProblem[] {
  if (check.Check(value)) return []
  const problems = new Map<string, DocumentProblem>()
  const choices = new Map<string, string[]>()
  const errors = [...check.Errors(value)]
  for (const { keyword, instancePath, message, params } of errors) {
    if (keyword === 'additionalProperties') {
      const known = keysAt(PolicyDocument, segmentsOf(instancePath))
      for (const key of (params as { readonly additionalProperties: readonly string[] }).additionalProperties) problems.set(`${instancePath}/${key}`, { pointer: `${instancePath}/${key}`, detail: `is not known; the nearest key is "${nearestWord(key, known) ?? ''}"` })
    } else if (keyword === 'const') choices.set(instancePath, [...(choices.get(instancePath) ?? []), String((params as { readonly allowedValue: unknown }).allowedValue)])
    // A union says first that no choice fits; what is wrong inside the nearest choice says more.
    else if (keyword !== 'anyOf' && keyword !== 'boolean' && !(keyword === 'type' && errors.some((other) => other.instancePath.startsWith(`${instancePath}/`) || (other.keyword === 'additionalProperties' && other.instancePath === instancePath)))) problems.set(`${instancePath} ${keyword}`, { pointer: instancePath === '' ? '/' : instancePath, detail: message })
  }
  for (const [pointer, values] of choices) {
    problems.delete(`${pointer} type`)
    problems.set(`${pointer} const`, { pointer, detail: `must be ${values.length === 1 ? `${values.join('')}, or a list` : `one of ${values.join(', ')}`}` })
  }
  return problems.size === 0 ? [{ pointer: '/', detail: 'does not have the right shape' }] : [...problems.values()].slice(0, 20)
}

/** Offset of the deepest node on the way to a pointer; of the key where the last step is one of a mapping. */
export function offsetOf(from: Node | null, pointer: string): number {
  let node: unknown = from
  let offset = from?.range?.[0] ?? 0
  for (const segment of segmentsOf(pointer)) {
    let key: unknown
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String((item.key as { readonly value?: unknown } | null)?.value) === segment)
      key = pair?.key
      node = pair?.value
    } else if (isSeq(node)) key = node = node.items[Number(segment)]
    else break
    const range = (key as Node | undefined)?.range
    if (range === undefined || range === null) break
    offset = range[0]
  }
  return offset
}

/** Reads and checks every policy of a text. Nothing is thrown for what a person may write. */
export function readPolicyDocuments(text: string): ReadDocuments {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const problems: PlacedProblem[] = []
  const inputs: PolicyInput[] = []
  const names = new Map<string, number>()
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line)

  const take = (node: Node | null, value: unknown, prefix: string): void => {
    const shape = checkShape(value)
    const found = shape.length > 0 ? shape : checkPolicyInput(value as PolicyInput)
    for (const problem of found) problems.push({ pointer: `${prefix}${problem.pointer}`, detail: problem.detail, line: lineAt(offsetOf(node, problem.pointer)) })
    if (found.length > 0) return
    const input = value as PolicyInput
    const line = lineAt(offsetOf(node, '/name'))
    const before = names.get(input.name)
    if (before === undefined) {
      names.set(input.name, line)
      inputs.push(input)
    } else problems.push({ pointer: `${prefix}/name`, detail: `"${input.name}" is the name of the policy at line ${before} already`, line })
  }

  for (const document of documents as readonly Document.Parsed[]) {
    for (const error of document.errors) problems.push({ pointer: '/', detail: error.message, line: lineAt(error.pos[0]) })
    if (document.errors.length > 0 || document.contents === null) continue
    let value: unknown
    try {
      value = document.toJS({ maxAliasCount: MAX_ALIASES })
    } catch (cause) {
      problems.push({ pointer: '/', detail: cause instanceof Error ? cause.message : 'cannot be read', line: lineAt(document.contents.range?.[0] ?? 0) })
      continue
    }
    if (value === null) continue
    if (Array.isArray(value)) for (const [index, item] of value.entries()) take(isSeq(document.contents) ? (document.contents.items[index] as Node) : null, item, `/${index}`)
    else take(document.contents, value, '')
  }
  if (problems.length === 0 && inputs.length === 0) problems.push({ pointer: '/', detail: 'holds no policy', line: 1 })
  return problems.length > 0 ? { inputs: [], problems } : { inputs, problems }
}
