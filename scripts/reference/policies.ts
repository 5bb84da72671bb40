import { PolicyDocument } from '@holdfast/collector/domain/policies/document-schema.ts'
import { defaultThresholds, toDocument, toPolicy } from '@holdfast/collector/domain/policies/policy-document.ts'
import { templates } from '@holdfast/collector/domain/policies/templates.ts'
import type { PolicyTemplate } from '@holdfast/collector/domain/policies/templates/template.ts'
import { BOOSTER_IDS, boosters } from '@holdfast/collector/domain/risk/booster-table.ts'
import { indicators } from '@holdfast/collector/domain/risk/indicators.ts'
import { sequencePatterns } from '@holdfast/collector/domain/risk/sequence-patterns.ts'
import { amountText } from '@holdfast/collector/domain/risk/words.ts'
import { code, codes, note, table } from './markdown.ts'

interface Node {
  readonly type?: string
  readonly description?: string
  readonly const?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly items?: Node
  readonly anyOf?: readonly Node[]
  readonly patternProperties?: Readonly<Record<string, Node>>
}

function typeText(node: Node): string {
  if (node.const !== undefined) return code(node.const)
  if (node.anyOf !== undefined) return node.anyOf.map(typeText).join(' or ')
  if (node.type === 'array') return `list of ${node.items?.type === 'string' ? 'texts' : 'mappings'}`
  if (node.type === 'string') return 'text'
  if (node.type === 'boolean') return 'true or false'
  if (node.type === 'object') return 'mapping'
  const range = node.minimum === undefined ? '' : node.maximum === undefined ? ` of at least ${node.minimum}` : `, ${node.minimum} to ${node.maximum}`
  return `${node.type === 'integer' ? 'whole number' : 'number'}${range}`
}

/** One row for each key, with the keys below it. */
function* keyRows(node: Node, path: string): Generator<readonly string[]> {
  const children: [string, Node, boolean][] = [
    ...Object.entries(node.properties ?? {}).map(([name, child]): [string, Node, boolean] => [path === '' ? name : `${path}.${name}`, child, node.required?.includes(name) === true]),
    ...Object.values(node.patternProperties ?? {}).map((child): [string, Node, boolean] => [`${path}.<id>`, child, false]),
  ]
  for (const [name, child, required] of children) {
    yield [code(name), typeText(child), required ? 'yes' : '', child.description ?? '']
    yield* keyRows(child, name)
  }
  for (const choice of node.anyOf ?? []) yield* keyRows(choice, path)
  if (node.items !== undefined) yield* keyRows(node.items, `${path}[]`)
}

function templateSection(template: PolicyTemplate): string {
  const triggers = template.triggers.map(({ indicator, threshold }) => [code(indicator), amountText(threshold ?? defaultThresholds(template, indicator)?.low ?? 1, indicators[indicator].measure)])
  const lines = [
    `Also written ${codes(template.aliases)}.`, `Activation window ${template.activationWindowDays} days, look-back ${template.lookbackDays} days.`,
    `Needs ${template.prerequisites.map(({ id, optional }) => `${code(id)}${optional === true ? ' (optional)' : ''}`).join(', ')}.`,
    ...(template.events.length === 0 ? [] : [`Events that bring a user into scope: ${codes(template.events)}.`]), ...(template.sensitivity === 1 ? [] : [`Thresholds are ${template.sensitivity} of the indicators’ own, rounded up.`]),
    `Cumulative exfiltration is ${template.cumulative ? 'on' : 'off'}.`, ...(template.boostersOff.length === 0 ? [] : [`Boosters that begin switched off: ${codes(template.boostersOff)}.`]), ...(template.sequences.length === 0 ? [] : [`Sequences: ${codes(template.sequences)}.`]),
  ]
  return [
    `### ${template.id}: ${template.name}\n\n${template.summary}\n\n${lines.map((line) => `- ${line}\n`).join('')}\nIndicators: ${codes(template.indicators)}.\n\n`,
    ...(triggers.length === 0 ? [] : [table(['triggers by', 'at, on one day'], triggers), template.cumulative ? '\nSo does cumulative exfiltration that scores by itself.\n\n' : '\n']),
  ].join('')
}

const sequenceTable = (): string => table(['sequence', 'what happens', 'steps, each any of', 'joined by', 'within', 'files: low, medium, high', 'points'], sequencePatterns.map(({ id, label, steps, join, withinHours, thresholds: { low, medium, high }, points }) =>
  [code(id), label, steps.map((step) => codes(step)).join(' → '), join === 'file' ? 'the same file, over renames and copies' : 'the same user', `${withinHours} hours`, `${low}, ${medium}, ${high}`, String(points)]))

const boosterTable = (): string => table(['booster', 'name', 'points', 'of', 'when'], BOOSTER_IDS.map((id) => [code(id), boosters[id].label, String(boosters[id].points), boosters[id].kind, boosters[id].when]))

const whole = (template: PolicyTemplate): string => JSON.stringify(toDocument(toPolicy({ name: template.name, template: template.id }, 'p', 0)), null, 2)

export const policiesPage = (): string =>
  [
    note('collector/src/domain/policies/'),
    '# Policies\n\nA policy is a template with a scope and, where wanted, other thresholds. `holdfast policy apply -f policy.yaml` makes one or changes the one of its name; `holdfast policy preview -f policy.yaml` says first what it would have done. JSON is taken as well. An unknown key is refused with its line and the nearest known one.\n\n',
    '```yaml\nname: Data leaks\ntemplate: data_leaks\nscope:\n  exclude:\n    departments: [Works council]\nindicators:\n  file_printed: false\n  copy_to_removable_media:\n    thresholds: { low: 5, medium: 10, high: 20 }\nalertVolume: default\n```\n\n',
    '## Keys\n\n',
    table(['key', 'value', 'required', 'what it means'], [...keyRows(PolicyDocument as unknown as Node, '')]),
    '\n## Templates\n\n', ...templates.map(templateSection),
    '## Sequences\n\n', sequenceTable(), '\n## Boosters\n\nNamed points that are added to a signal. Behaviour adds half of them to a signal below its low threshold; circumstance adds nothing to one that does not stand by itself ([how a score is made](../adr/0010-a-score-is-a-sum-of-named-points.md)).\n\n', boosterTable(), '\n',
    '## Everything written out\n\nThe first template with nothing but a name, and every default in its place. JSON is YAML too, so this can be applied.\n\n',
    `\`\`\`json\n${templates[0] === undefined ? '' : whole(templates[0])}\n\`\`\`\n`,
  ].join('')
