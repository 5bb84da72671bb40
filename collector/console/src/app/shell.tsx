import type { Me } from '@holdfast/collector/contract'
import { AppShell, Badge, NavLink } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { alertStatisticsQuery } from '../api/queries.ts'
import { formatInstant } from '../format/time.ts'
import { useTranslation } from '../i18n/translation.ts'
import { AccessNotices } from './access-notices.tsx'
import { Header } from './header.tsx'
import { useKeys } from './keyboard/use-keys.ts'
import { navigation } from './navigation.ts'
import { PageGate } from './page-gate.tsx'
import { openPalette, usePaletteCalled } from './palette-call.ts'
import { useMay } from './permissions.ts'
import { useZone } from './preferences.tsx'
import classes from './shell.module.css'

// Neither is on the screen at first, and both bring the code of a dialog.
const Palette = lazy(() => import('./palette.tsx'))
const KeysDialog = lazy(() => import('./keyboard/keys-dialog.tsx'))

const focusSearch = (): void => {
  const field = document.querySelector<HTMLElement>('[data-page-search]')
  if (field === null) openPalette()
  else field.focus()
}

/** The frame around every page: header, menu, keys, palette. */
export const Shell = ({ me }: { readonly me: Me }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  const [menu, { toggle, close }] = useDisclosure(false)
  const [help, helpDialog] = useDisclosure(false)
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const { data: statistics } = useQuery({ ...alertStatisticsQuery(), enabled: may('alert.read') })
  const waiting = statistics === undefined ? 0 : statistics.needsReview.low + statistics.needsReview.medium + statistics.needsReview.high
  const zone = useZone()
  const called = usePaletteCalled()
  const [helped, setHelped] = useState(false)
  if (help && !helped) setHelped(true)
  useHotkeys([['mod+K', openPalette]], [])
  const go = (to: string) => () => void navigate({ to })
  useKeys({ '?': helpDialog.open, '/': focusSearch, 'g a': go('/alerts'), 'g c': go('/cases'), 'g l': go('/audit'), 'g s': go('/settings'), 'g d': go('/devices'), 'g u': go('/users'), 'g p': go('/policies'), 'g o': go('/') })
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 212, breakpoint: 'sm', collapsed: { mobile: !menu } }} padding="md">
      <AppShell.Header className={classes['header']}>
        <a className={classes['skip']} href="#page">{t('app.skip')}</a>
        <Header me={me} menuOpened={menu} onMenu={toggle} onHelp={helpDialog.open} />
      </AppShell.Header>
      <AppShell.Navbar p="xs" className={classes['navbar']} aria-label={t('nav.label')}>
        {navigation.filter(({ permission }) => permission === undefined || may(permission)).map(({ to, key, icon: Icon }) => {
          const active = to === '/' ? path === '/' : path.startsWith(to)
          return (
            <NavLink key={to} component={Link} to={to} label={t(`nav.${key}`)} active={active} aria-current={active ? 'page' : undefined} className={classes['link'] ?? ''} leftSection={<Icon size={18} stroke={1.7} aria-hidden="true" />} onClick={close}
              rightSection={key === 'alerts' && waiting > 0 ? <Badge color="#b42318" size="sm" circle={waiting < 10} aria-label={t('app.needReview', { count: waiting })}>{waiting}</Badge> : undefined} />
          )
        })}
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1} className={classes['main']}><p className="hf-print-only">{t('app.printed', { organisation: me.organisation, at: `${formatInstant(new Date().toISOString(), zone)} ${zone}` })}</p><div className="hf-no-print"><AccessNotices /></div><PageGate /></AppShell.Main>
      <Suspense>
        {called && <Palette onHelp={helpDialog.open} />}
        {helped && <KeysDialog opened={help} onClose={helpDialog.close} />}
      </Suspense>
    </AppShell>
  )
}
