// Under which names and addresses an installation is reached.
import { hostname } from 'node:os'
import type { Config } from '../config.ts'
import { CodedError } from '../errors.ts'

const WILDCARDS = new Set(['', '0.0.0.0', '::'])
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

export const isWildcard = (host: string): boolean => WILDCARDS.has(host)
export const isLoopback = (host: string): boolean => LOOPBACK.has(host)
const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host)

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.search !== '' || url.username !== '') throw new CodedError('CONFIG_INVALID', { key: 'http.publicUrl', problem: `must be an address such as https://holdfast.example:8443, without a path; "${text}" is not` })
  return url.origin
}

/** http.publicUrl, else the first of names, else the address that is listened on, else this machine's name. @throws CONFIG_INVALID */
export function publicUrlOf(config: Config, port: number): string {
  if (config['http.publicUrl'] !== '') return checkedUrl(config['http.publicUrl'])
  return `https://${inUrl(config.names[0] ?? (isWildcard(config['http.host']) ? hostname() : config['http.host']))}:${port}`
}

const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '')

/** Names of the server certificate, without doubles. */
export const certificateNames = (config: Config): readonly string[] =>
  [...new Set([hostOf(publicUrlOf(config, 0)), ...config.names, hostname(), 'localhost', '127.0.0.1', '::1', ...[config['http.host'], config['bus.host']].filter((host) => !isWildcard(host))])]

/** Where devices find the supervised server: the public name, then the others that were given. */
export function busUrls(config: Config, port: number): readonly string[] {
  const host = config['bus.host']
  const first = !isWildcard(host) && config.names.length === 0 && config['http.publicUrl'] === '' ? host : hostOf(publicUrlOf(config, 0))
  return [...new Set([first, ...config.names])].map((name) => `tls://${inUrl(name)}:${port}`)
}
