import { Modal, useComputedColorScheme, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { useClipboard, useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight, useSpotlight } from '@mantine/spotlight'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useState, type KeyboardEvent } from 'react'
import { casesQuery } from '../api/cases.ts'
import { alertsQuery, usersQuery } from '../api/queries.ts'
import { useTranslation } from '../i18n/translation.ts'
import { navigation } from './navigation.ts'
import { usePaletteCall } from './palette-call.ts'
import { useMay } from './permissions.ts'
import { commandLine, twinsOf } from './twins.ts'
import { useAccountPreference } from './use-account-preference.ts'

const [store, actions] = createSpotlight()
const SHOWN = 5
/** From so many letters on the server is asked. */
const LEAST = 2

interface Row {
  readonly id: string
  readonly label: string
  readonly description?: string
  readonly run: () => void
}
interface Rows {
  readonly label: string
  readonly rows: readonly Row[]
}

/** Alerts, cases and people whose id or pseudonym begins so; without a search the latest alerts. */
const useFound = (query: string, isOpen: boolean): readonly Rows[] => {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const [search] = useDebouncedValue(query.trim(), 200)
  const asks = isOpen && search.length >= LEAST
  const alerts = useInfiniteQuery({ ...alertsQuery(asks ? { search: search.slice(0, 64) } : {}), enabled: isOpen && may('alert.read') && (asks || search === '') })
  const cases = useInfiniteQuery({ ...casesQuery({ search: search.slice(0, 200), sort: '-updatedAt' }), enabled: asks && may('case.contribute') })
  const users = useInfiniteQuery({ ...usersQuery({ search: search.slice(0, 200) }), enabled: asks && may('user.read') })
  const of = <T,>(pages: readonly { readonly items: readonly T[] }[] | undefined): readonly T[] => (pages?.flatMap(({ items }) => items) ?? []).slice(0, SHOWN)
  const go = (to: string) => () => void navigate({ to })
  return [
    { label: asks ? t('palette.alerts') : t('palette.recent'), rows: search === '' || asks ? of(alerts.data?.pages).map((alert) => ({ id: alert.id, label: alert.headline, description: `${alert.user.pseudonym} · ${alert.id}`, run: go(`/alerts/${encodeURIComponent(alert.id)}`) })) : [] },
    { label: t('palette.cases'), rows: asks ? of(cases.data?.pages).map((one) => ({ id: one.id, label: one.name, description: `${one.user.pseudonym} · ${one.id}`, run: go(`/cases/${encodeURIComponent(one.id)}`) })) : [] },
    { label: t('palette.users'), rows: asks ? of(users.data?.pages).map((user) => ({ id: user.id, label: user.pseudonym, ...(user.department === undefined ? {} : { description: user.department }), run: go(`/users/${encodeURIComponent(user.id)}`) })) : [] },
  ]
}

/** What can be done from everywhere, as far as the account may. */
const useDeeds = (onHelp: () => void): readonly Row[] => {
  const { t, language } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const prefer = useAccountPreference()
  const { copy } = useClipboard()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const location = useRouterState({ select: (state) => state.location })
  const command = twinsOf(location.pathname, location.search)?.command
  return [
    ...(may('enrolment.manage') ? [{ id: 'add-device', label: t('palette.addDevice'), run: () => void navigate({ to: '/devices', search: { add: '1' } }) }] : []),
    ...(may('policy.manage') ? [{ id: 'new-policy', label: t('palette.newPolicy'), run: () => void navigate({ to: '/policies/new' }) }] : []),
    ...(command === undefined ? [] : [{ id: 'copy-cli', label: t('palette.copyCli'), run: () => copy(commandLine(command)) }]),
    { id: 'account', label: t('palette.account'), run: () => void navigate({ to: '/account' }) },
    { id: 'scheme', label: t('palette.toggleScheme'), run: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark') },
    { id: 'language', label: t('palette.switchLanguage'), run: () => prefer((now) => ({ ...now, language: language === 'de' ? 'en' : 'de' })) },
    { id: 'keys', label: t('app.help'), run: onHelp },
  ]
}

/** Ctrl K: jump to a page, an alert, a case or a person, or do something. Put together by hand, since the ready-made one has no name for a screen reader. */
const Palette = ({ onHelp }: { readonly onHelp: () => void }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  const [query, setQuery] = useState('')
  usePaletteCall(actions.open)
  const { opened, selected } = useSpotlight(store)
  const found = useFound(query, opened)
  const deeds = useDeeds(onHelp)
  const pages = navigation.filter(({ permission }) => permission === undefined || may(permission)).map(({ to, key }) => ({ id: key, label: t(`nav.${key}`), run: () => void navigate({ to }) }))
  const wanted = query.trim().toLocaleLowerCase()
  const fitting = (rows: readonly Row[]): readonly Row[] => rows.filter((row) => row.label.toLocaleLowerCase().includes(wanted))
  const groups: readonly Rows[] = [...(wanted === '' ? [] : found), { label: t('palette.pages'), rows: fitting(pages) }, { label: t('palette.actions'), rows: fitting(deeds) }, ...(wanted === '' ? found : [])].filter(({ rows }) => rows.length > 0)
  // Nothing is marked before an arrow key was pressed; Enter then means the first.
  const enter = (event: KeyboardEvent): void => {
    const first = groups[0]?.rows[0]
    if (event.key !== 'Enter' || selected !== -1 || first === undefined) return
    event.preventDefault()
    actions.close()
    first.run()
  }
  return (
    <Spotlight.Root store={store} shortcut={null} query={query} onQueryChange={setQuery} clearQueryOnClose scrollable maxHeight={440}>
      <VisuallyHidden><Modal.Title>{t('app.palette')}</Modal.Title></VisuallyHidden>
      <Spotlight.Search placeholder={t('palette.more')} aria-label={t('palette.search')} onKeyDown={enter} />
      <Spotlight.ActionsList>
        {groups.map(({ label, rows }) => <Spotlight.ActionsGroup key={label} label={label}>{rows.map((row) => <Spotlight.Action key={row.id} label={row.label} {...(row.description === undefined ? {} : { description: row.description })} onClick={row.run} />)}</Spotlight.ActionsGroup>)}
        {groups.length === 0 && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

export default Palette
