import type { AlertDetail } from '@holdfast/collector/contract'
import { Stack, Text } from '@mantine/core'
import { Instant } from '../../components/instant.tsx'
import { useTranslation } from '../../i18n/translation.ts'

/** The steps of each sequence in their order, with when each happened and to what. */
export const SequenceTimeline = ({ alert }: { readonly alert: AlertDetail }) => {
  const { t } = useTranslation()
  const byId = new Map(alert.activities.map((activity) => [activity.id, activity]))
  return (
    <Stack gap="md">
      {alert.sequences.map((sequence) => (
        <div key={sequence.id}>
          <Text size="sm" fw={600}>{sequence.reason} <Text span size="sm" c="dimmed">{t('sequence.points', { points: sequence.points })}</Text></Text>
          <Stack gap={6} component="ol" m={0} mt={6} pl="lg" style={{ overflowWrap: 'anywhere' }}>
            {sequence.steps.map((step) => (
              <li key={step.label}>
                <Text size="sm" fw={600}>{step.label}</Text>
                {step.activityIds.length === 0 && <Text size="sm" c="dimmed">{t('sequence.stepUnknown')}</Text>}
                {step.activityIds.map((id) => <Text key={id} size="sm"><Instant at={byId.get(id)?.occurredAt} seconds /> · {byId.get(id)?.summary}</Text>)}
              </li>
            ))}
          </Stack>
        </div>
      ))}
    </Stack>
  )
}
