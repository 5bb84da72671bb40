// Wakes whoever waits. A ring between looking and waiting is not lost: the one who waits says how many it has heard.

export interface Bell {
  readonly rings: number
  ring(): void
  /** Resolves once there were more rings than `heard`. */
  after(heard: number): Promise<void>
}

export function createBell(): Bell {
  let rings = 0
  let waiting: (() => void)[] = []
  return {
    get rings() {
      return rings
    },
    ring() {
      rings += 1
      const woken = waiting
      waiting = []
      for (const wake of woken) wake()
    },
    after: (heard) => (rings > heard ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}
