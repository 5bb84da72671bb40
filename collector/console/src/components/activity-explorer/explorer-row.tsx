import type { ActivityView } from '@holdfast/collector/contract'
import { Badge, Group, Text } from '@mantine/core'
import { formatBytes } from '../../format/numbers.ts'
import { humanise } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { Facts } from '../facts.tsx'
import { Instant } from '../instant.tsx'
import { PageLink } from '../page-link.tsx'

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

/** Everything that is known of one activity, and what counts it. */
export const ExplorerDetails = ({ activity, labelOf }: { readonly activity: ActivityView; readonly labelOf: (indicator: string) => string }) => {
  const { t } = useTranslation()
  const { file, source, media, feature, application, exception, excluded, dismissed, reviewed } = activity
  const factOf = (key: string, value: string | number | boolean) => (key.endsWith('Bytes') && typeof value === 'number' ? formatBytes(value) : typeof value === 'boolean' ? t(value ? 'common.yes' : 'common.no') : typeof value === 'string' && ISO_INSTANT.test(value) ? <Instant at={value} seconds /> : String(value))
  const place = (one: NonNullable<ActivityView['file']>) => <><span className="hf-code">{one.path}</span> <Text span c="dimmed" size="sm">{humanise(one.location)} · {formatBytes(one.sizeBytes)}</Text></>
  return (
    <>
      <Group gap={6} mb="xs">{activity.indicators.map((id) => <Badge key={id} variant="default" size="sm" tt="none">{labelOf(id)}</Badge>)}{activity.indicators.length === 0 && <Text size="sm" c="dimmed">{t('explorer.countsNothing')}</Text>}</Group>
      <Facts rows={[
        [t('activity.kinds'), humanise(activity.kind)], [t('activity.file'), file && place(file)], [t('activity.from'), (source && place(source)) ?? activity.oldPath], [t('activity.hash'), file?.sha256 && <span className="hf-code">{file.sha256}</span>],
        [t('explorer.fingerprint'), file?.fingerprint && <span className="hf-code">{file.fingerprint}</span>], [t('activity.device'), <PageLink key="device" to={`/devices/${encodeURIComponent(activity.deviceId)}`}>{activity.deviceName ?? activity.deviceId}</PageLink>], [t('activity.who'), activity.account], [t('activity.process'), activity.process], [t('activity.sensor'), activity.sensor],
        ...Object.entries(media ?? {}).map(([key, value]) => [humanise(key), factOf(key, value)] as const),
        [humanise(feature?.id ?? ''), feature && `${humanise(feature.from)} → ${humanise(feature.to)}`], [application?.name ?? '', application && [application.version, application.source].filter(Boolean).join(' · ')],
        [t('exceptions.beside'), exception && <>{exception.by} · {t('exceptions.until')} <Instant at={exception.until} /> · {exception.reason}</>], [t('explorer.excluded'), excluded?.why], [t('explorer.domainClass'), activity.domainClass],
        [t('explorer.reviewed'), reviewed && <>{reviewed.by} · <Instant at={reviewed.at} /></>], [t('explorer.dismissed'), dismissed && <>{dismissed.by} · <Instant at={dismissed.at} /> · {dismissed.reason}</>],
        ...Object.entries(activity.metadata).map(([key, value]) => [humanise(key), factOf(key, value)] as const), [t('explorer.id'), <span key="id" className="hf-code">{activity.id}</span>],
      ]} />
    </>
  )
}
