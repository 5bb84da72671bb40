// A server that is not the collector's broker: it begins as one would, shows whatever certificate it is given, and keeps every
// byte that it is sent. What it says after CONNECT is the caller's.
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createSecureContext, type SecureVersion, TLSSocket } from 'node:tls'

export interface Shown {
  readonly certificatePem: string
  readonly keyPem: string
}

export interface FalseServer {
  readonly port: number
  connections(): number
  /** Everything that was said to it in the clear, or within TLS; a handshake is none of it. */
  heard(): Buffer
  close(): Promise<void>
}

export interface FalseServerOptions {
  /** Absent: it says that it does without TLS. */
  readonly shows?: Shown
  readonly version?: SecureVersion
  /** Answer to CONNECT, after which it closes; absent: silence. */
  readonly answer?: string
}

const INFO = { server_id: 'NFALSE', server_name: 'false', version: '2.15.1', proto: 1, go: 'go1.25', host: '127.0.0.1', port: 4222, headers: true, max_payload: 1_048_576, jetstream: true, auth_required: true, nonce: 'c29tZXRoaW5nIG5ldw' }

export async function startFalseServer({ shows, version, answer }: FalseServerOptions): Promise<FalseServer> {
  const sockets = new Set<Socket>()
  const heard: Buffer[] = []
  let connections = 0
  const listen = (socket: Socket): void => {
    socket.on('data', (bytes: Buffer) => {
      heard.push(bytes)
      if (answer !== undefined && bytes.includes('CONNECT')) socket.end(answer)
    })
    socket.on('error', () => socket.destroy())
  }
  const server = createServer((socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.write(`INFO ${JSON.stringify({ ...INFO, ...(shows === undefined ? {} : { tls_required: true, tls_available: true }) })} \r\n`)
    if (shows === undefined) return listen(socket)
    // Level 0, so that it is the client that refuses an old version and not this one.
    const old = version === undefined ? {} : { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }
    return listen(new TLSSocket(socket, { isServer: true, secureContext: createSecureContext({ cert: shows.certificatePem, key: shows.keyPem, ...old }) }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the false server has no port')
  return {
    port: address.port, connections: () => connections, heard: () => Buffer.concat(heard),
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
