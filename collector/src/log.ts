// Structured logs on stderr, one JSON object a line. They carry ids, codes and counts: never names of people, files or hosts of
// people, and never what somebody typed.
//
// The text of an error is the one place where such a thing could come along: a parser quotes its input, the system names the
// path, a check says what it was given. So an error is written as its type, its code and where it was thrown; of its text stays
// what is ours to say: the template of a coded error, with the parameters of the list below, the word of the system for its own
// errors, the database's for its own, and the words of the runtime for our own mistakes.
import { pino } from 'pino'
import { CodedError, errorTable } from './errors.ts'

export type Log = ReturnType<typeof createLog>

/** Parameters of coded errors that are numbers, addresses of ours, or words of a table. */
const TOLD = new Set(['size', 'limit', 'count', 'seconds', 'line', 'pid', 'host', 'port', 'flag', 'dir', 'reason', 'state', 'percent', 'hours', 'people', 'detail', 'nearest', 'permission', 'version'])
const DATABASE = /(?:UNIQUE|NOT NULL|FOREIGN KEY|CHECK|PRIMARY KEY) constraint failed(?:: \w+(?:\.\w+)?)?|database is locked|database table is locked|disk I\/O error|database or disk is full|database disk image is malformed|attempt to write a readonly database|file is not a database|unable to open database file/
/** What V8 says of a mistake of ours, as far as it names nothing but identifiers of the program. */
const RUNTIME = /^(?:Cannot (?:read|set) properties of (?:undefined|null)|[\w$.()]{1,80} is not (?:a function|iterable|defined|a constructor)|Cannot access .[\w$]{1,60}. before initialization|Assignment to constant variable)/
const FRAMES = 12
const CAUSES = 4

interface WrittenError {
  readonly type: string
  readonly code?: string
  readonly message?: string
  /** Where it was thrown, without the text that precedes it. */
  readonly stack?: readonly string[]
  readonly cause?: WrittenError
}

const isWord = (value: unknown): value is string => typeof value === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(value)

function frames(error: Error): readonly string[] {
  return (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, FRAMES).map((line) => line.trim().slice(3))
}

function wordsOf(error: Error, code: string | undefined): string | undefined {
  if (error instanceof CodedError) return errorTable[error.code].message.replace(/\{(\w+)\}/g, (_, name: string) => (TOLD.has(name) ? String(error.parameters[name] ?? '') : `{${name}}`))
  if ('syscall' in error && typeof error.syscall === 'string') return error.syscall
  // What a database says of a constraint names tables and columns; its other words may quote a statement.
  if (code?.startsWith('SQLITE_') === true) return DATABASE.exec(error.message)?.[0]
  return error instanceof TypeError || error instanceof ReferenceError ? RUNTIME.exec(error.message)?.[0] : undefined
}

/** An error as far as it can be told. */
export function writeError(error: unknown, depth = 0): WrittenError | string {
  if (!(error instanceof Error)) return typeof error === 'string' ? 'text' : typeof error
  const code = 'code' in error && isWord(error.code) ? error.code : undefined
  const message = wordsOf(error, code)
  const cause = error.cause instanceof Error && depth < CAUSES ? writeError(error.cause, depth + 1) : undefined
  return { type: error.name, ...(code === undefined ? {} : { code }), ...(message === undefined ? {} : { message }), stack: frames(error), ...(typeof cause === 'object' ? { cause } : {}) }
}

/** Words of other programs, such as nats-server or an identity provider, without what they quote and without addresses of people and of their computers. */
export function maskText(value: unknown): unknown {
  if (typeof value !== 'string') return value
  return value.replaceAll(/"[^"]*"|'[^']*'|`[^`]*`/g, '…').replaceAll(/[^\s@<>:]+@[^\s@<>:]+/g, '…').replaceAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b|\[[0-9a-f:.]+\]|(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{0,4}|[0-9a-f:]*::[0-9a-f:]*/gi, '…').replaceAll(/(?<![\w.])\/(?:[^\s/]+\/)*[^\s/]+/g, '…')
}

/** Lines so far, by level. */
export const logged: Record<string, number> = { debug: 0, info: 0, warn: 0, error: 0, fatal: 0 }

export const createLog = (level: string, destination: Parameters<typeof pino>[1] = pino.destination({ fd: 2, sync: false })) =>
  pino({
    level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) },
    serializers: { err: writeError, error: writeError, text: maskText, problem: maskText, req: () => undefined, res: () => undefined },
    redact: ['*.password', '*.token', '*.secret', 'password', 'token', 'secret'],
    hooks: {
      logMethod(given, method, number) {
        const label = pino.levels.labels[number]
        if (label !== undefined) logged[label] = (logged[label] ?? 0) + 1
        // A bare error would be written with its text as the message.
        if (given[0] instanceof Error) method.apply(this, [{ err: given[0] }, typeof given[1] === 'string' ? given[1] : 'an error'])
        else method.apply(this, given)
      },
    },
  }, destination)
