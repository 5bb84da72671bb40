import { Anchor, Collapse, Stack, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { CodeBlock } from '../../components/code-block.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { type WatchRow, watchRows } from './watching.ts'

const SHOWN = 8

const Values = ({ row }: { readonly row: WatchRow }) => {
  const { t } = useTranslation()
  if (row.values.length === 0) return <Text span size="sm" c="dimmed">{t('watching.nothing')}</Text>
  const shown = row.values.slice(0, SHOWN)
  const rest = row.values.length - shown.length
  return <><span className={row.code === true ? 'hf-code' : undefined}>{shown.join(', ')}</span>{rest > 0 && <Text span size="sm" c="dimmed"> {t('watching.more', { count: rest })}</Text>}</>
}

/** What the policy of the device asks of its agent, in words; what was signed stands behind it. */
export const WatchingPanel = ({ policy }: { readonly policy: unknown }) => {
  const { t } = useTranslation()
  const [open, { toggle }] = useDisclosure(false)
  if (policy === undefined) return <Panel title={t('device.watching')}><Text size="sm" c="dimmed">{t('device.watchingNone')}</Text></Panel>
  const columns = [{ key: 'what', title: t('sees.what') }, { key: 'value', title: t('groups.places') }]
  return (
    <Panel title={t('device.watching')}>
      <DataTable label={t('device.watching')} columns={columns} minWidth={520}>
        {watchRows(policy, t).map((row) => <Table.Tr key={row.name}><Table.Th scope="row" w={260} fw={500}>{row.name}</Table.Th><Table.Td><Values row={row} /></Table.Td></Table.Tr>)}
      </DataTable>
      <Stack gap="xs" mt="sm">
        <Anchor component="button" type="button" size="sm" onClick={toggle} aria-expanded={open} w="max-content">{t('watching.raw')}</Anchor>
        <Collapse expanded={open}>{open && <CodeBlock text={JSON.stringify(policy, null, 2)} label={t('watching.raw')} />}</Collapse>
      </Stack>
    </Panel>
  )
}
