import type { FastifyInstance } from 'fastify'
import type { WebSocket } from '@fastify/websocket'
import type { HttpDeps } from '../context.ts'
import { assertOrigin, principalOf } from '../guard.ts'
import { topics } from './hub.ts'
import type { LiveMessage } from './schema.ts'

const PING_MS = 30_000
/** A listener that does not read is cut off; it fetches what it missed when it comes back. */
const BUFFER_LIMIT = 1024 * 1024

export function liveRoutes(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/api/v1/live', { websocket: true, preHandler: async (request) => assertOrigin(request) }, (socket: WebSocket, request) => {
    const { permissions, sessionExpiresAtMs } = principalOf(request)
    const heard = Object.entries(topics).filter(([, permission]) => permissions.has(permission)).map(([topic]) => topic)
    const send = (message: LiveMessage) => {
      if (socket.bufferedAmount > BUFFER_LIMIT) socket.terminate()
      else socket.send(JSON.stringify(message))
    }
    send({ topic: 'hello', topics: heard })
    const unsubscribe = deps.live.subscribe((message) => {
      if (heard.includes(message.topic)) send(message)
    })
    let answered = true
    const ping = setInterval(() => {
      // A session that has ended hears nothing more.
      if (!answered || deps.now() >= sessionExpiresAtMs) {
        socket.terminate()
        return
      }
      answered = false
      socket.ping()
    }, PING_MS)
    socket.on('pong', () => (answered = true))
    socket.on('close', () => {
      clearInterval(ping)
      unsubscribe()
    })
    socket.on('error', () => socket.terminate())
  })
}
