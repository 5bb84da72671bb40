// Which nats-server to run: the same order as scripts/get-nats-server, which installs the last one.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { CodedError } from '../errors.ts'

const run = promisify(execFile)

/** From here on unknown stream settings are refused and the security fixes of 2026 are to be had. */
export const WANTED_VERSION = '2.12.0'
/** Has everything that Holdfast calls. */
const ACCEPTED_VERSION = '2.10.0'
const USUAL_FOLDERS = ['/usr/local/bin', '/opt/homebrew/bin', '/usr/sbin', '/usr/bin']

export interface FoundServer {
  readonly path: string
  readonly version: string
}

const atLeast = (version: string, than: string): boolean => version.localeCompare(than, 'en', { numeric: true }) >= 0

async function versionOf(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(path, ['--version'], { timeout: 10_000 })
    return /^nats-server: v?(\d+\.\d+\.\d+)/.exec(stdout)?.[1]
  } catch {
    // Not there, not executable, or something else of this name.
    return undefined
  }
}

/**
 * @param configured `bus.serverPath`; empty: look for one
 * @throws CONFIG_INVALID when a server that was named does not run or is too old; BUS_SERVER_MISSING when none is found
 */
export async function findServer(configured: string, environment: NodeJS.ProcessEnv, warn: (problem: string) => void): Promise<FoundServer> {
  const old = (found: FoundServer) => warn(`nats-server ${found.version} works, but security fixes of later versions are missing; at least ${WANTED_VERSION} is better`)
  const variable = environment['HOLDFAST_NATS_SERVER'] ?? ''
  const named = configured === '' ? variable : configured
  if (named !== '') {
    const version = await versionOf(named)
    const key = configured === '' ? 'HOLDFAST_NATS_SERVER' : 'bus.serverPath'
    if (version === undefined) throw new CodedError('CONFIG_INVALID', { key, problem: `${named} is not a nats-server that runs here` })
    if (!atLeast(version, ACCEPTED_VERSION)) throw new CodedError('CONFIG_INVALID', { key, problem: `${named} is nats-server ${version}; at least ${WANTED_VERSION} is needed` })
    const found = { path: named, version }
    if (!atLeast(version, WANTED_VERSION)) old(found)
    return found
  }
  const cache = environment['HOLDFAST_CACHE'] ?? join(environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'holdfast')
  const folders = [...(environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''), ...USUAL_FOLDERS, join(cache, 'bin')]
  let best: FoundServer | undefined
  for (const path of new Set(folders.map((folder) => join(folder, 'nats-server')))) {
    if (!existsSync(path)) continue
    const version = await versionOf(path)
    if (version === undefined) continue
    if (atLeast(version, WANTED_VERSION)) return { path, version }
    if (atLeast(version, ACCEPTED_VERSION) && (best === undefined || atLeast(version, best.version))) best = { path, version }
  }
  if (best === undefined) throw new CodedError('BUS_SERVER_MISSING', { version: WANTED_VERSION })
  old(best)
  return best
}
