// The policy as one sensor sees it, with a note of what it has read.
//
// A change of policy restarts exactly the sensors that have read a part that changed. A part that a sensor has not read
// yet is given as it is by then, so that no sensor ever acts on two policies at once.
import { isDeepStrictEqual } from 'node:util'
import type { wire } from '@holdfast/proto'

type Policy = wire.AgentPolicy.$Properties

export interface PolicyView {
  readonly policy: Policy
  /** Moves the view to the next policy. @returns false when a part that was read differs: the sensor must start anew */
  follow(next: Policy): boolean
}

export function createPolicyView(first: Policy): PolicyView {
  let current = first
  const read = new Set<keyof Policy>()
  const note = (key: string | symbol): keyof Policy => {
    read.add(key as keyof Policy)
    return key as keyof Policy
  }
  const policy = new Proxy<Policy>({}, {
    get: (_, key) => current[note(key)],
    has: (_, key) => note(key) in current,
    ownKeys: () => Reflect.ownKeys(current).map(note),
    getOwnPropertyDescriptor(_, key) {
      const found = Object.getOwnPropertyDescriptor(current, note(key))
      // A proxy may not show as fixed what its target does not have.
      return found === undefined ? undefined : { ...found, configurable: true }
    },
    set: () => false,
  })
  return {
    policy,
    follow(next) {
      if ([...read].some((key) => !isDeepStrictEqual(current[key], next[key]))) return false
      current = next
      return true
    },
  }
}
