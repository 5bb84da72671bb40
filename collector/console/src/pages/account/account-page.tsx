import { Loader, SimpleGrid, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ownAccountQuery } from '../../api/access.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { FactorPanel } from './factor-panel.tsx'
import { PasskeysPanel } from './passkeys-panel.tsx'
import { PasswordPanel } from './password-panel.tsx'
import { PreferencesPanel } from './preferences-panel.tsx'
import { SessionsPanel } from './sessions-panel.tsx'
import { TokensPanel } from './tokens-panel.tsx'

/** One's own account: how one signs in, where, and what programs may do in one's name. */
export const AccountPage = () => {
  const { t } = useTranslation()
  const account = useQuery(ownAccountQuery())
  return (
    <>
      <PageHeader title={t('account.title')} intro={t('account.intro')} />
      {account.isPending && <Loader aria-label={t('common.loading')} />}
      {account.isError && <ErrorState error={account.error} onRetry={account.refetch} />}
      {account.data !== undefined && (
        <Stack>
          <FactorPanel account={account.data} />
          <SimpleGrid cols={{ base: 1, lg: 2 }}><PasskeysPanel account={account.data} /><PasswordPanel hasPassword={account.data.hasPassword} /></SimpleGrid>
          <SessionsPanel />
          <PreferencesPanel preferences={account.data.preferences} />
          <TokensPanel />
        </Stack>
      )}
    </>
  )
}
