import type { FastifyInstance } from 'fastify'
import type { WebSocket } from '@fastify/websocket'
import { peekSession } from '../../access/sessions.ts'
import { isVisible, visibilityOf } from '../../access/visibility.ts'
import type { HttpDeps } from '../context.ts'
import { assertOrigin, principalOf } from '../guard.ts'
import { topics } from './hub.ts'
import type { LiveMessage } from './schema.ts'

const PING_MS = 30_000
/** A listener that does not read is cut off; it fetches what it missed when it comes back. */
const BUFFER_LIMIT = 1024 * 1024

export function liveRoutes(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/api/v1/live', { websocket: true, preHandler: async (request) => assertOrigin(request) }, (socket: WebSocket, request) => {
    const { permissions, sessionExpiresAtMs, token } = principalOf(request)
    // A session may end at any time, by a sign-out or by an administrator; whoever has none hears nothing more.
    const lives = async (): Promise<boolean> => deps.now() < sessionExpiresAtMs && (token === undefined || (await peekSession(deps.store, token, deps.now())) !== undefined)
    /** What is said of a person is for who may see that person now. */
    const mayHear = async (message: LiveMessage): Promise<boolean> => {
      if (!('userId' in message)) return true
      const account = token === undefined ? undefined : (await peekSession(deps.store, token, deps.now()))?.account
      const visible = account === undefined ? principalOf(request).visible : await visibilityOf(deps.store, account)
      if (visible === undefined) return true
      const user = await deps.store.user(message.userId)
      return user !== undefined && isVisible(visible, user)
    }
    const heard = Object.entries(topics).filter(([, permission]) => permissions.has(permission)).map(([topic]) => topic)
    const send = (message: LiveMessage) => {
      if (socket.bufferedAmount > BUFFER_LIMIT) socket.terminate()
      else socket.send(JSON.stringify(message))
    }
    let queue: Promise<void> = Promise.resolve()
    /** In order, and each only after the session was looked up. */
    const announce = (message?: LiveMessage) => {
      const before = queue
      queue = (async () => {
        await before
        // A store that cannot say whether the session lives is no reason to go on telling.
        if (!(await lives().catch(() => false))) socket.terminate()
        else if (message !== undefined && socket.readyState === socket.OPEN && (await mayHear(message).catch(() => false)) && socket.readyState === socket.OPEN) send(message)
      })()
    }
    send({ topic: 'hello', topics: heard })
    const unsubscribe = deps.live.subscribe((message) => {
      if (heard.includes(message.topic)) announce(message)
    })
    let answered = true
    const ping = setInterval(() => {
      if (!answered) {
        socket.terminate()
        return
      }
      announce()
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
