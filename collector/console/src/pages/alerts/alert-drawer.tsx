import { ActionIcon, Drawer, Group, Kbd, Skeleton, Stack, Text } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { alertQuery } from '../../api/queries.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { AlertActions } from './alert-actions.tsx'
import { AlertBody } from './alert-body.tsx'
import classes from './alert-drawer.module.css'
import { AlertHeading } from './alert-heading.tsx'

export interface AlertDrawerProps {
  readonly alertId: string | undefined
  /** Place in the queue, from 1. */
  readonly position: { readonly at: number; readonly total: number } | undefined
  readonly onStep: (by: 1 | -1) => void
  readonly onClose: () => void
}

const pageOf = (id: string): string => `/alerts/${encodeURIComponent(id)}`

/** An alert beside the queue; J and K walk on with it open. */
export const AlertDrawer = ({ alertId, position, onStep, onClose }: AlertDrawerProps) => {
  const { t } = useTranslation()
  const alert = useQuery({ ...alertQuery(alertId ?? ''), enabled: alertId !== undefined })
  const [dismissing, setDismissing] = useState(false)
  const nowMs = Date.now()
  return (
    <Drawer.Root opened={alertId !== undefined} onClose={onClose} position="right" size="min(760px, 100vw)" classNames={{ content: classes['content'] ?? '' }}>
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content>
        <div className={classes['frame']}>
          <div className={classes['top']}>
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <Drawer.Title fz="lg" fw={650} style={{ overflowWrap: 'anywhere' }}>{alert.data?.headline ?? t('alert.title')}</Drawer.Title>
              <Group gap={4} wrap="nowrap">
                {position !== undefined && <Text size="xs" c="dimmed" className="hf-mono" style={{ whiteSpace: 'nowrap' }}>{t('alert.position', position)}</Text>}
                <ActionIcon variant="default" aria-label={t('alert.previous')} title="K" onClick={() => onStep(-1)}><IconChevronUp size={16} aria-hidden="true" /></ActionIcon>
                <ActionIcon variant="default" aria-label={t('alert.next')} title="J" onClick={() => onStep(1)}><IconChevronDown size={16} aria-hidden="true" /></ActionIcon>
                <Drawer.CloseButton aria-label={t('alert.close')} />
              </Group>
            </Group>
            {alert.data !== undefined && alertId !== undefined && (
              <Group justify="space-between" mt="xs">
                <AlertHeading alert={alert.data} nowMs={nowMs} />
                <Group gap={6}>
                  <CopyButton text={`${globalThis.location.origin}${pageOf(alertId)}`} label={t('common.copyLink')} />
                  <ActionIcon component={Link} to={pageOf(alertId)} variant="default" size={30} aria-label={t('alert.openPage')} title={t('alert.openPage')}><IconExternalLink size={15} aria-hidden="true" /></ActionIcon>
                </Group>
              </Group>
            )}
          </div>
          <div className={classes['body']} tabIndex={0} role="group" aria-label={t('alert.title')}>
            {alert.isPending && <Stack aria-busy="true"><Skeleton height={90} /><Skeleton height={160} /><Skeleton height={220} /></Stack>}
            {alert.isError && <ErrorState error={alert.error} onRetry={alert.refetch} />}
            {alert.data !== undefined && <AlertBody key={alert.data.id} alert={alert.data} nowMs={nowMs} onDismiss={() => setDismissing(true)} />}
          </div>
          <div className={classes['foot']}>
            {alert.data !== undefined && <AlertActions alert={alert.data} dismissing={dismissing} onDismissing={setDismissing} />}
            <Text size="xs" c="dimmed" mt={6}><Kbd size="xs">j</Kbd> {t('keys.next')} · <Kbd size="xs">k</Kbd> {t('keys.previous')} · <Kbd size="xs">Esc</Kbd> {t('keys.close')}</Text>
          </div>
        </div>
      </Drawer.Content>
    </Drawer.Root>
  )
}
