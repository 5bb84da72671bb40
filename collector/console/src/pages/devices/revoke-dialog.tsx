import type { DeviceDetail } from '@holdfast/collector/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { revokeDevice } from '../../api/mutations.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'

/** Says what a revocation does before it is done. */
export const RevokeDialog = ({ device, opened, onClose }: { readonly device: Pick<DeviceDetail, 'id' | 'hostname'>; readonly opened: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => revokeDevice(device.id),
    onSuccess: async () => {
      onClose()
      notifications.show({ title: t('device.revoked'), message: device.hostname, closeButtonProps: { 'aria-label': t('common.close') } })
      await client.invalidateQueries({ queryKey: ['devices'] })
    },
  })
  return (
    <Dialog opened={opened} onClose={onClose} title={t('device.revokeTitle', { hostname: device.hostname })}>
      <Stack>
        <Text size="sm">{t('device.revokeBody')}</Text>
        {revoke.isError && <ErrorState error={revoke.error} />}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button><Button color="#b42318" loading={revoke.isPending} onClick={() => revoke.mutate()}>{t('device.revokeSubmit')}</Button></Group>
      </Stack>
    </Dialog>
  )
}
