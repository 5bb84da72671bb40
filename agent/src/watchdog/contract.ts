// What the watchdog and its worker say to each other over the IPC pipe between them, and the times that they keep.
//
//   worker -> watchdog   {say: 'beat'}            every `beatMs`, from its main loop: a loop that spins or stops sends none
//                        {say: 'ready'}           its sensors are started
//                        {say: 'try-policy', why} a policy came that has not crashed yet: safe mode may end
//   watchdog -> worker   {say: 'stop', why}       end in good order
//                        {say: 'ping'}            answer with a beat, now: the last chance of a silent worker
//
// The end of the pipe is the end of the other side: a worker without a watchdog ends at once (on Linux the kernel kills it
// even when it hangs), so that nobody writes to a spool that a new start has locked.

/** Exit code of a worker that failed inside (EX_SOFTWARE of sysexits.h); the codes below 6 are answers to a person. */
export const CRASHED = 70

/** Environment variable that carries the orders to a worker, as JSON; it is taken out of the environment as it is read. */
export const ORDERS = 'HOLDFAST_AGENT_ORDERS'

export type FromWorker = { readonly say: 'beat' } | { readonly say: 'ready' } | { readonly say: 'try-policy'; readonly why: string }
export type FromWatchdog = { readonly say: 'stop'; readonly why: string } | { readonly say: 'ping' }

export interface SafeMode {
  /** Plain words: what happened how often. */
  readonly reason: string
  /** Milliseconds until the watchdog tries the policy again, counted from the start of this worker. */
  readonly retryInMs: number
}

/** What a worker is told at its start. */
export interface Orders {
  readonly watchdogPid: number
  /** Starts of a worker since the watchdog runs, this one not counted. */
  readonly restarts: number
  /** How the worker before ended; empty for the first. */
  readonly lastEnd: string
  readonly safeMode?: SafeMode
  /** What was found wrong with the program and its environment. */
  readonly warnings: readonly string[]
}

export interface WatchdogTimes {
  readonly beatMs: number
  /** Silence after which the worker is asked, and what it then has to answer: together less than 30 s with the new start. */
  readonly silentMs: number
  readonly pingMs: number
  /** A start reads code from a cold disk; the first beat may take this long. */
  readonly firstBeatMs: number
  /** Back-off between starts, doubled up to the cap, and forgotten after a calm `crashWindowMs`. */
  readonly backoffFirstMs: number
  readonly backoffMaxMs: number
  /** So many crashes within the window lead to safe mode. */
  readonly crashLimit: number
  readonly crashWindowMs: number
  /** Safe mode ends by itself after this time, doubled for each time that it did not help, up to the cap. */
  readonly safeModeMs: number
  readonly safeModeMaxMs: number
  /** What a worker gets to stop in good order; it needs 5 s. */
  readonly stopMs: number
}

export const DEFAULT_TIMES: WatchdogTimes = {
  beatMs: 10_000, silentMs: 15_000, pingMs: 5000, firstBeatMs: 30_000, backoffFirstMs: 1000, backoffMaxMs: 60_000,
  crashLimit: 5, crashWindowMs: 600_000, safeModeMs: 1_800_000, safeModeMaxMs: 4 * 3_600_000, stopMs: 10_000,
}
