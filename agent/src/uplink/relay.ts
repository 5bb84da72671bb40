// NATS through an HTTP proxy. The client connects to a host and a port and to nothing else, so a port of the loopback is opened for
// one connection, which is led through the proxy. TLS is between the client and the broker as ever: what passes here, and
// through the proxy, is a handshake and what it protects; the broker's name is checked as without a proxy.
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { connectThrough, type Proxy } from '../identity/proxy.ts'

/** The client connects at once; nobody else is waited for. */
const CLAIM_MS = 10_000

export interface Relay {
  readonly port: number
  /** Ends whatever is still open. */
  close(): void
}

/** @throws Error with code PROXY_FAILED, in words for a person */
export async function relayThrough(proxy: Proxy, host: string, port: number): Promise<Relay> {
  let upstream: Socket
  try {
    upstream = await connectThrough(proxy, host, port)
  } catch (cause) {
    throw Object.assign(new Error(cause instanceof Error ? cause.message : 'the proxy cannot be used', { cause }), { code: 'PROXY_FAILED' })
  }
  let client: Socket | undefined
  const server = createServer((socket) => {
    // One, and no other: whoever comes first has the way, and without the device's key it leads nowhere.
    server.close()
    clearTimeout(claim)
    client = socket
    socket.setNoDelay(true)
    for (const end of [socket, upstream]) end.on('error', close).on('close', close)
    socket.pipe(upstream).pipe(socket)
  })
  const close = (): void => {
    clearTimeout(claim)
    server.close()
    client?.destroy()
    upstream.destroy()
  }
  const claim = setTimeout(() => close(), CLAIM_MS)
  upstream.on('error', close)
  upstream.setNoDelay(true)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the loopback gives no port')
  return { port: address.port, close }
}
