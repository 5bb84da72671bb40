import { useMantineColorScheme, useComputedColorScheme } from '@mantine/core'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { navigation } from './navigation.ts'
import { useMay } from './permissions.ts'

const [store, actions] = createSpotlight()

export const openPalette = (): void => actions.open()

/** Ctrl K: jump to a page or do something. */
export const Palette = ({ onHelp }: { readonly onHelp: () => void }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const pages = navigation.filter(({ permission }) => permission === undefined || may(permission)).map(({ to, key }) => ({ id: key, label: t(`nav.${key}`), onClick: () => void navigate({ to }) }))
  const doing = [
    ...(may('devices.change') ? [{ id: 'add-device', label: t('palette.addDevice'), onClick: () => void navigate({ to: '/devices', search: { add: '1' } }) }] : []),
    { id: 'scheme', label: t('palette.toggleScheme'), onClick: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark') },
    { id: 'keys', label: t('app.help'), onClick: onHelp },
  ]
  return (
    <Spotlight store={store} shortcut="mod + K" actions={[{ group: t('palette.pages'), actions: pages }, { group: t('palette.actions'), actions: doing }]} nothingFound={t('palette.nothing')} highlightQuery
      searchProps={{ placeholder: t('palette.search'), 'aria-label': t('palette.search') }} />
  )
}
