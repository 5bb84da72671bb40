import type { AlertBulkRequest, AlertView } from '@holdfast/collector/contract'
import { Anchor, Button, Group, Kbd, Menu, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { assigneesQuery } from '../../api/queries.ts'
import { formatCount } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { type AlertSearch, filterDocument } from './alert-search.ts'
import classes from './news-bar.module.css'
import { countOf, type Selection } from './selection.ts'

/** The most that can be changed at a time. */
export const MOST_AT_ONCE = 400

/** The chosen alerts as a request names them. */
export const chosenOf = (selection: Selection, rows: readonly AlertView[], search: AlertSearch): Pick<AlertBulkRequest, 'alerts' | 'matching' | 'expected'> => {
  if (selection.kind === 'matching') return { matching: filterDocument(search), expected: selection.count }
  const revisions = new Map(rows.map(({ id, revision }) => [id, revision]))
  return { alerts: [...selection.ids].map((id) => ({ id, ...(revisions.has(id) ? { revision: revisions.get(id) ?? 1 } : {}) })) }
}

export interface BulkBarProps {
  readonly selection: Selection
  readonly shown: number
  readonly total: number | undefined
  readonly pending: boolean
  readonly onAll: () => void
  readonly onClear: () => void
  readonly onDismiss: () => void
  readonly onAssign: (assigneeId: string | null) => void
}

/** How many are chosen, and what can be done to them. */
export const BulkBar = ({ selection, shown, total, pending, onAll, onClear, onDismiss, onAssign }: BulkBarProps) => {
  const { t } = useTranslation()
  const { data: assignees } = useQuery(assigneesQuery())
  const count = countOf(selection)
  const tooMany = count > MOST_AT_ONCE
  return (
    <div role="status" aria-live="polite">
      {count > 0 && (
        <Group className={classes['bar']} justify="space-between" mb="sm">
          <Group gap="sm">
            <Text size="sm" fw={600}>{t('alerts.bulk.chosen', { count, formatted: formatCount(count) })}</Text>
            {selection.kind === 'some' && count >= shown && total !== undefined && total > shown && <Anchor component="button" size="sm" onClick={onAll}>{t('alerts.bulk.all', { formatted: formatCount(total) })}</Anchor>}
            {tooMany && <Text size="sm">{t('alerts.bulk.tooMany', { most: MOST_AT_ONCE })}</Text>}
          </Group>
          <Group gap="xs">
            <Button size="compact-sm" onClick={onDismiss} disabled={tooMany || pending} rightSection={<Kbd size="xs" aria-hidden="true">d</Kbd>}>{t('alert.dismiss')}</Button>
            <Menu position="bottom-end">
              <Menu.Target><Button size="compact-sm" variant="default" disabled={tooMany || pending} rightSection={<Kbd size="xs" aria-hidden="true">e</Kbd>}>{t('alerts.bulk.assign')}</Button></Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => onAssign('me')}>{t('alerts.filter.me')}</Menu.Item>
                <Menu.Item onClick={() => onAssign(null)}>{t('alerts.filter.nobody')}</Menu.Item>
                {assignees?.items.map(({ id, name }) => <Menu.Item key={id} onClick={() => onAssign(id)}>{name}</Menu.Item>)}
              </Menu.Dropdown>
            </Menu>
            <Button size="compact-sm" variant="subtle" c="bright" onClick={onClear}>{t('alerts.bulk.clear')}</Button>
          </Group>
        </Group>
      )}
    </div>
  )
}
