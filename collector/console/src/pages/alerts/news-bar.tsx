import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from '../../i18n/translation.ts'
import type { Announcements } from '../../live/announcements.ts'
import classes from './news-bar.module.css'

/** Says what came since the queue was loaded; the reader decides when the rows move. */
export const NewsBar = ({ announcements, onShow }: { readonly announcements: Announcements; readonly onShow: () => void }) => {
  const { t } = useTranslation()
  const { created, changed } = announcements
  const news = [created.length > 0 && t('alerts.announce.created', { count: created.length }), changed.length > 0 && t('alerts.announce.changed', { count: changed.length })].filter((one) => one !== false)
  return (
    <div role="status" aria-live="polite">
      {news.length > 0 && (
        <Group className={classes['bar']} justify="space-between" mb="sm">
          <Text size="sm" fw={600}>{news.join(', ')}</Text>
          <Button size="compact-sm" onClick={onShow}>{t('alerts.announce.show')}</Button>
        </Group>
      )}
    </div>
  )
}
