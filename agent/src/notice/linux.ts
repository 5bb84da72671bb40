// Notices on Linux: org.freedesktop.Notifications on the person's own session bus, Wayland and X11 alike.
//
// The agent is root and the bus belongs to a person, so nothing of ours speaks to it: a child that has become that person
// does (notify-child.ts), and is ended at its deadline. Which bus it is:
//   /run/user/UID/bus                      a socket of that uid, in a folder of that uid: systemd's user bus
//   DBUS_SESSION_BUS_ADDRESS of a process  of that uid, where a desktop was started by dbus-launch
// A bus without a desktop behind it (ssh only) answers that nobody serves notices: `no_session`.
import { type ChildProcess, fork } from 'node:child_process'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readText } from '../platform/linux/read-text.ts'
import { ANSWER_MS, MAX_BODY, MAX_TITLE, MAX_TYPED, type Notice, type NoticeOutcome, type Notices } from './contract.ts'
import type { ChildNotice, ChildWord } from './notify-child.ts'

/** One child is some 40 MB: notices that wait for an answer must not add up. */
const MAX_CHILDREN = 2
const SHOWN_WITHIN_MS = 5000
const MAX_PROCESSES_READ = 4096
const MAX_KEYS = 1024

export interface LinuxNoticesOptions {
  /** Folder that stands for `/` where sessions and languages are looked up. */
  readonly root?: string
  /** Where compiled code is kept; see main.ts. */
  readonly compiledFolder?: string
  readonly log: { warn(object: object, message: string): void }
}

interface Bus {
  readonly address: string
  readonly uid: number
  readonly gid: number
}

const ownedSocket = (path: string, uid: number): { readonly gid: number } | undefined => {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  return stat?.isSocket() === true && stat.uid === uid ? { gid: stat.gid } : undefined
}

/** Entries of a process's environment; empty where it is gone or hidden. */
function environOf(root: string, pid: string): readonly string[] {
  try {
    return readFileSync(join(root, 'proc', pid, 'environ'), 'latin1').split('\0')
  } catch {
    // It has ended meanwhile.
    return []
  }
}

const named = (environ: readonly string[], name: string): string | undefined => environ.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1)

function* processesOf(root: string, uid: number): Generator<string> {
  const pids = readdirSync(join(root, 'proc')).filter((name) => /^\d+$/.test(name)).slice(-MAX_PROCESSES_READ)
  for (const pid of pids) if (lstatSync(join(root, 'proc', pid), { throwIfNoEntry: false })?.uid === uid) yield pid
}

function busOf(root: string, uid: number): Bus | undefined {
  const folder = join(root, 'run/user', String(uid))
  const path = join(folder, 'bus')
  const found = lstatSync(folder, { throwIfNoEntry: false })?.uid === uid ? ownedSocket(path, uid) : undefined
  if (found !== undefined) return { address: `unix:path=${path}`, uid, gid: found.gid }
  for (const pid of processesOf(root, uid)) {
    const address = named(environOf(root, pid), 'DBUS_SESSION_BUS_ADDRESS')
    if (address?.startsWith('unix:') === true && address.length < 1024) return { address, uid, gid: lstatSync(join(root, 'proc', pid), { throwIfNoEntry: false })?.gid ?? 65_534 }
  }
  return undefined
}

/** The one person of the device with a bus; undefined where it is nobody, or several. */
function onlyPerson(root: string): number | undefined {
  const uids = readdirOr(join(root, 'run/user')).filter((name) => /^\d+$/.test(name) && Number(name) >= 1000 && ownedSocket(join(root, 'run/user', name, 'bus'), Number(name)) !== undefined)
  return uids.length === 1 ? Number(uids[0]) : undefined
}

function readdirOr(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    // No such folder without logind.
    return []
  }
}

const accountOf = (root: string, uid: number): string => new RegExp(`^([^:\\n]+):[^:]*:${uid}:`, 'm').exec(readText(join(root, 'etc/passwd'), 1 << 20) ?? '')?.[1] ?? ''
const twoLetters = (locale: string | undefined): string | undefined => /^["']?([a-z]{2})(?:[_.@"'-]|$)/.exec(locale ?? '')?.[1]

/** In this order: what the person chose for the desktop, the environment of one of the person's processes, the system. */
function readLanguage(root: string, uid: number): string | undefined {
  const account = accountOf(root, uid)
  const own = account === '' ? undefined : twoLetters(/^Language=(.*)$/m.exec(readText(join(root, 'var/lib/AccountsService/users', account), 4096) ?? '')?.[1])
  if (own !== undefined) return own
  for (const pid of processesOf(root, uid)) {
    const environ = environOf(root, pid)
    const found = twoLetters(named(environ, 'LC_ALL') || named(environ, 'LC_MESSAGES') || named(environ, 'LANG'))
    if (found !== undefined) return found
  }
  return ['etc/locale.conf', 'etc/default/locale'].map((file) => twoLetters(/^LANG=(.*)$/m.exec(readText(join(root, file), 4096) ?? '')?.[1])).find((language) => language !== undefined)
}

export function createLinuxNotices({ root = '/', compiledFolder, log }: LinuxNoticesOptions): Notices {
  const children = new Set<ChildProcess>()
  /** Number of the last notice of a person and key, for the next one to take its place. */
  const lastIds = new Map<string, number>()

  const start = (bus: Bus, notice: Notice): Promise<NoticeOutcome> => {
    const { promise, resolve } = Promise.withResolvers<NoticeOutcome>()
    const child = fork(join(import.meta.dirname, 'notify-child.ts'), [], {
      env: compiledFolder === undefined ? {} : { NODE_COMPILE_CACHE: compiledFolder }, cwd: '/', execArgv: ['--max-old-space-size=32', '--max-semi-space-size=1'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'json',
    })
    children.add(child)
    let waited = setTimeout(() => child.kill('SIGKILL'), SHOWN_WITHIN_MS)
    const key = `${bus.uid} ${notice.key}`
    let answered = false
    child.on('message', (message) => {
      const word = message as ChildWord
      if ('answer' in word) {
        if (answered || typeof word.answer !== 'string' || word.answer.length > 32) return
        answered = true
        notice.onAnswer?.({ id: word.answer, ...(typeof word.text === 'string' && word.text !== '' ? { text: word.text.slice(0, MAX_TYPED) } : {}) })
        return
      }
      if (word.outcome === 'shown') {
        if (lastIds.size >= MAX_KEYS) lastIds.clear()
        lastIds.set(key, word.id >>> 0)
        clearTimeout(waited)
        waited = setTimeout(() => child.kill('SIGKILL'), ANSWER_MS + SHOWN_WITHIN_MS)
      } else if (word.outcome === 'failed') log.warn({ why: word.why }, 'a notice could not be shown')
      resolve(word.outcome)
    })
    child.on('error', () => resolve('failed'))
    child.on('exit', () => {
      clearTimeout(waited)
      children.delete(child)
      resolve('failed')
    })
    const request: ChildNotice = {
      ...bus, account: accountOf(root, bus.uid), title: notice.title.slice(0, MAX_TITLE), body: notice.body.slice(0, MAX_BODY), urgency: notice.urgency, choices: notice.choices ?? [], replaces: lastIds.get(key) ?? 0, waitMs: ANSWER_MS,
      ...(notice.typed === undefined ? {} : { typed: notice.typed }),
    }
    child.send(request, (error) => {
      if (error !== null) resolve('failed')
    })
    return promise
  }

  return {
    async show(notice) {
      const uid = notice.uid < 0 ? onlyPerson(root) : notice.uid
      const bus = uid === undefined || uid === 0 ? undefined : busOf(root, uid)
      if (bus === undefined) return 'no_session'
      // Those that only wait for an answer give way: being told is worth more than being asked.
      if (children.size >= MAX_CHILDREN) [...children][0]?.kill('SIGKILL')
      return start(bus, notice)
    },
    languageOf: (uid) => Promise.resolve(uid > 0 ? readLanguage(root, uid) : undefined),
    async close() {
      await Promise.all([...children].map((child) => new Promise((resolve) => {
        child.once('exit', resolve)
        child.kill('SIGKILL')
      })))
    },
  }
}
