// Ports: whether one can be listened on, and who listens there.
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { CodedError } from '../errors.ts'

/** How long the port of a server that was just ended may stay taken. */
const PORT_WAIT_MS = 3000

const tryPort = (host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ host, port, exclusive: true }, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port))
    })
  })

const LISTEN_PROBLEMS: Readonly<Record<string, string>> = { EADDRNOTAVAIL: 'this machine has no such address', EACCES: 'ports below 1024 need more rights', ENOTFOUND: 'there is no such name' }

/**
 * A port that can be listened on now.
 * @param port 0: a free one
 * @throws PORT_IN_USE, ADDRESS_UNUSABLE
 */
export async function reservePort(host: string, port: number, what: string, flag: string): Promise<number> {
  const until = Date.now() + PORT_WAIT_MS
  for (;;) {
    try {
      return await tryPort(host, port)
    } catch (cause) {
      const { code = 'unknown' } = cause as NodeJS.ErrnoException
      if (code !== 'EADDRINUSE') throw new CodedError('ADDRESS_UNUSABLE', { what, host, port, problem: LISTEN_PROBLEMS[code] ?? code }, { cause })
      if (Date.now() > until) throw new CodedError('PORT_IN_USE', { what, host, port, flag }, { cause })
      await sleep(100)
    }
  }
}

export const reachableHost = (host: string): string => (host === '0.0.0.0' || host === '' ? '127.0.0.1' : host === '::' ? '::1' : host)

/** Reads the greeting of whatever listens there. @returns the name that it gives itself */
export const greeting = (host: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host: reachableHost(host), port })
    const end = (name?: string) => {
      socket.destroy()
      resolve(name)
    }
    let text = ''
    socket.setTimeout(1000, () => end())
    socket.on('error', () => end())
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const line = /^INFO (\{.*?\})\s*\r?\n/s.exec(text)
      if (line !== null) end((JSON.parse(line[1] ?? '{}') as { server_name?: string }).server_name)
      else if (text.length > 65_536) end()
    })
  })
