// The JSON Schema of one line of an activity file, from the description of the .proto files.
import { activityKinds, ACTIVITY_KINDS } from '@holdfast/proto'
import { descriptor, type FieldDescription } from '@holdfast/proto/descriptor'

type Schema = Readonly<Record<string, unknown>>

const MAX = Number.MAX_SAFE_INTEGER
const wholeText = { type: 'string', pattern: '^-?[0-9]{1,20}$' }

const scalars: Readonly<Record<string, Schema>> = {
  string: { type: 'string' },
  bool: { type: 'boolean' },
  uint32: { anyOf: [{ type: 'integer', minimum: 0, maximum: 0xffff_ffff }, wholeText] },
  uint64: { anyOf: [{ type: 'integer', minimum: 0, maximum: MAX }, wholeText] },
  sint64: { anyOf: [{ type: 'integer', minimum: -MAX, maximum: MAX }, wholeText] },
  Timestamp: { $ref: '#/$defs/Timestamp' },
}

function typeSchema({ type, repeated }: FieldDescription): Schema {
  const one = scalars[type] ?? { $ref: `#/$defs/${type}` }
  return repeated ? { type: 'array', items: one } : one
}

/** Absent may be written as null. */
const fieldSchema = (field: FieldDescription, description: string): Schema => ({ ...(description === '' ? {} : { description }), anyOf: [typeSchema(field), { type: 'null' }] })

const messageSchema = (fields: readonly FieldDescription[]): Schema => ({ type: 'object', properties: Object.fromEntries(fields.map((field) => [field.jsonName, fieldSchema(field, field.doc)])), additionalProperties: false })

const enumSchema = (values: Readonly<Record<string, number>>): Schema => ({ enum: [...Object.keys(values), ...new Set(Object.values(values))] })

const summaries = new Map<string, string>(ACTIVITY_KINDS.map((kind) => [activityKinds[kind].field, activityKinds[kind].summary]))

const envelope: Readonly<Record<string, Schema>> = {
  device: { description: 'Id of the device: 1 to 64 letters, digits, _ or -.', type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
  id: { description: 'Name of the activity, unique in the file; it stands in the evidence. Absent: device and seq, else device and a hash of the content.', anyOf: [{ type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,128}$' }, { type: 'null' }] },
  seq: { description: 'Number of the activity on its device, from 1.', anyOf: [{ type: 'integer', minimum: 1, maximum: MAX }, wholeText, { type: 'null' }] },
}

/** JSON Schema 2020-12 of a line, with the names in lowerCamelCase. */
export function activitySchema(): string {
  const fields = descriptor.messages['Activity'] ?? []
  const arms = fields.filter((field) => field.oneof !== '')
  const others = Object.entries(descriptor.messages).filter(([name]) => name !== 'Activity')
  return `${JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'One line of an activity file for holdfast replay',
    $comment: 'Generated from proto/telemetry/v1/activity.proto by pnpm reference; do not edit. The command also takes the names in snake_case.',
    type: 'object',
    properties: { ...envelope, ...Object.fromEntries(fields.map((field) => [field.jsonName, field.oneof === '' ? fieldSchema(field, field.doc) : { description: summaries.get(field.jsonName), ...typeSchema(field) }])) },
    required: ['device', 'occurredAt'],
    oneOf: arms.map((arm) => ({ required: [arm.jsonName] })),
    additionalProperties: false,
    $defs: {
      Timestamp: { description: 'RFC 3339, such as 2026-03-02T09:14:00Z or 2026-03-02T10:14:00.250+01:00.', type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$' },
      ...Object.fromEntries(others.map(([name, message]) => [name, messageSchema(message)])),
      ...Object.fromEntries(Object.entries(descriptor.enums).map(([name, values]) => [name, enumSchema(values)])),
    },
  }, null, 2)}\n`
}
