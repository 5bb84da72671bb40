import { Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { caseHoldsQuery, placeHold } from '../../../api/escalation.ts'
import { useMay } from '../../../app/permissions.ts'
import { Panel } from '../../../components/panel.tsx'
import { useTranslation } from '../../../i18n/translation.ts'
import { BundlePanel } from '../../escalation/bundle-panel.tsx'
import { HoldTable } from '../../escalation/hold-table.tsx'
import { ReasonForm } from '../../escalation/reason-form.tsx'
import { SharePanel } from '../../escalation/share-panel.tsx'
import { TicketPanel } from '../../escalation/ticket-panel.tsx'
import { useDeed } from '../../escalation/use-deed.tsx'

/** How a case leaves: bundles, legal holds, tickets, links. */
export const EscalationTab = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { run, pending } = useDeed()
  const [placing, setPlacing] = useState(false)
  const holds = useQuery(caseHoldsQuery(caseId))
  const items = holds.data?.items ?? []
  const isHeld = items.some((hold) => hold.caseId === caseId && hold.releasedAt === undefined)
  return (
    <Stack>
      {may('case.export') && <BundlePanel caseId={caseId} />}
      <Panel title={t('escalation.hold.title')} actions={may('hold.manage') && !isHeld ? <Button size="xs" variant="default" onClick={() => setPlacing(true)}>{t('escalation.hold.button')}</Button> : undefined}>
        {holds.isSuccess && items.length === 0 ? <Text size="sm">{t('escalation.hold.noneHere')}</Text> : <HoldTable holds={items} loading={holds.isPending} />}
      </Panel>
      <TicketPanel caseId={caseId} />
      <SharePanel thing={{ kind: 'case', ref: caseId }} />
      {placing && <ReasonForm title={t('escalation.hold.title')} submit={t('escalation.hold.submit')} pending={pending} onClose={() => setPlacing(false)} onReason={(reason) => run(() => placeHold(caseId, reason), t('escalation.done'), () => setPlacing(false))}><Text size="sm" c="dimmed">{t('escalation.hold.intro')}</Text></ReasonForm>}
    </Stack>
  )
}
