// What one file may cost, however it is wrapped. Every part of extraction asks here before it takes more.

export type ContentState = 'complete' | 'partial' | 'encrypted' | 'unsupported' | 'refused' | 'timeout' | 'failed' | 'skipped'

export interface ExtractLimits {
  /** Characters of text that are scanned. */
  readonly chars: number
  /** Bytes that come out of containers and compression, all together. */
  readonly inflatedBytes: number
  readonly entryBytes: number
  readonly entries: number
  readonly depth: number
  readonly pages: number
  readonly millis: number
}

export const EXTRACT_LIMITS: ExtractLimits = { chars: 64 << 20, inflatedBytes: 192 << 20, entryBytes: 48 << 20, entries: 5000, depth: 6, pages: 2000, millis: 8000 }

/** Deflate makes at most 1:1032 of anything; documents stay far below this. */
const BOMB_RATIO = 200
const BOMB_BYTES = 8 << 20

/** Ends the extraction of a file, or of a part of it; `state` says what the file is told as. */
export class ExtractionEnd extends Error {
  readonly state: ContentState
  constructor(state: ContentState) {
    super(state)
    this.state = state
  }
}

/** Receives what was extracted. */
export interface Sink {
  text(text: string, header?: string): void
  /** A property of the document itself; not of a part of an archive. */
  property(name: string, value: string): void
}

export class Budget {
  readonly limits: ExtractLimits
  readonly #sink: Sink
  readonly #until: number
  #chars: number
  #inflated: number
  #entries: number
  #worst: ContentState = 'complete'
  depth = 0

  constructor(sink: Sink, limits: ExtractLimits = EXTRACT_LIMITS) {
    this.#sink = sink
    this.limits = limits
    this.#until = performance.now() + limits.millis
    this.#chars = limits.chars
    this.#inflated = limits.inflatedBytes
    this.#entries = limits.entries
  }

  /** What is told of the whole file: the worst of its parts. */
  get state(): ContentState {
    return this.#worst
  }
  mark(state: ContentState): void {
    const order: readonly ContentState[] = ['complete', 'skipped', 'unsupported', 'failed', 'encrypted', 'partial', 'timeout', 'refused']
    if (order.indexOf(state) > order.indexOf(this.#worst)) this.#worst = state
  }

  text(text: string, header?: string): void {
    this.checkTime()
    const taken = text.length > this.#chars ? text.slice(0, this.#chars) : text
    this.#chars -= taken.length
    if (taken !== '') this.#sink.text(taken, header)
    if (taken.length < text.length) throw new ExtractionEnd('partial')
  }
  property(name: string, value: string): void {
    if (this.depth <= 1 && name.length <= 256 && value.length <= 1024) this.#sink.property(name, value)
  }

  checkTime(): void {
    if (performance.now() > this.#until) throw new ExtractionEnd('timeout')
  }
  entry(): void {
    this.checkTime()
    this.#entries -= 1
    if (this.#entries < 0) throw new ExtractionEnd('partial')
  }
  /** @param made bytes so far of `from` compressed ones */
  inflated(step: number, made: number, from: number): void {
    this.#inflated -= step
    if (made > BOMB_BYTES && made > from * BOMB_RATIO) throw new ExtractionEnd('refused')
    if (made > this.limits.entryBytes || this.#inflated < 0) throw new ExtractionEnd('partial')
  }
  get inflatable(): number {
    return Math.max(1, Math.min(this.limits.entryBytes, this.#inflated))
  }

  /** One level deeper in a container. */
  async within(work: () => Promise<void>): Promise<void> {
    if (this.depth >= this.limits.depth) throw new ExtractionEnd('partial')
    this.depth += 1
    try {
      await work()
    } finally {
      this.depth -= 1
    }
  }
}
