import type { CaseDetail } from '@holdfast/collector/contract'
import { Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { changeCase } from '../../../api/cases.ts'
import { Facts } from '../../../components/facts.tsx'
import { Instant } from '../../../components/instant.tsx'
import { Panel } from '../../../components/panel.tsx'
import { SeverityBadge } from '../../../components/severity-badge.tsx'
import { UserName } from '../../../components/user-name.tsx'
import { useTranslation } from '../../../i18n/translation.ts'
import { DueDate } from '../cases-page.tsx'
import { useCaseChange } from '../use-case-change.tsx'

const NOBODY = '-'

/** Who has it, until when, and under which name. */
const CaseFields = ({ found }: { readonly found: CaseDetail }) => {
  const { t } = useTranslation()
  const { change, pending } = useCaseChange(found.id)
  const [name, setName] = useState(found.name)
  const [due, setDue] = useState(found.dueAt?.slice(0, 10) ?? '')
  const save = (patch: Parameters<typeof changeCase>[2]): void => change(() => changeCase(found.id, found.revision, patch), t('case.saved'))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const nextDue = due === '' ? null : `${due}T23:59:59.000Z`
    save({ ...(name.trim() !== '' && name.trim() !== found.name ? { name: name.trim() } : {}), ...(due === (found.dueAt?.slice(0, 10) ?? '') ? {} : { dueAt: nextDue }) })
  }
  const changed = (name.trim() !== '' && name.trim() !== found.name) || due !== (found.dueAt?.slice(0, 10) ?? '')
  return (
    <form onSubmit={submit}>
      <Stack>
        <Select label={t('case.assignee')} description={t('help.caseAssignee')} data={[{ value: NOBODY, label: t('case.nobody') }, ...found.assignees.map(({ id, name: label }) => ({ value: id, label }))]} value={found.assignee?.id ?? NOBODY} allowDeselect={false} disabled={pending} onChange={(value) => { if (value !== null && value !== (found.assignee?.id ?? NOBODY)) save({ assigneeId: value === NOBODY ? null : value }) }} />
        <TextInput label={t('case.name')} description={t('help.caseName')} maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <TextInput type="date" label={t('case.due')} description={t('case.dueHint')} value={due} onChange={(event) => setDue(event.currentTarget.value)} />
        <Group><Button type="submit" disabled={!changed} loading={pending}>{t('common.save')}</Button></Group>
      </Stack>
    </form>
  )
}

/** The state of the case and what is known of its user without a name. */
export const OverviewTab = ({ found }: { readonly found: CaseDetail }) => {
  const { t } = useTranslation()
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
      <Panel title={t('case.title')}>
        <Stack gap="sm">
          <Facts rows={[
            [t('case.id'), <span key="id" className="hf-code">{found.id}</span>], [t('case.opened'), <span key="opened"><Instant at={found.openedAt} /> {t('case.openedBy', { name: found.openedBy.name })}</span>], [t('case.updated'), <span key="updated"><Instant at={found.updatedAt} /> {t('case.openedBy', { name: found.updatedBy.name })}</span>],
            [t('case.due'), <DueDate key="due" found={found} />], [t('case.alerts'), String(found.alertCount)],
          ]} />
          {found.resolution !== undefined && <Text size="sm"><b>{t('case.resolvedAs', { outcome: t(`case.outcome.${found.resolution.outcome}`), name: found.resolution.by.name })}</b> · <Instant at={found.resolution.at} /><br />{found.resolution.reason}</Text>}
          {found.status === 'active' && <CaseFields key={found.revision} found={found} />}
        </Stack>
      </Panel>
      <Panel title={t('case.user')}>
        <Facts rows={[
          [t('case.user'), <UserName key="user" user={found.user} />], [t('case.risk'), <Group key="risk" gap="xs">{found.riskScore}{found.severity !== undefined && <SeverityBadge severity={found.severity} />}</Group>], [t('case.department'), found.department], [t('case.jobTitle'), found.title],
          [t('case.manager'), found.manager === undefined ? undefined : <UserName key="manager" user={found.manager} />], [t('case.mail'), found.hasAddress ? t('case.mailKnown') : t('case.mailUnknown')],
        ]} />
      </Panel>
    </SimpleGrid>
  )
}
