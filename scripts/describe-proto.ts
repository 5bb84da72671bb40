// What the .proto files say of an Activity, as data: names in both spellings, types, and the comments as documentation.
// It is the source of proto/gen/descriptor.js, and through it of the JSON form that replay reads and of its JSON Schema.
import { join } from 'node:path'
import protobuf from 'protobufjs'

const ROOT_MESSAGE = 'holdfast.telemetry.v1.Activity'

interface FieldDescription {
  /** As the .proto file spells it. */
  readonly name: string
  /** As protobuf's JSON form spells it. */
  readonly jsonName: string
  /** A scalar, `Timestamp`, or the name of a message or enum of this description. */
  readonly type: string
  readonly number: number
  readonly repeated: boolean
  readonly oneof: string
  readonly doc: string
}

export interface Description {
  readonly messages: Record<string, readonly FieldDescription[]>
  readonly enums: Record<string, Record<string, number>>
}

/** protobuf's rule: an underscore goes, and the letter after it becomes a capital. */
const jsonName = (name: string): string => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())

/** Everything that an Activity can hold, from the .proto files below `protoFolder`. */
export function describeActivity(protoFolder: string): Description {
  const root = new protobuf.Root()
  root.resolvePath = (_origin, target) => (target.startsWith('google/') ? target : join(protoFolder, target))
  root.loadSync(['telemetry/v1/activity.proto'], { keepCase: true, alternateCommentMode: true })
  root.resolveAll()
  const messages: Description['messages'] = {}
  const enums: Description['enums'] = {}
  const visit = (type: protobuf.Type): void => {
    if (messages[type.name] !== undefined) return
    messages[type.name] = type.fieldsArray.map((field) => ({
      name: field.name, jsonName: jsonName(field.name), type: field.type === 'google.protobuf.Timestamp' ? 'Timestamp' : field.type, number: field.id, repeated: field.repeated, oneof: field.partOf?.name ?? '', doc: field.comment ?? '',
    }))
    for (const { resolvedType } of type.fieldsArray) {
      if (resolvedType instanceof protobuf.Enum) enums[resolvedType.name] = { ...resolvedType.values }
      else if (resolvedType !== null && resolvedType.name !== 'Timestamp') visit(resolvedType)
    }
  }
  visit(root.lookupType(ROOT_MESSAGE))
  return { messages, enums }
}

/** The two files of proto/gen that hold it. */
export function descriptorFiles(protoFolder: string): Readonly<Record<string, string>> {
  return {
    'descriptor.js': `export const descriptor = ${JSON.stringify(describeActivity(protoFolder), null, 1)}\n`,
    'descriptor.d.ts': `export interface FieldDescription {
  /** As the .proto file spells it. */
  readonly name: string
  /** As protobuf's JSON form spells it. */
  readonly jsonName: string
  /** A scalar, \`Timestamp\`, or the name of a message or enum. */
  readonly type: string
  readonly number: number
  readonly repeated: boolean
  /** Name of the oneof that it is an arm of, else empty. */
  readonly oneof: string
  readonly doc: string
}

/** What an Activity can hold, from the .proto files. */
export declare const descriptor: {
  readonly messages: Readonly<Record<string, readonly FieldDescription[]>>
  readonly enums: Readonly<Record<string, Readonly<Record<string, number>>>>
}
`,
  }
}
