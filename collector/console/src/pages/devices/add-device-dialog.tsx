import { Button, Checkbox, Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { createEnrolmentCode } from '../../api/mutations.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { EnrolmentWait } from './enrolment-wait.tsx'

/** Makes a code, shows the line to run, and waits until the device is there. */
export const AddDeviceDialog = ({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [group, setGroup] = useState('default')
  const [uses, setUses] = useState<number | string>(1)
  const [hours, setHours] = useState<number | string>(24)
  const [needsApproval, setNeedsApproval] = useState(false)
  const create = useMutation({
    mutationFn: () => createEnrolmentCode({ group, uses: Number(uses), expiresInSecs: Number(hours) * 3600, needsApproval }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['enrolment-codes'] }),
  })
  const close = (): void => {
    create.reset()
    onClose()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    create.mutate()
  }
  const valid = /^[A-Za-z0-9_-]{1,64}$/.test(group) && Number(uses) >= 1 && Number(hours) >= 1
  return (
    <Dialog opened={opened} onClose={close} title={t('enrol.title')} size="lg">
      {create.data === undefined ? (
        <form onSubmit={submit}>
          <Stack>
            {create.isError && <ErrorState error={create.error} />}
            <TextInput label={t('enrol.group')} description={t('help.enrolGroup')} value={group} onChange={(event) => setGroup(event.currentTarget.value)} required />
            <Group grow>
              <NumberInput label={t('enrol.uses')} description={t('help.enrolUses')} value={uses} onChange={setUses} min={1} max={100_000} allowDecimal={false} required />
              <NumberInput label={t('enrol.hours')} description={t('help.enrolHours')} value={hours} onChange={setHours} min={1} max={8760} allowDecimal={false} required />
            </Group>
            <Checkbox label={t('enrolment.approval')} description={t('enrolment.approvalHint')} checked={needsApproval} onChange={(event) => setNeedsApproval(event.currentTarget.checked)} />
            <Group justify="flex-end"><Button variant="default" onClick={close}>{t('common.cancel')}</Button><Button type="submit" loading={create.isPending} disabled={!valid}>{t('enrol.create')}</Button></Group>
          </Stack>
        </form>
      ) : <EnrolmentWait created={create.data} onClose={close} />}
    </Dialog>
  )
}
