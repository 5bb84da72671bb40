// The leavers' hour as its peers read it: one JSON object or one log line an activity, and who has resigned.
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { fromWireTimestamp, wire } from '@holdfast/proto'
import type { LeaversHour } from './leavers.ts'

const TYPES: Readonly<Record<string, string>> = {
  fileChanged: 'file_modify', fileCreated: 'file_create', fileDeleted: 'file_delete', fileRenamed: 'file_rename', sessionStarted: 'logon', applicationInstalled: 'app_install', removableMediaMounted: 'usb_insert', fileCopied: 'usb_copy', securityFeatureChanged: 'security_toggle',
}
/** Lines that are gathered before they are handed to the file. */
const AT_ONCE = 5000

export interface PeerEvent {
  readonly ts: number
  readonly user: string
  readonly host: string
  readonly type: string
  readonly path: string
  readonly size: number
  readonly process: string
}

export function* eventsOf(hour: LeaversHour): Generator<PeerEvent> {
  for (const { deviceId, payload } of hour.batches) {
    for (const body of wire.ActivityBatch.decode(payload).activities ?? []) {
      const activity = wire.Activity.decode(body)
      const file = activity.fileCopied?.destination ?? activity.fileChanged?.file ?? activity.fileCreated?.file ?? activity.fileRenamed?.file
      yield { ts: fromWireTimestamp(activity.occurredAt) ?? 0, user: activity.actor?.account ?? '', host: deviceId, type: TYPES[activity.detail ?? ''] ?? 'other', path: file?.path ?? activity.fileDeleted?.path ?? '', size: file?.sizeBytes ?? 0, process: activity.actor?.process?.name ?? '' }
    }
  }
}

/** As rsyslog or a log file has it. */
export const logLine = ({ ts, user, host, type, path, size }: PeerEvent): string => `<134>1 ${new Date(ts).toISOString()} ${host} holdfast - - - type=${type} user=${user} size=${size} path=${path}`
export const resignedLine = (user: string): string => `<134>1 2026-01-01T00:00:00.000Z hr holdfast - - - type=resigned user=${user} size=0 path=-`

/** Writes both files. @returns bytes of each */
export async function writePeerFiles(hour: LeaversHour, jsonPath: string, logPath: string): Promise<{ readonly jsonBytes: number; readonly logBytes: number }> {
  const json = createWriteStream(jsonPath)
  const log = createWriteStream(logPath)
  const bytes = { jsonBytes: 0, logBytes: 0 }
  let [objects, lines]: [string[], string[]] = [[], [...hour.leavers].map((user) => `${resignedLine(user)}\n`)]
  const flush = async (): Promise<void> => {
    const [objectText, lineText] = [objects.join(''), lines.join('')]
    bytes.jsonBytes += objectText.length
    bytes.logBytes += lineText.length
    ;[objects, lines] = [[], []]
    if (!json.write(objectText)) await once(json, 'drain')
    if (!log.write(lineText)) await once(log, 'drain')
  }
  for (const event of eventsOf(hour)) {
    objects.push(`${JSON.stringify(event)}\n`)
    lines.push(`${logLine(event)}\n`)
    if (objects.length >= AT_ONCE) await flush()
  }
  await flush()
  json.end()
  log.end()
  await Promise.all([finished(json), finished(log)])
  return bytes
}
