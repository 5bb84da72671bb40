// A TCP proxy that misbehaves on command: cut, silent in one direction, slow, or gone.
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
    client.on('data', (bytes) => {
      if (fault.kind !== 'black_hole') upstream.write(bytes)
      if (fault.kind !== 'slow') return
      client.pause()
      setTimeout(() => client.resume(), (bytes.length / fault.bytesPerSec) * 1000)
    })
    upstream.on('data', (bytes) => {
      if (fault.kind !== 'black_hole' && fault.kind !== 'drop_answers') client.write(bytes)
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
