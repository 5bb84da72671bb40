import { Button, Select, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { handOver, handOverQuery, shareLinksQuery } from '../../api/escalation.ts'
import { meQuery } from '../../api/queries.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { ReasonForm } from './reason-form.tsx'
import { useDeed } from './use-deed.tsx'

const Form = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const { run, pending } = useDeed()
  const { data: me } = useQuery(meQuery())
  const { data: accounts } = useQuery(shareLinksQuery({}))
  const [fromId, setFromId] = useState<string | null>(null)
  const [toId, setToId] = useState<string | null>(null)
  const preview = useQuery({ ...handOverQuery(fromId ?? ''), enabled: fromId !== null })
  const found = preview.data
  const people = [...(me === undefined ? [] : [{ value: me.accountId, label: me.name }]), ...(accounts?.recipients ?? []).map(({ id, name }) => ({ value: id, label: name }))]
  const go = (reason: string): void => {
    if (found === undefined || fromId === null || toId === null) return
    const expected = { alerts: found.alerts, cases: found.cases }
    run(() => handOver({ fromId, toId, reason, expected }), t('escalation.handOver.done', expected), onClose)
  }
  return (
    <ReasonForm title={t('escalation.handOver.title')} submit={t('escalation.handOver.submit')} pending={pending} onClose={onClose} onReason={go}>
      <Text size="sm" c="dimmed">{t('escalation.handOver.intro')}</Text>
      <Select label={t('escalation.handOver.from')} data={people} value={fromId} searchable withAsterisk onChange={setFromId} />
      {preview.isError && <ErrorState error={preview.error} />}
      {found !== undefined && (
        <Stack gap={4} role="status">
          <Text size="sm" fw={600}>{found.alerts + found.cases === 0 ? t('escalation.handOver.nothing') : t('escalation.handOver.preview', { alerts: found.alerts, cases: found.cases })}</Text>
          {found.sample.slice(0, 6).map((row) => <Text key={row.id} size="xs" c="dimmed">{t(`escalation.share.kinds.${row.kind}`)}: {row.text}</Text>)}
        </Stack>
      )}
      <Select label={t('escalation.handOver.to')} data={(found?.recipients ?? []).map(({ id, name }) => ({ value: id, label: name }))} value={toId} searchable withAsterisk disabled={found === undefined} onChange={setToId} />
    </ReasonForm>
  )
}

/** Everything open of a colleague to another, with a preview. */
export const HandOverButton = () => {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return <><Button variant="default" size="xs" onClick={() => setOpen(true)}>{t('escalation.handOver.button')}</Button>{open && <Form onClose={() => setOpen(false)} />}</>
}
