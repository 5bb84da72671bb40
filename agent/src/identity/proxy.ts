// The way to the collector through an HTTP proxy (CONNECT, RFC 9110 9.3.6).
//
// Which proxy, the first that is there:
//   D/proxy                       a file of the agent's folder, 0600: one line, http://user:password@proxy.example:3128
//   HOLDFAST_AGENT_PROXY          the same in a variable; `none` means: no proxy, whatever the system says
//   HTTPS_PROXY, https_proxy      what the system uses
// NO_PROXY (and no_proxy) name hosts that are reached directly: names, .suffixes, addresses, CIDR blocks, each with an optional
// :port, or *. They hold for the first two as well.
//
// Credentials stand in no argument, no log and no message: what is shown of a proxy is its host and port.
import { lstatSync, readFileSync } from 'node:fs'
import { type ClientRequest, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BlockList, isIP, type Socket } from 'node:net'
import { join } from 'node:path'
import { CodedError } from '../errors.ts'

export interface Proxy {
  readonly host: string
  readonly port: number
  /** Whether the proxy itself is spoken to over TLS. */
  readonly isTls: boolean
  /** Value of Proxy-Authorization; absent without credentials. */
  readonly authorization?: string
  /** Host and port, for people. */
  readonly shown: string
  /** Where it was named, for people. */
  readonly source: string
}

const FILE = 'proxy'
/** Until the proxy has answered CONNECT. */
const CONNECT_MS = 15_000

const withoutBrackets = (host: string): string => host.replace(/^\[|\]$/g, '')

/** @throws COMMAND_USE with where it stands, never with what it says */
export function parseProxy(text: string, source: string): Proxy {
  const given = text.includes('://') ? text : `http://${text}`
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '' || url.pathname !== '/' || url.search !== '') throw new CodedError('COMMAND_USE', { problem: `The proxy of ${source} must be an address such as http://proxy.example:3128` })
  const isTls = url.protocol === 'https:'
  const port = Number(url.port || (isTls ? 443 : 80))
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return { host: withoutBrackets(url.hostname), port, isTls, shown: `${url.hostname}:${port}`, source, ...(url.username === '' ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }) }
}

function inBlock(address: string, block: string): boolean {
  const [base = '', bits = ''] = block.split('/')
  const family = isIP(base) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(base) === 0 || isIP(address) !== isIP(base) || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 'ipv6' ? 128 : 32)) return false
  const list = new BlockList()
  list.addSubnet(base, Number(bits), family)
  return list.check(address, family)
}

/** Whether a list of exceptions names this host. */
export function isDirect(list: string, host: string, port: number): boolean {
  const name = withoutBrackets(host).toLowerCase()
  return list.split(/[\s,]+/).filter((entry) => entry !== '').some((entry) => {
    if (entry === '*') return true
    const [, bare = '', onlyPort] = /^(.+?)(?::(\d+))?$/.exec(isIP(entry) === 6 ? entry : entry.toLowerCase()) ?? []
    const wanted = isIP(entry) === 6 ? entry.toLowerCase() : withoutBrackets(bare)
    if (isIP(entry) !== 6 && onlyPort !== undefined && Number(onlyPort) !== port) return false
    if (wanted.includes('/')) return inBlock(name, wanted)
    const suffix = wanted.replace(/^\*?\./, '')
    return name === suffix || (isIP(name) === 0 && name.endsWith(`.${suffix}`))
  })
}

/** @throws COMMAND_USE when others may read it */
function fromFile(folder: string): Proxy | undefined {
  const path = join(folder, FILE)
  try {
    const facts = lstatSync(path)
    if (!facts.isFile()) throw new CodedError('COMMAND_USE', { problem: `${path} is not a regular file` })
    if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0) throw new CodedError('COMMAND_USE', { problem: `Others may read ${path}, which may hold a password: chmod 600 ${path}` })
    const text = readFileSync(path, 'utf8').trim()
    return text === '' ? undefined : parseProxy(text, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined
    throw error
  }
}

/**
 * The proxy between this device and a host, if there is one.
 *
 * @throws COMMAND_USE for one that cannot be used
 */
export function proxyFor(folder: string, host: string, port: number, environment: NodeJS.ProcessEnv): Proxy | undefined {
  if (isDirect(environment['NO_PROXY'] ?? environment['no_proxy'] ?? '', host, port)) return undefined
  const kept = fromFile(folder)
  if (kept !== undefined) return kept
  for (const name of ['HOLDFAST_AGENT_PROXY', 'HTTPS_PROXY', 'https_proxy']) {
    const value = (environment[name] ?? '').trim()
    if (name === 'HOLDFAST_AGENT_PROXY' && value === 'none') return undefined
    if (value !== '') return parseProxy(value, name)
  }
  return undefined
}

/** What a proxy answered instead of a connection, for a person. */
function refusal({ shown }: Proxy, status: number, target: string): Error {
  if (status === 407) return new Error(`the proxy ${shown} asks for credentials, or refuses the ones that it got; write http://user:password@… to the file "proxy" of the agent's folder, mode 0600`)
  if (status === 403 || status === 405) return new Error(`the proxy ${shown} does not allow a connection to ${target} (it answers ${status}); allow CONNECT to this port there, or name the host in NO_PROXY`)
  return new Error(`the proxy ${shown} does not reach ${target} (it answers ${status})`)
}

/**
 * A connection to host and port through a proxy, before any TLS of ours.
 *
 * @throws Error in words for a person
 */
export function connectThrough(proxy: Proxy, host: string, port: number, signal: AbortSignal = AbortSignal.timeout(CONNECT_MS)): Promise<Socket> {
  const target = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`
  return new Promise((resolve, reject) => {
    const options = { host: proxy.host, port: proxy.port, method: 'CONNECT', path: target, agent: false, signal, headers: { host: target, ...(proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization }) } } as const
    const outgoing: ClientRequest = proxy.isTls ? requestHttps(options) : requestHttp(options)
    outgoing.on('connect', (answer, socket, head) => {
      if (answer.statusCode !== 200) {
        socket.destroy()
        reject(refusal(proxy, answer.statusCode ?? 0, target))
        return
      }
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    outgoing.on('response', (answer) => {
      answer.resume()
      outgoing.destroy()
      reject(refusal(proxy, answer.statusCode ?? 0, target))
    })
    outgoing.on('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.name === 'AbortError' || cause.name === 'TimeoutError' ? 'does not answer' : cause.code === 'ENOTFOUND' ? 'is not known to DNS' : cause.code === 'ECONNREFUSED' ? 'refuses the connection' : `cannot be used (${cause.code ?? 'it closed the connection'})`
      reject(new Error(`the proxy ${proxy.shown} (${proxy.source}) ${why}`, { cause }))
    })
    outgoing.end()
  })
}
