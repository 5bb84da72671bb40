// A watch for what a system does not announce: asks for a version now and then, and calls back when it is another one.

/**
 * Calls back whenever `version` answers differently than before; a failed question changes nothing.
 *
 * @param everyMs time between the end of one question and the next
 */
export async function watchByPolling(version: () => Promise<string>, everyMs: number, onChange: () => void, signal: AbortSignal): Promise<void> {
  let last: string | undefined
  while (!signal.aborted) {
    const now = await version().catch(() => undefined)
    if (signal.aborted) return
    if (now !== undefined && last !== undefined && now !== last) onChange()
    last = now ?? last
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, everyMs)
      signal.addEventListener('abort', end, { once: true })
    })
  }
}
