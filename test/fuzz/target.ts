// What a fuzz target is: something that takes bytes from outside, and what must hold whatever they are.
import type { Arbitrary } from 'fast-check'

/** What must hold does not. Anything else that a target throws counts as a crash. */
export class Broken extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(why, options)
    this.name = 'Broken'
  }
}

export interface OpenTarget {
  /** Takes one input. @throws Broken, or whatever the code under test should not have thrown */
  run(input: Buffer): void | Promise<void>
  close?(): Promise<void>
}

export interface FuzzTarget {
  /** Also the name of its folder in `corpus/`. */
  readonly name: string
  /** What is given the bytes. */
  readonly title: string
  /** What must hold. */
  readonly oracle: string
  /** Inputs that are well-formed, so that changed ones reach deep. */
  seeds(): readonly Uint8Array[] | Promise<readonly Uint8Array[]>
  /** Inputs that a grammar makes. */
  readonly made?: Arbitrary<Uint8Array> | (() => Promise<Arbitrary<Uint8Array>>)
  /** Texts that changes put in. */
  readonly words?: readonly string[]
  /** Longest input, in bytes. */
  readonly maxBytes: number
  /** Over a network, against a process of its own: it is not measured what an input reaches. */
  readonly isRemote?: true
  /** Longest processor time for one input, in milliseconds; 2000 without it. */
  readonly limitMs?: number
  open(seed: number): OpenTarget | Promise<OpenTarget>
}

/** @throws Broken */
export function holds(condition: boolean, why: string): asserts condition {
  if (!condition) throw new Broken(why)
}
