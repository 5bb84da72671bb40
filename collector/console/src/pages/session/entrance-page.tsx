import { Button, Center, Group, Loader, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { setupQuery } from '../../api/queries.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { LANGUAGES } from '../../format/language.ts'
import { useChangeLanguage, useTranslation } from '../../i18n/translation.ts'
import { SetUpForm } from './set-up-form.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** The way in: the first run's set-up, or the sign-in. */
const EntrancePage = ({ ended }: { readonly ended: boolean }) => {
  const { t, language } = useTranslation()
  const changeLanguage = useChangeLanguage()
  const setup = useQuery(setupQuery())
  const needed = setup.data?.needed === true
  useDocumentTitle(`${needed ? t('setUp.title') : t('signIn.title')} · ${t('app.name')}`)
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w={400} maw="100%" gap="md">
        <Stack align="center" gap={6}>
          <img src="/favicon.svg" width={48} height={48} alt="" />
          <Title order={1}>{needed ? t('setUp.title') : t('app.name')}</Title>
          {setup.data !== undefined && <Text c="dimmed">{setup.data.organisation}</Text>}
        </Stack>
        <div className="hf-panel">
          {setup.isPending && <Center><Loader aria-label={t('common.loading')} /></Center>}
          {setup.isError && <ErrorState error={setup.error} onRetry={setup.refetch} />}
          {setup.data !== undefined && (needed ? <SetUpForm /> : <SignInForm ended={ended} />)}
        </div>
        <Group justify="center" gap="xs" role="group" aria-label={t('app.language')}>{LANGUAGES.map((one) => <Button key={one} lang={one} variant="subtle" size="compact-sm" aria-pressed={one === language} fw={one === language ? 700 : 400} onClick={() => void changeLanguage(one)}>{t(`app.languages.${one}`)}</Button>)}</Group>
      </Stack>
    </Center>
  )
}

export default EntrancePage
