// A notification service for tests: writes what it is shown as JSON lines, and does with it what the person would do.
//
//   desktop.fixture.ts ADDRESS UID OUT CAPABILITIES ACT
//
// It speaks the bus by hand, on the side of the service, so that the client's wire code is not tested against itself alone:
// dbus-daemon stands between them and refuses what is not well-formed.
import { appendFileSync } from 'node:fs'
import { connect } from 'node:net'

const [address = '', uidText = '', out = '', capabilities = '', act = 'none'] = process.argv.slice(2)
const uid = Number(uidText)
process.setgroups?.([])
process.setgid?.(uid)
process.setuid?.(uid)

const pad = (bytes: Buffer, to: number): Buffer => Buffer.concat([bytes, Buffer.alloc((to - (bytes.length % to)) % to)])
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
const str = (text: string): Buffer => Buffer.concat([u32(Buffer.byteLength(text)), Buffer.from(text), Buffer.of(0)])
const sig = (text: string): Buffer => Buffer.concat([Buffer.of(text.length), Buffer.from(text), Buffer.of(0)])
const join = (...parts: readonly Buffer[]): Buffer => parts.reduce((all, part) => Buffer.concat([pad(all, 4), part]), Buffer.alloc(0))
const list = (texts: readonly string[]): Buffer => {
  const inner = join(...texts.map(str))
  return Buffer.concat([u32(inner.length), inner])
}

let serial = 0
function message(type: number, fields: readonly (readonly [number, string, Buffer])[], body: Buffer): Buffer {
  serial += 1
  let inner = Buffer.alloc(0)
  for (const [code, signature, value] of fields) {
    inner = Buffer.concat([pad(inner, 8), Buffer.of(code), sig(signature)])
    inner = Buffer.concat([pad(inner, signature === 'g' ? 1 : 4), value])
  }
  return Buffer.concat([pad(Buffer.concat([Buffer.of(0x6c, type, 0, 1), u32(body.length), u32(serial), u32(inner.length), inner]), 8), body])
}
const P = '/org/freedesktop/Notifications'
const I = 'org.freedesktop.Notifications'
const busCall = (member: string, signature: string, body: Buffer): Buffer => message(1, [[1, 'o', str('/org/freedesktop/DBus')], [6, 's', str('org.freedesktop.DBus')], [2, 's', str('org.freedesktop.DBus')], [3, 's', str(member)], ...(signature === '' ? [] : [[8, 'g', sig(signature)] as const])], body)
const signal = (member: string, signature: string, body: Buffer): Buffer => message(4, [[1, 'o', str(P)], [2, 's', str(I)], [3, 's', str(member)], [8, 'g', sig(signature)]], body)

const socket = connect({ path: /path=([^,]+)/.exec(address)?.[1] ?? '' })
socket.write(`\0AUTH EXTERNAL ${Buffer.from(uidText).toString('hex')}\r\n`)
let ready = false
let pending = Buffer.alloc(0)
let notices = 0

function answerTo(bytes: Buffer): void {
  let at = 16
  const end = 16 + bytes.readUInt32LE(12)
  const fields = new Map<number, string>()
  const text = (): string => {
    at = Math.ceil(at / 4) * 4
    const length = bytes.readUInt32LE(at)
    const value = bytes.toString('utf8', at + 4, at + 4 + length)
    at += 5 + length
    return value
  }
  const number = (): number => {
    at = Math.ceil(at / 4) * 4 + 4
    return bytes.readUInt32LE(at - 4)
  }
  while (at < end) {
    at = Math.ceil(at / 8) * 8
    const code = bytes[at] ?? 0
    const signature = String.fromCodePoint(bytes[at + 2] ?? 0)
    at += 4
    if (signature === 'u') fields.set(code, String(number()))
    else if (signature === 'g') at += (bytes[at] ?? 0) + 2
    else fields.set(code, text())
  }
  if (bytes[1] === 2 && fields.get(5) === '2') process.stdout.write('ready\n')
  if (bytes[1] !== 1) return
  const replyTo = u32(bytes.readUInt32LE(8))
  const reply = (signature: string, body: Buffer): void => void socket.write(message(2, [[5, 'u', replyTo], [6, 's', str(fields.get(7) ?? '')], [8, 'g', sig(signature)]], body))
  at = Math.ceil(end / 8) * 8
  if (fields.get(3) === 'GetCapabilities') return reply('as', list(capabilities.split(',')))
  if (fields.get(3) !== 'Notify') return
  const app = text()
  const replaces = number()
  text()
  const title = text()
  const body = text()
  const actions: string[] = []
  const actionsBytes = number()
  for (const actionsEnd = at + actionsBytes; ;) {
    if (at >= actionsEnd) break
    actions.push(text())
  }
  notices += 1
  appendFileSync(out, `${JSON.stringify({ uid, app, replaces, title, body, actions })}\n`)
  reply('u', u32(notices))
  if (act === 'close') socket.write(signal('NotificationClosed', 'uu', join(u32(notices), u32(2))))
  else if (act.startsWith('type:')) socket.write(signal('NotificationReplied', 'us', join(u32(notices), str(act.slice(5)))))
  else if (act !== 'none') socket.write(signal('ActionInvoked', 'us', join(u32(notices), str(act))))
}

socket.on('data', (chunk) => {
  if (!ready) {
    ready = true
    socket.write('BEGIN\r\n')
    socket.write(busCall('Hello', '', Buffer.alloc(0)))
    socket.write(busCall('RequestName', 'su', join(str(I), u32(4))))
    return
  }
  pending = Buffer.concat([pending, chunk])
  while (pending.length >= 16) {
    const length = Math.ceil((16 + pending.readUInt32LE(12)) / 8) * 8 + pending.readUInt32LE(4)
    if (pending.length < length) return
    answerTo(pending.subarray(0, length))
    pending = pending.subarray(length)
  }
})
socket.on('close', () => process.exit(0))
