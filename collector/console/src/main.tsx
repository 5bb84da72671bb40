import { RouterProvider } from '@tanstack/react-router'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './api/query-client.ts'
import { Providers } from './app/providers.tsx'
import { createConsoleRouter } from './app/router.tsx'
import { createI18n, startLanguage } from './i18n/i18n.ts'
import './theme/mantine-styles.ts'

// The server writes a fresh nonce into the page; style elements without it would be refused by the Content-Security-Policy.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
if (nonce !== undefined) setNonce(nonce)

const root = document.querySelector('#root')
if (root === null) throw new Error('The page has no #root.')

const catalogue = createI18n()
// Before the first picture, so that nobody sees a flash of another language.
await catalogue.change(startLanguage(), { keep: false })

createRoot(root).render(
  <StrictMode>
    <Providers client={createQueryClient()} i18n={catalogue} nonce={nonce}>
      <RouterProvider router={createConsoleRouter()} />
    </Providers>
  </StrictMode>,
)
