import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createRun, findProgram, posixEnvironment } from './run-program.ts'

const run = createRun({ root: '/', environment: posixEnvironment })

describe.skipIf(!existsSync('/usr/bin/env'))('programs of the system', () => {
  test('the environment of the agent does not reach them', async () => {
    process.env['HOLDFAST_TEST_SECRET'] = 'x'
    const { stdout } = await run('env', [])
    delete process.env['HOLDFAST_TEST_SECRET']
    expect(stdout).not.toContain('HOLDFAST_TEST_SECRET')
    expect(stdout).toContain('LC_ALL=C')
  })

  test('an exit code is an answer, and words for a shell are only words', async () => {
    expect(await run('false', [])).toMatchObject({ code: 1 })
    expect((await run('printf', ['%s', '$(id); `id`'])).stdout).toBe('$(id); `id`')
  })

  test('what is missing or lies elsewhere is refused with its code', async () => {
    await expect(run('no-such-program', [])).rejects.toMatchObject({ code: 'PLATFORM_COMMAND_MISSING' })
    await expect(run('/tmp/evil', [])).rejects.toMatchObject({ code: 'PLATFORM_COMMAND_MISSING' })
    await expect(run('../bin/env', [])).rejects.toMatchObject({ code: 'PLATFORM_COMMAND_MISSING' })
  })

  test('time and size are bounded', async () => {
    await expect(run('sleep', ['30'], { timeoutMs: 50 })).rejects.toMatchObject({ code: 'PLATFORM_COMMAND_FAILED' })
    await expect(run('yes', [], { maxBytes: 1000 })).rejects.toMatchObject({ code: 'PLATFORM_COMMAND_FAILED' })
  })

  test('a program is found by its bare name only in the folders of the system', async () => {
    expect(await findProgram('/', 'env')).toMatch(/^\/(usr\/)?s?bin\/env$/)
    expect(await findProgram('/', '')).toBeUndefined()
  })
})
