// Accounts of the device: /etc/passwd, and the directory service through getent for uids that are not in it.
import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { AccountInfo, Platform } from '../platform.ts'
import { readText } from './read-text.ts'

export interface PasswdEntry extends AccountInfo {
  readonly gid: number
  readonly shell: string
}

/** First uid of a person where /etc/login.defs does not say. */
const UID_MIN = 1000
const UNKNOWN_FOR_MS = 300_000
const REMEMBERED = 4096

/** passwd(5): `name:x:uid:gid:gecos:home:shell`. */
export function parsePasswd(text: string): readonly PasswdEntry[] {
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid, , home, shell] = line.split(':')
    if (name === undefined || name === '' || name.startsWith('#') || !/^\d+$/.test(uid ?? '') || home === undefined) return []
    return [{ name, uid: Number(uid), gid: Number(gid), home, shell: shell ?? '' }]
  })
}

const canSignIn = (entry: PasswdEntry): boolean => !['nologin', 'false', 'sync', 'halt', 'shutdown'].includes(basename(entry.shell))

export interface Accounts {
  byUid(uid: number): Promise<AccountInfo | undefined>
  all(): readonly AccountInfo[]
}

export function createAccounts(root: string, run: Platform['run']): Accounts {
  let readAt = ''
  let entries: readonly PasswdEntry[] = []
  const fromDirectory = new Map<number, { readonly account: AccountInfo | undefined; readonly until: number }>()

  const passwd = (): readonly PasswdEntry[] => {
    const path = join(root, 'etc/passwd')
    const stat = statSync(path, { throwIfNoEntry: false })
    const version = `${stat?.ino} ${stat?.mtimeMs} ${stat?.size}`
    if (version !== readAt) {
      entries = parsePasswd(readText(path) ?? '')
      readAt = version
    }
    return entries
  }

  const publicPart = ({ name, uid, home }: PasswdEntry): AccountInfo => ({ name, uid, home })

  return {
    async byUid(uid) {
      const local = passwd().find((entry) => entry.uid === uid)
      if (local !== undefined) return publicPart(local)
      const known = fromDirectory.get(uid)
      if (known !== undefined && known.until > performance.now()) return known.account
      const answer = await run('getent', ['passwd', String(uid)], { timeoutMs: 5000, maxBytes: 65_536 }).then(({ stdout }) => parsePasswd(stdout)[0], () => undefined)
      if (fromDirectory.size >= REMEMBERED) fromDirectory.clear()
      const account = answer === undefined ? undefined : publicPart(answer)
      fromDirectory.set(uid, { account, until: performance.now() + UNKNOWN_FOR_MS })
      return account
    },
    all() {
      const uidMin = Number(/^UID_MIN\s+(\d+)/m.exec(readText(join(root, 'etc/login.defs')) ?? '')?.[1] ?? UID_MIN)
      return passwd()
        .filter((entry) => (entry.uid === 0 || entry.uid >= uidMin) && canSignIn(entry) && statSync(join(root, entry.home), { throwIfNoEntry: false })?.isDirectory() === true)
        .map(publicPart)
    },
  }
}
