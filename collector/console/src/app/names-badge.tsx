import { ActionIcon, Button, Group, Popover, Stack, Text } from '@mantine/core'
import { IconEye, IconEyeOff, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endRequest, privacyRequestsQuery } from '../api/privacy.ts'
import { Instant } from '../components/instant.tsx'
import { useTranslation } from '../i18n/translation.ts'
import { useMay } from './permissions.ts'

const OPEN = ['live', 'pending'] as const

/** Whether names are hidden, which are not, until when, and the way to hide them again. */
export const NamesBadge = () => {
  const { t } = useTranslation()
  const may = useMay()
  const client = useQueryClient()
  const { data } = useQuery(privacyRequestsQuery(OPEN))
  const live = data?.items.filter((row) => row.isOwn && row.kind === 'reveal' && row.state === 'live') ?? []
  const waiting = data?.items.filter((row) => row.state === 'pending' && (may('privacy.approve') ? !row.isOwn : row.isOwn)) ?? []
  const end = useMutation({ mutationFn: endRequest, onSettled: () => client.invalidateQueries() })
  const label = live.length === 0 ? t('names.hidden') : t('names.shown', { count: live.length })
  return (
    <Popover position="bottom-start" width={320} withArrow>
      <Popover.Target>
        <Button size="compact-xs" radius="xl" fw={500} variant={live.length === 0 ? 'default' : 'light'} color={live.length === 0 ? 'gray' : 'orange'} c="bright" leftSection={live.length === 0 ? <IconEyeOff size={13} aria-hidden="true" /> : <IconEye size={13} aria-hidden="true" />}>{label}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="sm">{t('app.namesHiddenWhy')}</Text>
          {live.length === 0 && <Text size="sm" c="dimmed">{t('names.none')}</Text>}
          {live.map((row) => (
            <Group key={row.id} justify="space-between" wrap="nowrap" gap="xs">
              <Text size="sm"><span className="hf-mono">{row.user.pseudonym}</span> {row.user.displayName} · <Instant at={row.until} /></Text>
              <ActionIcon size="sm" variant="default" loading={end.isPending && end.variables === row.id} aria-label={t('names.hide', { pseudonym: row.user.pseudonym })} title={t('names.hide', { pseudonym: row.user.pseudonym })} onClick={() => end.mutate(row.id)}><IconX size={13} aria-hidden="true" /></ActionIcon>
            </Group>
          ))}
          {waiting.length > 0 && <Text size="sm">{t('names.waiting', { count: waiting.length })}</Text>}
          <Button component={Link} to="/requests" variant="default" size="compact-sm">{t('names.requests')}</Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
