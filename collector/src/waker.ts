// Rest for a loop that works in turns, without losing a word that comes between its last look and its rest.
//
//   while (!signal.aborted) { waker.begin(); await work(); await waker.rest(signal, POLL_MS) }

/** Of work that several processes could do: begun now, after whoever did it before; as before; another one's. */
export type Turn = 'taken' | 'kept' | undefined
/** Asked before each round of the work, never within one. */
export type TurnOf = (name: string) => Promise<Turn>
/** Where there is one process. */
export const everyTurn: TurnOf = async () => 'kept'
/** A loop whose work another process may have been doing looks for it so often, whether somebody wakes it or not. */
export const TURN_POLL_MS = 5000

export interface Waker {
  /** There is work, or may be. */
  wake(): void
  /** A turn begins: what woke until now is seen by it. */
  begin(): void
  /** Until somebody wakes, has since the turn began, the signal ends everything, or the time is over. Keeps no process alive. */
  rest(signal: AbortSignal, ms?: number): Promise<void>
}

export function createWaker(): Waker {
  let isAwake = true
  let end: (() => void) | undefined
  return {
    wake() {
      isAwake = true
      end?.()
    },
    begin() {
      isAwake = false
    },
    rest: (signal, ms) =>
      new Promise<void>((resolve) => {
        // Whichever comes first takes the others away: such a loop turns for months.
        let timer: NodeJS.Timeout | undefined
        const done = (): void => {
          clearTimeout(timer)
          signal.removeEventListener('abort', done)
          end = undefined
          resolve()
        }
        if (isAwake || signal.aborted) {
          done()
          return
        }
        end = done
        signal.addEventListener('abort', done, { once: true })
        if (ms !== undefined) timer = setTimeout(done, ms).unref()
      }),
  }
}
