// What the listing of one file may cost, however deep it goes, and what was found of it so far.
import { type ArchiveListing, type ArchiveState, LIST_LIMITS, type ListLimits, type Member } from './contract.ts'

const WORSE: readonly ArchiveState[] = ['complete', 'skipped', 'unsupported', 'failed', 'encrypted', 'partial', 'timeout', 'refused']
const NAME_CHARS = 1024
/** Deflate makes at most 1:1032 of anything; what people pack stays far below this. */
const BOMB_RATIO = 200
const BOMB_BYTES = 8 << 20

/** Ends the listing, or that of a container in it. */
export class ListingEnd extends Error {
  readonly state: ArchiveState
  constructor(state: ArchiveState) {
    super(state)
    this.state = state
  }
}

export class ListingBudget {
  readonly limits: ListLimits
  readonly #until: number
  readonly #members: Member[] = []
  #count = 0
  #bytes: number
  #state: ArchiveState = 'complete'
  #encrypted = false
  #prefix = ''
  #depth = 0

  constructor(limits: ListLimits = LIST_LIMITS) {
    this.limits = limits
    this.#until = performance.now() + limits.millis
    this.#bytes = limits.bytes
  }

  mark(state: ArchiveState): void {
    if (WORSE.indexOf(state) > WORSE.indexOf(this.#state)) this.#state = state
  }
  encrypted(): void {
    this.#encrypted = true
  }
  checkTime(): void {
    if (performance.now() > this.#until) throw new ListingEnd('timeout')
  }
  /** @throws ListingEnd `partial` when there are too many */
  member(member: Member): void {
    this.checkTime()
    this.#count += 1
    if (this.#count > this.limits.entries) throw new ListingEnd('partial')
    // Numbers of a hostile file may be anything.
    if (!Number.isSafeInteger(member.sizeBytes) || member.sizeBytes < 0) return this.mark('failed')
    if (this.#members.length >= this.limits.members) return this.mark('partial')
    this.#members.push({ ...member, name: (this.#prefix + member.name).slice(0, NAME_CHARS) })
  }
  /** @param step bytes more; @param made all that came of `from` compressed ones */
  spend(step: number, made = 0, from = 0): void {
    this.checkTime()
    this.#bytes -= step
    if (from > 0 && made > BOMB_BYTES && made > from * BOMB_RATIO) throw new ListingEnd('refused')
    if (this.#bytes < 0) throw new ListingEnd('partial')
  }
  /** A container in this one, one level deeper. What ends it is told of the whole, and the others are still listed. */
  async within(name: string, work: () => Promise<void>): Promise<void> {
    if (this.#depth >= this.limits.depth) return this.mark('partial')
    const before = this.#prefix
    this.#prefix = `${before}${name}!/`
    this.#depth += 1
    try {
      await work()
    } catch (error) {
      const state = error instanceof ListingEnd ? error.state : 'failed'
      if (state === 'timeout' || state === 'refused') throw error
      this.mark(state)
    } finally {
      this.#prefix = before
      this.#depth -= 1
    }
  }
  get listing(): ArchiveListing {
    return { state: this.#state, encrypted: this.#encrypted, count: this.#count, members: this.#members }
  }
}
