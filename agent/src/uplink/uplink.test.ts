import { ACTIVITY_STREAM, MAX_BATCH_ACTIVITIES, MAX_BATCH_BYTES, policySubject, wire } from '@holdfast/proto'
import { AckPolicy } from 'nats'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Spool } from '../spool/spool.ts'
import { declareStream, DEVICE, GROUP, setStage, type Stage, until } from './testing.ts'

const body = (tag: number, size = 60): Buffer => Buffer.alloc(size, tag % 251).fill(`${tag}:`, 0, Math.min(size, `${tag}:`.length))
const fill = (spool: Spool, count: number, size = 60): Promise<number[]> => Promise.all(Array.from({ length: count }, (_, index) => spool.append(body(index + 1, size))))
const drained = (spool: Spool) => () => spool.figures().ackedSeq === spool.figures().lastSeq
const streamMessages = async (collector: Awaited<ReturnType<Stage['collector']>>): Promise<number> => (await (await collector.connection.jetstreamManager()).streams.info(ACTIVITY_STREAM)).state.messages

// Other work may share the processor; each test waits for conditions and fails by its own words.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let stage: Stage
beforeEach(async () => {
  stage = await setStage()
})
afterEach(() => stage.close())

describe('the way of an activity', () => {
  it('reaches the collector once, with its bytes, and leaves the spool at the watermark', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector()
    await fill(spool, 1200)
    const uplink = stage.uplink(spool)
    await until('the spool to drain', drained(spool))
    expect(collector.stored.size).toBe(1200)
    expect(collector.duplicates).toBe(0)
    expect(Buffer.compare(collector.stored.get(`${spool.epoch} 700`) ?? Buffer.alloc(0), body(700))).toBe(0)
    expect(uplink.status()).toMatchObject({ connected: true, problem: '', published: 1200, resent: 0, server: stage.broker.url })
    // While idle, one append wakes it.
    await spool.append(body(5))
    await until('the late one', () => collector.stored.has(`${spool.epoch} 1201`))
    expect(spool.figures().lastSeq).toBe(1201)
  })

  it('sends only what is above the watermark that the collector answers', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector()
    await fill(spool, 10)
    collector.preload(spool.epoch, 6)
    stage.uplink(spool)
    await until('the spool to drain', drained(spool))
    expect([...collector.stored.keys()]).toEqual([7, 8, 9, 10].map((seq) => `${spool.epoch} ${seq}`))
    expect(collector.syncs[0]).toMatchObject({ epoch: spool.epoch, lastSeq: 10, firstHeldSeq: 1, policyHash: 'abc', policyVersion: 3 })
  })

  it('keeps everything in the spool while there are publish acks and no watermark', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector({ ingesting: false })
    await fill(spool, 700)
    const uplink = stage.uplink(spool)
    await until('the batches to be in the stream', async () => (await streamMessages(collector)) >= 2)
    await until('publishing to be done', () => uplink.status().published === 700)
    expect(spool.figures()).toMatchObject({ ackedSeq: 0, firstHeldSeq: 1, lastSeq: 700 })
    collector.ingesting = true
    await until('the spool to drain', drained(spool))
    expect(collector.stored.size).toBe(700)
  })

  it('drains a backlog in batches within the limits, in order', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector()
    for (let round = 0; round < 5; round += 1) await fill(spool, 2000, 40 + round * 400)
    stage.uplink(spool)
    await until('the spool to drain', drained(spool), 40)
    expect(collector.stored.size).toBe(10_000)
    expect(Math.max(...collector.sizes)).toBeLessThanOrEqual(MAX_BATCH_BYTES)
    expect(Math.max(...collector.batches.map((batch) => batch.activities.length))).toBe(MAX_BATCH_ACTIVITIES)
  })
})

describe('a broker or collector that fails', () => {
  it('loses nothing when the broker is killed and its storage wiped', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector({ ingesting: false })
    await fill(spool, 3000)
    const uplink = stage.uplink(spool)
    await until('everything to be published', () => uplink.status().published === 3000)
    await stage.broker.kill({ wipe: true })
    await until('the end of the connection', () => !uplink.status().connected)
    expect(uplink.status().problem).not.toBe('')
    await stage.broker.start()
    collector.ingesting = true
    await until('the spool to drain', drained(spool), 40)
    expect(collector.stored.size).toBe(3000)
    expect(uplink.status().resent).toBeGreaterThan(0)
  })

  it('ends with each activity once when publish acks and watermarks are lost on the way', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector()
    const proxy = await stage.proxy()
    const uplink = stage.uplink(spool, { servers: [proxy.url] })
    await until('the first answer', () => collector.syncs.length > 0)
    await fill(spool, 100)
    await until('the first hundred', drained(spool))
    proxy.dropAnswers = true
    await fill(spool, 100)
    await until('the collector to have them', () => collector.stored.size === 200)
    await until('the lost acks to be noticed', () => uplink.status().problem === 'PUBLISH_TIMED_OUT')
    // A stream with a hole in it is no use to the protocol, so it is cut.
    proxy.dropAnswers = false
    proxy.reset()
    await until('the spool to drain', drained(spool))
    expect(collector.stored.size).toBe(200)
    expect(spool.figures()).toMatchObject({ ackedSeq: 200, firstHeldSeq: 201 })
  })

  it('sends again when the collector speaks and its watermark does not move', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector({ ingesting: false })
    await fill(spool, 50)
    const uplink = stage.uplink(spool)
    await until('the batch in the stream', async () => (await streamMessages(collector)) > 0)
    // The stream forgets it, and neither does the connection end nor the duplicate window.
    await (await collector.connection.jetstreamManager()).streams.purge(ACTIVITY_STREAM)
    collector.ingesting = true
    await until('the spool to drain', drained(spool))
    expect(uplink.status().resent).toBeGreaterThanOrEqual(50)
    expect(collector.stored.size).toBe(50)
  })

  it('makes no copies for a collector that is silent', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector({ ingesting: false })
    collector.answering = false
    await fill(spool, 50)
    const uplink = stage.uplink(spool)
    await until('the batch to be published', () => uplink.status().published === 50)
    await until('several questions', () => collector.syncs.length >= 6)
    expect(uplink.status().resent).toBe(0)
    collector.answering = true
    collector.ingesting = true
    await until('the spool to drain', drained(spool))
    expect(collector.stored.size).toBe(50)
  })

  it('asks again when a watermark was lost', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector()
    stage.uplink(spool)
    await until('the first answer', () => collector.syncs.length > 0)
    collector.answering = false
    await fill(spool, 20)
    await until('the collector to have them', () => collector.stored.size === 20)
    collector.answering = true
    await until('the spool to drain', drained(spool))
    expect(collector.duplicates).toBe(0)
  })

  it('says that the stream is full, keeps the spool, and goes on when there is room', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector({ stream: false })
    await declareStream(collector.connection, 40_000)
    await fill(spool, 2000, 300)
    const uplink = stage.uplink(spool)
    await until('the problem', () => uplink.status().problem === 'STREAM_FULL')
    expect(spool.figures().ackedSeq).toBe(0)
    const manager = await collector.connection.jetstreamManager()
    await manager.streams.update(ACTIVITY_STREAM, { max_bytes: -1 })
    await until('the problem to end', () => uplink.status().problem === '')
    await manager.consumers.add(ACTIVITY_STREAM, { durable_name: 'look', ack_policy: AckPolicy.None })
    await until('all of it in the stream', () => uplink.status().published === 2000)
    expect(uplink.status().connected).toBe(true)
  })

  it('says that the stream is missing, and goes on when it is declared', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector({ stream: false })
    await fill(spool, 5)
    const uplink = stage.uplink(spool)
    await until('the problem', () => uplink.status().problem === 'STREAM_MISSING')
    await declareStream(collector.connection)
    await until('the batch in the stream', async () => (await streamMessages(collector)) === 1)
    expect(spool.figures().ackedSeq).toBe(0)
  })
})

describe('gaps and earlier epochs', () => {
  it('go out without any activity, and are forgotten at the watermark', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector()
    const big = 60_000
    await spool.setMaxBytes(0)
    await fill(spool, 30, big)
    const { lastSeq, firstHeldSeq } = spool.figures()
    expect(firstHeldSeq).toBeGreaterThan(1)
    stage.uplink(spool)
    await until('the spool to drain', drained(spool))
    expect(await spool.gaps()).toEqual([])
    expect(collector.gaps[0]).toMatchObject({ firstSeq: 1, lastSeq: firstHeldSeq - 1, reason: 'spool_full' })
    expect(collector.stored.size).toBe(lastSeq - firstHeldSeq + 1)
    expect(collector.watermark(spool.epoch)).toBe(lastSeq)
  })

  it('of a rolled-back spool are sent under their own numbers, then the new epoch', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector()
    const old = spool.epoch
    await fill(spool, 5)
    // The collector has eight of this epoch; the spool knows five.
    collector.preload(old, 8)
    stage.uplink(spool)
    await until('the new epoch', () => spool.epoch !== old)
    await fill(spool, 3)
    await until('the spool to drain', async () => drained(spool)() && (await spool.readEarlier(undefined, { maxActivities: 1, maxBytes: 1 })) === undefined)
    expect([...collector.stored.keys()].toSorted()).toEqual([...[1, 2, 3, 4, 5].map((seq) => `${old} ${seq}`), ...[1, 2, 3].map((seq) => `${spool.epoch} ${seq}`)].toSorted())
  })
})

describe('heartbeats and policies', () => {
  it('beats after connecting, when asked, and after a policy', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector()
    const policies: Uint8Array[] = []
    const uplink = stage.uplink(spool, { deps: { onPolicy: (signed) => Promise.resolve(void policies.push(signed)) } })
    await until('the first heartbeat', () => collector.heartbeats.length === 1)
    uplink.beat()
    await until('the second', () => collector.heartbeats.length === 2)
    const signed = { body: Uint8Array.of(1, 2, 3), signature: Uint8Array.of(9), keyId: 'k' }
    collector.down(DEVICE, { policy: signed })
    await until('the third', () => collector.heartbeats.length === 3)
    collector.connection.publish(policySubject(GROUP), wire.SignedPolicy.encode(signed).finish())
    await until('the fourth', () => collector.heartbeats.length === 4)
    expect(policies).toHaveLength(2)
    expect(Buffer.compare(policies[0] ?? Buffer.alloc(0), policies[1] ?? Buffer.alloc(1))).toBe(0)
    expect(collector.heartbeats[0]?.hostname).toBe('here')
  })

  it('survives a message that cannot be read, a heartbeat that cannot be made and a policy that fails', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector()
    let beats = 0
    const uplink = stage.uplink(spool, {
      deps: {
        heartbeat: () => ((beats += 1) === 1 ? Promise.reject(new Error('no')) : Promise.resolve({ hostname: 'here' })),
        onPolicy: () => Promise.reject(new Error('no')),
      },
    })
    await until('the first answer', () => collector.syncs.length > 0)
    collector.connection.publish(`hf.v1.down.${DEVICE}`, Uint8Array.of(0xff, 0xff, 0xff))
    collector.down(DEVICE, { policy: { body: Uint8Array.of(1) } })
    await until('a heartbeat', () => collector.heartbeats.length > 0)
    await fill(spool, 3)
    await until('the spool to drain', drained(spool))
    expect(uplink.status().connected).toBe(true)
  })
})

describe('staying away and coming back', () => {
  it('stays away for at least as long as the collector says', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector()
    const slept: number[] = []
    const uplink = stage.uplink(spool, { sleep: (ms) => Promise.resolve(void slept.push(ms)), deps: { random: () => 0.5 } })
    await until('the first answer', () => collector.syncs.length > 0)
    collector.down(DEVICE, { retryAfter: { seconds: 90, reason: 'busy' } })
    await until('the wait', () => slept.length > 0)
    expect(slept[0]).toBe(99_000)
    await until('the next connection', () => uplink.status().connected)
    expect(collector.syncs.length).toBeGreaterThan(0)
  })

  it('tries for ever, ever more seldom, up to the cap', async () => {
    const spool = await stage.spool()
    const slept: number[] = []
    await stage.broker.kill()
    const uplink = stage.uplink(spool, {
      deps: { random: () => 0.999 },
      sleep: async (ms, signal) => {
        slept.push(ms)
        if (slept.length > 20) await new Promise((resolve) => signal.addEventListener('abort', resolve))
      },
    })
    await until('twenty tries', () => slept.length > 20)
    expect(slept.slice(0, 4)).toEqual([999, 1998, 3996, 7992])
    expect(slept.at(-1)).toBe(299_700)
    expect(uplink.status()).toMatchObject({ connected: false, problem: 'UNREACHABLE', published: 0 })
    expect(uplink.status().nextTryAtMs).toBeGreaterThan(0)
  })

  it('ends after the signal with what was published flushed', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector()
    const uplink = stage.uplink(spool)
    await until('the first answer', () => collector.syncs.length > 0)
    await fill(spool, 500)
    const { published } = uplink.status()
    await uplink.stop()
    await until('what was published', () => collector.stored.size >= published)
    expect(uplink.status().connected).toBe(false)
  })

  it('ends after the signal although the connection only looks alive', async () => {
    const spool = await stage.spool()
    const collector = await stage.collector()
    const proxy = await stage.proxy()
    const uplink = stage.uplink(spool, { servers: [proxy.url], timings: { flushMs: 100 } })
    await until('the first answer', () => collector.syncs.length > 0)
    proxy.blackHole = true
    await fill(spool, 10)
    await uplink.stop()
    expect(uplink.status().connected).toBe(false)
    expect(spool.figures().ackedSeq).toBe(0)
  })
})
