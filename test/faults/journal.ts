// What a workload owes and what it may have issued, written so that a kill -9 of it loses no obligation.
//
//   R <number>                 numbers up to this one may be issued from now on; written before the first of them is
//   A <number> <epoch> <seq> . the spool's append of this number resolved: an obligation
//
// One write(2) a group, so what was written outlives the process (the machine is not cut off in these tests); a line
// without its dot was being written when the process died and counts for nothing.
import { appendFileSync, closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs'

const RESERVE = 2000

export interface Obligation {
  readonly number: number
  readonly epoch: string
  readonly seq: number
}

export interface JournalContent {
  readonly reserved: number
  readonly obligations: readonly Obligation[]
}

export function readJournal(path: string): JournalContent {
  if (!existsSync(path)) return { reserved: 0, obligations: [] }
  const text = readFileSync(path, 'utf8')
  let reserved = 0
  const obligations: Obligation[] = []
  for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
    const [kind, number, epoch, seq, whole] = line.split(' ')
    if (kind === 'R') reserved = Math.max(reserved, Number(number))
    else if (kind === 'A' && epoch !== undefined && whole === '.') obligations.push({ number: Number(number), epoch, seq: Number(seq) })
  }
  return { reserved, obligations }
}

export interface Journal {
  /** A number that was never issued before. */
  next(): number
  acknowledged(obligations: readonly Obligation[]): void
  close(): void
}

export function openJournal(path: string): Journal {
  let { reserved } = readJournal(path)
  let issued = reserved
  // A torn last line must not run into the next one.
  if (existsSync(path) && !readFileSync(path, 'utf8').endsWith('\n')) appendFileSync(path, '\n')
  const file = openSync(path, 'a')
  return {
    next() {
      issued += 1
      if (issued > reserved) {
        reserved = issued + RESERVE
        writeSync(file, `R ${reserved}\n`)
      }
      return issued
    },
    acknowledged(obligations) {
      if (obligations.length > 0) writeSync(file, obligations.map(({ number, epoch, seq }) => `A ${number} ${epoch} ${seq} .\n`).join(''))
    },
    close: () => closeSync(file),
  }
}
