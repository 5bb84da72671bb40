// Pages of their own: all legal holds, all links, and the page that a link opens.
import { Anchor, Skeleton, Switch, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { holdsQuery, openShared, shareLinksQuery } from '../../api/escalation.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { HoldTable } from './hold-table.tsx'
import { ShareTable } from './share-panel.tsx'

export const HoldsPage = () => {
  const { t } = useTranslation()
  const [released, setReleased] = useState(false)
  const holds = useQuery(holdsQuery({ released }))
  const items = holds.data?.items ?? []
  return (
    <>
      <PageHeader title={t('escalation.hold.title')} intro={t('escalation.hold.intro')} />
      <section className="hf-panel" aria-label={t('escalation.hold.table')}>
        <Switch mb="sm" label={t('escalation.hold.showReleased')} description={t('help.showReleased')} checked={released} onChange={(event) => setReleased(event.currentTarget.checked)} />
        {holds.isError ? <ErrorState error={holds.error} onRetry={holds.refetch} /> : holds.isSuccess && items.length === 0 ? <EmptyState title={t('escalation.hold.none')} body={t('escalation.hold.noneBody')} /> : <HoldTable holds={items} loading={holds.isPending} />}
      </section>
    </>
  )
}

export const ShareLinksPage = () => {
  const { t } = useTranslation()
  const links = useQuery(shareLinksQuery({}))
  const items = links.data?.items ?? []
  return (
    <>
      <PageHeader title={t('escalation.share.pageTitle')} intro={t('escalation.share.pageIntro')} />
      <section className="hf-panel" aria-label={t('escalation.share.table')}>
        {links.isError ? <ErrorState error={links.error} onRetry={links.refetch} /> : links.isSuccess && items.length === 0 ? <EmptyState title={t('escalation.share.none')} body={t('escalation.share.intro')} /> : <ShareTable links={items} loading={links.isPending} />}
      </section>
    </>
  )
}

/** Opens a link for the account that it is for, and goes where it leads. */
export const SharedPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { linkId = '' } = useParams({ strict: false })
  const { mutate, isError } = useMutation({ mutationFn: openShared, onSuccess: ({ path }) => void navigate({ href: path, replace: true }) })
  useEffect(() => mutate(linkId), [linkId, mutate])
  if (isError) return <><PageHeader title={t('escalation.share.over')} /><EmptyState title={t('escalation.share.over')} body={t('escalation.share.overBody')}><Anchor component={Link} to="/share-links" size="sm">{t('escalation.share.pageTitle')}</Anchor></EmptyState></>
  return <><PageHeader title={t('escalation.share.opening')} /><Text role="status" size="sm" c="dimmed">{t('escalation.share.opening')}</Text><Skeleton height={240} mt="md" /></>
}
