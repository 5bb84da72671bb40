import type { StreamConfig } from 'nats'
import { describe, expect, it } from 'vitest'
import { deliveriesOf } from './pull.ts'
import { dangersOf, streamConfig } from './stream.ts'

const declared = streamConfig({ maxBytes: 1 << 30, replicas: 1 }) as StreamConfig

describe('a stream that could lose activities', () => {
  it('is not the declared one', () => {
    expect(dangersOf(declared)).toEqual([])
  })

  it.each([
    ['storage', 'memory', 'memory'], ['retention', 'limits', 'retention'], ['discard', 'old', 'gives up'], ['max_age', 1, 'expire'], ['max_msgs', 10, 'limited'], ['max_msgs_per_subject', 10, 'limited'],
    ['deny_delete', false, 'deleted'], ['deny_purge', false, 'deleted'], ['subjects', ['hf.v1.activity.d_one'], 'every device'], ['sources', [{ name: 'x' }], 'elsewhere'],
  ])('is recognised by its %s', (key, value, problem) => {
    expect(dangersOf({ ...declared, [key]: value }).join()).toContain(problem)
  })
})

describe('the number of deliveries', () => {
  it('is read from both forms of an ack subject', () => {
    expect(deliveriesOf('$JS.ACK.HF_ACTIVITY.hf-ingest.3.17.20.1790000000000000000.0')).toBe(3)
    expect(deliveriesOf('$JS.ACK.hub.ABCDEF.HF_ACTIVITY.hf-ingest.4.17.20.1790000000000000000.0.rand')).toBe(4)
  })
})
