import type { DeviceDetail, DeviceView } from '@holdfast/collector/contract'
import { Text } from '@mantine/core'
import { StateBadge, type Tone } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'

export type Tier = DeviceDetail['sensors'][number]['tier']

const healthTones: Readonly<Record<DeviceView['health'], Tone>> = { healthy: 'good', degraded: 'warn', offline: 'bad', never_seen: 'quiet', revoked: 'quiet' }
const policyTones: Readonly<Record<DeviceView['policy']['state'], Tone>> = { current: 'good', behind: 'warn', refused: 'bad', unknown: 'quiet' }
const drillTones: Readonly<Record<DeviceView['drill']['state'], Tone>> = { never: 'quiet', running: 'quiet', passed: 'good', failed: 'bad', stopped: 'warn' }
const tierTones: Readonly<Record<Tier, Tone>> = { full: 'good', degraded: 'warn', blind: 'bad', off: 'quiet' }

export const HealthBadge = ({ health }: { readonly health: DeviceView['health'] }) => {
  const { t } = useTranslation()
  return <StateBadge tone={healthTones[health]}>{t(`devices.health.${health}`)}</StateBadge>
}

export const TierBadge = ({ tier }: { readonly tier: Tier }) => {
  const { t } = useTranslation()
  return <StateBadge tone={tierTones[tier]}>{t(`devices.tier.${tier}`)}</StateBadge>
}

export const DrillBadge = ({ drill }: { readonly drill: DeviceView['drill'] }) => {
  const { t } = useTranslation()
  return <StateBadge tone={drillTones[drill.state]}>{t(`drill.states.${drill.state}`)}</StateBadge>
}

/** Never merged with health: a healthy device may run an old policy, and a sick one the right one. */
export const PolicyRevision = ({ policy }: { readonly policy: DeviceView['policy'] }) => {
  const { t } = useTranslation()
  return (
    <>
      <StateBadge tone={policyTones[policy.state]}>{t(`devices.policyState.${policy.state}`)}</StateBadge>
      <Text size="xs" c="dimmed" className="hf-mono">{t('devices.revision', { wanted: policy.wantedVersion, running: policy.runningVersion === 0 ? t('devices.runningNone') : policy.runningVersion })}</Text>
    </>
  )
}

const TIERS: readonly Tier[] = ['full', 'degraded', 'blind', 'off']

/** `9 full, 1 blind`; what is zero is left out. */
export const TierCounts = ({ tiers }: { readonly tiers: DeviceView['tiers'] }) => {
  const { t } = useTranslation()
  const present = TIERS.filter((tier) => tiers[tier] > 0)
  return <>{present.length === 0 ? '–' : present.map((tier) => t('devices.tierCount', { count: tiers[tier], tier: t(`devices.tier.${tier}`) })).join(', ')}</>
}
