// The collector's two connections to NATS: one in the devices' account for everything, one in the system account to
// publish the account's claim when a key is revoked.
import { ACTIVITY_STREAM, ANSWER_SUBJECTS, deviceOfSubject, downSubject, EVIDENCE_SUBJECTS, HEARTBEAT_SUBJECTS, PACKAGE_SUBJECTS, policySubject, SYNC_SUBJECTS } from '@holdfast/proto'
import { connect, type ConnectionOptions, Events, jwtAuthenticator, type Msg, type NatsConnection } from 'nats'
import { CodedError } from '../errors.ts'
import { listAddresses, watchAddresses } from './addresses.ts'
import { deviceUserJwt, serverUserJwt } from './claims.ts'
import type { Bus } from './contract.ts'
import type { Keyring } from './keyring.ts'
import type { NatsKey } from './nkeys.ts'
import { createPuller, type Puller } from './pull.ts'
import type { AccountClaim, Revocations } from './revocations.ts'
import type { BusLog } from './log.ts'
import { ensureDeclared, remakeConsumer, type StreamDeclaration, type StreamState } from './stream.ts'

const CHECK_MS = 5000
const CLAIMS_TIMEOUT_MS = 5000
/** A revocation that could not be told is told again; the promise is 60 s. */
const CLAIMS_RETRY_MS = 10_000
const FIRST_STREAM_TRIES = 100
/** Activities wait, this process pulls, and nothing came for so long. A database that is away is no reason: what is given back counts as given out. */
const STANDSTILL_MS = 60_000
/** What the processes of an installation tell each other; outside of what a device's credential allows, and of every stream. */
const WORDS_SUBJECT = 'hf.internal.words'

export interface BusOptions {
  readonly keyring: Keyring
  readonly claim: AccountClaim
  readonly stream: StreamDeclaration
  /** `tls://host:port` of this process's way to NATS. */
  readonly servers: readonly string[]
  /** The authority of the supervised server; absent with servers of somebody else, whose names the system must trust. */
  readonly caPem?: string
  /** What devices are told. */
  readonly deviceServers: readonly string[]
  /** Keys that are revoked, as the store has them: what the broker is told must hold those that other processes revoked, too. */
  readonly revocations?: () => Promise<Revocations>
  readonly now: () => number
  readonly log: BusLog
}

async function open(options: BusOptions, account: NatsKey, user: NatsKey, name: string): Promise<NatsConnection> {
  const jwt = serverUserJwt(account, user.publicKey, name, Math.floor(options.now() / 1000))
  const settings: ConnectionOptions = {
    servers: [...options.servers], name, authenticator: jwtAuthenticator(jwt, new TextEncoder().encode(user.seed)), tls: options.caPem === undefined ? {} : { ca: options.caPem },
    // For ever: a broker that is away comes back, and there is no other.
    maxReconnectAttempts: -1, waitOnFirstConnect: true, reconnectTimeWait: 250, reconnectJitter: 250, reconnectJitterTLS: 250, pingInterval: 10_000, maxPingOut: 2, ignoreAuthErrorAbort: true,
    // The names that were given are those of the certificates.
    ignoreClusterUpdates: true,
  }
  return connect(settings)
}

/**
 * Connects, and waits until stream and consumer are as declared.
 * @throws BUS_STREAM_UNSAFE
 */
export async function createBus(options: BusOptions): Promise<Bus> {
  const { keyring, claim, log, now } = options
  const waiting = setInterval(() => log.warn({ servers: options.servers.length }, 'no connection to NATS yet'), CHECK_MS).unref()
  const connection = await open(options, keyring.account, keyring.collector, 'holdfast')
  const system = await open(options, keyring.systemAccount, keyring.systemUser, 'holdfast-claims')
  clearInterval(waiting)
  let connected = true
  let closing = false
  const pullers = new Set<Puller>()
  const reconnected: (() => void)[] = []
  let state: StreamState = { streamMessages: 0, streamBytes: 0, pending: 0, created: false, delivered: 0, hasMore: false }
  let movedAt = performance.now()

  const ensure = async () => {
    const manager = await connection.jetstreamManager({ checkAPI: false, timeout: 10_000 })
    const before = state
    state = await ensureDeclared(manager, options.stream)
    if (state.delivered !== before.delivered || !state.hasMore || pullers.size === 0) movedAt = performance.now()
    else if (performance.now() - movedAt > STANDSTILL_MS) {
      // Seen in a cluster that lost servers again and again: the consumer answers, and gives nothing out any more.
      log.warn({ waiting: state.pending }, 'the consumer gives nothing out though activities wait; it is made anew')
      movedAt = performance.now()
      await remakeConsumer(manager)
      state = { ...state, created: true }
    }
    if (state.created) {
      log.info({ stream: ACTIVITY_STREAM }, 'made what was missing of stream and consumer')
      for (const puller of pullers) puller.reset()
    }
  }
  // One at a time; a wish that comes meanwhile is followed by one more look.
  let checking: Promise<void> | undefined
  let again = false
  const check = (): void => {
    if (closing || !connected) return
    if (checking !== undefined) {
      again = true
      return
    }
    checking = ensure()
      .catch((error: unknown) => {
        if (!closing) log.warn({ err: error }, 'the stream cannot be checked')
      })
      .finally(() => {
        checking = undefined
        if (again) {
          again = false
          setTimeout(check, 250).unref()
        }
      })
  }

  const readRevocations = async (): Promise<void> => {
    for (const [publicKey, atSecs] of Object.entries((await options.revocations?.()) ?? {})) claim.revoke(publicKey, atSecs)
  }
  const publishClaim = async (): Promise<void> => {
    // The last one told counts: without those of other processes it would let their devices in again.
    await readRevocations()
    const answer = (await system.request('$SYS.REQ.CLAIMS.UPDATE', claim.jwt(), { timeout: CLAIMS_TIMEOUT_MS })).json<{ data?: { code?: number }; error?: { description?: string } }>()
    if (answer.data?.code !== 200) throw new CodedError('BUS_CLAIMS_REFUSED', { problem: answer.error?.description ?? 'no reason given' })
  }
  let retry: NodeJS.Timeout | undefined
  const tellClaim = async (): Promise<void> => {
    clearTimeout(retry)
    try {
      await publishClaim()
    } catch (error) {
      if (closing) return
      log.error({ err: error, retryMs: CLAIMS_RETRY_MS }, 'the revocations could not be told to NATS; trying again')
      retry = setTimeout(() => void tellClaim(), CLAIMS_RETRY_MS).unref()
    }
  }

  const watch = async (of: NatsConnection, on: (up: boolean) => void): Promise<void> => {
    for await (const status of of.status()) {
      if (status.type === Events.Disconnect) on(false)
      else if (status.type === Events.Reconnect) on(true)
      else if (status.type === Events.Error) log.warn({ code: typeof status.data === 'string' ? status.data : 'unknown' }, 'NATS says')
    }
  }
  void watch(connection, (up) => {
    connected = up
    if (closing) return
    log[up ? 'info' : 'warn']({}, up ? 'connected to NATS again' : 'the connection to NATS is gone; trying again')
    if (!up) return
    for (const puller of pullers) puller.reset()
    check()
    for (const handle of reconnected) handle()
  })
  // A server that came up with an older claim (a cluster's resolver, a wiped folder) gets the present one.
  void watch(system, (up) => {
    if (up && !closing) void tellClaim()
  })

  await firstCheck(ensure, log)
  if (claim.size > 0) await tellClaim()
  const timer = setInterval(check, CHECK_MS).unref()

  const listen = (subject: string, handle: (message: { readonly deviceId: string; readonly data: Uint8Array }) => void, queue?: string) => {
    connection.subscribe(subject, {
      ...(queue === undefined ? {} : { queue }),
      callback: (error, message) => {
        const deviceId = error === null ? deviceOfSubject(message.subject) : undefined
        if (deviceId !== undefined) handle({ deviceId, data: message.data })
      },
    })
  }
  /** A queue group: of several processes over one folder, one takes a request. */
  const answerRequests = (subject: string, queue: string, handle: (message: { readonly deviceId: string; readonly data: Uint8Array }) => Promise<Uint8Array | undefined>): void => {
    const respond = async (message: Msg, deviceId: string): Promise<void> => {
      try {
        const answer = await handle({ deviceId, data: message.data })
        if (answer !== undefined && !connection.isClosed()) message.respond(answer)
      } catch (failure) {
        log.error({ err: failure, subject }, 'the answer to a request could not be sent')
      }
    }
    connection.subscribe(subject, {
      queue,
      callback: (error, message) => {
        const deviceId = error === null ? deviceOfSubject(message.subject) : undefined
        if (deviceId !== undefined) void respond(message, deviceId)
      },
    })
  }
  // While there is no connection the client would queue without end; devices ask again by themselves.
  const publish = (subject: string, data: Uint8Array) => {
    if (connected && !connection.isClosed()) connection.publish(subject, data)
  }

  return {
    deviceServers: options.deviceServers,
    addresses: { watch: (handle) => void watchAddresses(system, keyring.account.publicKey, handle), list: (handle) => listAddresses(system, keyring.account.publicKey, handle) },
    get connected() {
      return connected && !connection.isClosed()
    },
    async consumeActivity(handle, signal) {
      const puller = createPuller(connection, {
        handle,
        onTrouble: (status) => {
          log.debug({ status }, 'a pull ended early')
          check()
        },
        onError: (error) => log.error({ err: error }, 'a group of messages was not settled; it comes again'),
      })
      pullers.add(puller)
      try {
        await puller.run(signal)
      } finally {
        pullers.delete(puller)
      }
    },
    onHeartbeat: (handle) => listen(HEARTBEAT_SUBJECTS, handle),
    onSync: (handle) => listen(SYNC_SUBJECTS, handle, 'hf-sync'),
    onAnswer: (handle) => listen(ANSWER_SUBJECTS, handle),
    onEvidence: (handle) => answerRequests(EVIDENCE_SUBJECTS, 'hf-evidence', handle),
    onPackage: (handle) => answerRequests(PACKAGE_SUBJECTS, 'hf-package', handle),
    tell: (word) => publish(WORDS_SUBJECT, word),
    onTold: (handle) => void connection.subscribe(WORDS_SUBJECT, { callback: (error, message) => (error === null ? handle(message.data) : undefined) }),
    onReconnected: (handle) => void reconnected.push(handle),
    readRevocations,
    publishDown: (deviceId, data) => publish(downSubject(deviceId), data),
    publishPolicy: (group, data) => publish(policySubject(group), data),
    deviceCredential: (device) => deviceUserJwt(keyring.account, device, Math.max(Math.floor(now() / 1000), claim.earliestIssue(device.publicKey))),
    renewedCredential(device, issuedAtMs) {
      const issuedAt = Math.floor(issuedAtMs / 1000)
      return issuedAt < claim.earliestIssue(device.publicKey) ? undefined : deviceUserJwt(keyring.account, device, issuedAt)
    },
    async revoke(publicKey) {
      claim.revoke(publicKey, Math.floor(now() / 1000))
      await tellClaim()
    },
    status: () => ({ connected: connected && !connection.isClosed(), serverVersion: connection.info?.version ?? '', streamMessages: state.streamMessages, streamBytes: state.streamBytes, pending: state.pending }),
    async close() {
      closing = true
      clearInterval(timer)
      clearTimeout(retry)
      // What was acknowledged last must reach the server, otherwise it comes again.
      if (connected) await Promise.race([connection.flush().catch(() => {}), new Promise((resolve) => setTimeout(resolve, 1000).unref())])
      await Promise.all([connection.close(), system.close()])
    },
  }
}

/** JetStream comes up a moment after the listener does. */
async function firstCheck(ensure: () => Promise<void>, log: BusLog): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await ensure()
      return
    } catch (error) {
      if ((error instanceof CodedError && error.code === 'BUS_STREAM_UNSAFE') || tries >= FIRST_STREAM_TRIES) throw error
      if (tries % 10 === 0) log.warn({ err: error }, 'JetStream is not ready yet')
      await new Promise((resolve) => setTimeout(resolve, Math.min(50 * tries, 1000)))
    }
  }
}
