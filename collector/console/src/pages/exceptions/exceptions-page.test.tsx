import { cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { buildMe } from '../../testing/builders.ts'
import { type Answers, renderConsole, type SentRequest, stubApi } from '../../testing/render.tsx'

const asked = {
  id: 'ex_1', state: 'pending', user: { id: 'u_1', pseudonym: 'ANON-7F3K2' }, deviceId: 'd_1', deviceName: 'lt-1557', medium: { vendor: 'SanDisk', model: 'Cruzer', serial: '4C53' }, canGrant: true, reason: 'for the auditors', hours: 8, via: 'command', requestedAt: '2026-11-01T10:00:00.000Z', decideBy: '2026-11-08T10:00:00.000Z',
}
const asking = { id: 'qu_1', question: { kind: 'mounts' }, reason: 'case 14', askedBy: 'ada', isOwn: false, askedAt: '2026-11-01T10:00:00.000Z', expiresAt: '2026-11-01T11:00:00.000Z', state: 'done', devices: [{ deviceId: 'd_1', deviceName: 'lt-1557', state: 'answered', bytes: 2, answer: '[{"mountPoint":"/media/x"}]' }] }

const open = (at: string, answers: Answers): readonly SentRequest[] => {
  const sent = stubApi({ 'GET /me': buildMe({ permissions: ['overview.read', 'exception.decide', 'question.read', 'question.ask', 'question.approve', 'settings.manage'] }), 'GET /privacy-requests': { items: [] }, 'GET /settings/questions': { needsSecond: false }, ...answers })
  renderConsole(at)
  return sent
}
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})
const later = { timeout: 15_000 }

describe('the page of exceptions', () => {
  test('grants what somebody asked for, for the hours that were chosen', async () => {
    const sent = open('/exceptions', { 'GET /exceptions': { items: [asked] }, 'POST /exceptions/ex_1/decision': { ...asked, state: 'granted' } })
    expect(await screen.findByText('for the auditors', undefined, later)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Grant' }))
    const dialog = await screen.findByRole('dialog', undefined, later)
    await userEvent.click(within(dialog).getByRole('button', { name: 'Grant' }))
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ grant: true, hours: 8, copies: true })
  }, 30_000)
  test('refuses only with a reason, and grants no medium that looks like others', async () => {
    open('/exceptions', { 'GET /exceptions': { items: [{ ...asked, canGrant: false }] } })
    expect(await screen.findByRole('button', { name: 'Grant' }, later)).toHaveProperty('disabled', true)
    await userEvent.click(screen.getByRole('button', { name: 'Refuse' }))
    const dialog = await screen.findByRole('dialog', undefined, later)
    expect(within(dialog).getByRole('button', { name: 'Refuse' })).toHaveProperty('disabled', true)
  }, 30_000)
})

describe('the page of live questions', () => {
  test('shows who asked what, and the answers when somebody looks', async () => {
    const sent = open('/questions', { 'GET /questions': { items: [asking] }, 'GET /questions/qu_1': asking })
    await userEvent.click(await screen.findByRole('button', { name: 'Show' }, later))
    expect(await screen.findByText(/"mountPoint": "\/media\/x"/, undefined, later)).toBeTruthy()
    expect(sent.filter(({ path }) => path.startsWith('/questions/qu_1'))).toHaveLength(1)
  }, 30_000)
})
