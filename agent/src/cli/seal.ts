// `holdfast-agent seal`: makes the folder of an image ready to be copied. What makes this computer this device goes; what
// was configured, and how to enrol at the next start, stays.
//
//   goes   identity and pending key, policy, spool, what waits as evidence, lineage, learnt states, status, traces of a run
//   stays  agent.yaml, the enrolment that the next start uses (`enrolment`: collector= and code=, one a line), upgrade/
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CodedError } from '../errors.ts'
import { readStatus } from '../health/status-file.ts'
import { parseCollectorUrl } from '../identity/collector-http.ts'
import { parseEnrolmentCode } from '../identity/enrolment-code.ts'
import { loadIdentity, removeIdentity } from '../identity/identity-file.ts'
import { writeDurably } from '../platform/durable-file.ts'
import { openSpool } from '../spool/spool.ts'
import { evidenceFolder, spoolFolder } from './folders.ts'
import { createLog } from './log.ts'
import { printJson, say } from './output.ts'

const STAYS = new Set(['agent.yaml', 'enrolment', 'upgrade'])
/** Nothing is dropped for looking. */
const NO_LIMIT = 2 ** 40

export interface SealOptions {
  readonly discardUnsent: boolean
  /** Both or none: what the next start enrols with. */
  readonly enrol?: { readonly collector: string; readonly code: string }
  readonly json: boolean
}

async function unsentActivities(folder: string): Promise<number> {
  const spool = await openSpool({ folder: spoolFolder(folder), maxBytes: NO_LIMIT, now: Date.now, log: createLog('error') })
  const { lastSeq, ackedSeq } = spool.figures()
  await spool.close()
  return lastSeq - ackedSeq
}

const unsentCopies = async (folder: string): Promise<number> => (await readdir(join(evidenceFolder(folder)), { recursive: true, withFileTypes: true }).catch(() => [])).filter((entry) => entry.isFile()).length

/**
 * @throws NOT_ENROLLED (also when it was sealed already), SPOOL_LOCKED while the agent runs, SEAL_UNSENT when something was not
 * sent yet and nobody said that it may go, ENROLMENT_CODE_INVALID
 */
export async function sealFolder(folder: string, { discardUnsent, enrol, json }: SealOptions): Promise<void> {
  const { deviceId } = await loadIdentity(folder)
  const found = await readStatus(folder, Date.now())
  if (found.kind === 'running' || found.kind === 'hung') throw new CodedError('SPOOL_LOCKED', { pid: found.status.pid })
  const preset = enrol === undefined ? undefined : `collector=${parseCollectorUrl(enrol.collector)}\ncode=${parseEnrolmentCode(enrol.code).text}\n`
  const [activities, copies] = [await unsentActivities(folder), await unsentCopies(folder)]
  if (!discardUnsent && activities + copies > 0) throw new CodedError('SEAL_UNSENT', { count: activities, copies })
  // First of all: a crash from here on leaves no copy of the key behind that starts.
  await removeIdentity(folder)
  const removed: string[] = []
  for (const name of await readdir(folder)) {
    if (STAYS.has(name)) continue
    await rm(join(folder, name), { recursive: true, force: true })
    removed.push(name)
  }
  if (preset !== undefined) await writeDurably(join(folder, 'enrolment'), preset)
  const machineId = await readFile('/etc/machine-id', 'utf8').then((text) => text.trim(), () => '')
  if (json) printJson({ sealed: deviceId, discarded: activities, discardedCopies: copies, removed: removed.toSorted(), enrolsAtStart: preset !== undefined })
  else {
    say(`sealed: nothing here is ${deviceId} any more${activities + copies === 0 ? '' : `; ${activities} activities and ${copies} copies were thrown away`}`)
    say(preset === undefined ? 'each copy has to be enrolled: holdfast-agent enrol' : 'each copy enrols as a new device when it starts')
    if (machineId !== '') say('the operating system’s own id is still here; empty it, or every copy is the same computer: truncate -s 0 /etc/machine-id')
    say(`retire the device of the image: holdfast device retire ${deviceId} --reason image`)
  }
}
