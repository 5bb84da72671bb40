// Agent policies as code: one YAML document a group, with what it watches and how changes reach its devices. What a document
// leaves out stays as it is; a key that nobody knows is named with its line and the nearest one.
import { Compile } from 'typebox/compile'
import type { TSchema } from 'typebox'
import { type Document, LineCounter, parseAllDocuments, stringify } from 'yaml'
import { nearestWord } from '../../domain/policies/policy-document.ts'
import { keysAt, offsetOf, type SchemaNode, segmentsOf } from '../../domain/policies/read-document.ts'
import { defaultPlan, planProblems, type RolloutPlan } from '../../domain/rollout/plan.ts'
import { InvalidRequest } from '../error-response.ts'
import { type Change, GroupDocument } from './schema.ts'

const MAX_ALIASES = 10
const check = Compile(GroupDocument as TSchema)
const schema = GroupDocument as unknown as SchemaNode

interface Placed {
  readonly pointer: string
  readonly detail: string
}

function shapeProblems(value: unknown): readonly Placed[] {
  const errors = [...check.Errors(value)]
  const told = new Map<string, Placed>()
  for (const { keyword, instancePath, message, params } of errors) {
    if (keyword === 'additionalProperties') {
      const known = keysAt(schema, segmentsOf(instancePath))
      for (const key of (params as { readonly additionalProperties: readonly string[] }).additionalProperties) told.set(`${instancePath}/${key}`, { pointer: `${instancePath}/${key}`, detail: `is not known; the nearest key is "${nearestWord(key, known) ?? ''}"` })
    // Of a union, what is wrong inside the choice that was meant says more than that none fits.
    } else if (keyword !== 'boolean' && keyword !== 'anyOf' && !(keyword === 'type' && errors.some((other) => other.instancePath.startsWith(`${instancePath}/`) || (other.keyword === 'additionalProperties' && other.instancePath === instancePath)))) told.set(`${instancePath} ${keyword}`, { pointer: instancePath === '' ? '/' : instancePath, detail: message })
  }
  return told.size === 0 ? [{ pointer: '/', detail: 'does not have the right shape' }] : [...told.values()].slice(0, 20)
}

/** @throws REQUEST_INVALID with the line of every problem */
export function readGroupDocuments(text: string): readonly GroupDocument[] {
  const lines = new LineCounter()
  const documents: GroupDocument[] = []
  const problems: Placed[] = []
  const at = (offset: number): string => `line ${Math.max(1, lines.linePos(offset).line)}`
  for (const document of parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true }) as readonly Document.Parsed[]) {
    for (const error of document.errors) problems.push({ pointer: at(error.pos[0]), detail: error.message })
    if (document.errors.length > 0 || document.contents === null) continue
    const start = document.contents.range?.[0] ?? 0
    let value: unknown
    try {
      value = document.toJS({ maxAliasCount: MAX_ALIASES })
    } catch (cause) {
      problems.push({ pointer: at(start), detail: cause instanceof Error ? cause.message : 'cannot be read' })
      continue
    }
    if (!check.Check(value)) {
      for (const { pointer, detail } of shapeProblems(value)) problems.push({ pointer: `${at(offsetOf(document.contents, pointer))}: ${pointer}`, detail })
      continue
    }
    const found = value as GroupDocument
    if (documents.some(({ group }) => group === found.group)) problems.push({ pointer: at(start), detail: `the group ${found.group} is there twice` })
    if (found.rollout !== undefined && found.rollout !== null) for (const { pointer, detail } of planProblems(planFrom(found.rollout))) problems.push({ pointer: `${at(offsetOf(document.contents, `/rollout${pointer}`))}: /rollout${pointer}`, detail })
    documents.push(found)
  }
  if (documents.length === 0 && problems.length === 0) problems.push({ pointer: 'line 1', detail: 'holds no group' })
  if (problems.length > 0) throw new InvalidRequest(problems)
  return documents
}

/** A plan with what was left out as it is by default. */
export const planFrom = (part: NonNullable<GroupDocument['rollout']>): RolloutPlan => ({ ...defaultPlan, ...(part as Partial<RolloutPlan>) })

export const writeGroupDocuments = (documents: readonly GroupDocument[]): string => documents.map((document) => stringify(document, { lineWidth: 0 })).join('---\n')

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** An empty list and one that is not there say the same. */
const isNothing = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0)

/** What differs, by path; lists are compared as wholes. */
export function changesOf(before: unknown, after: unknown, path = ''): readonly Change[] {
  if (isPlain(before) && isPlain(after)) return [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted().flatMap((key) => changesOf(before[key], after[key], path === '' ? key : `${path}.${key}`))
  if (JSON.stringify(before) === JSON.stringify(after) || (isNothing(before) && isNothing(after))) return []
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }]
}
