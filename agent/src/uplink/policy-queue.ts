// Policies as they come, one after the other.

/** Policies that wait to be verified; more at once means that someone floods, and the newest count. */
const WAITING = 8

/** @param apply never rejects */
export function createPolicyQueue(apply: (signed: Uint8Array) => Promise<void>): (signed: Uint8Array) => void {
  let waiting: Uint8Array[] = []
  let busy = false
  const work = async (): Promise<void> => {
    busy = true
    for (let signed = waiting.shift(); signed !== undefined; signed = waiting.shift()) await apply(signed)
    busy = false
  }
  return (signed) => {
    waiting = [...waiting, signed].slice(-WAITING)
    if (!busy) void work()
  }
}
