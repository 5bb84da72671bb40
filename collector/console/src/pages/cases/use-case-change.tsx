import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { hintOf } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'

/** Changes a case: what is on the screen follows, and a clash with somebody else's change loads theirs. */
export const useCaseChange = (caseId: string) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mutation = useMutation({
    mutationFn: ({ work }: { readonly work: () => Promise<unknown>; readonly done: string }) => work(),
    onSuccess: (changed, { done }) => {
      if (typeof changed === 'object' && changed !== null && 'contributors' in changed) client.setQueryData(['cases', 'one', caseId], changed)
      for (const queryKey of [['cases', 'list'], ['cases', 'statistics'], ['cases', 'part', caseId], ['alerts'], ['notices', 'list'], ['users']]) void client.invalidateQueries({ queryKey })
      notifications.show({ title: done, message: undefined, closeButtonProps: { 'aria-label': t('common.close') } })
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey: ['cases'] })
      notifications.show({ color: 'red', title: t('case.failed'), message: `${error.message} ${t(`error.${hintOf(error)}`)}`, closeButtonProps: { 'aria-label': t('common.close') } })
    },
  })
  return { change: (work: () => Promise<unknown>, done: string, onDone?: () => void) => mutation.mutate({ work, done }, { onSuccess: () => onDone?.() }), pending: mutation.isPending }
}
