import '../../i18n/administration-texts.ts'
import { Anchor, Button, Group, SegmentedControl, Select, SimpleGrid, Stack, Switch, Text, useMantineColorScheme } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { meQuery } from '../../api/queries.ts'
import { useMay } from '../../app/permissions.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { oneOf } from '../../app/search-params.ts'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { zoneName } from '../../format/time.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { AlertSettingsPanel } from '../alerts/alert-settings-panel.tsx'
import { AccountsPanel } from './accounts-panel.tsx'
import { CaseSettingsPanel } from './case-settings-panel.tsx'
import { MailPanel } from './mail-panel.tsx'
import { NotificationsPanel } from './notifications-panel.tsx'
import { TicketsPanel } from './tickets-panel.tsx'

const SCHEMES = ['light', 'dark', 'auto'] as const
const VERSION = '0.1.0'

/** Pages of their own under the settings. */
const PARTS = [
  { to: '/settings/all', key: 'system.all', permission: 'settings.manage' }, { to: '/settings/system', key: 'system.title', permission: 'settings.manage' },
  { to: '/settings/privacy', key: 'privacy.open', permission: 'settings.manage' }, { to: '/settings/exports', key: 'exports.open', permission: 'export.manage' }, { to: '/settings/access', key: 'access.open', permission: 'account.manage' },
] as const

/** Accounts, what this browser shows, and what this is. */
export const SettingsPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const { data: me } = useQuery(meQuery())
  const { zone, keys, setZone, setKeys } = usePreferences()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
      <PageHeader title={t('settings.title')} />
      <Group component="nav" aria-label={t('settings.parts')} gap="xs" mb="md">
        {PARTS.filter(({ permission }) => may(permission)).map(({ to, key }) => <Button key={to} component={Link} to={to} variant="default" size="sm" rightSection={<IconChevronRight size={15} aria-hidden="true" />}>{t(key)}</Button>)}
      </Group>
      <Stack>
        {may('account.manage') && <AccountsPanel />}
        <AlertSettingsPanel />
        {may('case.contribute') && may('settings.manage') && <CaseSettingsPanel />}
        {may('settings.manage') && <MailPanel />}
        {may('settings.manage') && <TicketsPanel />}
        <NotificationsPanel />
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Panel title={t('settings.display')}>
            <Stack>
              <Select label={t('settings.zone')} description={t('help.zone')} data={[{ value: 'browser', label: t('app.zoneBrowser', { zone: zoneName('browser') }) }, { value: 'UTC', label: t('app.zoneUtc') }, ...(zone === 'browser' || zone === 'UTC' ? [] : [zone])]} value={zone} allowDeselect={false} onChange={(value) => setZone(value ?? 'browser')} />
              <div><Text size="sm" fw={500} mb={4}>{t('settings.scheme')}</Text><SegmentedControl aria-label={t('settings.scheme')} data={SCHEMES.map((value) => ({ value, label: t(`app.schemes.${value}`) }))} value={colorScheme} onChange={(value) => setColorScheme(oneOf(value, SCHEMES, 'auto'))} /></div>
              <Switch label={t('settings.keys')} description={t('help.keys')} checked={keys === 'on'} onChange={(event) => setKeys(event.currentTarget.checked ? 'on' : 'off')} />
            </Stack>
          </Panel>
          <Panel title={t('settings.about')}>
            <Stack gap="sm">
              <Text size="sm">{t('settings.aboutBody', { version: VERSION })}</Text>
              <Facts rows={[
                [t('settings.organisation'), me?.organisation], [t('settings.you'), me?.name], [t('settings.roles'), me?.roles.join(', ')], [t('settings.permissions'), me?.permissions.join(', ')],
                [t('settings.session'), me === undefined ? undefined : <Instant key="session" at={me.sessionExpiresAt} />],
              ]} />
              <Anchor href="/docs" size="sm">{t('settings.api')}</Anchor>
            </Stack>
          </Panel>
        </SimpleGrid>
      </Stack>
    </>
  )
}
