import { Modal, useComputedColorScheme, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { navigation } from './navigation.ts'
import { useMay } from './permissions.ts'

const [store, actions] = createSpotlight()

export const openPalette = (): void => actions.open()

/** Ctrl K: jump to a page or do something. Put together by hand, since the ready-made one has no name for a screen reader. */
export const Palette = ({ onHelp }: { readonly onHelp: () => void }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  const [query, setQuery] = useState('')
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const pages = navigation.filter(({ permission }) => permission === undefined || may(permission)).map(({ to, key }) => ({ id: key, label: t(`nav.${key}`), run: () => void navigate({ to }) }))
  const doing = [
    ...(may('enrolment.manage') ? [{ id: 'add-device', label: t('palette.addDevice'), run: () => void navigate({ to: '/devices', search: { add: '1' } }) }] : []),
    { id: 'scheme', label: t('palette.toggleScheme'), run: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark') },
    { id: 'keys', label: t('app.help'), run: onHelp },
  ]
  const wanted = query.trim().toLocaleLowerCase()
  const groups = [{ label: t('palette.pages'), rows: pages }, { label: t('palette.actions'), rows: doing }]
    .map(({ label, rows }) => ({ label, rows: rows.filter((row) => row.label.toLocaleLowerCase().includes(wanted)) })).filter(({ rows }) => rows.length > 0)
  return (
    <Spotlight.Root store={store} shortcut="mod + K" query={query} onQueryChange={setQuery} clearQueryOnClose>
      <VisuallyHidden><Modal.Title>{t('app.palette')}</Modal.Title></VisuallyHidden>
      <Spotlight.Search placeholder={t('palette.search')} aria-label={t('palette.search')} />
      <Spotlight.ActionsList>
        {groups.map(({ label, rows }) => <Spotlight.ActionsGroup key={label} label={label}>{rows.map((row) => <Spotlight.Action key={row.id} label={row.label} onClick={row.run} />)}</Spotlight.ActionsGroup>)}
        {groups.length === 0 && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
