// Renders a screen as the console does, over answers that a test chooses by path.
import '../i18n/administration-texts.ts'
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { configure, render, type RenderResult } from '@testing-library/react'
import { vi } from 'vitest'
import { createQueryClient } from '../api/query-client.ts'
import { Providers } from '../app/providers.tsx'
import { createConsoleRouter } from '../app/router.tsx'
import { createI18n } from '../i18n/i18n.ts'

// A busy machine takes its time; a test waits for what it waits for, not for a second.
configure({ asyncUtilTimeout: 15_000 })

/** What jsdom has not and Mantine asks for. */
const installBrowserParts = (): void => {
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: false, media: query, onchange: null, addEventListener: () => undefined, removeEventListener: () => undefined, addListener: () => undefined, removeListener: () => undefined, dispatchEvent: () => false }))
  vi.stubGlobal('ResizeObserver', class { observe(): void { /* Nothing is laid out here. */ } unobserve(): void { /* As above. */ } disconnect(): void { /* As above. */ } })
  vi.stubGlobal('WebSocket', class extends EventTarget { close(): void { /* Never opened. */ } })
  vi.stubGlobal('scrollTo', () => undefined)
  HTMLElement.prototype.scrollIntoView = () => undefined
  Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() })
}

export interface Answer {
  readonly status?: number
  readonly body: unknown
}

export interface SentRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Headers
  readonly body: unknown
}

export type Answers = Readonly<Record<string, unknown>>

/** An error answer in the collector's own shape. */
export const problem = (status: number, code: string): Answer => ({ status, body: { type: 'about:blank', title: `Title of ${code}.`, status, code, requestId: 'req-1' } })

const isAnswer = (value: unknown): value is Answer => typeof value === 'object' && value !== null && 'body' in value

/**
 * Answers `GET /alerts` by the key `GET /alerts`; a function is called with the request.
 *
 * @returns the requests that were sent, in order
 */
export const stubApi = (answers: Answers): readonly SentRequest[] => {
  const sent: SentRequest[] = []
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const url = new URL(input, 'http://localhost')
    const request = { method: init.method ?? 'GET', path: url.pathname.replace('/api/v1', ''), query: url.searchParams, headers: new Headers(init.headers), body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined }
    sent.push(request)
    const found = answers[`${request.method} ${request.path}`] ?? problem(404, 'NOT_FOUND')
    const value: unknown = typeof found === 'function' ? (found as (request: SentRequest) => unknown)(request) : found
    if (value instanceof Response) return value
    const { status = 200, body } = isAnswer(value) ? value : { body: value }
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  })
  return sent
}

/** The console at an address. */
export const renderConsole = (at: string): RenderResult => {
  installBrowserParts()
  const router = createConsoleRouter({ history: createMemoryHistory({ initialEntries: [at] }) })
  return render(<Providers client={createQueryClient()} i18n={createI18n()}><RouterProvider router={router} /></Providers>)
}
