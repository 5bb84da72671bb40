import { cleanup, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { buildEnrolmentCode, buildEnrolmentCreated, buildMe } from '../../testing/builders.ts'
import { renderConsole, stubApi, type Answers, type SentRequest } from '../../testing/render.tsx'

const page = (...items: readonly unknown[]) => ({ items, total: items.length })
const request = (id: string, hostname: string) => ({ id, codeId: 'c_1', group: 'laptops', hostname, os: 'debian', agentVersion: '0.1.0', address: '192.0.2.7', fingerprint: 'ABCD2345', state: 'waiting', requestedAt: '2026-11-23T07:00:00.000Z', expiresAt: '2026-11-30T07:00:00.000Z' })

const open = (at: string, answers: Answers): readonly SentRequest[] => {
  const sent = stubApi({
    'GET /me': buildMe({ permissions: ['device.read', 'enrolment.manage'] }), 'GET /devices': page(), 'GET /device-faults': page(), 'GET /device-tags': page(), 'GET /fleet-notices': page(), 'GET /enrolment-codes': page(buildEnrolmentCode({ needsApproval: true })),
    'GET /enrolment-requests': page(request('er_1', 'lt-1'), request('er_2', 'lt-2'), request('er_3', 'lt-3')), ...answers,
  })
  renderConsole(at)
  return sent
}

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  localStorage.clear()
})

describe('devices that wait for approval', { timeout: 20_000 }, () => {
  test('are shown with what tells them apart, and two of three are approved at once with a note', async () => {
    const sent = open('/devices', { 'POST /enrolment-requests/decisions': { items: [], done: 2, waiting: 1 } })
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose lt-1' }))
    await userEvent.click(screen.getByRole('checkbox', { name: 'Choose lt-3' }))
    expect(screen.getAllByText('ABCD2345')).toHaveLength(3)
    await userEvent.type(screen.getByLabelText('Note for the audit log'), 'by the help desk')
    await userEvent.click(screen.getByRole('button', { name: 'Approve 2 devices' }))
    await waitFor(() => expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ ids: ['er_1', 'er_3'], approve: true, note: 'by the help desk' }))
  })

  test('are refused all at once', async () => {
    const sent = open('/devices', { 'POST /enrolment-requests/decisions': { items: [], done: 3, waiting: 0 } })
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose every device shown' }))
    const buttons = await screen.findAllByRole('button', { name: 'Refuse 3 devices' })
    await userEvent.click(buttons[0] as HTMLElement)
    await waitFor(() => expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ ids: ['er_1', 'er_2', 'er_3'], approve: false }))
  })

  test('a code may ask for approval, and there is a command for every package', async () => {
    const sent = open('/devices?add=1', { 'GET /enrolment-requests': page(), 'POST /enrolment-codes': buildEnrolmentCreated({ needsApproval: true }) })
    await userEvent.click(await screen.findByRole('checkbox', { name: /Ask for approval/ }))
    await userEvent.click(screen.getByRole('button', { name: 'Create the code' }))
    expect(await screen.findByText(/apt-get install -y/)).toBeTruthy()
    for (const name of ['Red Hat, SUSE (.rpm)', 'Windows (.msi)', 'macOS (.pkg)']) expect(screen.getByRole('tab', { name })).toBeTruthy()
    expect(sent.find(({ method }) => method === 'POST')?.body).toMatchObject({ needsApproval: true })
  })
})
