import { Anchor, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { alertQuery } from '../../api/queries.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { ShareButton } from '../escalation/share-panel.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { AlertActions } from './alert-actions.tsx'
import { AlertBody } from './alert-body.tsx'
import { AlertHeading } from './alert-heading.tsx'

/** One alert under its own address, whatever the filters of whoever sent it. */
export const AlertPage = () => {
  const { t } = useTranslation()
  const { alertId = '' } = useParams({ strict: false })
  const alert = useQuery(alertQuery(alertId))
  const [dismissing, setDismissing] = useState(false)
  const nowMs = Date.now()
  return (
    <>
      <Anchor component={Link} to="/alerts" size="sm">← {t('nav.alerts')}</Anchor>
      <PageHeader title={alert.data?.headline ?? t('alert.title')} badges={alert.data !== undefined && <AlertHeading alert={alert.data} nowMs={nowMs} />}>
        <CopyButton text={globalThis.location.href} label={t('common.copyLink')} />
        <ShareButton thing={{ kind: 'alert', ref: alertId }} />
      </PageHeader>
      {alert.isPending && <Stack aria-busy="true"><Skeleton height={90} /><Skeleton height={200} /><Skeleton height={240} /></Stack>}
      {alert.isError && <ErrorState error={alert.error} onRetry={alert.refetch} />}
      {alert.data !== undefined && <Stack><section className="hf-panel" aria-label={t('keys.queue')}><AlertActions alert={alert.data} dismissing={dismissing} onDismissing={setDismissing} /></section><AlertBody alert={alert.data} nowMs={nowMs} onDismiss={() => setDismissing(true)} /></Stack>}
    </>
  )
}
