/** A protobuf timestamp as protobufjs hands it over. */
export interface WireTimestamp {
  seconds?: number | null
  nanos?: number | null
}

/** Milliseconds since 1970-01-01 UTC to the wire form. */
export function toWireTimestamp(ms: number): { seconds: number; nanos: number } {
  const seconds = Math.floor(ms / 1000)
  return { seconds, nanos: Math.round((ms - seconds * 1000) * 1e6) }
}

/**
 * The wire form to milliseconds since 1970-01-01 UTC.
 *
 * @returns undefined when absent, or outside years 1970 to 9999 (RFC 3339's range)
 */
export function fromWireTimestamp(stamp: WireTimestamp | null | undefined): number | undefined {
  if (stamp === null || stamp === undefined) return undefined
  const ms = (stamp.seconds ?? 0) * 1000 + Math.floor((stamp.nanos ?? 0) / 1e6)
  return Number.isSafeInteger(ms) && ms >= 0 && ms < 253_402_300_800_000 ? ms : undefined
}
