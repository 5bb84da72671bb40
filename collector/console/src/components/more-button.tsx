import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from '../i18n/translation.ts'

interface Pages {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => Promise<unknown>
}

/** How many of how many are shown, and the next page. */
export const MoreButton = ({ pages, shown, total }: { readonly pages: Pages; readonly shown: number; readonly total: number | undefined }) => {
  const { t } = useTranslation()
  return (
    <Group justify="space-between" mt="sm">
      <Text size="sm" c="dimmed" role="status">{total === undefined ? t('common.shownOpen', { shown: shown }) : t('common.shown', { shown, total })}</Text>
      {pages.hasNextPage && <Button variant="default" size="xs" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('common.more')}</Button>}
    </Group>
  )
}
