// How often the worker has crashed, and what follows: when it is started again, and whether in safe mode.
//
// `watchdog.json` in the agent's folder keeps it over a death of the watchdog itself. Times are those of a clock that nobody
// can set, so they count only until the next boot; a stop in good order removes the file: an administrator who stops and
// starts the agent (or the device) begins anew.
import { readFileSync, rmSync, writeFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { SafeMode, WatchdogTimes } from './contract.ts'

const FILE = 'watchdog.json'
const MAX_KEPT = 50

interface State {
  /** When workers crashed, oldest first. */
  crashes: readonly { readonly atMs: number; readonly how: string }[]
  /** Crashes without a calm time in between. */
  inRow: number
  safe?: { readonly reason: string; readonly untilMs: number }
  /** Times that safe mode was entered without a calm time in between. */
  rounds: number
  /** A crash before this leads back to safe mode at once. */
  onProbationUntilMs: number
}

export interface CrashLog {
  /** Notes a crash. @returns milliseconds to wait before the next start */
  crashed(how: string, livedMs: number): number
  /** The safe mode that the next worker is to start in. */
  safeMode(): SafeMode | undefined
  /** Safe mode is over: its time is up, or there is another policy to try. */
  leaveSafeMode(): void
  /** A stop in good order: everything is forgotten. */
  forget(): void
}

const fresh = (): State => ({ crashes: [], inRow: 0, rounds: 0, onProbationUntilMs: 0 })

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
  } catch {
    // No Linux: the clock that nobody can set begins with the process there, so nothing is kept.
    return ''
  }
}

function load(path: string, boot: string): State {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as State & { readonly boot?: string }
    const good = boot !== '' && kept.boot === boot && Array.isArray(kept.crashes) && [kept.inRow, kept.rounds, kept.onProbationUntilMs].every((value) => Number.isFinite(value))
    return good ? { crashes: kept.crashes, inRow: kept.inRow, rounds: kept.rounds, onProbationUntilMs: kept.onProbationUntilMs, ...(kept.safe === undefined ? {} : { safe: kept.safe }) } : fresh()
  } catch {
    // Absent, of another boot, or cut short: there is nothing to remember.
    return fresh()
  }
}

/** @param steady milliseconds since the boot, of a clock that nobody can set */
export function openCrashLog(folder: string, times: WatchdogTimes, steady: () => number, boot = bootId()): CrashLog {
  const path = join(folder, FILE)
  let state = load(path, boot)

  const save = (): void => {
    try {
      writeFileSync(`${path}.new`, JSON.stringify({ boot, ...state }), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    } catch {
      // A full disk is no reason to stop watching; this process remembers.
    }
  }

  return {
    crashed(how, livedMs) {
      const atMs = steady()
      const isCalm = livedMs >= times.crashWindowMs
      const crashes = [...state.crashes, { atMs, how }].filter((one) => one.atMs > atMs - times.crashWindowMs).slice(-MAX_KEPT)
      const inRow = isCalm ? 1 : state.inRow + 1
      const rounds = isCalm && state.safe === undefined ? 0 : state.rounds
      state = { ...state, crashes, inRow, rounds }
      const isAgain = rounds > 0 && atMs < state.onProbationUntilMs
      if (state.safe === undefined && (crashes.length >= times.crashLimit || isAgain)) {
        const lasts = Math.min(times.safeModeMaxMs, times.safeModeMs * 2 ** rounds)
        const reason = isAgain ? `The agent crashed again after safe mode; the last time: ${how}.` : `The agent crashed ${crashes.length} times within ${Math.round(times.crashWindowMs / 60_000)} minutes; the last time: ${how}.`
        state = { ...state, rounds: rounds + 1, safe: { reason, untilMs: atMs + lasts } }
      }
      save()
      return Math.min(times.backoffMaxMs, times.backoffFirstMs * 2 ** Math.min(30, inRow - 1))
    },
    safeMode: () => (state.safe === undefined ? undefined : { reason: state.safe.reason, retryInMs: Math.max(0, state.safe.untilMs - steady()) }),
    leaveSafeMode() {
      const { safe: _, ...rest } = state
      state = { ...rest, crashes: [], inRow: 0, onProbationUntilMs: steady() + times.crashWindowMs }
      save()
    },
    forget() {
      state = fresh()
      rmSync(path, { force: true })
    },
  }
}
