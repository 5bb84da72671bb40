import type { FastifyInstance } from 'fastify'
import type { WebSocket } from '@fastify/websocket'
import { isVisible } from '../../access/visibility.ts'
import type { HttpDeps, Principal } from '../context.ts'
import { assertOrigin, identifyAgain, principalOf } from '../guard.ts'
import { topics } from './hub.ts'
import type { LiveMessage } from './schema.ts'

const PING_MS = 30_000
/** A listener that does not read is cut off; it fetches what it missed when it comes back. */
const BUFFER_LIMIT = 1024 * 1024

export function liveRoutes(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/api/v1/live', { websocket: true, preHandler: async (request) => assertOrigin(request) }, (socket: WebSocket, request) => {
    const { permissions } = principalOf(request)
    /** What is said of a person or a device is for who may see that person, or reach that device, now. */
    const mayHear = async ({ visible, groups, permissions: now }: Principal, message: LiveMessage): Promise<boolean> => {
      if (message.topic === 'hello' || !now.has(topics[message.topic])) return false
      if (groups !== undefined && 'group' in message && !groups.includes(message.group)) return false
      if (groups !== undefined && 'deviceId' in message && !groups.includes((await deps.store.device(message.deviceId))?.group ?? '')) return false
      if (!('userId' in message) || visible === undefined) return true
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
        // A session or a token may end at any time, by a sign-out or by an administrator; whoever has none hears nothing
        // more. A store that cannot say whether it lives is no reason to go on telling.
        const now = await identifyAgain(deps, request).catch(() => undefined)
        if (now === undefined || deps.now() >= now.sessionExpiresAtMs) socket.terminate()
        else if (message !== undefined && (await mayHear(now, message).catch(() => false)) && socket.readyState === socket.OPEN) send(message)
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
