// Who is signed in: systemd-logind's session files, else the utmp file.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { SessionInfo } from '../platform.ts'
import { readSystemFile, readText } from './read-text.ts'

/** utmp(5) on Linux: 384 bytes a record on every 64-bit architecture that matters. */
const RECORD_BYTES = 384
const USER_PROCESS = 7

const textAt = (record: Buffer, from: number, bytes: number): string => {
  const field = record.subarray(from, from + bytes)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end < 0 ? bytes : end)
}

/** Remote means that the record names a host that is not an X display of this device. */
export function parseUtmp(bytes: Buffer): readonly SessionInfo[] {
  const sessions: SessionInfo[] = []
  for (let at = 0; at + RECORD_BYTES <= bytes.length; at += RECORD_BYTES) {
    const record = bytes.subarray(at, at + RECORD_BYTES)
    if (record.readInt16LE(0) !== USER_PROCESS) continue
    const account = textAt(record, 44, 32)
    const host = textAt(record, 76, 256)
    const remote = host !== '' && !host.startsWith(':')
    if (account !== '') sessions.push({ account, remote, host: remote ? host : '' })
  }
  return sessions
}

/** A file of /run/systemd/sessions; undefined for a greeter, a background job or a session that is closing. */
export function parseLogindSession(text: string): SessionInfo | undefined {
  const value = (key: string): string => new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1] ?? ''
  if (value('USER') === '' || value('STATE') === 'closing' || !/^user(-early|-incomplete)?$/.test(value('CLASS') || 'user')) return undefined
  return { account: value('USER'), remote: value('REMOTE') === '1', host: value('REMOTE_HOST') }
}

export function readSessions(root: string): readonly SessionInfo[] {
  const folder = join(root, 'run/systemd/sessions')
  let names: string[] = []
  try {
    names = readdirSync(folder)
  } catch {
    // No logind here.
  }
  const sessions = names.flatMap((name) => parseLogindSession(readText(join(folder, name), 8192) ?? '') ?? [])
  if (sessions.length > 0) return sessions
  const utmp = readSystemFile(join(root, 'run/utmp'))
  return utmp.kind === 'bytes' ? parseUtmp(utmp.bytes) : []
}
