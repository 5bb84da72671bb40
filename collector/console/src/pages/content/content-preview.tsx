import type { EvidenceFile } from '@holdfast/collector/contract'
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { downloadEvidence } from '../../api/evidence.ts'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { UserName } from '../../components/user-name.tsx'
import { formatBytes } from '../../format/numbers.ts'
import { humanise } from '../../format/words.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ContentBody } from './content-body.tsx'
import { DESTINATIONS } from './content-search.ts'
import { ContentState } from './content-state.tsx'
import { CustodyDialog } from './custody-dialog.tsx'
import { ReasonDialog } from './reason-dialog.tsx'

const WHY = [
  'capture_off', 'not_chosen', 'not_a_copy', 'receiving', 'refused', 'damaged', 'deleted', 'skipped_excluded', 'skipped_too_large', 'skipped_over_day_quota', 'skipped_rate_limited', 'skipped_queue_full', 'skipped_denied', 'skipped_special', 'skipped_gone', 'skipped_unstable', 'skipped_timeout',
  'skipped_unread', 'skipped_disk_full', 'skipped_folder_full', 'skipped_damaged', 'skipped_refused',
] as const

const hash = (text: string | undefined) => (text === undefined ? undefined : <span className="hf-code">{text}</span>)

/** Everything that is known of one file, and its content where there is one. */
export const ContentPreview = ({ file }: { readonly file: EvidenceFile }) => {
  const { t } = useTranslation()
  const [dialog, setDialog] = useState<'download' | 'custody'>()
  const { evidence } = file
  const why = WHY.find((one) => one === file.whyNone)
  return (
    <Panel title={file.name} actions={<ContentState file={file} />}>
      <Stack>
        {why !== undefined && <Alert color="gray" variant="light">{t(`content.why.${why}`)}{evidence?.state === 'deleted' && evidence.reason !== undefined ? ` (${evidence.reason})` : ''}</Alert>}
        {evidence?.changed === true && <Alert color="orange" variant="light">{t('content.changedWhy')}</Alert>}
        {evidence !== undefined && evidence.state !== 'skipped' && (
          <Group gap="xs">
            {evidence.state === 'verified' && <Button size="xs" variant="default" onClick={() => setDialog('download')}>{t('content.download')}</Button>}
            <Button size="xs" variant="default" onClick={() => setDialog('custody')}>{t('content.custody')}</Button>
          </Group>
        )}
        {evidence?.state === 'verified' && <ContentBody key={evidence.id} file={{ ...file, evidence }} />}
        <Facts rows={[
          [t('content.fact.path'), hash(file.path)], [t('content.fact.source'), hash(file.source)], [t('content.fact.size'), formatBytes(file.sizeBytes)], [t('content.fact.at'), <span key="at">{humanise(file.kind)}, <Instant at={file.at} seconds /></span>],
          [t('content.fact.destination'), t(`content.destination.${DESTINATIONS.find((one) => one === file.destination) ?? 'unknown'}`)], [t('content.fact.device'), file.deviceName ?? file.deviceId], [t('content.fact.user'), <UserName key="user" user={file.user} />], [t('content.fact.label'), file.label],
          [t('content.fact.findings'), file.findings.map(({ type, count }) => t('content.found', { type: humanise(type), count })).join(', ')], [t('content.fact.media'), evidence?.mediaType],
          [t('content.fact.captured'), evidence?.state === 'skipped' ? undefined : evidence && <Instant at={evidence.capturedAt} seconds />], [t('content.fact.received'), evidence?.receivedAt && <Instant at={evidence.receivedAt} seconds />],
          [t('content.fact.seen'), hash(file.sha256)], [t('content.fact.kept'), hash(evidence?.sha256)],
        ]} />
      </Stack>
      {dialog === 'download' && evidence !== undefined && <ReasonDialog what="download" onClose={() => setDialog(undefined)} onReason={(reason) => downloadEvidence(evidence.id, reason)} />}
      {dialog === 'custody' && evidence !== undefined && <CustodyDialog evidenceId={evidence.id} onClose={() => setDialog(undefined)} />}
    </Panel>
  )
}

export const NothingOpen = () => {
  const { t } = useTranslation()
  return <div className="hf-panel"><Text size="sm" c="dimmed">{t('content.select')}</Text></div>
}
