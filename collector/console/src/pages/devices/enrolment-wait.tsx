import type { EnrolmentCodeCreated } from '@holdfast/collector/contract'
import { Button, Group, Loader, Stack, Tabs, Text } from '@mantine/core'
import { IconCircleCheckFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useReducer } from 'react'
import { deviceQuery } from '../../api/queries.ts'
import { useZone } from '../../app/preferences.tsx'
import { CodeBlock } from '../../components/code-block.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { formatInstant } from '../../format/time.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { useLiveMessages } from '../../live/live-provider.tsx'
import { reduceEnrolment } from './enrolment-progress.ts'
import { commandFor, doctorCommand, PACKAGES } from './install-command.ts'

const Step = ({ done, label }: { readonly done: boolean; readonly label: string }) => {
  const { t } = useTranslation()
  return <Group gap="xs">{done ? <IconCircleCheckFilled size={20} color="#2f9e56" aria-label={t('overview.done')} role="img" /> : <Loader size={18} aria-label={t('overview.open')} role="img" />}<Text size="sm">{label}</Text></Group>
}

/** The command, and two steps that tick by themselves. */
export const EnrolmentWait = ({ created, onClose }: { readonly created: EnrolmentCodeCreated; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const zone = useZone()
  const [progress, dispatch] = useReducer(reduceEnrolment, { codeId: created.id, reported: false })
  useLiveMessages(dispatch)
  const device = useQuery({ ...deviceQuery(progress.deviceId ?? ''), enabled: progress.deviceId !== undefined })
  const enrolled = progress.deviceId !== undefined
  // The first report may come before this page asks for the device.
  const reported = progress.reported || device.data?.lastSeenAt !== undefined
  return (
    <Stack>
      <Text size="sm">{t('enrol.run')}</Text>
      <Tabs defaultValue="deb">
        <Tabs.List aria-label={t('enrolment.package')}>{PACKAGES.map((kind) => <Tabs.Tab key={kind} value={kind}>{t(`enrolment.${kind}`)}</Tabs.Tab>)}</Tabs.List>
        {PACKAGES.map((kind) => {
          const command = commandFor(kind, created)
          return (
            <Tabs.Panel key={kind} value={kind} pt="sm">
              <Stack gap="xs">
                <Text size="xs" c="dimmed">{t(`enrolment.note.${kind}`)}</Text>
                <CodeBlock text={command} label={t('enrol.run')} />
                <Group><CopyButton text={command} label={t('enrol.copyCommand')} /></Group>
              </Stack>
            </Tabs.Panel>
          )
        })}
      </Tabs>
      <Text size="xs" c="dimmed">{t('enrolment.pin')}</Text>
      <Stack gap={4}><Text size="xs" c="dimmed">{t('enrolment.before')}</Text><CodeBlock text={doctorCommand(created)} label={t('enrolment.before')} /></Stack>
      <Text size="xs" c="dimmed">{t('enrol.once')} {t('enrol.expires', { at: `${formatInstant(created.expiresAt, zone)} ${zone}`, count: created.uses, group: created.group })}</Text>
      <Stack gap="xs" role="status" aria-live="polite">
        <Step done label={t('enrol.stepCode')} />
        {created.needsApproval && <Step done={enrolled} label={t('enrolment.stepApproval')} />}
        <Step done={enrolled} label={enrolled ? t('enrol.enrolledAs', { hostname: device.data?.hostname ?? progress.deviceId }) : t('enrol.waiting')} />
        <Step done={reported} label={t('enrol.stepHeartbeat')} />
        {reported && <Text size="sm" fw={600}>{t('enrol.done')}</Text>}
      </Stack>
      {!enrolled && <Text size="xs" c="dimmed">{t('enrol.stuck')}</Text>}
      <Group justify="space-between">
        <Text size="xs" c="dimmed">{t('enrol.closeHint')}</Text>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>{t('common.close')}</Button>
          {progress.deviceId !== undefined && <Button component={Link} to={`/devices/${encodeURIComponent(progress.deviceId)}`}>{t('enrol.openDevice')}</Button>}
        </Group>
      </Group>
    </Stack>
  )
}
