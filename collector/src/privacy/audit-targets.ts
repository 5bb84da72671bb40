// Heads of the audit log on other machines: a syslog server or a mailbox that whoever runs this one cannot rewrite.
//
// One message an hour, as RFC 5424 with facility 13 (log audit), severity notice:
//
//   <109>1 2026-03-02T09:00:00.000Z collector holdfast - audit-head [holdfast@32473 seq="17" hash="9f…"] audit log head 17 9f…
//
// over UDP one datagram (RFC 5426), over TCP and TLS with its length in front (RFC 6587, RFC 5425).
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { rootCertificates, connect as connectTls } from 'node:tls'
import { appendAudit } from '../audit/chain.ts'
import { CodedError } from '../errors.ts'
import type { Mailer } from '../exports/mail.ts'
import type { Store, StoreReader, StoreWriter } from '../store/store.ts'

const TIMEOUT_MS = 10_000
const PRIORITY = 13 * 8 + 5

export interface SyslogTarget {
  readonly host: string
  readonly port: number
  readonly transport: 'udp' | 'tcp' | 'tls'
  /** Authority of the server, beside those that the system knows. */
  readonly caPem?: string
}

export interface AuditTargets {
  readonly syslog: SyslogTarget | null
  readonly mail: { readonly to: readonly string[] } | null
  readonly revision: number
}

export interface TargetState {
  readonly atMs: number
  readonly ok: boolean
  readonly seq?: number
  readonly problem?: string
}
export type TargetStates = Readonly<Partial<Record<'syslog' | 'mail', TargetState>>>

const TARGETS = 'audit_targets'
const STATES = 'audit_target_states'
export const auditTargets = async (store: StoreReader): Promise<AuditTargets> => JSON.parse((await store.setting(TARGETS)) ?? '{"syslog":null,"mail":null,"revision":0}') as AuditTargets
export const saveAuditTargets = (tx: StoreWriter, targets: AuditTargets): Promise<void> => tx.saveSetting(TARGETS, JSON.stringify(targets))
export const targetStates = async (store: StoreReader): Promise<TargetStates> => JSON.parse((await store.setting(STATES)) ?? '{}') as TargetStates

export interface Head {
  readonly seq: number
  readonly hash: string
  readonly atMs: number
}

/** One RFC 5424 message without framing. Our fields hold digits and hex only; the host name is cut to what the format allows. */
export function syslogText({ seq, hash, atMs }: Head, hostname: string): string {
  const host = hostname.replaceAll(/[^\x21-\x7e]/g, '').slice(0, 255) || '-'
  return `<${PRIORITY}>1 ${new Date(atMs).toISOString()} ${host} holdfast - audit-head [holdfast@32473 seq="${seq}" hash="${hash}"] audit log head ${seq} ${hash}`
}

async function deliver(socket: Socket, ready: 'connect' | 'secureConnect', text: string): Promise<void> {
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('no answer in time')))
  try {
    await once(socket, ready)
    await new Promise<void>((resolve, reject) => socket.end(`${Buffer.byteLength(text)} ${text}`, (error?: Error | null) => (error === undefined || error === null ? resolve() : reject(error))))
    // The bytes are with the kernel; a server that refuses them closes with an error now.
    if (!socket.closed) await once(socket, 'close')
  } finally {
    socket.destroy()
  }
}

/** @throws AUDIT_TARGET_FAILED; over UDP nobody says whether it arrived */
export async function sendSyslog(target: SyslogTarget, text: string): Promise<void> {
  try {
    if (target.transport === 'udp') {
      const socket = createSocket(target.host.includes(':') ? 'udp6' : 'udp4')
      try {
        await new Promise<void>((resolve, reject) => socket.send(text, target.port, target.host, (error) => (error === null ? resolve() : reject(error))))
      } finally {
        socket.close()
      }
    } else if (target.transport === 'tcp') await deliver(connectTcp({ host: target.host, port: target.port }), 'connect', text)
    else await deliver(connectTls({ host: target.host, port: target.port, servername: /^[\d.:[\]]+$/.test(target.host) ? '' : target.host, minVersion: 'TLSv1.2', ca: target.caPem === undefined ? [...rootCertificates] : [target.caPem, ...rootCertificates] }), 'secureConnect', text)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new CodedError('AUDIT_TARGET_FAILED', { problem: code ?? 'no answer in time' }, { cause })
  }
}

/** @throws AUDIT_TARGET_FAILED */
export async function mailHead(mailer: Mailer | undefined, to: readonly string[], head: Head, organisation: string): Promise<void> {
  if (mailer === undefined) throw new CodedError('AUDIT_TARGET_FAILED', { problem: 'mail is not set up' })
  const outcome = await mailer.send({
    to, subject: `Audit log of ${organisation}: head ${head.seq}`, atMs: head.atMs,
    text: `The audit log ended with entry ${head.seq} at ${new Date(head.atMs).toISOString()}.\n\n{"seq":${head.seq},"hash":"${head.hash}","atMs":${head.atMs}}\n\nKeep this message. The line above is an anchor: put it in a file and give that to "holdfast audit verify --anchors".\n`,
  })
  if (outcome.kind !== 'sent') throw new CodedError('AUDIT_TARGET_FAILED', { problem: outcome.kind === 'failed' ? outcome.failure : 'it is not known whether it arrived' })
}

export interface TargetDeps {
  readonly store: Store
  readonly now: () => number
  readonly organisation: string
  readonly hostname: string
  readonly mailer: () => Promise<Mailer | undefined>
}

/** Sends the present head to each target that is set, unless it has it; one that fails does not keep another from it. @returns states */
export async function sendHead(deps: TargetDeps, options: { readonly again: boolean } = { again: false }): Promise<TargetStates> {
  const { store, now } = deps
  const [targets, before, last] = await Promise.all([auditTargets(store), targetStates(store), store.auditHead()])
  if (last === undefined) return before
  const head: Head = { seq: last.seq, hash: last.hash, atMs: now() }
  const states: { syslog?: TargetState; mail?: TargetState } = { ...before }
  const attempt = async (name: 'syslog' | 'mail', work: () => Promise<void>): Promise<void> => {
    if (!options.again && before[name]?.ok === true && before[name].seq === head.seq) return
    try {
      await work()
      states[name] = { atMs: head.atMs, ok: true, seq: head.seq }
    } catch (error) {
      states[name] = { atMs: head.atMs, ok: false, problem: error instanceof CodedError ? error.message : 'it failed inside' }
    }
  }
  const { syslog, mail } = targets
  if (syslog !== null) await attempt('syslog', () => sendSyslog(syslog, syslogText(head, deps.hostname)))
  if (mail !== null) await attempt('mail', async () => mailHead(await deps.mailer(), mail.to, head, deps.organisation))
  await store.write(async (tx) => {
    await tx.saveSetting(STATES, JSON.stringify(states))
    // Silence of a target is what somebody who edits the log would want.
    for (const name of ['syslog', 'mail'] as const) if (states[name]?.ok === false && before[name]?.ok !== false) await appendAudit(tx, { actor: { id: 'system', name: 'system' }, action: 'audit.anchor_failed', targetKind: 'audit', targetId: name, detail: { problem: states[name].problem ?? '' }, atMs: head.atMs })
  })
  return states
}
