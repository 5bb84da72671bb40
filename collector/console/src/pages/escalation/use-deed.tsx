import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { hintOf } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const STALE = [['cases', 'part'], ['holds'], ['share-links'], ['settings', 'tickets'], ['hand-over']] as const

/** Does something and says what came of it; lists that may show it are fetched anew. */
export const useDeed = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mutation = useMutation({
    mutationFn: ({ work }: { readonly work: () => Promise<unknown>; readonly words: string }) => work(),
    onSuccess: (_answer, { words }) => {
      for (const queryKey of STALE) void client.invalidateQueries({ queryKey })
      notifications.show({ title: words, message: undefined, closeButtonProps: { 'aria-label': t('common.close') } })
    },
    onError: (error) => notifications.show({ color: 'red', title: t('escalation.failed'), message: `${error.message} ${t(`error.${hintOf(error)}`)}`, closeButtonProps: { 'aria-label': t('common.close') } }),
  })
  return { run: (work: () => Promise<unknown>, words: string, then?: () => void) => mutation.mutate({ work, words }, { onSuccess: () => then?.() }), pending: mutation.isPending }
}
