// The way from this device to a collector, step by step: name, proxy, port, TLS and its certificates, the pin, the clock, NATS.
//
// Works before enrolment: nothing of this device is said to anybody, and nobody is believed. Each step is asked of the network
// itself and not of a library's verdict, so that the certificate that fails can be named. A step that fails ends its branch;
// what does not depend on it is looked at all the same. Every wait has a deadline.
import { X509Certificate } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls, type TLSSocket } from 'node:tls'
import { CodedError } from '../errors.ts'
import { explainFailure, requestCollector } from '../identity/collector-http.ts'
import { pinOf } from '../identity/enrolment-code.ts'
import { connectThrough, type Proxy, proxyFor } from '../identity/proxy.ts'
import { type Check, fail, ok, warn } from './checks.ts'

const DEADLINE_MS = 5000
/** Enrolment and policies have ends; a clock that is off by more makes them look wrong. */
const SKEW_WARN_MS = 30_000
const SKEW_FAIL_MS = 300_000
const SOON_MS = 14 * 86_400_000
const NATS_PORT = 4222
const MAX_INFO_BYTES = 65_536
/** A server that sends its own issuer for ever is not followed. */
const MAX_CHAIN = 10

export interface PreflightInput {
  readonly folder: string
  /** `https://host:port`. */
  readonly origin: string
  readonly environment: NodeJS.ProcessEnv
  /** First part of the enrolment code, when there is one. */
  readonly pin?: string
  /** The authority that enrolment left; then it is the one to compare with. */
  readonly caPem?: string
  /** `tls://host:port`; without any, port 4222 of the collector's host. */
  readonly natsServers?: readonly string[]
  readonly deadlineMs?: number
}

type Way = { readonly proxy: Proxy | undefined; readonly deadlineMs: number }

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '')
const problemOf = (error: unknown, shown: string, ms: number): string =>
  (error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name)) || (error as NodeJS.ErrnoException).code === 'ETIMEDOUT' ? `${shown} does not answer within ${ms / 1000} s; a firewall may drop what is sent there` : explainFailure(error, shown)

async function direct(host: string, port: number, ms: number): Promise<Socket> {
  const socket = connectTcp({ host, port })
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(ms) })
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}

const open = (host: string, port: number, { proxy, deadlineMs }: Way): Promise<Socket> => (proxy === undefined ? direct(host, port, deadlineMs) : connectThrough(proxy, host, port, AbortSignal.timeout(deadlineMs)))

/** TLS with whatever is shown; what is shown is looked at afterwards. */
async function handshake(socket: Socket, host: string, ms: number): Promise<TLSSocket> {
  const tls = connectTls({ socket, host, minVersion: 'TLSv1.2', rejectUnauthorized: false, ...(isIP(host) === 0 ? { servername: host } : {}) })
  try {
    await once(tls, 'secureConnect', { signal: AbortSignal.timeout(ms) })
    return tls
  } catch (error) {
    tls.destroy()
    throw error
  }
}

function explainHandshake(error: unknown, shown: string, ms: number): Check {
  const { code = '' } = error as NodeJS.ErrnoException
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/.test(code)) return fail('TLS', `${shown} offers nothing newer than TLS 1.1`, 'Something old stands between, such as a proxy that reads along: let it pass this connection through, or update it. The collector itself speaks TLS 1.2 and 1.3.', 5)
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST|RECORD/.test(code)) return fail('TLS', `${shown} does not speak TLS`, 'Is this the https port of the collector (8443 by default), and no http port?', 4)
  if (code === 'ECONNRESET' || code === 'EPIPE') return fail('TLS', `${shown} closed the connection during the handshake`, 'A firewall that looks into TLS does this, and so does a port that is not https.', 4)
  return fail('TLS', problemOf(error, shown, ms), 'Something takes the connection and says nothing: a firewall, or a load balancer without a collector behind it.', 4)
}

/** The certificates that were shown, the server's own first. */
function chainOf(tls: TLSSocket): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  let shown = tls.getPeerCertificate(true)
  while (chain.length < MAX_CHAIN && shown?.raw !== undefined) {
    const certificate = new X509Certificate(shown.raw)
    if (chain.at(-1)?.fingerprint256 === certificate.fingerprint256) break
    chain.push(certificate)
    shown = shown.issuerCertificate
  }
  return chain
}

const oneLine = (name: string): string => name.replaceAll('\n', ', ') || 'nobody'
const nameOf = (certificate: X509Certificate): string => `"${oneLine(certificate.subject)}", issued by "${oneLine(certificate.issuer)}"`
const isBy = (certificate: X509Certificate, issuer: X509Certificate): boolean => {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

/** What is wrong with these certificates under this authority: the first that fails, by its place in the chain. Undefined: nothing. */
function flawOf(chain: readonly X509Certificate[], authority: X509Certificate, tls: TLSSocket, host: string): { readonly detail: string; readonly fix: string } | undefined {
  const [leaf] = chain
  if (leaf === undefined) return { detail: 'no certificate was shown', fix: 'Is this a collector?' }
  const now = Date.now()
  const dated = [...chain.filter(({ fingerprint256 }) => fingerprint256 !== authority.fingerprint256), authority]
  for (const [index, certificate] of dated.entries()) {
    const step = `step ${index + 1} of ${dated.length}, ${index === 0 ? 'the server’s own' : index === dated.length - 1 ? 'the authority' : 'one between'}: ${nameOf(certificate)}`
    if (certificate.validToDate.getTime() <= now) return { detail: `${step}, ended on ${certificate.validTo} by this device’s clock`, fix: index === dated.length - 1 ? 'The authority of the installation has ended: its keys have to be renewed, and devices enrolled anew.' : 'Restart the collector, which renews its certificate; and look at the clock of this device.' }
    if (certificate.validFromDate.getTime() > now) return { detail: `${step}, begins on ${certificate.validFrom} by this device’s clock`, fix: 'Set the clock of this device.' }
    const issuer = dated[index + 1]
    if (issuer !== undefined && !isBy(certificate, issuer)) return { detail: `${step}, is not signed by the authority of this installation ("${oneLine(authority.subject)}")`, fix: 'Something between reads along with a certificate of its own (a TLS-inspecting proxy or firewall): let it pass this host through. Or it is another collector.' }
  }
  const wrongName = checkServerIdentity(host, tls.getPeerCertificate())
  if (wrongName !== undefined) return { detail: `step 1 of ${dated.length}, the server’s own: ${nameOf(leaf)}, is for ${leaf.subjectAltName ?? 'no name'} and not for ${host}`, fix: `Use a name that it holds, or add ${host} to "names" in the collector’s configuration.` }
  return undefined
}

function checkCertificates(what: string, tls: TLSSocket, authority: X509Certificate, host: string): Check {
  const chain = chainOf(tls)
  const flaw = flawOf(chain, authority, tls, host)
  if (flaw !== undefined) return fail(what, flaw.detail, flaw.fix, 5)
  const endMs = Math.min(...[...chain, authority].map(({ validToDate }) => validToDate.getTime()))
  const words = `${tls.getProtocol() ?? 'TLS'}, ${nameOf(chain[0] ?? authority)}`
  return endMs - Date.now() < SOON_MS ? warn(what, `${words}, ends on ${new Date(endMs).toISOString().slice(0, 10)}`, 'Restart the collector: it renews its certificate.') : ok(what, words)
}

/** The authority that the collector shows, compared with what is known of it. */
async function checkAuthority(input: PreflightInput, way: Way): Promise<{ readonly check: Check; readonly authority?: X509Certificate }> {
  const name = 'authority'
  try {
    const answer = await requestCollector(input.origin, '/ca.pem', 'anybody', way.proxy === undefined ? {} : { proxy: way.proxy })
    if (answer.status !== 200 || (answer.body.match(/-----BEGIN /g) ?? []).length !== 1) return { check: fail(name, `${new URL(input.origin).host} answers, but it is no Holdfast collector (/ca.pem answers ${answer.status})`, 'Look at the address; behind a load balancer, at where it leads.', 5) }
    const authority = new X509Certificate(answer.body)
    const pin = pinOf(authority.raw)
    const trusted = (input.caPem?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map((pem) => new X509Certificate(pem).fingerprint256)
    if (input.caPem !== undefined && !trusted.includes(authority.fingerprint256)) return { check: fail(name, `${nameOf(authority)} is not the authority that this device enrolled with`, 'Another collector answers, or it was set up anew: enrol with --force and a new code.', 5) }
    if (input.pin !== undefined && input.pin !== pin) return { check: fail(name, `${nameOf(authority)} has the pin ${pin}; the enrolment code names ${input.pin}`, 'The code is of another installation, or something between shows an authority of its own. Compare with the pin that holdfast init printed.', 5) }
    return { authority, check: ok(name, `${nameOf(authority)}, ${input.caPem !== undefined ? 'the one that this device enrolled with' : input.pin === undefined ? `not compared with a code; its pin is ${pin}` : 'the one that the enrolment code names'}`) }
  } catch (error) {
    return { check: fail(name, error instanceof CodedError ? String(error.parameters['problem'] ?? error.message) : 'the certificate of /ca.pem cannot be read', 'Is this the address of a collector?', 5) }
  }
}

async function checkTime(input: PreflightInput, way: Way): Promise<Check> {
  try {
    const { status, dateMs } = await requestCollector(input.origin, '/livez', 'anybody', way.proxy === undefined ? {} : { proxy: way.proxy })
    if (status !== 200) return warn('clock', `/livez answers ${status}`, 'Is this really the address of the collector?')
    return checkClock(dateMs)
  } catch (error) {
    return warn('clock', `the collector could not be asked for the time: ${error instanceof CodedError ? String(error.parameters['problem'] ?? '') : String(error)}`, 'Try again.')
  }
}

/** @param dateMs what the collector says that it is */
export function checkClock(dateMs: number | undefined): Check {
  if (dateMs === undefined) return warn('clock', 'the collector did not say what time it is', 'Update the collector.')
  const skew = Math.abs(Date.now() - dateMs)
  const words = `${Math.round(skew / 1000)} s apart from the collector`
  if (skew >= SKEW_FAIL_MS) return fail('clock', words, 'Set the clock of this device (timedatectl set-ntp true).')
  return skew >= SKEW_WARN_MS ? warn('clock', words, 'Let a time service keep the clock of this device.') : ok('clock', words)
}

/** The first line that a nats-server says by itself, before TLS. */
async function readInfo(socket: Socket, ms: number): Promise<{ readonly version: string; readonly tls: boolean } | undefined> {
  const signal = AbortSignal.timeout(ms)
  let text = ''
  while (!text.includes('\r\n') && text.length < MAX_INFO_BYTES) {
    const [chunk] = (await once(socket, 'data', { signal })) as [Buffer]
    text += chunk.toString('latin1')
  }
  socket.pause()
  try {
    const info = JSON.parse(/^INFO (\{.*\})/.exec(text)?.[1] ?? '') as { readonly version?: unknown; readonly tls_required?: unknown; readonly tls_available?: unknown }
    return { version: typeof info.version === 'string' ? info.version : 'of unknown version', tls: info.tls_required === true || info.tls_available === true }
  } catch {
    return undefined
  }
}

async function checkNatsServer(server: string, authority: X509Certificate | undefined, way: Way): Promise<Check> {
  const url = new URL(server)
  const host = bare(url.hostname)
  const shown = `${url.hostname}:${url.port || NATS_PORT}`
  const name = `NATS ${shown}`
  const blocked = 'Open this port from devices to the collector (4222 by default; bus.port on the collector moves it, to 443 for instance), or set nats.servers in agent.yaml to a way round.'
  let socket: Socket
  try {
    socket = await open(host, Number(url.port || NATS_PORT), way)
  } catch (error) {
    return fail(name, error instanceof Error && way.proxy !== undefined ? error.message : problemOf(error, shown, way.deadlineMs), blocked, 4)
  }
  try {
    const info = await readInfo(socket, way.deadlineMs)
    if (info === undefined) return fail(name, `${shown} answers, but it is no nats-server`, 'Look at the port; behind a load balancer, let it pass TCP through.', 4)
    if (!info.tls) return fail(name, `the nats-server ${info.version} of ${shown} offers no TLS`, 'It is another nats-server, or its configuration was changed: an agent connects over TLS only.', 5)
    const tls = await handshake(socket, host, way.deadlineMs)
    try {
      return authority === undefined ? warn(name, `nats-server ${info.version} speaks TLS; its certificate was not compared`, 'See the authority above.') : checkCertificates(name, tls, authority, host)
    } finally {
      tls.destroy()
    }
  } catch (error) {
    const silent = error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name)
    return fail(name, silent ? `${shown} takes the connection and says nothing for ${way.deadlineMs / 1000} s` : problemOf(error, shown, way.deadlineMs), blocked, 4)
  } finally {
    socket.destroy()
  }
}

/** As the agent chooses it; one that cannot be used was told of already. */
function natsProxy({ folder, environment }: PreflightInput, server: string): Proxy | undefined {
  try {
    const { hostname, port } = new URL(server.includes('://') ? server : `tls://${server}`)
    return proxyFor(folder, hostname, Number(port || 4222), environment)
  } catch {
    return undefined
  }
}

function chooseProxy(input: PreflightInput, host: string, port: number): { readonly proxy?: Proxy; readonly check?: Check } {
  try {
    const proxy = proxyFor(input.folder, host, port, input.environment)
    return proxy === undefined ? { check: ok('proxy', 'none: the connection is direct') } : { proxy }
  } catch (error) {
    return { check: fail('proxy', error instanceof Error ? error.message : String(error), 'Mend what it names; HOLDFAST_AGENT_PROXY=none uses none.', 4) }
  }
}

/** DNS and the first connection. @returns the connection when there is one */
async function reach(host: string, port: number, shown: string, way: Way): Promise<{ readonly checks: readonly Check[]; readonly socket?: Socket }> {
  const checks: Check[] = []
  if (way.proxy === undefined && isIP(host) === 0) {
    try {
      const addresses = await lookup(host, { all: true })
      checks.push(ok('name', `${host} is ${addresses.map(({ address }) => address).join(', ')}`))
    } catch (error) {
      return { checks: [fail('name', explainFailure(error, shown), 'Check the name of the collector and the DNS settings of this device. If only the proxy knows the name, set HTTPS_PROXY or HOLDFAST_AGENT_PROXY.', 4)] }
    }
  }
  try {
    const socket = await open(host, port, way)
    checks.push(way.proxy === undefined ? ok('port', `${shown} takes connections`) : ok('proxy', `${way.proxy.shown} (${way.proxy.source}${way.proxy.authorization === undefined ? '' : ', with credentials'}) connects to ${shown}`))
    return { checks, socket }
  } catch (error) {
    if (way.proxy !== undefined) return { checks: [...checks, fail('proxy', error instanceof Error ? error.message : String(error), 'Let the proxy allow CONNECT to this host and port, or name the host in NO_PROXY.', 4)] }
    return { checks: [...checks, fail('port', problemOf(error, shown, way.deadlineMs), 'Is the collector running (holdfast serve), and does a firewall let this device through?', 4)] }
  }
}

/** The way to a collector, in the order in which a connection is made. Never throws. */
export async function preflight(input: PreflightInput): Promise<readonly Check[]> {
  const { hostname, port, host: shown } = new URL(input.origin)
  const host = bare(hostname)
  const deadlineMs = input.deadlineMs ?? DEADLINE_MS
  const { proxy, check: proxyCheck } = chooseProxy(input, host, Number(port || 443))
  if (proxyCheck?.verdict === 'fail') return [proxyCheck]
  const way: Way = { proxy, deadlineMs }
  const servers = input.natsServers ?? [`tls://${hostname}:${NATS_PORT}`]
  const start = proxyCheck === undefined ? [] : [proxyCheck]
  const { checks, socket } = await reach(host, Number(port || 443), shown, way)
  const nats = async (authority: X509Certificate | undefined): Promise<readonly Check[]> => Promise.all(servers.map((server) => checkNatsServer(server, authority, { proxy: natsProxy(input, server), deadlineMs })))
  if (socket === undefined) return [...start, ...checks, ...(checks.some(({ name }) => name === 'port' || name === 'proxy') ? await nats(undefined) : [])]
  let tls: TLSSocket
  try {
    tls = await handshake(socket, host, deadlineMs)
  } catch (error) {
    socket.destroy()
    return [...start, ...checks, explainHandshake(error, shown, deadlineMs), ...(await nats(undefined))]
  }
  try {
    const { check, authority } = await checkAuthority(input, way)
    const certificates = authority === undefined ? [] : [checkCertificates('TLS', tls, authority, host)]
    return [...start, ...checks, check, ...certificates, await checkTime(input, way), ...(await nats(authority))]
  } finally {
    tls.destroy()
    socket.destroy()
  }
}
