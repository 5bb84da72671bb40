// `holdfast-agent request-exception`: a person asks to use a removable medium. Runs as that person.
import { randomBytes } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CodedError } from '../errors.ts'
import { printJson, say } from './output.ts'

const WAIT_MS = 10_000
const STEP_MS = 100

const problems: Readonly<Record<string, string>> = {
  no_reason: 'say why, with --reason', no_medium: 'the agent sees no such medium; connect it first', several_media: 'several media are connected; name one with --medium SERIAL', nameless_medium: 'the medium has no serial number, so it cannot be told from another', too_many: 'you have asked five times within an hour; wait a while',
}

export interface RequestOptions {
  readonly reason: string
  readonly hours: number
  readonly medium?: string
  readonly json: boolean
}

/** Where people lay down their requests: beside what the agent tells everybody. */
export const requestFolder = (disclosure: string): string => join(dirname(disclosure), 'requests')

/** @throws EXCEPTION_NOT_ASKED, AGENT_NOT_RUNNING, COMMAND_USE */
export async function requestException(folder: string, { reason, hours, medium, json }: RequestOptions): Promise<void> {
  if (!Number.isSafeInteger(hours) || hours < 1 || hours > 24 * 90) throw new CodedError('COMMAND_USE', { problem: '--hours is a whole number from 1 to 2160' })
  const id = randomBytes(16).toString('hex')
  const path = join(folder, `${id}.json`)
  const draft = join(folder, `${id}.draft`)
  try {
    await writeFile(draft, JSON.stringify({ reason, hours, ...(medium === undefined ? {} : { medium }) }), { flag: 'wx', mode: 0o600 })
    await rename(draft, path)
  } catch (cause) {
    throw new CodedError('AGENT_NOT_RUNNING', { problem: 'it takes no requests of people; ask your administrators' }, { cause })
  }
  let outcome = ''
  for (let waited = 0; waited < WAIT_MS && outcome === ''; waited += STEP_MS) {
    await sleep(STEP_MS)
    outcome = await readFile(join(folder, `${id}.answer`), 'utf8').catch(() => '')
  }
  if (outcome === '') {
    await rm(path, { force: true })
    throw new CodedError('AGENT_NOT_RUNNING', { problem: 'it did not take the request within ten seconds' })
  }
  if (outcome !== 'asked') throw new CodedError('EXCEPTION_NOT_ASKED', { problem: problems[outcome] ?? outcome })
  if (json) printJson({ outcome })
  else say('Your request is on its way. You are told on this device when it is decided.')
}
