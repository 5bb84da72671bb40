import { Button, Container, Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ownAccountQuery } from '../../api/access.ts'
import { signOut } from '../../api/mutations.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { FactorPanel } from './factor-panel.tsx'
import { PasskeysPanel } from './passkeys-panel.tsx'

/** All that is open to somebody whose roles ask for a second factor that is not set up. */
const MustEnrolPage = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const account = useQuery(ownAccountQuery())
  const leave = useMutation({ mutationFn: signOut, onSettled: () => { client.clear(); globalThis.location.assign('/') } })
  useDocumentTitle(`${t('mustEnrol.title')} · ${t('app.name')}`)
  return (
    <Container component="main" size="sm" py="xl">
      <Stack>
        <Group justify="space-between"><Title order={1}>{t('mustEnrol.title')}</Title><Button variant="default" size="xs" onClick={() => leave.mutate()}>{t('app.signOut')}</Button></Group>
        <Text>{t('mustEnrol.body')}</Text>
        {account.isError && <ErrorState error={account.error} onRetry={account.refetch} />}
        {account.data !== undefined && <><FactorPanel account={account.data} /><PasskeysPanel account={account.data} /></>}
      </Stack>
    </Container>
  )
}

export default MustEnrolPage
