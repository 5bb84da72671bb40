import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CONFIG_FILE, loadConfig } from './config.ts'
import { CodedError } from './errors.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-config-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (text: string): void => writeFileSync(join(folder, CONFIG_FILE), text)
async function failure(flags = {}, environment = {}): Promise<CodedError> {
  try {
    await loadConfig(folder, flags, environment)
  } catch (error) {
    if (error instanceof CodedError) return error
  }
  throw new Error('expected a coded error')
}

describe('the configuration', () => {
  it('has defaults without a file', async () => {
    expect(await loadConfig(folder, {}, {})).toEqual({ 'log.level': 'info', 'nats.servers': [], 'spool.maxBytes': 0, 'heartbeat.intervalSecs': 0, 'disclosure.file': '' })
  })

  it('takes flags over the environment over the file', async () => {
    write('log:\n  level: warn\nspool:\n  maxBytes: 1\nheartbeat.intervalSecs: 5\nnats:\n  servers: [tls://a:1, tls://b:2]\n')
    const config = await loadConfig(folder, { 'log.level': 'debug' }, { HOLDFAST_AGENT_LOG_LEVEL: 'error', HOLDFAST_AGENT_SPOOL_MAX_BYTES: '2' })
    expect(config).toMatchObject({ 'log.level': 'debug', 'spool.maxBytes': 2, 'heartbeat.intervalSecs': 5, 'nats.servers': ['tls://a:1', 'tls://b:2'] })
    expect((await loadConfig(folder, { 'nats.servers': 'tls://c:3, tls://d:4' }, {}))['nats.servers']).toEqual(['tls://c:3', 'tls://d:4'])
  })

  it('refuses an unknown key with its line and the nearest one', async () => {
    write('log:\n  level: info\nspool:\n  maxByte: 5\n')
    const error = await failure()
    expect([error.code, error.parameters]).toEqual(['CONFIG_UNKNOWN_KEY', { key: 'spool.maxByte', line: 4, nearest: 'spool.maxBytes' }])
  })

  it.each([
    ['log: [', 'line 1'],
    ['log:\n  level: loud\n', 'log.level'],
    ['spool:\n  maxBytes: -1\n', 'spool.maxBytes'],
    ['spool:\n  maxBytes: 1.5\n', 'spool.maxBytes'],
    ['nats:\n  servers: 5\n', 'nats.servers'],
    ['just a text', 'the file'],
  ])('refuses %j and names where', async (text, where) => {
    write(text)
    const error = await failure()
    expect(error.code).toBe('CONFIG_INVALID')
    expect(error.message).toContain(where)
  })

  it('names the flag or the variable that is wrong', async () => {
    expect((await failure({ 'spool.maxBytes': 'much' })).message).toContain('--spool-max-bytes')
    expect((await failure({}, { HOLDFAST_AGENT_HEARTBEAT_INTERVAL_SECS: '9999' })).message).toContain('HOLDFAST_AGENT_HEARTBEAT_INTERVAL_SECS')
  })
})
