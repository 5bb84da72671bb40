import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../components/empty-state.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { useTranslation } from '../i18n/translation.ts'

export const NotFoundPage = () => {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('common.notFound')} intro={t('common.notFoundHint')} />
      <Button component={Link} to="/">{t('common.toOverview')}</Button>
    </>
  )
}

/** A page that the collector could only refuse: said once, and nothing asked. */
export const NotAllowedPage = ({ home }: { readonly home: string }) => {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('common.notAllowed')} intro={t('common.notAllowedHint')} />
      <Button component={Link} to={home}>{t('common.toFirstPage')}</Button>
    </>
  )
}

/** A bug in one page must not take the rest of the console with it. */
export const CrashPage = () => {
  const { t } = useTranslation()
  return <EmptyState title={t('error.crashed')} body={t('error.crashedHint')}><Button onClick={() => globalThis.location.reload()}>{t('error.reload')}</Button></EmptyState>
}
