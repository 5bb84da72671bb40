// The child that speaks to a person's desktop: one notice, as that person, then the end.
//
// It starts as the agent's account because only that one may read this file, and becomes the person before it touches the
// bus: groups, group and user, for good. Its environment is empty, and what it was asked comes over the parent's channel.
import { type BusConnection, BusError, connectBus, type Message } from './dbus.ts'

export interface ChildNotice {
  readonly address: string
  readonly uid: number
  readonly gid: number
  /** Account of the system's files, for its groups; empty: none but the primary one. */
  readonly account: string
  readonly title: string
  readonly body: string
  readonly urgency: 'low' | 'normal' | 'critical'
  readonly choices: readonly { readonly id: string; readonly label: string }[]
  readonly typed?: string
  readonly replaces: number
  readonly waitMs: number
}

export type ChildWord = { readonly outcome: 'shown'; readonly id: number } | { readonly outcome: 'no_session' | 'failed'; readonly why: string } | { readonly answer: string; readonly text?: string }

const TARGET = { destination: 'org.freedesktop.Notifications', path: '/org/freedesktop/Notifications', iface: 'org.freedesktop.Notifications' } as const
const BUS = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', iface: 'org.freedesktop.DBus' } as const
const URGENCY = { low: 0, normal: 1, critical: 2 } as const
/** Nobody is there to show a notice: a bus without a desktop, as systemd keeps one for a session over ssh. */
const NOBODY = /\.(?:ServiceUnknown|NameHasNoOwner|Spawn\.\w+|NoReply|NoServer)$/
const CONNECT_MS = 4000
/** Servers that know a field for a line have this action. Source: the `inline-reply` capability of Plasma and others. */
const REPLY = 'inline-reply'

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function become({ uid, gid, account }: ChildNotice): void {
  if (process.geteuid?.() !== 0 || uid === 0) return
  const initgroups = (process as { initgroups?: (user: string, group: number) => void }).initgroups?.bind(process)
  if (account === '') process.setgroups?.([])
  else initgroups?.(account, gid)
  process.setgid?.(gid)
  process.setuid?.(uid)
}

const say = (word: ChildWord): Promise<void> => new Promise((resolve) => process.send?.(word, undefined, undefined, () => resolve()) ?? resolve())

async function show(notice: ChildNotice): Promise<void> {
  let bus: BusConnection | undefined
  let shownId = -1
  let canType = false
  const { promise: answered, resolve: answer } = Promise.withResolvers<ChildWord | undefined>()
  /** What was said before we were told the number of our notice. */
  const early: Message[] = []
  const onSignal = (message: Message): void => {
    const { iface, member, values: [id, what] } = message
    if (iface !== TARGET.iface) return
    if (shownId < 0 && early.length < 64) early.push(message)
    if (id !== shownId) return
    if (member === 'NotificationReplied') answer({ answer: notice.typed ?? '', text: String(what) })
    // Whoever chooses to type has not finished yet where there is a field.
    else if (member === 'ActionInvoked' && !(canType && what === REPLY)) answer({ answer: String(what) })
    // 2: closed by the person; 1 expired and 3 closed by a call are no answers.
    else if (member === 'NotificationClosed') setTimeout(() => answer(what === 2 ? { answer: 'dismissed' } : undefined), 200)
  }
  try {
    bus = await connectBus(notice.address, notice.uid, onSignal, () => answer(undefined))
    if (notice.choices.length > 0) await bus.call({ ...BUS, member: 'AddMatch' }, ['s'], [`type='signal',interface='${TARGET.iface}'`])
    const capabilities = (await bus.call({ ...TARGET, member: 'GetCapabilities' }, [], [])).values[0] as readonly string[]
    const body = capabilities.includes('body-markup') ? escaped(notice.body) : notice.body
    canType = notice.typed !== undefined && capabilities.includes(REPLY)
    const actions = capabilities.includes('actions') ? notice.choices.flatMap(({ id, label }) => [canType && id === notice.typed ? REPLY : id, label]) : []
    const hints = [['urgency', { as: 'y', value: URGENCY[notice.urgency] }], ['desktop-entry', { as: 's', value: 'holdfast-agent' }], ['category', { as: 's', value: 'device' }]] as const
    const reply = await bus.call({ ...TARGET, member: 'Notify' }, ['s', 'u', 's', 's', 's', 'as', 'a{sv}', 'i'], ['Holdfast', notice.replaces, 'dialog-warning', notice.title, body, actions, hints, -1])
    shownId = Number(reply.values[0])
    await say({ outcome: 'shown', id: shownId })
    early.forEach(onSignal)
    if (actions.length === 0) return
    const late = setTimeout(() => answer(undefined), notice.waitMs)
    const word = await answered
    clearTimeout(late)
    if (word !== undefined) await say(word)
  } catch (error) {
    const why = error instanceof BusError ? error.errorName : error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    await say({ outcome: NOBODY.test(why) || why === 'ENOENT' || why === 'ECONNREFUSED' ? 'no_session' : 'failed', why })
  } finally {
    bus?.close()
  }
}

process.once('disconnect', () => process.exit(0))
process.once('message', (message) => {
  const notice = message as ChildNotice
  const deadline = setTimeout(() => process.exit(1), CONNECT_MS + (notice.choices.length > 0 ? notice.waitMs : 0))
  become(notice)
  void show(notice).finally(() => {
    clearTimeout(deadline)
    process.disconnect()
  })
})
