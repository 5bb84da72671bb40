import { Group, UnstyledButton } from '@mantine/core'
import { useTranslation } from '../../i18n/translation.ts'
import type { Look, Scheme } from './looks.ts'
import classes from './activity-chart.module.css'

export interface LegendEntry {
  readonly key: string
  readonly name: string
  readonly look: Look
  readonly count: number
}

/** Along the bottom; each entry is a switch. */
export const Legend = ({ label, entries, hidden, scheme, onToggle }: { readonly label: string; readonly entries: readonly LegendEntry[]; readonly hidden: ReadonlySet<string>; readonly scheme: Scheme; readonly onToggle: (key: string) => void }) => {
  const { t } = useTranslation()
  return (
    <Group gap={6} role="group" aria-label={label}>
      {entries.map(({ key, name, look, count }) => (
        <UnstyledButton key={key} className={classes['legend']} aria-pressed={!hidden.has(key)} data-legend={key} aria-label={t('picture.legendEntry', { name, count })} onClick={() => onToggle(key)}>
          <span aria-hidden style={{ color: hidden.has(key) ? undefined : look[scheme] }}>{look.mark}</span> <span className={hidden.has(key) ? classes['off'] : undefined}>{name}</span> <span className={classes['count']}>{count}</span>
        </UnstyledButton>
      ))}
    </Group>
  )
}
