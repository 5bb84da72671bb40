// Protobuf from both ends of the wire.
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { policyKeyId, verifyPolicy } from '@holdfast/agent/policy/verify.ts'
import { verifyOrder } from '@holdfast/agent/orders/orders.ts'
import { CodedError as AgentError } from '@holdfast/agent/errors.ts'
import { compileDetection } from '@holdfast/collector/domain/exclusions/compile-detection.ts'
import { defaultDetectionSettings } from '@holdfast/collector/domain/exclusions/settings.ts'
import type { Activity } from '@holdfast/collector/domain/risk/activity.ts'
import { createCounter } from '@holdfast/collector/domain/risk/count.ts'
import { decodeActivity, decodeBatch, Refusal } from '@holdfast/collector/domain/wire/decode.ts'
import { readHeartbeat, readSync } from '@holdfast/collector/fleet/heartbeat.ts'
import { presentActivity } from '@holdfast/collector/http/activities/present.ts'
import { encodeActivity, encodeBatch, EPOCH, MONDAY_MS } from '@holdfast/collector/testing/builders.ts'
import { ACTIVITY_KINDS, activityKinds, wire } from '@holdfast/proto'
import fc from 'fast-check'
import { Broken, type FuzzTarget, holds } from '../target.ts'
import { encoded, messages } from './wire-grammar.ts'

const MAX_BYTES = 8192

/** A message type by the first byte, and its bytes behind it. */
const codecs = messages.flatMap((type) => {
  const generated = (wire as unknown as Readonly<Record<string, { decode(bytes: Uint8Array): object; encode(message: object): { finish(): Uint8Array } } | undefined>>)[type.name]
  return generated === undefined ? [] : [{ name: type.name, codec: generated }]
})

/** Text that is no UTF-8 is refused with a TypeError by the platform; any other one is a mistake of the code. */
function assertDecodeError(error: unknown, name: string): void {
  const isText = error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
  holds(error instanceof Error && (isText || !(error instanceof TypeError)), `${name}: decoding fails by ${String(error)}`)
}

export const wireMessages: FuzzTarget = {
  name: 'wire', title: 'Every message of the .proto files, through the generated code of both ends.',
  oracle: 'It is a message or an error; a message that is encoded and decoded again is the same; nothing is put on a prototype.',
  maxBytes: MAX_BYTES,
  seeds: () => codecs.map((_, index) => Uint8Array.of(index)),
  made: fc.nat(codecs.length - 1).chain((index) => encoded(codecs[index]?.name ?? 'Activity').map((bytes) => Buffer.concat([Buffer.of(index), bytes]))),
  open: () => ({
    run(input) {
      const one = codecs[(input[0] ?? 0) % codecs.length]
      if (one === undefined) return
      let message: object
      try {
        message = one.codec.decode(input.subarray(1))
      } catch (error) {
        assertDecodeError(error, one.name)
        return
      }
      const again = one.codec.encode(message).finish()
      holds(Buffer.from(again).equals(Buffer.from(one.codec.encode(one.codec.decode(again)).finish())), `${one.name}: encoded again it is another message`)
      holds(Object.keys(Object.prototype).length === 0, `${one.name}: something is on the prototype of all objects`)
    },
  }),
}

const numbers = (value: unknown, path: string): void => {
  if (typeof value === 'number') holds(Number.isFinite(value), `${path} is ${value}`)
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) numbers(item, `${path}[${index}]`)
  else if (typeof value === 'object' && value !== null) for (const [key, item] of Object.entries(value)) numbers(item, `${path}.${key}`)
}

/** One of every kind in a batch. */
const oneOfEach = (): Uint8Array => encodeBatch(1, ACTIVITY_KINDS.map((kind) => encodeActivity({ kind, detail: {} })))

export const activities: FuzzTarget = {
  name: 'activities', title: 'What ingest pulls from the stream: a batch, its activities, their counting and their view.',
  oracle: 'A reason code or an activity with finite numbers, which can be counted and shown.',
  maxBytes: 64 * 1024,
  seeds: () => [encodeBatch(1, [encodeActivity()]), oneOfEach(), encodeBatch(0, [], { gaps: [{ firstSeq: 1, lastSeq: 4, reason: 'spool_full' }] })],
  made: fc.tuple(fc.array(encoded('Activity'), { maxLength: 4 }), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER - 1)).map(([bodies, first]) => encodeBatch(first, bodies)),
  words: [EPOCH, ...ACTIVITY_KINDS],
  open() {
    const compiled = compileDetection(defaultDetectionSettings, [])
    const count = createCounter(compiled)
    return {
      run(input) {
        try {
          const batch = decodeBatch(input)
          const taken: Activity[] = []
          for (const [index, body] of batch.bodies.entries()) {
            try {
              taken.push({ ...decodeActivity(body, `d_1.${batch.epoch}.${batch.firstSeq + index}`, 'd_1'), userId: 'u_1' })
            } catch (error) {
              if (!(error instanceof Refusal)) throw error
            }
          }
          numbers(taken, 'activity')
          numbers(count(taken), 'insight')
          for (const activity of taken) {
            const view = presentActivity(activity, undefined, undefined)
            holds(view.id === activity.id && typeof view.summary === 'string' && view.summary.length < 100_000, 'the view is not of the activity')
          }
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
        }
      },
    }
  },
}

const heartbeatSeed = (): Uint8Array => wire.Heartbeat.encode(wire.Heartbeat.fromObject({ sentAt: { seconds: MONDAY_MS / 1000 }, agentVersion: '1.0.0', hostname: 'lt-1', os: 'linux', sensors: [{ name: 'files', tier: 1 }], spool: { epoch: EPOCH, lastSeq: 4 }, policy: { runningVersion: 1, runningHash: 'a'.repeat(64) } })).finish()
const kinds = ['Heartbeat', 'Sync'] as const

export const deviceWords: FuzzTarget = {
  name: 'device-words', title: 'Heartbeats and syncs of devices.',
  oracle: 'Nothing is thrown; what is read has finite numbers and bounded texts.',
  maxBytes: 64 * 1024,
  seeds: () => [Buffer.concat([Buffer.of(0), heartbeatSeed()]), Buffer.concat([Buffer.of(1), wire.Sync.encode({ epoch: EPOCH, lastSeq: 7, firstHeldSeq: 3 }).finish()])],
  made: fc.nat(kinds.length - 1).chain((index) => encoded(kinds[index] ?? 'Sync').map((bytes) => Buffer.concat([Buffer.of(index), bytes]))),
  open: () => ({
    run(input) {
      const read = (input[0] ?? 0) % 2 === 0 ? readHeartbeat(input.subarray(1), MONDAY_MS) : readSync(input.subarray(1))
      numbers(read, 'report')
      holds((JSON.stringify(read) ?? '').length <= 2 * 1024 * 1024, 'a report is larger than 2 MiB')
    },
  }),
}

/** The body signed by a key that the device trusts, so that what stands behind the signature is reached. */
function signedBy(key: KeyObject, id: string, body: Uint8Array, context: string): Uint8Array {
  return wire.SignedPolicy.encode({ body, signatures: [{ keyId: id, signature: sign(null, Buffer.concat([Buffer.from(context), body]), key) }] }).finish()
}
const down = ['Down', 'AgentPolicy', 'Order', 'SignedPolicy', 'SignedOrder'] as const

export const collectorWords: FuzzTarget = {
  name: 'collector-words', title: 'What an agent is sent: Down, policies and orders, also with a signature that holds.',
  oracle: 'Down is a message or an error of decoding; policies and orders are taken or refused with a code; none is taken for another device.',
  maxBytes: 64 * 1024,
  seeds: () => [
    Buffer.concat([Buffer.of(0), wire.Down.encode({ watermark: { epoch: EPOCH, committedSeq: 4 } }).finish()]),
    Buffer.concat([Buffer.of(1), wire.AgentPolicy.encode({ organisation: 'o', group: 'g', version: 3, expiresAt: { seconds: 2_000_000_000 } }).finish()]),
    Buffer.concat([Buffer.of(2), wire.Order.encode({ organisation: 'o', device: 'd_1', id: `qu_${'0'.repeat(32)}`, issuedAt: { seconds: MONDAY_MS / 1000 }, expiresAt: { seconds: MONDAY_MS / 1000 + 60 }, question: { mounts: {} } }).finish()]),
  ],
  made: fc.nat(down.length - 1).chain((index) => encoded(down[index] ?? 'Down').map((bytes) => Buffer.concat([Buffer.of(index), bytes]))),
  words: ['o', 'g', 'd_1', EPOCH],
  open() {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
    const identity = { deviceId: 'd_1', organisation: 'o', group: 'g', policyKeys: [raw.toString('base64')] }
    const refused = (work: () => void): void => {
      try {
        work()
      } catch (error) {
        if (!(error instanceof AgentError)) throw error
      }
    }
    return {
      run(input) {
        const bytes = input.subarray(1)
        const what = down[(input[0] ?? 0) % down.length]
        if (what === 'Down') {
          try {
            wire.Down.decode(bytes)
          } catch (error) {
            assertDecodeError(error, 'Down')
          }
        } else if (what === 'AgentPolicy' || what === 'SignedPolicy') refused(() => {
          const taken = verifyPolicy(what === 'AgentPolicy' ? signedBy(privateKey, policyKeyId(raw), bytes, '') : bytes, identity)
          holds(taken.policy.organisation === 'o' && taken.policy.group === 'g' && taken.version >= 1 && taken.hash === createHash('sha256').update(bytes).digest('hex'), 'a policy for somebody else is taken')
        })
        else refused(() => {
          const order = verifyOrder(what === 'Order' ? signedBy(privateKey, policyKeyId(raw), bytes, 'holdfast-order-v1\0') : bytes, identity, MONDAY_MS)
          if (order.device !== 'd_1') throw new Broken('an order for another device is taken')
        })
      },
    }
  },
}

export const wireTargets: readonly FuzzTarget[] = [wireMessages, activities, deviceWords, collectorWords]
/** For seeds of others. */
export const kindNames: readonly string[] = Object.values(activityKinds).map(({ field }) => field)
