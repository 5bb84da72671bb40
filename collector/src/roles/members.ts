// Who is there, and which of them a key is for: the one whose name and the key make the highest number (rendezvous hashing).
//
// This is a wish and no lock. For a moment after somebody came or went two processes may take a key for theirs, or nobody; what
// rests on it must stand that, or takes a lock too (turns.ts). When one of n goes, only its keys move.
import { createHash } from 'node:crypto'
import type { Exchange } from './words.ts'
import type { Role } from './roles.ts'

const EVERY_MS = 2000
/** Somebody who was not heard for so long is gone. */
const GONE_MS = 7000

export interface Members {
  /** Whether a key of a role is for this process; never when it has not got the role. */
  owns(role: Role, key: string): boolean
  /** Whether anybody else has the role. */
  hasOthers(role: Role): boolean
  count(role: Role): number
  start(signal: AbortSignal): void
  /** Others take over at once. */
  leave(): void
}

/** All of it is for the only process. */
export const alone: Members = { owns: () => true, hasOthers: () => false, count: () => 1, start: () => {}, leave: () => {} }

/** 32 bits that depend on every letter of both. */
const weight = (member: number, key: string): number => {
  let mixed = member
  for (let at = 0; at < key.length; at += 1) mixed = Math.imul(mixed ^ key.charCodeAt(at), 0x01000193) >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b) >>> 0
  return (mixed ^ (mixed >>> 13)) >>> 0
}
const seedOf = (id: string): number => createHash('sha256').update(id).digest().readUInt32LE(0)

export interface MembersDeps {
  readonly id: string
  readonly roles: ReadonlySet<Role>
  readonly exchange: Exchange
  /** Milliseconds of a clock that nobody sets. */
  readonly clock?: () => number
  readonly onChanged?: () => void
}

export function createMembers({ id, roles, exchange, clock = () => performance.now(), onChanged = () => {} }: MembersDeps): Members {
  const others = new Map<string, { readonly seed: number; readonly roles: readonly string[]; heardAtMs: number }>()
  const own = seedOf(id)
  const say = (): void => exchange.tell('member', { roles: [...roles] })
  const forgetGone = (): void => {
    for (const [name, { heardAtMs }] of others) {
      if (clock() - heardAtMs <= GONE_MS) continue
      others.delete(name)
      onChanged()
    }
  }
  exchange.on('member', ({ roles: theirs }, from) => {
    const known = others.get(from)
    if (known !== undefined) {
      known.heardAtMs = clock()
      return
    }
    others.set(from, { seed: seedOf(from), roles: theirs, heardAtMs: clock() })
    // Who has just come knows nobody yet.
    say()
    onChanged()
  })
  exchange.on('leaves', (_word, from) => {
    if (others.delete(from)) onChanged()
  })
  const withRole = (role: Role) => [...others.values()].filter((other) => other.roles.includes(role))
  return {
    owns(role, key) {
      if (!roles.has(role)) return false
      const mine = weight(own, key)
      for (const other of others.values()) if (other.roles.includes(role) && weight(other.seed, key) > mine) return false
      return true
    },
    hasOthers: (role) => withRole(role).length > 0,
    count: (role) => withRole(role).length + (roles.has(role) ? 1 : 0),
    start(signal) {
      say()
      const timer = setInterval(() => {
        forgetGone()
        say()
      }, EVERY_MS)
      signal.addEventListener('abort', () => clearInterval(timer), { once: true })
    },
    leave: () => exchange.tell('leaves', {}),
  }
}
