import '../../i18n/administration-texts.ts'
import { Anchor, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { accessSettingsQuery } from '../../api/access.ts'
import { useMay } from '../../app/permissions.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { AccessForm } from './access-form.tsx'
import { AccountsPanel } from './accounts-panel.tsx'
import { UnitsPanel } from './units-panel.tsx'

/** Who may sign in, how, and whom they see. */
export const AccessPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const settings = useQuery({ ...accessSettingsQuery(), enabled: may('account.manage') })
  return (
    <>
      <Anchor component={Link} to="/settings" size="sm">{t('settings.title')}</Anchor>
      <PageHeader title={t('access.title')} intro={t('access.intro')} />
      {may('account.manage') ? (
        <Stack>
          <AccountsPanel />
          <UnitsPanel />
          {settings.isError && <ErrorState error={settings.error} onRetry={settings.refetch} />}
          {settings.data !== undefined && <AccessForm key={settings.data.revision} settings={settings.data} />}
        </Stack>
      ) : <Panel title={t('access.title')}>{t('settings.noAccounts')}</Panel>}
    </>
  )
}
