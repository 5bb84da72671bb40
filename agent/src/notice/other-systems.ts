// Notices on macOS and Windows, by programs of the system.
//
// macOS: `launchctl asuser UID sudo -u #UID osascript`, as launchctl(1) says for a command in a person's session; the texts
// are arguments of the script and never part of its source. Windows: `msg console`, which the Home edition does not have.
// Recorded arguments are all that is tested here; nothing of this ran on either system.
import type { Platform } from '../platform/platform.ts'
import { ANSWER_MS, MAX_BODY, MAX_TITLE, MAX_TYPED, type Notice, type NoticeOutcome, type Notices } from './contract.ts'

type Run = Platform['run']
const GIVE_UP_SECS = Math.floor(ANSWER_MS / 1000)
const clean = (text: string, limit: number): string => text.replaceAll(/\p{Cc}/gu, ' ').slice(0, limit)

/** AppleScript's own way to take texts from outside; a notice without choices goes to the notification centre. */
const SHOW: readonly string[] = ['on run argv', 'display notification (item 2 of argv) with title (item 1 of argv)', 'end run']
const ASK: readonly string[] = ['on run argv', `set asked to display dialog (item 2 of argv) with title (item 1 of argv) buttons (items 3 thru -1 of argv) default button 1 with icon caution giving up after ${GIVE_UP_SECS}`, 'if gave up of asked then return ""', 'return button returned of asked', 'end run']
const ASK_TEXT: readonly string[] = ['on run argv', `set asked to display dialog (item 2 of argv) with title (item 1 of argv) default answer "" buttons (items 3 thru -1 of argv) default button 1 with icon caution giving up after ${GIVE_UP_SECS}`, 'if gave up of asked then return ""', 'return (button returned of asked) & linefeed & (text returned of asked)', 'end run']

export function createDarwinNotices(run: Run): Notices {
  const inSession = (uid: number, script: readonly string[], texts: readonly string[], timeoutMs: number) =>
    run('/bin/launchctl', ['asuser', String(uid), '/usr/bin/sudo', '-u', `#${uid}`, '/usr/bin/osascript', ...script.flatMap((line) => ['-e', line]), '--', ...texts], { timeoutMs })

  const ask = async (uid: number, notice: Notice, texts: readonly string[]): Promise<void> => {
    const choices = notice.choices ?? []
    const { code, stdout } = await inSession(uid, notice.typed === undefined ? ASK : ASK_TEXT, [...texts, ...choices.map(({ label }) => clean(label, 60))], ANSWER_MS + 10_000)
    const [button = '', ...typed] = stdout.replace(/\n$/, '').split('\n')
    const choice = choices.find(({ label }) => clean(label, 60) === button)
    if (code !== 0 || choice === undefined) return
    const text = typed.join(' ').trim().slice(0, MAX_TYPED)
    notice.onAnswer?.({ id: choice.id, ...(choice.id === notice.typed && text !== '' ? { text } : {}) })
  }

  return {
    async show(notice): Promise<NoticeOutcome> {
      try {
        // Who owns the console is who sits at the screen.
        const owner = Number((await run('/usr/bin/stat', ['-f', '%u', '/dev/console'])).stdout.trim())
        const uid = notice.uid < 0 ? owner : notice.uid
        if (!(owner > 0) || owner !== uid) return 'no_session'
        const texts = [clean(notice.title, MAX_TITLE), clean(notice.body, MAX_BODY)]
        if ((notice.choices ?? []).length === 0) return (await inSession(uid, SHOW, texts, 5000)).code === 0 ? 'shown' : 'failed'
        // The dialogue stays until it is answered; that it is there is what counts now.
        void ask(uid, notice, texts).catch(() => undefined)
        return 'shown'
      } catch {
        // A program that is not there or does not end: the notice was not shown, which is the outcome.
        return 'failed'
      }
    },
    async languageOf(uid) {
      const answer = await run('/bin/launchctl', ['asuser', String(uid), '/usr/bin/sudo', '-u', `#${uid}`, '/usr/bin/defaults', 'read', '-g', 'AppleLocale']).catch(() => undefined)
      return /^([a-z]{2})[_-]/.exec(answer?.stdout ?? '')?.[1]
    },
    close: () => Promise.resolve(),
  }
}

export function createWindowsNotices(run: Run): Notices {
  return {
    async show(notice) {
      try {
        const { code } = await run('msg.exe', ['console', `/TIME:${GIVE_UP_SECS}`, `${clean(notice.title, MAX_TITLE)}\r\n\r\n${clean(notice.body, MAX_BODY)}`])
        // 1: nobody has the console's session.
        return code === 0 ? 'shown' : 'no_session'
      } catch {
        // As above.
        return 'failed'
      }
    },
    languageOf: () => Promise.resolve(undefined),
    close: () => Promise.resolve(),
  }
}
