export interface FieldDescription {
  /** As the .proto file spells it. */
  readonly name: string
  /** As protobuf's JSON form spells it. */
  readonly jsonName: string
  /** A scalar, `Timestamp`, or the name of a message or enum. */
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
