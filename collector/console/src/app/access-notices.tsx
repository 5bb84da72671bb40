import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { accessNoticesQuery, savePreferences } from '../api/access.ts'
import { meQuery } from '../api/queries.ts'
import { Instant } from '../components/instant.tsx'
import { useTranslation } from '../i18n/translation.ts'
import { useMay } from './permissions.ts'

const SHOWN = 3

/** Who was given powers since this account last said that it has seen it; for those who give them and those who check. */
export const AccessNotices = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const may = useMay()
  const { data: me } = useQuery(meQuery())
  const notices = useQuery({ ...accessNoticesQuery(), enabled: may('account.manage') || may('audit.read') })
  const seen = me?.preferences?.noticesSeenSeq ?? 0
  // One's own doing is no news to oneself, but for the first accounts of an installation, which nobody else saw.
  const fresh = notices.data?.items.filter((notice) => notice.seq > seen && notice.actor !== me?.name) ?? []
  const dismiss = useMutation({ mutationFn: () => savePreferences({ ...me?.preferences, noticesSeenSeq: Math.max(seen, ...fresh.map(({ seq }) => seq)) }), onSuccess: () => client.refetchQueries({ queryKey: ['me'] }) })
  if (fresh.length === 0) return null
  return (
    <Alert variant="outline" color="orange" mb="md" title={<Text span c="bright" fw={650}>{t('access.notices')}</Text>}>
      <Stack gap={4}>
        {fresh.slice(0, SHOWN).map((notice) => <Text key={notice.seq} size="sm">{t(notice.isSelf ? 'access.noticeSelf' : 'access.notice', { actor: notice.actor, account: notice.account, roles: notice.roles.join(', ') })} · <Instant at={notice.at} /></Text>)}
        {fresh.length > SHOWN && <Text size="sm">+ {fresh.length - SHOWN}</Text>}
        <Group><Button size="xs" variant="default" loading={dismiss.isPending} onClick={() => dismiss.mutate()}>{t('access.noticed')}</Button></Group>
      </Stack>
    </Alert>
  )
}
