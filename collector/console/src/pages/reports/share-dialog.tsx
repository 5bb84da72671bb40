import type { ReportDetail } from '@holdfast/collector/contract'
import { Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { endShare, shareReport } from '../../api/reports.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useZone } from '../../app/preferences.tsx'
import { formatInstant } from '../../format/time.ts'
import { useTranslation } from '../../i18n/translation.ts'

const DEFAULT_DAYS = 7

/** Makes links to a report and ends them. */
export const ShareDialog = ({ report, onClose }: { readonly report: ReportDetail; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const [days, setDays] = useState(DEFAULT_DAYS)
  const onSuccess = () => client.invalidateQueries({ queryKey: ['reports'] })
  const make = useMutation({ mutationFn: () => shareReport(report.id, days), onSuccess })
  const end = useMutation({ mutationFn: (shareId: string) => endShare(report.id, shareId), onSuccess })
  const link = make.data === undefined ? undefined : `${globalThis.location.origin}${make.data.path}`
  return (
    <Dialog opened onClose={onClose} title={t('reports.shareTitle')}>
      <Stack>
        <Text size="sm" c="dimmed">{t('reports.shareIntro')}</Text>
        {make.isError && <ErrorState error={make.error} />}
        {end.isError && <ErrorState error={end.error} />}
        <Group align="flex-end">
          <NumberInput label={t('reports.shareDays')} description={t('help.shareDays')} min={1} max={30} allowDecimal={false} value={days} onChange={(value) => { if (value !== '') setDays(Number(value)) }} w={160} data-autofocus />
          <Button loading={make.isPending} onClick={() => make.mutate()}>{t('reports.shareMake')}</Button>
        </Group>
        {link !== undefined && <Group align="flex-end" wrap="nowrap" role="status"><TextInput flex={1} label={t('reports.shareLink')} description={t('reports.shareOnce')} value={link} readOnly onFocus={(event) => event.currentTarget.select()} /><CopyButton text={link} label={t('common.copy')} /></Group>}
        <Text size="sm" fw={600}>{t('reports.shares')}</Text>
        {report.shares.length === 0 ? <Text size="sm" c="dimmed">{t('reports.sharesNone')}</Text> : report.shares.map((share) => (
          <Group key={share.id} justify="space-between" wrap="nowrap" data-share={share.id}>
            <Text size="sm">{t(`reports.shareState.${share.state}`, { at: formatInstant(share.expiresAt, zone) })} · {t('reports.shareBy', { name: share.createdBy })}</Text>
            {share.state === 'live' && <Button size="compact-sm" variant="default" loading={end.isPending && end.variables === share.id} onClick={() => end.mutate(share.id)}>{t('reports.shareEnd')}</Button>}
          </Group>
        ))}
      </Stack>
    </Dialog>
  )
}
