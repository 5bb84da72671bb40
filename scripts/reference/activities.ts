import { ACTIVITY_KINDS, activityKinds } from '@holdfast/proto'
import { descriptor, type FieldDescription } from '@holdfast/proto/descriptor'
import { code, note, table } from './markdown.ts'

const fieldRow = (field: FieldDescription): readonly string[] => [code(field.jsonName), `${field.repeated ? 'list of ' : ''}${descriptor.messages[field.type] === undefined && descriptor.enums[field.type] === undefined ? field.type : `[${field.type}](#${field.type.toLowerCase()})`}`, field.doc]

const fieldTable = (fields: readonly FieldDescription[]): string => table(['field', 'type', 'what it says'], fields.map(fieldRow))

/** The message that a field of the oneof holds. */
const messageOf = (field: string): string => descriptor.messages['Activity']?.find((row) => row.jsonName === field)?.type ?? ''

function kindSection(kind: (typeof ACTIVITY_KINDS)[number]): string {
  const { field, number, category, summary } = activityKinds[kind]
  return `### ${kind}\n\n${summary} Category: ${category}. In JSON \`${field}\`, on the wire number ${number}.\n\n${fieldTable(descriptor.messages[messageOf(field)] ?? [])}\n`
}

export function activitiesPage(): string {
  const arms = new Set(ACTIVITY_KINDS.map((kind) => messageOf(activityKinds[kind].field)))
  const shared = Object.entries(descriptor.messages).filter(([name]) => name !== 'Activity' && !arms.has(name))
  return [
    note('proto/src/catalogue.ts and proto/telemetry/v1/activity.proto'),
    '# Activities\n\nEverything that an agent can report. What it does report is what the policy asks for; `holdfast-agent what-is-collected` says it on the device.\n\n',
    table(['kind', 'category', 'what it says'], ACTIVITY_KINDS.map((kind) => [`[\`${kind}\`](#${kind})`, activityKinds[kind].category, activityKinds[kind].summary])),
    '\n## What every activity carries\n\nNames are those of the JSON form that [replay](replay.md) reads, described by [activity.schema.json](activity.schema.json).\n\n',
    fieldTable((descriptor.messages['Activity'] ?? []).filter((field) => field.oneof === '')),
    '\n## What each kind carries\n\n',
    ...ACTIVITY_KINDS.map(kindSection),
    '## What they share\n\n',
    ...shared.map(([name, fields]) => `### ${name}\n\n${fieldTable(fields)}\n`),
    '## Values\n\n',
    ...Object.entries(descriptor.enums).map(([name, values]) => `### ${name}\n\n${table(['name', 'number'], Object.entries(values).map(([value, number]) => [code(value), String(number)]))}\n`),
  ].join('').trimEnd().concat('\n')
}
