// Waits that end early: at a notification, or when the sensor is told to stop.

/** Resolves after the time, or at once when the signal aborts. */
export const waitFor = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
  })

export interface Waker {
  /** Something happened: ends the wait that runs, or the next one before it begins. */
  wake(): void
  /** @returns whether it was woken; false when the time was up or the signal aborted */
  wait(ms: number): Promise<boolean>
}

export function createWaker(signal: AbortSignal): Waker {
  let isDue = false
  let end: (() => void) | undefined
  signal.addEventListener('abort', () => end?.(), { once: true })
  return {
    wake() {
      isDue = true
      end?.()
    },
    async wait(ms) {
      if (!isDue && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          end = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        end = undefined
      }
      const was = isDue && !signal.aborted
      isDue = false
      return was
    },
  }
}
