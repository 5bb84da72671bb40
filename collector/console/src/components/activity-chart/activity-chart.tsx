import type { UserChart } from '@holdfast/collector/contract'
import { Button, Group, Text, useComputedColorScheme } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes, formatCount } from '../../format/numbers.ts'
import { EmptyState } from '../empty-state.tsx'
import { ChartCanvas } from './chart-canvas.tsx'
import { chartOption, type ChartPoint } from './chart-option.ts'
import { ChartTable } from './chart-table.tsx'

/** One user's time at a glance, as bubbles or as a table with the same content. */
export const ActivityChart = ({ chart, height = 300, onSelect }: { readonly chart: UserChart; readonly height?: number; readonly onSelect?: (point: ChartPoint) => void }) => {
  const { t } = useTranslation()
  const scheme = useComputedColorScheme('light')
  const [asTable, setAsTable] = useState(false)
  const top = useMemo(() => chart.points.toSorted((a, b) => b.score - a.score)[0], [chart])
  const summary = top === undefined ? t('chart.summaryNone', { from: chart.from, to: chart.to }) : t('chart.summary', { count: chart.points.length, from: chart.from, to: chart.to, label: top.label, day: top.day, score: Math.round(top.score) })
  const option = useMemo(
    () => chartOption(chart, scheme, {
      y: t('chart.y'), none: t('chart.none'), summary, severity: { high: t('severity.high'), medium: t('severity.medium'), low: t('severity.low') },
      describe: (point) => [
        point.label, point.day, `${t('chart.score')} ${Math.round(point.score)}${point.severity === undefined ? '' : ` · ${t(`severity.${point.severity}`)}`}`, `${formatCount(point.events)} ${t('chart.events')} · ${formatCount(point.files)} ${t('chart.files')} · ${formatBytes(point.bytes)}`,
      ],
    }),
    [chart, scheme, summary, t],
  )
  if (top === undefined) return <EmptyState title={t('chart.empty')} body={summary} />
  return (
    <div>
      {asTable ? <ChartTable points={chart.points} onSelect={onSelect} /> : <ChartCanvas option={option} height={height} label={summary} onSelect={onSelect} />}
      <Group justify="space-between" mt="xs" wrap="nowrap" align="flex-start">
        <Text size="xs" c="dimmed">{summary}</Text>
        <Button variant="default" size="compact-xs" onClick={() => setAsTable(!asTable)} flex="none">{asTable ? t('common.asChart') : t('common.asTable')}</Button>
      </Group>
    </div>
  )
}
