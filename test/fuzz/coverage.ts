// Which parts of our own code an input reaches, by V8's own counters (the Profiler domain of the inspector).
import { Session } from 'node:inspector'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = pathToFileURL(join(import.meta.dirname, '../..')).href
const ours = (url: string): boolean => url.startsWith(root) && !url.includes('/node_modules/') && !url.includes('/test/')

export interface Coverage {
  /** Parts that ran since the last look, each `script:from:to`. */
  take(): readonly string[]
  stop(): void
}

interface Taken {
  readonly result: readonly { readonly url: string; readonly scriptId: string; readonly functions: readonly { readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[] }[] }[]
}

/** Counts from here on, for the whole thread; it costs speed. */
export function startCoverage(): Coverage {
  const session = new Session()
  session.connect()
  /** A session on its own thread answers before `post` returns. */
  const post = <T>(method: string, parameters: object = {}): T => {
    let answer: unknown
    session.post(method, parameters, (error, result) => {
      if (error !== null) throw error
      answer = result
    })
    return answer as T
  }
  post('Profiler.enable')
  post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return {
    take: () => post<Taken>('Profiler.takePreciseCoverage').result.flatMap(({ url, scriptId, functions }) => (ours(url) ? functions.flatMap(({ ranges }) => ranges.flatMap(({ startOffset, endOffset, count }) => (count > 0 ? [`${scriptId}:${startOffset}:${endOffset}`] : []))) : [])),
    stop() {
      post('Profiler.stopPreciseCoverage')
      session.disconnect()
    },
  }
}
