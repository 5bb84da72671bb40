import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../components/empty-state.tsx'

export const NotFoundPage = () => {
  const { t } = useTranslation()
  return <EmptyState title={t('common.notFound')} body={t('common.notFoundHint')}><Button component={Link} to="/">{t('common.toOverview')}</Button></EmptyState>
}

/** A bug in one page must not take the rest of the console with it. */
export const CrashPage = () => {
  const { t } = useTranslation()
  return <EmptyState title={t('error.crashed')} body={t('error.crashedHint')}><Button onClick={() => globalThis.location.reload()}>{t('error.reload')}</Button></EmptyState>
}
