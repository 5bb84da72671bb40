import { Anchor, Button, Group, TextInput } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { textOf } from '../../app/search-params.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ContentExplorer } from './content-explorer.tsx'

const ID = /^(cs|al)_[A-Za-z0-9_.:-]{1,120}$/

const Choose = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [id, setId] = useState('')
  const [tried, setTried] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (ID.test(id.trim())) void navigate({ to: '/content', search: id.trim().startsWith('cs_') ? { case: id.trim() } : { alert: id.trim() } } as never)
  }
  return (
    <EmptyState title={t('content.choose.title')} body={t('content.choose.body')}>
      <form onSubmit={submit}>
        <Group align="flex-start">
          <TextInput aria-label={t('content.choose.field')} placeholder={t('content.choose.field')} value={id} onChange={(event) => setId(event.currentTarget.value)} error={tried && !ID.test(id.trim()) && t('content.choose.wrong')} w={320} data-page-search />
          <Button type="submit">{t('content.choose.go')}</Button>
          <Button component={Link} to="/cases" variant="default">{t('content.choose.cases')}</Button>
          <Button component={Link} to="/alerts" variant="default">{t('content.choose.alerts')}</Button>
        </Group>
      </form>
    </EmptyState>
  )
}

/** Files of the case, alert or person that the address names. */
export const ContentPage = () => {
  const { t } = useTranslation()
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const [caseId, alertId, userId] = [textOf(search['case']), textOf(search['alert']), textOf(search['user'])]
  return (
    <>
      {caseId !== undefined && <Anchor component={Link} to={`/cases/${encodeURIComponent(caseId)}`} size="sm">← {t('content.ofCase')}</Anchor>}
      {caseId === undefined && alertId !== undefined && <Anchor component={Link} to={`/alerts/${encodeURIComponent(alertId)}`} size="sm">← {t('content.ofAlert')}</Anchor>}
      {caseId === undefined && alertId === undefined && userId !== undefined && <Anchor component={Link} to={`/users/${encodeURIComponent(userId)}`} size="sm">← {t('content.ofUser')}</Anchor>}
      <PageHeader title={t('content.title')} intro={t('content.intro')} />
      {caseId !== undefined ? <ContentExplorer scope={{ caseId }} /> : alertId !== undefined ? <ContentExplorer scope={{ alertId }} /> : userId !== undefined ? <ContentExplorer scope={{ userId }} /> : <Choose />}
    </>
  )
}
