// What a reader chose for this browser: time zone and single-key shortcuts (WCAG 2.1.4 wants those to be switchable).
import { useLocalStorage } from '@mantine/hooks'
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { zoneName, type ZoneChoice } from '../format/time.ts'

export interface Preferences {
  readonly zone: ZoneChoice
  readonly keys: 'on' | 'off'
  readonly setZone: (zone: ZoneChoice) => void
  readonly setKeys: (keys: 'on' | 'off') => void
}

const PreferencesContext = createContext<Preferences>({ zone: 'UTC', keys: 'on', setZone: () => undefined, setKeys: () => undefined })

export const PreferencesProvider = ({ children }: { readonly children: ReactNode }) => {
  const [zone, setZone] = useLocalStorage({ key: 'holdfast-zone', defaultValue: 'browser' })
  const [keys, setKeys] = useLocalStorage<'on' | 'off'>({ key: 'holdfast-keys', defaultValue: 'on' })
  const value = useMemo(() => ({ zone, keys, setZone, setKeys }), [zone, keys, setZone, setKeys])
  return <PreferencesContext value={value}>{children}</PreferencesContext>
}

export const usePreferences = (): Preferences => useContext(PreferencesContext)
/** IANA name of the zone in which times are shown. */
export const useZone = (): string => zoneName(usePreferences().zone)
export const useKeysEnabled = (): boolean => usePreferences().keys === 'on'
