// Checks with names, counted; those of another process come as lines of JSON.

interface Line {
  readonly name: string
  readonly ok: boolean
  readonly detail?: string
  readonly figure?: number
}

export interface Report {
  /** Runs a check; a failure is noted and the others go on. */
  check(name: string, body: () => unknown): Promise<void>
  failed(name: string, error: unknown): void
  /** A measurement, for the last line. */
  figure(name: string, value: number): void
  take(lines: string): void
  summary(): { readonly passed: number; readonly failed: number; readonly failures: readonly string[]; readonly figures: Readonly<Record<string, number>> }
}

/** @param onLine set: each check is passed on instead of kept */
export function createReport(say: (line: string) => void, onLine?: (line: string) => void): Report {
  const lines: Line[] = []
  const note = (line: Line): void => {
    lines.push(line)
    onLine?.(JSON.stringify(line))
    if (onLine === undefined || line.ok) say(line.figure === undefined ? `${line.ok ? 'ok  ' : 'FAIL'}  ${line.name}${line.detail === undefined ? '' : `\n      ${line.detail}`}` : `      ${line.name}: ${line.figure}`)
  }
  return {
    async check(name, body) {
      try {
        await body()
        note({ name, ok: true })
      } catch (error) {
        note({ name, ok: false, detail: (error instanceof Error ? error.message : String(error)).slice(0, 3000) })
      }
    },
    failed: (name, error) => note({ name, ok: false, detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    figure: (name, figure) => note({ name, ok: true, figure }),
    take(text) {
      const taken = text.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line)
      for (const line of taken) {
        lines.push(line)
        if (!line.ok) say(`FAIL  ${line.name}\n      ${line.detail ?? ''}`)
      }
      if (taken.length === 0) note({ name: 'the test inside the clean root', ok: false, detail: 'it said nothing' })
    },
    summary: () => ({
      passed: lines.filter(({ ok, figure }) => ok && figure === undefined).length, failed: lines.filter(({ ok }) => !ok).length, failures: lines.filter(({ ok }) => !ok).map(({ name }) => name),
      figures: Object.fromEntries(lines.flatMap(({ name, figure }) => (figure === undefined ? [] : [[name, figure]]))),
    }),
  }
}
