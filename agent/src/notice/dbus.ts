// As much of D-Bus as a notice takes: the EXTERNAL handshake, method calls and signals, little-endian.
//
// Source: D-Bus specification 0.42, "Message Protocol" and "Authentication Protocol". A message:
//
//   l type flags 1 | u32 body length | u32 serial | a(yv) header fields, padded to 8 | body
//
// Values are written by a signature: s u i y b, a{sv} with strings and bytes as values, as. That is all that
// org.freedesktop.Notifications asks for. What is read is a message's head, and the basic values at the front of its body.
//
// Whatever is at the other end belongs to the person, not to us: a message is capped, and what cannot be read ends the talk.
import { connect, type Socket } from 'node:net'

const MAX_MESSAGE_BYTES = 1 << 20
const METHOD_CALL = 1
const METHOD_RETURN = 2
const ERROR = 3
const SIGNAL = 4

const PATH = 1
const INTERFACE = 2
const MEMBER = 3
const ERROR_NAME = 4
const REPLY_SERIAL = 5
const DESTINATION = 6
const SIGNATURE = 8

export type Value = string | number | readonly string[] | readonly (readonly [string, Variant])[]
/** A value with its signature: `s`, `y`, `u`, `i` or `b`. */
export interface Variant {
  readonly as: 's' | 'y' | 'u' | 'i' | 'b'
  readonly value: string | number
}

class Writer {
  #bytes = Buffer.alloc(1024)
  #at = 0

  get length(): number {
    return this.#at
  }

  pad(to: number): void {
    while (this.#at % to !== 0) this.byte(0)
  }

  byte(value: number): void {
    this.#room(1)
    this.#bytes[this.#at] = value
    this.#at += 1
  }

  u32(value: number): void {
    this.pad(4)
    this.#room(4)
    this.#bytes.writeUInt32LE(value >>> 0, this.#at)
    this.#at += 4
  }

  patch(at: number, value: number): void {
    this.#bytes.writeUInt32LE(value, at)
  }

  string(text: string): void {
    const bytes = Buffer.from(text.replaceAll('\0', ''), 'utf8')
    this.u32(bytes.length)
    this.#raw(bytes)
    this.byte(0)
  }

  signature(text: string): void {
    this.byte(text.length)
    this.#raw(Buffer.from(text, 'latin1'))
    this.byte(0)
  }

  /** Length first, then the elements from their own boundary on, which does not count. */
  array(boundary: number, write: () => void): void {
    this.u32(0)
    const lengthAt = this.#at - 4
    this.pad(boundary)
    const from = this.#at
    write()
    this.patch(lengthAt, this.#at - from)
  }

  take(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#at))
  }

  #raw(bytes: Buffer): void {
    this.#room(bytes.length)
    bytes.copy(this.#bytes, this.#at)
    this.#at += bytes.length
  }

  #room(more: number): void {
    if (this.#at + more <= this.#bytes.length) return
    this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(Math.max(this.#bytes.length, more))])
  }
}

function writeBasic(out: Writer, as: Variant['as'], value: string | number): void {
  if (as === 's') out.string(String(value))
  else if (as === 'y') out.byte(Number(value))
  else out.u32(Number(value))
}

function writeVariant(out: Writer, { as, value }: Variant): void {
  out.signature(as)
  writeBasic(out, as, value)
}

function writeBody(out: Writer, types: readonly string[], values: readonly Value[]): void {
  for (const [index, type] of types.entries()) {
    const value = values[index]
    if (type === 'as') out.array(4, () => (value as readonly string[]).forEach((text) => out.string(text)))
    else if (type === 'a{sv}') {
      out.array(8, () => (value as readonly (readonly [string, Variant])[]).forEach(([key, variant]) => {
        out.pad(8)
        out.string(key)
        writeVariant(out, variant)
      }))
    } else writeBasic(out, type as Variant['as'], value as string | number)
  }
}

interface Target {
  readonly destination: string
  readonly path: string
  readonly iface: string
  readonly member: string
}

/** @param types signatures of the values, one each: `s`, `u`, `i`, `as`, `a{sv}` */
export function encodeCall(serial: number, { destination, path, iface, member }: Target, types: readonly string[], values: readonly Value[]): Buffer {
  const body = new Writer()
  writeBody(body, types, values)
  const out = new Writer()
  for (const byte of [0x6c, METHOD_CALL, 0, 1]) out.byte(byte)
  out.u32(body.length)
  out.u32(serial)
  const field = (code: number, signature: string, write: () => void): void => {
    out.pad(8)
    out.byte(code)
    out.signature(signature)
    write()
  }
  out.array(8, () => {
    field(PATH, 'o', () => out.string(path))
    field(DESTINATION, 's', () => out.string(destination))
    field(INTERFACE, 's', () => out.string(iface))
    field(MEMBER, 's', () => out.string(member))
    if (types.length > 0) field(SIGNATURE, 'g', () => out.signature(types.join('')))
  })
  out.pad(8)
  return Buffer.concat([out.take(), body.take()])
}

class Reader {
  #at: number
  readonly #bytes: Buffer

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  get at(): number {
    return this.#at
  }

  align(to: number): void {
    this.#at = Math.ceil(this.#at / to) * to
  }

  byte(): number {
    const value = this.#bytes.readUInt8(this.#at)
    this.#at += 1
    return value
  }

  u32(): number {
    this.align(4)
    const value = this.#bytes.readUInt32LE(this.#at)
    this.#at += 4
    return value
  }

  string(): string {
    return this.#text(this.u32())
  }

  signature(): string {
    return this.#text(this.byte())
  }

  #text(length: number): string {
    if (this.#at + length >= this.#bytes.length + 1) throw new RangeError('a text that goes beyond its message')
    const text = this.#bytes.toString('utf8', this.#at, this.#at + length)
    this.#at += length + 1
    return text
  }
}

export interface Message {
  readonly type: number
  readonly member: string
  readonly iface: string
  readonly errorName: string
  readonly replyTo: number
  /** Basic values and lists of texts at the front of the body, up to the first of another kind. */
  readonly values: readonly (string | number | readonly string[])[]
}

/** @returns the bytes of the first message; undefined while it is not whole @throws RangeError when it cannot be one */
export function lengthOf(bytes: Buffer): number | undefined {
  if (bytes.length < 16) return undefined
  if (bytes[0] !== 0x6c) throw new RangeError('a message that is not little-endian')
  const total = 16 + Math.ceil(bytes.readUInt32LE(12) / 8) * 8 + bytes.readUInt32LE(4)
  if (total > MAX_MESSAGE_BYTES) throw new RangeError('a message that is too large')
  return bytes.length < total ? undefined : total
}

export function decodeMessage(bytes: Buffer): Message {
  const fields = new Map<number, string | number>()
  const head = new Reader(bytes, 16)
  const end = 16 + bytes.readUInt32LE(12)
  while (head.at < end) {
    head.align(8)
    const code = head.byte()
    const signature = head.signature()
    fields.set(code, signature === 'u' ? head.u32() : signature === 'g' ? head.signature() : head.string())
  }
  const text = (code: number): string => String(fields.get(code) ?? '')
  const body = new Reader(bytes, Math.ceil(end / 8) * 8)
  const values: (string | number | readonly string[])[] = []
  for (const [type] of text(SIGNATURE).matchAll(/a?./g)) {
    if (type === 's' || type === 'o') values.push(body.string())
    else if (type === 'u' || type === 'i' || type === 'b') values.push(body.u32())
    else if (type === 'as') {
      const length = body.u32()
      const last = body.at + length
      const list: string[] = []
      while (body.at < last) list.push(body.string())
      values.push(list)
    } else break
  }
  return { type: bytes[1] ?? 0, member: text(MEMBER), iface: text(INTERFACE), errorName: text(ERROR_NAME), replyTo: Number(fields.get(REPLY_SERIAL) ?? 0), values }
}

/** The bus, or who is on it, said no. */
export class BusError extends Error {
  readonly errorName: string

  constructor(errorName: string) {
    super(errorName)
    this.name = 'BusError'
    this.errorName = errorName
  }
}

export interface BusConnection {
  call(target: Target, types: readonly string[], values: readonly Value[]): Promise<Message>
  close(): void
}

/** First address that can be connected to: `unix:path=…` or `unix:abstract=…`. */
export function socketOf(address: string): string | undefined {
  for (const one of address.split(';')) {
    const found = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(one)
    if (found === null) continue
    const name = decodeURIComponent(found[2] ?? '')
    return found[1] === 'abstract' ? `\0${name}` : name
  }
  return undefined
}

/**
 * Connects to a session bus as the uid of this process.
 *
 * @param onSignal every signal that the bus delivers
 * @param onEnd the connection is gone
 * @throws when it cannot be connected, or the bus refuses this uid
 */
export async function connectBus(address: string, uid: number, onSignal: (message: Message) => void, onEnd: () => void): Promise<BusConnection> {
  const path = socketOf(address)
  if (path === undefined) throw new BusError('no address of a unix socket')
  const socket = await open(path)
  let pending = Buffer.alloc(0)
  let serial = 0
  const waiting = new Map<number, { readonly resolve: (message: Message) => void; readonly reject: (error: Error) => void }>()
  const end = (): void => {
    for (const { reject } of waiting.values()) reject(new BusError('the connection ended'))
    waiting.clear()
    onEnd()
  }
  const take = (message: Message): void => {
    if (message.type === SIGNAL) return onSignal(message)
    const caller = waiting.get(message.replyTo)
    waiting.delete(message.replyTo)
    if (message.type === METHOD_RETURN) caller?.resolve(message)
    else if (message.type === ERROR) caller?.reject(new BusError(message.errorName))
  }
  await authenticate(socket, uid)
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk])
    try {
      for (let length = lengthOf(pending); length !== undefined; length = lengthOf(pending)) {
        const message = decodeMessage(pending.subarray(0, length))
        pending = pending.subarray(length)
        take(message)
      }
    } catch {
      // Not what a bus says: there is nothing to go on with.
      socket.destroy()
    }
  })
  socket.on('close', end)
  const call: BusConnection['call'] = (target, types, values) =>
    new Promise((resolve, reject) => {
      serial += 1
      waiting.set(serial, { resolve, reject })
      socket.write(encodeCall(serial, target, types, values))
    })
  await call({ destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', iface: 'org.freedesktop.DBus', member: 'Hello' }, [], [])
  return { call, close: () => socket.destroy() }
}

function open(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
    socket.on('error', () => socket.destroy())
  })
}

/** The bus reads the uid from the socket itself; the text only has to agree. */
function authenticate(socket: Socket, uid: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let line = ''
    const hear = (chunk: Buffer): void => {
      line += chunk.toString('latin1')
      if (!line.includes('\r\n')) {
        if (line.length > 1024) socket.destroy()
        return
      }
      socket.off('data', hear)
      socket.off('close', refuse)
      if (!line.startsWith('OK ')) return refuse()
      socket.write('BEGIN\r\n')
      resolve()
    }
    const refuse = (): void => reject(new BusError('the bus refuses this account'))
    socket.on('data', hear)
    socket.on('close', refuse)
    socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`)
  })
}
