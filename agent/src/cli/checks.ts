// What a check of the doctor says.

export interface Check {
  readonly name: string
  readonly verdict: 'ok' | 'warn' | 'fail'
  readonly detail: string
  /** What to do; empty when ok. */
  readonly fix: string
  /** Exit code of the command when nothing worse fails: 4 the collector is not reached, 5 it is not to be trusted. Absent: 1. */
  readonly exit?: 4 | 5
}

export const ok = (name: string, detail: string): Check => ({ name, verdict: 'ok', detail, fix: '' })
export const warn = (name: string, detail: string, fix: string): Check => ({ name, verdict: 'warn', detail, fix })
export const fail = (name: string, detail: string, fix: string, exit?: 4 | 5): Check => ({ name, verdict: 'fail', detail, fix, ...(exit === undefined ? {} : { exit }) })

/** 0 when nothing fails; 1 when something on this device does, else that of the way to the collector. */
export function exitOf(checks: readonly Check[]): 0 | 1 | 4 | 5 {
  const failed = checks.filter(({ verdict }) => verdict === 'fail')
  if (failed.length === 0) return 0
  if (failed.some(({ exit }) => exit === undefined)) return 1
  return failed.some(({ exit }) => exit === 5) ? 5 : 4
}
