// Domain patterns, as the lists of allowed, unallowed and third-party domains write them.
//
//   example.com          that host alone
//   *.example.com        hosts exactly one level below it
//   **.example.com       the domain itself and hosts of any level below it; also written as { domain: "example.com", multiLevel: true }
//   example.com:8443     the same, on that port only; without a port, any
//   192.0.2.7  [2001:db8::1]   an address, whole
//
// Letter case, a dot at the end and the spelling of an international name (Unicode or xn--) make no difference.
import { domainToASCII } from 'node:url'

export interface DomainEntry {
  readonly domain: string
  /** The domain itself and everything below it. */
  readonly multiLevel?: boolean
}
/** As a person writes it. */
export type DomainInput = string | DomainEntry

export interface Host {
  /** Normalised: lower case, ASCII, no dot at the end. */
  readonly name: string
  readonly port?: number
}

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/
const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'ws:': 80, 'wss:': 443, 'ftp:': 21, 'ftps:': 990, 'sftp:': 22, 'ssh:': 22, 'scp:': 22, 'smb:': 445 }

function normaliseName(text: string): string | undefined {
  const bare = text.replace(/\.$/, '')
  if (bare === '' || bare.length > 253) return undefined
  if (/^[0-9a-f:.]+$/i.test(bare) && bare.includes(':')) return bare.toLowerCase()
  // domainToASCII takes what is no name to the empty text, and is strict about underscores only in some versions.
  const ascii = Buffer.byteLength(bare) === bare.length ? bare.toLowerCase() : domainToASCII(bare)
  if (ascii === '') return undefined
  if (ascii.includes('xn--') && domainToASCII(ascii) === '') return undefined
  return ascii.split('.').every((label) => LABEL.test(label)) ? ascii : undefined
}

const portOf = (text: string | undefined): number | undefined => (text === undefined || !/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > 65_535 ? undefined : Number(text))

/** Host of what a device names as the other end: a URL, `user@host:path`, `host:port`, a bare host. Undefined when there is none. */
export function hostOf(text: string): Host | undefined {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > 4096) return undefined
  const url = /^([a-z][a-z0-9+.-]*:)\/\/(?:[^/?#@\\]*@)?(\[[^\]]+\]|[^:/?#\\]+)(?::(\d+))?(?:[/?#]|$)/i.exec(trimmed)
  // An address that a browser would read otherwise than we do is no host.
  if (url === null && trimmed.includes('://')) return undefined
  const [scheme, name, port] = url === null ? [undefined, ...(/^(?:[^@\s/]+@)?(\[[^\]]+\]|[^\s:/]+)(?::(\d{1,5})(?=$|\/))?(?:[:/].*)?$/s.exec(trimmed)?.slice(1) ?? [])] : [url[1]?.toLowerCase(), url[2], url[3]]
  if (name === undefined) return undefined
  const normal = normaliseName(name.replace(/^\[(.*)\]$/, '$1'))
  if (normal === undefined) return undefined
  const number = portOf(port) ?? (scheme === undefined ? undefined : PORTS[scheme])
  return number === undefined ? { name: normal } : { name: normal, port: number }
}

interface CompiledDomain {
  readonly index: number
  readonly name: string
  readonly depth: 'exact' | 'one' | 'any'
  readonly port?: number
}

/** @returns the compiled pattern, or why there is none */
function compileDomain(input: DomainInput, index: number): CompiledDomain | string {
  const { domain, multiLevel = false } = typeof input === 'string' ? { domain: input } : input
  const text = domain.trim()
  if (text === '') return 'is empty'
  if (text.includes('://') || text.includes('/')) return 'is an address; write the domain alone'
  if (text.includes('@')) return 'is a mail address; write what stands behind the @'
  const wild = /^(\*\*?)\.(.*)$/s.exec(text)
  const rest = wild?.[2] ?? text
  const [, named = '', port] = /^(\[[^\]]*\]|[^:]*|[0-9a-f:]+:[0-9a-f:.]*)(?::(\d+))?$/i.exec(rest) ?? []
  if (named.includes('*')) return 'may have a * only as its first label'
  const name = normaliseName(named.replace(/^\[(.*)\]$/, '$1'))
  if (name === undefined) return 'is not a domain'
  const number = port === undefined ? undefined : portOf(port)
  if (port !== undefined && number === undefined) return 'has a port outside 1 to 65535'
  const depth = multiLevel || wild?.[1] === '**' ? 'any' : wild === null ? 'exact' : 'one'
  if (depth !== 'exact' && (!name.includes('.') || IPV4.test(name) || name.includes(':'))) return name.includes('.') || name.includes(':') ? 'is an address, which has nothing below it' : 'would hold for a whole top-level domain'
  return number === undefined ? { index, name, depth } : { index, name, depth, port: number }
}

/** Why a text is no domain pattern; undefined when it is one. */
export const domainProblem = (input: DomainInput): string | undefined => {
  const compiled = compileDomain(input, 0)
  return typeof compiled === 'string' ? compiled : undefined
}

export interface DomainMatch {
  readonly index: number
  /** The more labels, the closer; an exact host is closer than what lies below a domain, a port closer than none. */
  readonly closeness: number
}

export interface DomainMatcher {
  /** The closest pattern that holds for a host. */
  find(host: Host): DomainMatch | undefined
}

/** Many patterns at once; patterns that are none are left out (domainProblem says why beforehand). */
export function createDomainMatcher(inputs: readonly DomainInput[]): DomainMatcher {
  const byName = new Map<string, CompiledDomain[]>()
  for (const [index, input] of inputs.entries()) {
    const compiled = compileDomain(input, index)
    if (typeof compiled !== 'string') byName.set(compiled.name, [...(byName.get(compiled.name) ?? []), compiled])
  }
  if (byName.size === 0) return { find: () => undefined }
  return {
    find({ name, port }) {
      let best: DomainMatch | undefined
      let suffix = name
      for (let below = 0; ; below += 1) {
        for (const { index, depth, port: wanted } of byName.get(suffix) ?? []) {
          if (wanted !== undefined && wanted !== port) continue
          if (!(depth === 'any' || (depth === 'exact' && below === 0) || (depth === 'one' && below === 1))) continue
          const closeness = suffix.split('.').length * 10 + (depth === 'exact' ? 4 : depth === 'one' ? 2 : 0) + (wanted === undefined ? 0 : 1)
          if (best === undefined || closeness > best.closeness) best = { index, closeness }
        }
        const dot = suffix.indexOf('.')
        if (dot < 0 || suffix.includes(':')) return best
        suffix = suffix.slice(dot + 1)
      }
    },
  }
}
