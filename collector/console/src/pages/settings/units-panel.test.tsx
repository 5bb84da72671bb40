import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { UnitView } from '@holdfast/collector/contract'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { buildMe } from '../../testing/builders.ts'
import { renderConsole, stubApi, type Answers, type SentRequest } from '../../testing/render.tsx'
import { parentsOf } from './units-panel.tsx'

const unit = (id: string, over: Partial<UnitView> = {}): UnitView => ({ id, name: id, path: [id], inherits: {}, devices: null, accounts: 0, below: 0, people: 1200, ...over })
const items: readonly UnitView[] = [
  unit('Europe', { below: 2, devices: ['de', 'fr'] }), unit('Germany', { parentId: 'Europe', path: ['Europe', 'Germany'], countries: ['de'], groups: ['de'], devices: ['de'], below: 1 }), unit('Sales', { parentId: 'Germany', path: ['Europe', 'Germany', 'Sales'], departments: ['sales'], inherits: { countries: ['de'], groups: ['de'] }, devices: ['de'], accounts: 2 }),
  unit('Board', { departments: ['board'] }),
]

const open = (answers: Answers = {}): readonly SentRequest[] => {
  const sent = stubApi({ 'GET /me': buildMe({ permissions: ['account.manage'] }), 'GET /accounts': { items: [], roles: [], permissions: [] }, 'GET /settings/access': { status: 404, body: {} }, 'GET /units': { items, departments: ['sales', 'board', 'it'], countries: ['de', 'fr'], groups: ['de', 'default', 'fr'] }, ...answers })
  renderConsole('/settings/access')
  return sent
}

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  localStorage.clear()
})

describe('administrative units', { timeout: 20_000 }, () => {
  test('a unit may stand under any but itself and those below it', () => {
    expect(parentsOf(items, items[1]).map(({ value }) => value)).toEqual(['Europe', 'Board'])
    expect(parentsOf(items, undefined).map(({ label }) => label)).toEqual(['Europe', 'Europe / Germany', 'Europe / Germany / Sales', 'Board'])
  })
  test('are shown as a tree, with what each names, has from above, and reaches', async () => {
    open()
    const row = (await screen.findByRole('cell', { name: /Europe \/ Germany \/\s*Sales/ })).closest('tr')
    expect(row?.textContent).toContain('sales · (de) · (de)')
    expect(row?.textContent).toContain('1,200')
    expect(screen.getByRole('cell', { name: /^Board/ }).closest('tr')?.textContent).toContain('all')
    expect(screen.getByRole('cell', { name: /^Europe whoever/ }).closest('tr')?.textContent).toContain('whoever is of the units below')
  })
  test('a new one is put under another, and is offered only what that has', async () => {
    const sent = open({ 'POST /units': unit('North') })
    await userEvent.click(await screen.findByRole('button', { name: 'Add a unit' }))
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.type(dialog.getByRole('textbox', { name: /^Name/ }), 'North')
    await userEvent.click(dialog.getByRole('combobox', { name: 'Under' }))
    await userEvent.click(await screen.findByRole('option', { name: 'Europe / Germany', hidden: true }))
    expect(dialog.getAllByText('Empty, it has what the unit above has: de')).toHaveLength(2)
    await userEvent.type(dialog.getByLabelText('Departments', { selector: 'input' }), 'it{Enter}')
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ name: 'North', parentId: 'Germany', departments: ['it'] }))
  })
})
