import type { SavedViewView } from '@holdfast/collector/contract'
import { Button, Checkbox, Menu, Popover, Stack } from '@mantine/core'
import { IconColumns3, IconDownload } from '@tabler/icons-react'
import { API_BASE, queryString } from '../../api/client.ts'
import { useMay } from '../../app/permissions.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { alertFilter, type AlertSearch } from './alert-search.ts'
import { type AlertColumn, COLUMNS } from './columns.ts'
import { SavedViews } from './saved-views.tsx'

/** Files of everything that is filtered, not of the page; the server writes them while they are sent. */
export const ExportMenu = ({ path, query }: { readonly path: string; readonly query: Readonly<Record<string, string | readonly string[] | undefined>> }) => {
  const { t } = useTranslation()
  const to = (format: string, more: Readonly<Record<string, string>> = {}): string => `${API_BASE}${path}${queryString({ ...query, ...more, format })}`
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button variant="default" size="sm" leftSection={<IconDownload size={15} aria-hidden="true" />}>{t('alerts.export.title')}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={to('csv')} download>{t('alerts.export.csv')}</Menu.Item>
        <Menu.Item component="a" href={to('csv', { bom: 'true' })} download>{t('alerts.export.csvBom')}</Menu.Item>
        <Menu.Item component="a" href={to('jsonl')} download>{t('alerts.export.jsonl')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

export interface QueueToolsProps {
  readonly search: AlertSearch
  readonly columns: readonly AlertColumn[]
  readonly onColumns: (columns: readonly AlertColumn[]) => void
  readonly onView: (view: SavedViewView) => void
}

/** Views, columns and export of the queue. */
export const QueueTools = ({ search, columns, onColumns, onView }: QueueToolsProps) => {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <>
      <SavedViews current={{ search, columns }} onUse={onView} />
      <Popover position="bottom-end" trapFocus>
        <Popover.Target><Button variant="default" size="sm" leftSection={<IconColumns3 size={15} aria-hidden="true" />}>{t('alerts.columns')}</Button></Popover.Target>
        <Popover.Dropdown>
          <Stack gap={6}>{COLUMNS.map((column) => <Checkbox key={column} size="sm" label={t(`alerts.column.${column}`)} checked={columns.includes(column)} disabled={column === 'headline'} onChange={(event) => onColumns(event.currentTarget.checked ? [...columns, column] : columns.filter((one) => one !== column))} />)}</Stack>
        </Popover.Dropdown>
      </Popover>
      {may('alert.export') && <ExportMenu path="/alerts/export" query={alertFilter(search)} />}
    </>
  )
}
