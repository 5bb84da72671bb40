// The arguments that would be given to the programs of macOS and Windows, and what their answers mean.
import { describe, expect, test, vi } from 'vitest'
import { createDarwinNotices, createWindowsNotices } from './other-systems.ts'

type Call = readonly [string, readonly string[]]
const recorder = (answer: (program: string, args: readonly string[]) => { code?: number; stdout?: string }) => {
  const calls: Call[] = []
  return { calls, run: (program: string, args: readonly string[]) => (calls.push([program, args]), Promise.resolve({ code: 0, stdout: '', stderr: '', ...answer(program, args) })) }
}
const notice = { uid: 501, title: 'Check "this"', body: 'a\nb', key: 'k', urgency: 'normal' } as const

describe('macOS', () => {
  test('shows it in the session of who owns the console; texts are arguments, never source', async () => {
    const { calls, run } = recorder((program) => (program === '/usr/bin/stat' ? { stdout: '501\n' } : {}))
    expect(await createDarwinNotices(run).show(notice)).toBe('shown')
    expect(calls[1]).toEqual(['/bin/launchctl', ['asuser', '501', '/usr/bin/sudo', '-u', '#501', '/usr/bin/osascript', '-e', 'on run argv', '-e', 'display notification (item 2 of argv) with title (item 1 of argv)', '-e', 'end run', '--', 'Check "this"', 'a b']])
  })
  test('somebody else at the screen, or nobody, is no session', async () => {
    for (const owner of ['502', '0', '']) expect(await createDarwinNotices(recorder(() => ({ stdout: owner })).run).show(notice)).toBe('no_session')
  })
  test('the button and the typed line come back', async () => {
    const { run } = recorder((program, args) => ({ stdout: program === '/usr/bin/stat' ? '501' : args.includes('osascript') ? '' : 'For work\nthe auditors\n' }))
    const onAnswer = vi.fn()
    expect(await createDarwinNotices(run).show({ ...notice, choices: [{ id: 'acknowledged', label: 'OK' }, { id: 'business_reason', label: 'For work' }], typed: 'business_reason', onAnswer })).toBe('shown')
    await vi.waitFor(() => expect(onAnswer).toHaveBeenCalledWith({ id: 'business_reason', text: 'the auditors' }))
  })
})

describe('Windows', () => {
  test('msg speaks to the console’s session', async () => {
    const { calls, run } = recorder(() => ({}))
    expect(await createWindowsNotices(run).show(notice)).toBe('shown')
    expect(calls).toEqual([['msg.exe', ['console', '/TIME:120', 'Check "this"\r\n\r\na b']]])
    expect(await createWindowsNotices(recorder(() => ({ code: 1 })).run).show(notice)).toBe('no_session')
  })
  test('an edition without msg fails, and says so', async () => expect(await createWindowsNotices(() => Promise.reject(new Error('none'))).show(notice)).toBe('failed'))
})
