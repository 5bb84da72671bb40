// Who did it: from what a sensor knows to the account that the collector scores.
//
// The person is, in this order: the account that the sensor names; the account of the process, where a sign-in uid stands
// above root (`sudo cp` is done by the person who signed in, not by root); the owner that the sensor names; and where the
// sensor knows nobody, the one account that has a session, if it is exactly one.
import { wire } from '@holdfast/proto'
import type { ActorHint } from '../activity.ts'
import type { Platform, ProcessInfo } from '../platform/platform.ts'
import { classOfProgram } from '../sensors/program-class.ts'

/** Trust in what /proc said about a process id: a copy writes thousands of files, and ids are not reused that fast. */
const PROCESS_FRESH_MS = 1000
/** A process that is gone was most likely the one that we saw under its id a moment ago. */
const PROCESS_REMEMBERED_MS = 10_000
const ACCOUNT_FRESH_MS = 60_000
const SESSION_FRESH_MS = 2000
const MAX_PROCESSES = 1024
const MAX_ACCOUNTS = 4096

const attributions = { process: wire.Attribution.ATTRIBUTION_PROCESS, file_owner: wire.Attribution.ATTRIBUTION_FILE_OWNER, session: wire.Attribution.ATTRIBUTION_SESSION } as const

/** What had to be asked at once, because a process may be gone a moment later. */
export interface CapturedActor {
  readonly uid?: number
  readonly account?: string
  readonly attribution?: keyof typeof attributions
  readonly process?: wire.Process.$Properties
}

export interface Actors {
  capture(hint: ActorHint | undefined): CapturedActor
  /** At once where the account is known already; undefined when nobody can be named. */
  name(captured: CapturedActor): wire.Actor.$Properties | undefined | Promise<wire.Actor.$Properties | undefined>
}

interface Known<T> {
  readonly value: T
  readonly atMs: number
}

/** `DOMAIN\name` and `name@domain` of a directory, apart. */
export function splitAccount(text: string): { readonly account: string; readonly domain: string } {
  const backslash = text.indexOf('\\')
  if (backslash > 0) return { account: text.slice(backslash + 1), domain: text.slice(0, backslash) }
  const at = text.lastIndexOf('@')
  return at > 0 ? { account: text.slice(0, at), domain: text.slice(at + 1) } : { account: text, domain: '' }
}

const onWire = (info: ProcessInfo): wire.Process.$Properties => ({ pid: info.pid, name: info.name, executable: info.executable, parentName: info.parentName, parentPid: info.ppid, ...(info.container === undefined ? {} : { container: info.container }) })

/** With the kind of program that it is, whoever named the process. */
const classed = (process: wire.Process.$Properties): wire.Process.$Properties => {
  const programClass = process.programClass ?? classOfProgram(process.executable ?? '', process.name ?? '')
  return programClass === undefined || programClass === '' ? process : { ...process, programClass }
}

/** The uid of the person behind a process; a sign-in counts over root only, so that a service started from a session stays the service. */
const personOf = (info: ProcessInfo): number => (info.uid === 0 && info.loginUid !== undefined ? info.loginUid : info.uid)

const fromSession = (account: string | undefined, process: wire.Process.$Properties | undefined): wire.Actor.$Properties | undefined =>
  account === undefined ? (process === undefined ? undefined : { process }) : { ...splitAccount(account), attribution: attributions.session, ...(process === undefined ? {} : { process }) }

const named = ({ uid, attribution, process }: CapturedActor, account: string): wire.Actor.$Properties => ({
  ...splitAccount(account), accountId: uid === undefined ? '' : String(uid), attribution: attributions[attribution ?? 'file_owner'], ...(process === undefined ? {} : { process }),
})

/** @param steady milliseconds of a clock that never jumps */
export function createActors(platform: Pick<Platform, 'process' | 'accountByUid' | 'sessions'>, steady: () => number): Actors {
  const processes = new Map<number, Known<ProcessInfo>>()
  const accounts = new Map<number, Known<string>>()
  let session: Known<string | undefined> | undefined

  const lookUpProcess = (pid: number): ProcessInfo | undefined => {
    const known = processes.get(pid)
    const age = known === undefined ? Infinity : steady() - known.atMs
    if (age <= PROCESS_FRESH_MS) return known?.value
    const info = platform.process(pid)
    if (info === undefined) return age <= PROCESS_REMEMBERED_MS ? known?.value : undefined
    if (processes.size >= MAX_PROCESSES) processes.clear()
    processes.set(pid, { value: info, atMs: steady() })
    return info
  }

  const lookUpAccount = async (uid: number): Promise<string> => {
    const name = await platform.accountByUid(uid).then((account) => account?.name ?? '', () => '')
    if (accounts.size >= MAX_ACCOUNTS) accounts.clear()
    accounts.set(uid, { value: name, atMs: steady() })
    return name
  }

  const lookUpSession = async (): Promise<string | undefined> => {
    const names = new Set(await platform.sessions().then((sessions) => sessions.map(({ account }) => account), () => []))
    const only = names.size === 1 ? [...names][0] : undefined
    session = { value: only, atMs: steady() }
    return only
  }

  return {
    capture(hint) {
      if (hint === undefined) return {}
      const info = hint.pid === undefined || (hint.process !== undefined && hint.uid !== undefined) ? undefined : lookUpProcess(hint.pid)
      const process = hint.process ?? (info === undefined ? (hint.pid === undefined ? undefined : { pid: hint.pid }) : onWire(info))
      const uid = info === undefined ? hint.uid : personOf(info)
      return {
        ...(uid === undefined ? {} : { uid }), ...(hint.account === undefined ? {} : { account: hint.account }), ...(process === undefined ? {} : { process: classed(process) }),
        attribution: hint.attribution ?? (hint.pid === undefined ? 'file_owner' : 'process'),
      }
    },
    name(captured) {
      if (captured.account !== undefined && captured.account !== '') return named(captured, captured.account)
      if (captured.uid !== undefined) {
        const known = accounts.get(captured.uid)
        if (known !== undefined && steady() - known.atMs <= ACCOUNT_FRESH_MS) return named(captured, known.value)
        return lookUpAccount(captured.uid).then((account) => named(captured, account))
      }
      if (session !== undefined && steady() - session.atMs <= SESSION_FRESH_MS) return fromSession(session.value, captured.process)
      return lookUpSession().then((account) => fromSession(account, captured.process))
    },
  }
}
