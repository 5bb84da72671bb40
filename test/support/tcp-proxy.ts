// A TCP proxy that misbehaves on command: cut, silent in one direction, slow, altering, or gone.
//
// It stands between an agent and the broker, where packet filters and network emulation are not to be had.
import { once } from 'node:events'
import { createConnection, createServer, type Socket } from 'node:net'

export type Fault =
  | { readonly kind: 'none' }
  /** Existing connections are reset, new ones refused. */
  | { readonly kind: 'partition' }
  /** Bytes from the server are swallowed: acknowledgements are lost, connections look alive. */
  | { readonly kind: 'drop_answers' }
  /** Bytes of both directions are swallowed: half-open connections. */
  | { readonly kind: 'black_hole' }
  /** So many bytes a second from each client. */
  | { readonly kind: 'slow'; readonly bytesPerSec: number }
  /** So many bytes a second in each direction, one after the other. */
  | { readonly kind: 'trickle'; readonly bytesPerSec: number }
  /** A connection is reset in the middle of what a client sends, after so many bytes of it. */
  | { readonly kind: 'reset_within'; readonly bytes: number }
  /** One bit of what passes is turned over after so many bytes of each direction, once a connection. */
  | { readonly kind: 'flip'; readonly bytes: number }

export interface TcpProxy {
  readonly port: number
  set(fault: Fault): void
  /** Resets every connection now, and lets new ones through. */
  reset(): void
  /** New connections go to another place from now on; what there is, is cut. */
  redirect(to: { readonly host: string; readonly port: number }): void
  close(): Promise<void>
}

export async function startTcpProxy(first: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  let target = first
  let fault: Fault = { kind: 'none' }
  const pairs = new Set<readonly [Socket, Socket]>()
  const cut = () => {
    for (const [client, server] of pairs) {
      client.resetAndDestroy()
      server.resetAndDestroy()
    }
    pairs.clear()
  }
  const flipped = new WeakMap<Socket, number>()
  /** From one side to the other, as the fault of the moment has it. */
  const pass = (from: Socket, to: Socket, bytes: Buffer): void => {
    if (fault.kind === 'black_hole') return
    if (fault.kind === 'trickle') {
      from.pause()
      const { bytesPerSec } = fault
      let at = 0
      const timer = setInterval(() => {
        const step = fault.kind === 'trickle' ? 1 : bytes.length
        if (!to.destroyed) to.write(bytes.subarray(at, at + step))
        at += step
        if (at < bytes.length && !to.destroyed) return
        clearInterval(timer)
        from.resume()
      }, 1000 / bytesPerSec)
      return
    }
    const seen = flipped.get(from) ?? 0
    flipped.set(from, seen + bytes.length)
    if (fault.kind === 'flip' && seen <= fault.bytes && seen + bytes.length > fault.bytes) bytes[fault.bytes - seen] = (bytes[fault.bytes - seen] ?? 0) ^ 1
    to.write(bytes)
    if (fault.kind !== 'slow') return
    from.pause()
    setTimeout(() => from.resume(), (bytes.length / fault.bytesPerSec) * 1000)
  }
  const server = createServer((client) => {
    if (fault.kind === 'partition') {
      client.resetAndDestroy()
      return
    }
    const upstream = createConnection(target)
    const pair = [client, upstream] as const
    pairs.add(pair)
    const end = () => {
      client.destroy()
      upstream.destroy()
      pairs.delete(pair)
    }
    for (const socket of pair) {
      socket.on('error', end)
      socket.on('close', end)
      socket.setNoDelay(true)
    }
    let sent = 0
    client.on('data', (bytes) => {
      sent += bytes.length
      if (fault.kind === 'reset_within' && sent > fault.bytes) {
        // Half of the last piece went out: the other side waits for the rest of a message.
        upstream.write(bytes.subarray(0, bytes.length >> 1), () => {
          client.resetAndDestroy()
          upstream.resetAndDestroy()
        })
        return
      }
      pass(client, upstream, bytes)
    })
    upstream.on('data', (bytes) => {
      if (fault.kind !== 'drop_answers') pass(upstream, client, bytes)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return {
    port: address.port,
    set(next) {
      // A stream with a hole in it is no use to TLS: what was swallowed ends with its connection.
      if (fault.kind === 'drop_answers' || fault.kind === 'black_hole' || next.kind === 'partition') cut()
      fault = next
    },
    reset: cut,
    redirect(to) {
      target = to
      cut()
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
