import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endRequest, privacyRequestsQuery } from '../../api/privacy.ts'
import { useTranslation } from '../../i18n/translation.ts'

const OPEN = ['live', 'pending'] as const

/** Hides the name of a user again before its time; nothing where it is not shown. */
export const HideName = ({ userId, onHidden }: { readonly userId: string; readonly onHidden: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data } = useQuery(privacyRequestsQuery(OPEN))
  const live = data?.items.find((row) => row.isOwn && row.state === 'live' && row.user.id === userId)
  const end = useMutation({ mutationFn: (id: string) => endRequest(id), onSuccess: onHidden, onSettled: () => client.invalidateQueries() })
  return live === undefined ? null : <Button variant="default" loading={end.isPending} onClick={() => end.mutate(live.id)}>{t('reveal.hide')}</Button>
}
