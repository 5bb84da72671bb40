import { Group, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from '../i18n/translation.ts'

export interface DialogProps {
  readonly opened: boolean
  readonly title: string
  readonly onClose: () => void
  readonly size?: string
  readonly children: ReactNode
}

/** A modal put together by hand: the ready-made title would be a second banner landmark. */
export const Dialog = ({ opened, title, onClose, size = 'md', children }: DialogProps) => {
  const { t } = useTranslation()
  return (
    <Modal.Root opened={opened} onClose={onClose} size={size} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Group justify="space-between" wrap="nowrap" p="md" pb="xs">
          <Modal.Title fw={650} fz="lg">{title}</Modal.Title>
          <Modal.CloseButton aria-label={t('common.close')} />
        </Group>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
