import type { AlertView, CasePage } from '@holdfast/collector/contract'
import { Anchor, Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { addAlerts, casesQuery, openCase } from '../../api/cases.ts'
import { api } from '../../api/client.ts'
import { useMay } from '../../app/permissions.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { OpenCaseDialog } from './case-dialogs.tsx'
import { useCaseChange } from './use-case-change.tsx'

/** From an alert to its case: opens one, adds to the active one of the user, or leads to the one that it is part of. */
export const CaseButton = ({ alert, caseId }: { readonly alert: Pick<AlertView, 'id' | 'user' | 'status'>; readonly caseId?: string | undefined }) => {
  const { t } = useTranslation()
  const may = useMay()
  // What stands in a notification is outside of the router: it is led by this, not by a link.
  const navigate = useNavigate()
  const [opened, dialog] = useDisclosure(false)
  const allowed = may('case.manage')
  const query = { userId: alert.user.id, status: ['active'] }
  const active = useQuery({ queryKey: [...casesQuery(query).queryKey, 'first'], queryFn: ({ signal }) => api.get<CasePage>('/cases', { query: { ...query, limit: 1 }, signal }), enabled: allowed })
  const found = active.data?.items[0]
  const { change, pending } = useCaseChange(found?.id ?? '')
  if (!allowed) return null
  const link = (id: string) => <Anchor component={Link} size="sm" to={`/cases/${encodeURIComponent(id)}`}>{t('case.add.goto')}</Anchor>
  if (caseId !== undefined && (found === undefined || found.id === caseId)) return link(caseId)
  const decidable = alert.status === 'needs_review' || alert.status === 'confirmed'
  if (active.data === undefined || !decidable) return null
  if (found !== undefined) return <Group gap="xs"><Button variant="default" loading={pending} onClick={() => change(() => addAlerts(found.id, found.revision, [alert.id]), t('case.add.done'))}>{t('case.add.button')}</Button><Text span size="sm">{link(found.id)}</Text></Group>
  return (
    <>
      <Button variant="default" onClick={dialog.open}>{t('case.open.button')}</Button>
      <OpenCaseDialog opened={opened} pending={pending} onClose={dialog.close} onOpen={(name, note) => change(async () => {
        const made = await openCase({ alertIds: [alert.id], name, ...(note === '' ? {} : { note }) })
        notifications.show({ title: made.name, message: <Button size="compact-xs" variant="default" onClick={() => void navigate({ to: `/cases/${encodeURIComponent(made.id)}` })}>{t('case.add.goto')}</Button>, closeButtonProps: { 'aria-label': t('common.close') } })
      }, t('case.open.done'), dialog.close)} />
    </>
  )
}
