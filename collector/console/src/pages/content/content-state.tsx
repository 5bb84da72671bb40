import type { EvidenceFile } from '@holdfast/collector/contract'
import { Group } from '@mantine/core'
import { StateBadge, type Tone } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { STATES } from './content-search.ts'

const tones: Readonly<Record<string, Tone>> = { verified: 'good', receiving: 'quiet', refused: 'warn', damaged: 'bad', skipped: 'quiet', deleted: 'quiet', none: 'quiet' }

/** Whether the content of a file is here, in a word. */
export const ContentState = ({ file }: { readonly file: EvidenceFile }) => {
  const { t } = useTranslation()
  const state = STATES.find((one) => one === file.evidence?.state) ?? 'none'
  return (
    <Group gap={4}>
      <StateBadge tone={tones[state] ?? 'quiet'}>{t(`content.state.${state}`)}</StateBadge>
      {file.evidence?.changed === true && <StateBadge tone="warn">{t('content.changed')}</StateBadge>}
      {file.evidence?.held === true && <StateBadge tone="quiet">{t('content.held')}</StateBadge>}
    </Group>
  )
}
