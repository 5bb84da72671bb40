import type { AlertDetail, WhatIfRequest } from '@holdfast/collector/contract'
import { Group, SegmentedControl, Stack, Switch, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { whatIf } from '../../api/mutations.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { formatPoints } from '../../format/numbers.ts'
import { humanise } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'

const VOLUMES = ['fewer', 'default', 'more'] as const

/** This alert scored again under other choices of its policy. Nothing is stored. */
export const WhatIfPanel = ({ alert }: { readonly alert: AlertDetail }) => {
  const { t } = useTranslation()
  const [volume, setVolume] = useState<(typeof VOLUMES)[number]>()
  const [off, setOff] = useState<readonly string[]>([])
  const boosters = [...new Set(alert.reasons.filter(({ code }) => code.startsWith('booster.')).map(({ code }) => code.slice('booster.'.length)))]
  const sequences = alert.sequences.map(({ id }) => id)
  const isOff = (id: string): boolean => off.includes(id)
  const request: WhatIfRequest = {
    ...(volume === undefined ? {} : { alertVolume: volume }), ...(boosters.some(isOff) ? { boosters: Object.fromEntries(boosters.filter(isOff).map((id) => [id, false])) } : {}), ...(sequences.some(isOff) ? { sequences: Object.fromEntries(sequences.filter(isOff).map((id) => [id, false])) } : {}),
  }
  const asked = Object.keys(request).length > 0
  const found = useQuery({ queryKey: ['alerts', 'what-if', alert.id, alert.revision, request], queryFn: () => whatIf(alert.id, request), enabled: asked, placeholderData: keepPreviousData })
  const change = (id: string, on: boolean): void => setOff(on ? off.filter((one) => one !== id) : [...off, id])
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{t('whatIf.intro')}</Text>
      <Group gap="sm"><Text size="sm">{t('whatIf.volume')}</Text><SegmentedControl size="xs" aria-label={t('whatIf.volume')} data={VOLUMES.map((value) => ({ value, label: t(`whatIf.volumes.${value}`) }))} value={volume ?? ''} onChange={(value) => setVolume(VOLUMES.find((one) => one === value))} /></Group>
      {[...boosters, ...sequences].map((id) => <Switch key={id} size="sm" label={humanise(id)} checked={!isOff(id)} onChange={(event) => change(id, event.currentTarget.checked)} />)}
      {found.isError && <ErrorState error={found.error} />}
      {asked && found.data !== undefined && <Text size="sm" fw={600} role="status">{t(found.data.after.isAlert ? 'tuning.stillAlert' : 'tuning.noAlert', { before: found.data.before.score, after: found.data.after.score })} ({formatPoints(found.data.difference)})</Text>}
    </Stack>
  )
}
