import { Center, Container, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { isApiError } from '../api/problem.ts'
import { meQuery } from '../api/queries.ts'
import { ErrorState } from '../components/error-state.tsx'
import { useChangeLanguage, useTranslation } from '../i18n/translation.ts'
import { LiveProvider } from '../live/live-provider.tsx'
import { usePreferences } from './preferences.tsx'
import { Shell } from './shell.tsx'

const MustEnrolPage = lazy(() => import('../pages/account/must-enrol-page.tsx'))
const EntrancePage = lazy(() => import('../pages/session/entrance-page.tsx'))

/** Shows the console to whoever is signed in, else the way in. The address stays, so that a deep link survives the sign-in. */
export const AuthGate = () => {
  const { t, language } = useTranslation()
  const changeLanguage = useChangeLanguage()
  const me = useQuery(meQuery())
  const { setZone } = usePreferences()
  const zone = me.data?.preferences?.timeZone
  // What was chosen on another machine holds here too.
  useEffect(() => {
    if (zone !== undefined) setZone(zone)
  }, [zone, setZone])
  const wanted = me.data?.preferences?.language
  useEffect(() => {
    if (wanted !== undefined && wanted !== language) void changeLanguage(wanted)
  }, [wanted, language, changeLanguage])
  const waiting = <Center h="100dvh"><Loader aria-label={t('common.loading')} /></Center>
  if (me.isError && isApiError(me.error, 'SESSION_REQUIRED')) return <Suspense fallback={waiting}><EntrancePage ended={me.data !== undefined} /></Suspense>
  if (me.data?.mustEnrol === true) return <Suspense fallback={waiting}><MustEnrolPage /></Suspense>
  if (me.data !== undefined) return <LiveProvider><Shell me={me.data} /></LiveProvider>
  if (me.isError) return <Container component="main" size="xs" py="xl"><ErrorState error={me.error} onRetry={me.refetch} /></Container>
  return waiting
}
