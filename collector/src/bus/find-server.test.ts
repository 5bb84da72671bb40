import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findServer } from './find-server.ts'

const root = mkdtempSync(join(tmpdir(), 'holdfast-find-'))
afterAll(() => rmSync(root, { recursive: true }))

/** With nothing but the usual folders and the cache. */
const look = () => findServer('', { PATH: join(root, 'nowhere'), HOLDFAST_CACHE: join(root, 'cache') }, () => {})

/** A program that says which version it is. */
function fake(folder: string, version: string): string {
  mkdirSync(join(root, folder), { recursive: true })
  const path = join(root, folder, 'nats-server')
  writeFileSync(path, `#!/bin/sh\necho "nats-server: v${version}"\n`)
  chmodSync(path, 0o755)
  return path
}

describe('a nats-server that was named', () => {
  it('is taken as it is, from the configuration before the variable', async () => {
    const configured = fake('a', '2.12.3')
    expect(await findServer(configured, { HOLDFAST_NATS_SERVER: fake('b', '2.14.0') }, () => {})).toEqual({ path: configured, version: '2.12.3' })
  })

  it('is refused by the name of its key when it does not run or is too old', async () => {
    await expect(findServer(join(root, 'nothing'), {}, () => {})).rejects.toMatchObject({ code: 'CONFIG_INVALID', parameters: { key: 'bus.serverPath' } })
    await expect(findServer('', { HOLDFAST_NATS_SERVER: fake('c', '2.9.10') }, () => {})).rejects.toMatchObject({ code: 'CONFIG_INVALID', parameters: { key: 'HOLDFAST_NATS_SERVER' } })
  })
})

describe('a nats-server that is looked for', () => {
  it('is the first one that is new enough, also behind an older one on the PATH', async () => {
    fake('old', '2.10.27')
    const path = fake('new', '2.15.1')
    expect(await findServer('', { PATH: `${join(root, 'old')}:${join(root, 'new')}`, HOLDFAST_CACHE: root }, () => {})).toEqual({ path, version: '2.15.1' })
  })

  it('is taken from the cache folder of get-nats-server last of all', async () => {
    // A machine may have a server in a usual folder; that one comes first.
    const elsewhere = await look().then(({ path }) => path, () => undefined)
    const cached = fake('cache/bin', '2.99.0')
    expect((await look()).path).toBe(elsewhere ?? cached)
  })
})
