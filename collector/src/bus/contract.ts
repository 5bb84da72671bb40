// What the rest of the collector sees of the bus.
import type { DeviceAddress } from './addresses.ts'

export interface BusMessage {
  /** From the subject, which the broker has checked against the sender's credentials. */
  readonly deviceId: string
  readonly subject: string
  readonly data: Uint8Array
  /** How often this message was delivered before, 0 at first. */
  readonly redeliveries: number
  /** Messages of the stream that wait behind it, as the broker said with it. */
  readonly waiting: number
  ack(): void
  /** Give it back; it comes again after the delay. */
  nak(delayMs: number): void
  /** Never deliver it again. Only after it is in quarantine. */
  term(): void
}

export interface Bus {
  /**
   * Pulls from the activity stream in groups, for ever, until the signal aborts. `handle` settles every message itself.
   * Reconnects and re-creates stream and consumer from the declaration when they are gone.
   */
  consumeActivity(handle: (messages: readonly BusMessage[]) => Promise<void>, signal: AbortSignal): Promise<void>
  onHeartbeat(handle: (message: { readonly deviceId: string; readonly data: Uint8Array }) => void): void
  /** Of several processes one takes a sync. */
  onSync(handle: (message: { readonly deviceId: string; readonly data: Uint8Array }) => void): void
  /** Copies of files from devices: each request gets the answer that `handle` resolves with, or none. */
  onEvidence(handle: (message: { readonly deviceId: string; readonly data: Uint8Array }) => Promise<Uint8Array | undefined>): void
  /** Requests for pieces of releases: each gets the answer that `handle` resolves with, or none. */
  onPackage(handle: (message: { readonly deviceId: string; readonly data: Uint8Array }) => Promise<Uint8Array | undefined>): void
  /** What devices answer to orders. */
  onAnswer(handle: (message: { readonly deviceId: string; readonly data: Uint8Array }) => void): void
  /** Encoded wire.Down to one device; at most once, the device asks again by sync. */
  publishDown(deviceId: string, data: Uint8Array): void
  /** Encoded wire.SignedPolicy to every device of a group. */
  publishPolicy(group: string, data: Uint8Array): void
  /** A user JWT for a device with the permissions of design chapter 6. */
  deviceCredential(device: { readonly id: string; readonly group: string; readonly publicKey: string }): string
  /**
   * The same for a device that has a credential, with the permissions of today.
   *
   * @param issuedAtMs the moment that stands in it; a revocation of the key at or after it wins
   * @returns undefined when the key is revoked as of that moment
   */
  renewedCredential(device: { readonly id: string; readonly group: string; readonly publicKey: string }, issuedAtMs: number): string | undefined
  /** Cuts live connections of this key and refuses new ones; within 60 s, in practice at once. */
  revoke(publicKey: string): Promise<void>
  /** Where devices connect from, as the broker sees it; absent where it cannot be asked. */
  readonly addresses?: {
    /** Each connection that is made from now on. */
    watch(handle: (found: DeviceAddress) => void): void
    /** Each that there is now. */
    list(handle: (found: DeviceAddress) => void): Promise<void>
  }
  /** A word to the other processes of this installation; at most once, and only while there is a connection. Devices may neither send nor hear it. */
  tell(word: Uint8Array): void
  /** Words of the other processes, and of this one. */
  onTold(handle: (word: Uint8Array) => void): void
  /** After a time without a connection, in which words may have been missed. */
  onReconnected(handle: () => void): void
  /** Reads again which keys are revoked: another process has put a device out. */
  readRevocations(): Promise<void>
  /** URLs that devices connect to. */
  readonly deviceServers: readonly string[]
  readonly connected: boolean
  status(): { readonly connected: boolean; readonly serverVersion: string; readonly streamMessages: number; readonly streamBytes: number; readonly pending: number }
  close(): Promise<void>
}
