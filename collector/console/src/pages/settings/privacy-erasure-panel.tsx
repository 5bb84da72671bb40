import { Alert, Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { erasePerson, privacySettingsQuery } from '../../api/privacy.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const KINDS = ['request_of_person', 'left_organisation', 'court_order', 'other'] as const
const MIN_REASON = 3

/** Erases somebody whom the administrator knows from outside: no list of people is shown here. */
export const ErasurePanel = () => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const settings = useQuery(privacySettingsQuery())
  const [person, setPerson] = useState('')
  const [kind, setKind] = useState<string>('request_of_person')
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const erase = useMutation({ mutationFn: () => erasePerson(person.trim(), kind, reason.trim()), onSuccess: () => { setAsking(false); setPerson(''); setReason('') }, onSettled: () => client.invalidateQueries({ queryKey: ['privacy'] }) })
  const second = settings.data?.erasureNeedsSecond !== false
  const ready = person.trim() !== '' && reason.trim().length >= MIN_REASON
  return (
    <Panel title={t('privacy.erase')}>
      <Stack maw={640}>
        <Text size="sm" c="dimmed">{t('privacy.eraseIntro')}</Text>
        <div role="status">{erase.isSuccess && <Alert variant="outline" color="green"><Text size="sm">{t(erase.data.state === 'done' ? 'privacy.eraseDone' : 'privacy.erasePending', { pseudonym: erase.data.user.pseudonym })}</Text></Alert>}</div>
        <Group grow align="flex-start">
          <TextInput label={t('privacy.person')} description={t('privacy.personHint')} value={person} maxLength={320} onChange={(event) => setPerson(event.currentTarget.value)} />
          <Select label={t('privacy.eraseKind')} description=" " data={KINDS.map((value) => ({ value, label: t(`requests.erasureKinds.${value}`) }))} value={kind} allowDeselect={false} onChange={(value) => setKind(value ?? 'other')} />
        </Group>
        <Textarea label={t('privacy.eraseReason')} description={t('help.eraseReason')} autosize minRows={2} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <Group><Button color="red.9" disabled={!ready} onClick={() => setAsking(true)}>{t('privacy.eraseButton')}</Button></Group>
      </Stack>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('privacy.eraseSure')}>
        <Stack>
          <Text size="sm" className="hf-mono" style={{ overflowWrap: 'anywhere' }}>{person}</Text><Text size="sm">{t('privacy.eraseIntro')}</Text>
          {erase.isError && <ErrorState error={erase.error} />}
          <Group justify="flex-end"><Button variant="default" onClick={() => setAsking(false)}>{t('common.cancel')}</Button><Button color="red.9" loading={erase.isPending} onClick={() => erase.mutate()}>{t(second ? 'privacy.eraseAsk' : 'privacy.erase')}</Button></Group>
        </Stack>
      </Dialog>
    </Panel>
  )
}
