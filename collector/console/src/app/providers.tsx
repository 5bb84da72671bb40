import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { Fragment, type ReactNode } from 'react'
import { cssVariablesResolver, theme } from '../theme/theme.ts'
import type { I18n } from '../i18n/i18n.ts'
import { I18nContext, useTranslation } from '../i18n/translation.ts'
import { PreferencesProvider } from './preferences.tsx'

/** Everything anew when the language changes: numbers and times are written by functions that React does not watch. */
const InLanguage = ({ children }: { readonly children: ReactNode }) => <Fragment key={useTranslation().language}>{children}</Fragment>

/** Everything that a page needs around it; the tests use the same. */
export const Providers = ({ client, i18n: catalogue, nonce, children }: { readonly client: QueryClient; readonly i18n: I18n; readonly nonce?: string | undefined; readonly children: ReactNode }) => (
  <I18nContext value={catalogue}>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto" {...(nonce === undefined ? {} : { getStyleNonce: () => nonce })}>
      <PreferencesProvider>
        <QueryClientProvider client={client}>
          <Notifications position="bottom-left" />
          <InLanguage>{children}</InLanguage>
        </QueryClientProvider>
      </PreferencesProvider>
    </MantineProvider>
  </I18nContext>
)
