// Print jobs from the spool of CUPS (Linux and macOS): control files cNNNNN, the attributes of each job, and data files
// dNNNNN-001, the bytes that the printer is given.
//
// The spool is there whatever is configured, while page_log is off unless somebody set PageLogFormat, and asking cupsd needs
// its policy to allow it. Its price: cupsd writes a control file up to 30 seconds after the job (DirtyCleanInterval).
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { parseIpp } from './ipp.ts'
import { jobOfAttributes, parsePrinters, type PrintJob, type Printer } from './job.ts'

const MAX_CONTROL_BYTES = 262_144
const MAX_CONF_BYTES = 4 << 20
const MAX_FILES = 10_000

/** Folder of the spool under the device's root, without its root. */
export const SPOOLS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { linux: '/var/spool/cups', darwin: '/private/var/spool/cups' }
export const PRINTERS_CONF: Readonly<Partial<Record<NodeJS.Platform, string>>> = { linux: '/etc/cups/printers.conf', darwin: '/private/etc/cups/printers.conf' }

/** The folder is root's, so no name in it is a trap; a link is refused all the same. */
function readSmall(path: string, maxBytes: number): Buffer | undefined {
  let fd: number
  try {
    fd = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  } catch {
    return undefined
  }
  try {
    const stat = fstatSync(fd)
    if (!stat.isFile() || stat.size > maxBytes) return undefined
    const bytes = Buffer.alloc(stat.size)
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, 0))
  } finally {
    closeSync(fd)
  }
}

export interface SpooledJob extends PrintJob {
  /** Path of what the printer was given; it may be gone. */
  readonly data: string
}

export interface Spool {
  readonly jobs: readonly SpooledJob[]
  /** Data files that are there now. */
  readonly data: readonly string[]
}

/** @returns `absent` without a spool, `denied` when it may not be read */
export function readSpool(folder: string): Spool | 'absent' | 'denied' {
  let names: readonly string[]
  try {
    names = readdirSync(folder)
  } catch (error) {
    return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR') ? 'absent' : 'denied'
  }
  const ours = names.filter((name) => /^(?:c\d{5,}|d\d{5,}-\d{3})$/.test(name)).toSorted().slice(-MAX_FILES)
  const jobs = ours.filter((name) => name.startsWith('c')).flatMap((name) => {
    const bytes = readSmall(join(folder, name), MAX_CONTROL_BYTES)
    const job = bytes === undefined ? undefined : jobOfAttributes(Number(name.slice(1)), parseIpp(bytes))
    return job === undefined ? [] : [{ ...job, data: join(folder, `d${name.slice(1)}-001`) }]
  })
  return { jobs, data: ours.filter((name) => name.endsWith('-001')).map((name) => join(folder, name)) }
}

export const readPrinters = (path: string): ReadonlyMap<string, Printer> => parsePrinters(readSmall(path, MAX_CONF_BYTES)?.toString('utf8') ?? '')
