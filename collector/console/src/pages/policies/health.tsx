import type { PolicyHealthView } from '@holdfast/collector/contract'
import { Group, List, Text } from '@mantine/core'
import { Panel } from '../../components/panel.tsx'
import { StateBadge, type Tone } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const tones: Readonly<Record<PolicyHealthView['status'], Tone>> = { healthy: 'good', recommendations: 'quiet', warnings: 'warn' }

/** The health of a policy in a word. */
export const HealthBadge = ({ health }: { readonly health: PolicyHealthView }) => {
  const { t } = useTranslation()
  return <StateBadge tone={tones[health.status]}>{t(`health.${health.status}`)}</StateBadge>
}

/** What keeps a policy from finding anything, each with what to do about it. */
export const HealthPanel = ({ health }: { readonly health: PolicyHealthView }) => {
  const { t } = useTranslation()
  return (
    <Panel title={t('health.title')} actions={<HealthBadge health={health} />}>
      <Text size="sm" c="dimmed" mb="xs">{t('health.reach', { inScope: health.inScope, assigned: health.assigned })}</Text>
      {health.messages.length === 0 ? <Text size="sm">{t('health.nothing')}</Text> : (
        <List listStyleType="none" spacing="sm" p={0}>
          {health.messages.map((message) => (
            <List.Item key={message.code}>
              <Group gap="xs" wrap="nowrap" align="flex-start">
                <StateBadge tone={message.level === 'warning' ? 'warn' : 'quiet'}>{t(`health.level.${message.level}`)}</StateBadge>
                <div><Text size="sm">{message.text}</Text><Text size="sm" c="dimmed">{message.fix}</Text></div>
              </Group>
            </List.Item>
          ))}
        </List>
      )}
    </Panel>
  )
}
