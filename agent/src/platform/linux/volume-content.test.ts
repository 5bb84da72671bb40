import { describe, expect, test } from 'vitest'
import { buildBlockDevice } from '../fake-platform.ts'
import type { Platform } from '../platform.ts'
import { createVolumeReader } from './volume-content.ts'

const stick = buildBlockDevice({ name: 'sdb1', instance: '1-5' })
/** What `od -An -v -tx1` prints of bytes. */
const printed = (bytes: Buffer): string => (bytes.toString('hex').match(/.{1,32}/g) ?? []).map((line) => ` ${(line.match(/../g) ?? []).join(' ')}\n`).join('')

function createReader(answer: () => Promise<string>) {
  const asked: string[] = []
  const run: Platform['run'] = async (program, args) => {
    asked.push([program, ...args].join(' '))
    return { code: 0, stdout: await answer(), stderr: '' }
  }
  return { asked, reader: createVolumeReader('/', run) }
}

describe('the beginning of a volume', () => {
  test('is read once for each connection and change', async () => {
    const { asked, reader } = createReader(async () => printed(Buffer.concat([Buffer.from('LUKS'), Buffer.from([0xba, 0xbe, 0, 1]), Buffer.alloc(600)])))
    const content = { fileSystem: 'crypto_LUKS', label: '', encryption: 'luks' }
    expect([await reader.read(stick), await reader.read(stick)]).toEqual([content, content])
    await reader.read({ ...stick, instance: '1-6' })
    reader.forget('sdb1')
    await reader.read({ ...stick, instance: '1-6' })
    expect(asked).toEqual(Array.from({ length: 3 }, () => 'od -An -v -tx1 -N69632 /dev/sdb1'))
  })

  test('that cannot be read, or holds whoever reads it for ever, is not known', async () => {
    expect(await createReader(async () => Promise.reject(new Error('EIO'))).reader.read(stick)).toBeUndefined()
    expect(await createReader(async () => '').reader.read(stick)).toBeUndefined()
    expect(await createReader(() => new Promise(() => {})).reader.read(stick)).toBeUndefined()
  })

  test.each(['../../etc/shadow', 'a b', '', '-x;'])('of a device that calls itself %j is not asked for', async (name) => {
    const { asked, reader } = createReader(async () => '')
    expect([await reader.read({ ...stick, name }), asked]).toEqual([undefined, []])
  })
})
