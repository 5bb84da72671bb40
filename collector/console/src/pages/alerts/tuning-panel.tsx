import type { AlertDetail, TuningPreview, TuningRequest, TuningView } from '@holdfast/collector/contract'
import { Button, Group, Radio, Select, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { applyTuning, previewTuning } from '../../api/mutations.ts'
import { tuningQuery } from '../../api/queries.ts'
import { AmountInput } from '../../components/amount-input.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { formatBytes, formatCount } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { SEVERITIES } from '../../theme/severity.ts'

const CHOICES = ['raise', 'custom', 'stop'] as const
type Indicator = TuningView['indicators'][number]

const amountText = (amount: number, unit: string): string => (unit === 'bytes' ? formatBytes(amount) : `${formatCount(amount)} ${unit}`)

const Effect = ({ preview, unit }: { readonly preview: TuningPreview; readonly unit: string }) => {
  const { t } = useTranslation()
  const { alert, before, after, thresholds } = preview
  return (
    <Stack gap={6} role="status" data-effect>
      <Text size="sm" fw={600}>{t(alert.after.isAlert ? 'tuning.stillAlert' : 'tuning.noAlert', { before: alert.before.score, after: alert.after.score })}</Text>
      {thresholds !== undefined && <Text size="sm">{t('tuning.newThresholds', { low: amountText(thresholds.low, unit), medium: amountText(thresholds.medium, unit), high: amountText(thresholds.high, unit) })}</Text>}
      <Text size="sm">{t('tuning.everybody', { days: preview.days })}</Text>
      <Group gap="md">{SEVERITIES.map((severity) => <Group key={severity} gap={6}><SeverityBadge severity={severity} /><span className="hf-mono">{formatCount(before[severity])} → {formatCount(after[severity])}</span></Group>)}</Group>
      {preview.confirmedMissed > 0 && <Text size="sm" fw={600}>{t('tuning.missed', { count: preview.confirmedMissed })}</Text>}
    </Stack>
  )
}

const TuningForm = ({ alert, view, onDismiss }: { readonly alert: AlertDetail; readonly view: TuningView; readonly onDismiss: (() => void) | undefined }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [id, setId] = useState(view.indicators[0]?.indicator)
  const [choice, setChoice] = useState<(typeof CHOICES)[number]>('raise')
  const [own, setOwn] = useState<Indicator['thresholds']>()
  const indicator = view.indicators.find((row) => row.indicator === id)
  const request = (): TuningRequest => (choice === 'custom' ? { indicator: id ?? '', choice, thresholds: own ?? indicator?.thresholds ?? { low: 1, medium: 1, high: 1 } } : { indicator: id ?? '', choice })
  const preview = useMutation({ mutationFn: () => previewTuning(alert.id, request()) })
  const save = useMutation({
    mutationFn: ({ after: _after }: { readonly after: (() => void) | undefined }) => applyTuning(alert.id, request(), preview.data?.version ?? view.version),
    onSuccess: async (saved, { after }) => {
      preview.reset()
      notifications.show({ title: t('tuning.saved', { policy: saved.policy, version: saved.version }), message: undefined, closeButtonProps: { 'aria-label': t('common.close') } })
      await Promise.all([['alerts'], ['policies']].map((queryKey) => client.invalidateQueries({ queryKey })))
      after?.()
    },
  })
  const changed = (change: () => void): void => {
    preview.reset()
    change()
  }
  if (indicator === undefined) return <Text size="sm" c="dimmed">{t('tuning.nothing')}</Text>
  return (
    <Stack gap="sm">
      <Select label={t('tuning.indicator')} description={t('help.tuningIndicator')} data={view.indicators.map((row) => ({ value: row.indicator, label: row.label }))} value={indicator.indicator} allowDeselect={false} onChange={(value) => changed(() => { setId(value ?? undefined); setOwn(undefined) })} w={360} size="sm" />
      <Text size="sm">{t('tuning.now', { amount: amountText(indicator.amount, indicator.unit), low: amountText(indicator.thresholds.low, indicator.unit), medium: amountText(indicator.thresholds.medium, indicator.unit), high: amountText(indicator.thresholds.high, indicator.unit) })}</Text>
      <Radio.Group label={t('tuning.change')} value={choice} onChange={(value) => changed(() => setChoice(CHOICES.find((one) => one === value) ?? 'raise'))}>
        <Stack gap={6} mt={6}>{CHOICES.map((one) => <Radio key={one} value={one} label={t(`tuning.choice.${one}`)} />)}</Stack>
      </Radio.Group>
      {choice === 'custom' && <Group>{(['low', 'medium', 'high'] as const).map((name) => <AmountInput key={name} label={t(`severity.${name}`)} w={130} size="sm" unit={indicator.unit} value={(own ?? indicator.thresholds)[name]} onAmount={(value) => changed(() => setOwn({ ...(own ?? indicator.thresholds), [name]: value }))} />)}</Group>}
      {preview.isError && <ErrorState error={preview.error} />}
      {save.isError && <ErrorState error={save.error} />}
      {preview.data !== undefined && <Effect preview={preview.data} unit={indicator.unit} />}
      <Group>
        <Button variant="default" size="sm" loading={preview.isPending} onClick={() => preview.mutate()}>{t('tuning.preview')}</Button>
        {preview.data !== undefined && <Button size="sm" loading={save.isPending} onClick={() => save.mutate({ after: undefined })}>{t('tuning.save')}</Button>}
        {preview.data !== undefined && onDismiss !== undefined && <Button size="sm" variant="default" disabled={save.isPending} onClick={() => save.mutate({ after: onDismiss })}>{t('tuning.saveAndDismiss')}</Button>}
      </Group>
    </Stack>
  )
}

/** Thresholds of the policy, changed from here: what it would do is shown before it can be saved. */
export const TuningPanel = ({ alert, onDismiss }: { readonly alert: AlertDetail; readonly onDismiss: (() => void) | undefined }) => {
  const { t } = useTranslation()
  const tuning = useQuery(tuningQuery(alert.id))
  if (tuning.isError) return <ErrorState error={tuning.error} onRetry={tuning.refetch} />
  if (tuning.data === undefined) return null
  if (!tuning.data.mayTune) return <Text size="sm" c="dimmed">{t('tuning.notAllowed')}</Text>
  return <TuningForm alert={alert} view={tuning.data} onDismiss={onDismiss} />
}
