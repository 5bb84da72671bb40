// run/ of the data folder, while a collector runs: who it is, where it answers, and the token of the local command line.
//
//   run/lock            pid and identity of the process; made with O_EXCL, one that a dead process left is taken over
//   run/collector.json  {pid, identity, url} once it answers
//   run/local.token     lets the owner of the folder act over loopback
//   run/<instance>/lock of each of several processes over one folder; the first of them with the role http has the three above, too
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeWhole } from '../bus/server-config.ts'
import { CodedError } from '../errors.ts'
import { pathsOf } from './installation.ts'
import { identityOf, isProcess } from './process-identity.ts'

export interface RunFiles {
  readonly localToken: string
  /** @param localUrl where the command line finds the API */
  announce(localUrl: string): void
  /** Takes everything away again. */
  release(): void
}

function takeLock(path: string, dir: string): void {
  for (let tries = 0; ; tries += 1) {
    try {
      writeFileSync(path, JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) }), { flag: 'wx', mode: 0o600 })
      return
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST' || tries > 2) throw cause
      let holder = { pid: 0, identity: '' }
      try {
        holder = JSON.parse(readFileSync(path, 'utf8')) as typeof holder
      } catch {
        // Cut short by a crash while it was written: nobody holds it.
      }
      if (holder.pid > 0 && isProcess(holder.pid, holder.identity)) throw new CodedError('ALREADY_RUNNING', { dir, pid: holder.pid })
      rmSync(path, { force: true })
    }
  }
}

/** One process of several. */
export interface RunInstance {
  readonly instance: string
  /** The command line may talk to it. */
  readonly isFace: boolean
}

/** @throws ALREADY_RUNNING, DATA_FOLDER_UNUSABLE */
export function takeRunFiles(dir: string, among?: RunInstance): RunFiles {
  const paths = pathsOf(dir)
  const lock = join(paths.run, 'lock')
  const ownLock = among === undefined ? lock : join(paths.run, among.instance, 'lock')
  const localToken = randomBytes(32).toString('base64url')
  let isFace = among?.isFace ?? true
  try {
    mkdirSync(dirname(ownLock), { recursive: true, mode: 0o700 })
    takeLock(ownLock, dir)
    if (among?.isFace === true) {
      try {
        takeLock(lock, dir)
      } catch (error) {
        // Another one is the face.
        if (!(error instanceof CodedError)) throw error
        isFace = false
      }
    }
    if (isFace) {
      rmSync(paths.runFile, { force: true })
      writeWhole(paths.localToken, localToken)
    }
  } catch (cause) {
    if (cause instanceof CodedError) throw cause
    throw new CodedError('DATA_FOLDER_UNUSABLE', { dir, problem: (cause as NodeJS.ErrnoException).code ?? 'unknown' }, { cause })
  }
  return {
    localToken,
    announce(url) {
      if (isFace) writeWhole(paths.runFile, JSON.stringify({ pid: process.pid, identity: identityOf(process.pid), url }))
    },
    release() {
      for (const path of isFace ? [paths.runFile, paths.localToken, lock, ownLock] : [ownLock]) rmSync(path, { force: true })
    },
  }
}
