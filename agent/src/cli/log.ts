// Structured logs on stderr. They carry ids and codes, never names of people or files.
import { pino } from 'pino'

export type Log = ReturnType<typeof createLog>

export const createLog = (level: string) =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) }, redact: ['*.seed', '*.jwt', '*.code'] }, pino.destination({ fd: 2, sync: true }))
