import type { Me } from '@holdfast/collector/contract'
import { ActionIcon, Button, Group, Kbd, Menu, Text, Tooltip, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { IconCheck, IconDeviceDesktop, IconHelp, IconMenu2, IconMoon, IconSearch, IconSun, IconUserCircle } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { signOut } from '../api/mutations.ts'
import { LANGUAGES } from '../format/language.ts'
import { zoneName, zoneOffset } from '../format/time.ts'
import { useTranslation } from '../i18n/translation.ts'
import { useLive } from '../live/live-provider.tsx'
import { NamesBadge } from './names-badge.tsx'
import { openPalette } from './palette-call.ts'
import { usePreferences } from './preferences.tsx'
import { useAccountPreference } from './use-account-preference.ts'
import classes from './shell.module.css'

const schemes: Readonly<Record<MantineColorScheme, { readonly next: MantineColorScheme; readonly icon: typeof IconSun }>> = {
  light: { next: 'dark', icon: IconSun }, dark: { next: 'auto', icon: IconMoon }, auto: { next: 'light', icon: IconDeviceDesktop },
}

const ZoneMenu = () => {
  const { t } = useTranslation()
  const { zone, setZone } = usePreferences()
  const prefer = useAccountPreference()
  const name = zoneName(zone)
  const offset = zoneOffset(name, new Date())
  const shown = name === 'UTC' ? 'UTC' : `${name} (${offset})`
  const choose = (next: 'browser' | 'UTC'): void => {
    setZone(next)
    prefer(({ timeZone: _before, ...rest }) => (next === 'browser' ? rest : { ...rest, timeZone: next }))
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button variant="subtle" color="gray" c="dimmed" size="compact-sm" fw={500} aria-label={t('app.zoneSwitch', { zone: shown })}><Text span inherit visibleFrom="lg">{t('app.zone', { zone: shown })}</Text><Text span inherit hiddenFrom="lg">{offset}</Text></Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => choose('browser')}>{t('app.zoneBrowser', { zone: zoneName('browser') })}</Menu.Item>
        <Menu.Item onClick={() => choose('UTC')}>{t('app.zoneUtc')}</Menu.Item>
        <Menu.Item component={Link} to="/account">{t('app.zoneOther')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const LiveDot = () => {
  const { t } = useTranslation()
  const { state } = useLive()
  return <Tooltip label={t(`app.live.${state}`)}><span role="status" aria-label={t(`app.live.${state}`)}><span className={classes['dot']} data-state={state} /></span></Tooltip>
}

/** Name, privacy, palette, time zone, colours, help, account. */
export const Header = ({ me, menuOpened, onMenu, onHelp }: { readonly me: Me; readonly menuOpened: boolean; readonly onMenu: () => void; readonly onHelp: () => void }) => {
  const { t, language } = useTranslation()
  const prefer = useAccountPreference()
  const client = useQueryClient()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const leave = useMutation({ mutationFn: signOut, onSettled: (answer) => { client.clear(); globalThis.location.assign(answer?.logoutUrl ?? '/') } })
  const { icon: SchemeIcon, next } = schemes[colorScheme]
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap">
        <ActionIcon variant="subtle" color="gray" c="bright" hiddenFrom="sm" aria-label={t('app.openMenu')} aria-expanded={menuOpened} onClick={onMenu}><IconMenu2 size={20} aria-hidden="true" /></ActionIcon>
        <Link to="/" className={classes['brand']}><img src="/favicon.svg" width={26} height={26} alt="" />{t('app.name')}</Link>
        <NamesBadge />
      </Group>
      <Group gap={6} wrap="nowrap">
        <LiveDot />
        <ZoneMenu />
        <Button variant="default" size="xs" c="dimmed" fw={500} leftSection={<IconSearch size={14} aria-hidden="true" />} rightSection={<Kbd size="xs" aria-hidden="true">Ctrl K</Kbd>} onClick={openPalette} visibleFrom="sm">{t('app.palette')}</Button>
        <ActionIcon variant="default" size={30} aria-label={t('app.scheme', { scheme: t(`app.schemes.${colorScheme}`) })} onClick={() => setColorScheme(next)}><SchemeIcon size={16} aria-hidden="true" /></ActionIcon>
        <ActionIcon variant="default" size={30} aria-label={t('app.help')} onClick={onHelp}><IconHelp size={16} aria-hidden="true" /></ActionIcon>
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon variant="default" size={30} aria-label={t('app.account', { name: me.name })}><IconUserCircle size={17} aria-hidden="true" /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Label><Text span size="sm" fw={600}>{me.name}</Text> · {me.roles.join(', ')} · {me.organisation}</Menu.Label>
            <Menu.Item component={Link} to="/account">{t('account.title')}</Menu.Item>
            <Menu.Label>{t('app.language')}</Menu.Label>
            {LANGUAGES.map((one) => <Menu.Item key={one} lang={one} aria-current={one === language ? 'true' : undefined} leftSection={<IconCheck size={14} aria-hidden="true" opacity={one === language ? 1 : 0} />} onClick={() => prefer((now) => ({ ...now, language: one }))}>{t(`app.languages.${one}`)}</Menu.Item>)}
            <Menu.Divider />
            <Menu.Item onClick={() => leave.mutate()}>{t('app.signOut')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </Group>
  )
}
