import { Progress, Text } from '@mantine/core'
import type { PreviewProgress } from '../../api/mutations.ts'
import { formatCount } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'

/** How far a preview is; without a number until the first users are scored. */
export const PreviewRunning = ({ progress }: { readonly progress: PreviewProgress | undefined }) => {
  const { t } = useTranslation()
  const share = progress === undefined ? 0 : Math.round((100 * progress.done) / Math.max(1, progress.total))
  return (
    <section className="hf-panel" aria-label={t('preview.running')}>
      <Text size="sm" mb="xs">{progress === undefined ? t('preview.running') : t('preview.progress', { done: formatCount(progress.done), total: formatCount(progress.total), count: progress.alerts, alerts: formatCount(progress.alerts) })}</Text>
      <Progress value={share} aria-label={t('preview.running')} />
    </section>
  )
}
