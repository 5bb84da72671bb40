import { Kbd, Stack, Switch, Table, Text, Title } from '@mantine/core'
import { useRouterState } from '@tanstack/react-router'
import { Fragment } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import type { CatalogueKey } from '../../i18n/catalogue.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { usePreferences } from '../preferences.tsx'

type Rows = readonly (readonly [keys: string, name: KeyName])[]
type KeyName = CatalogueKey extends infer K ? (K extends `keys.${infer N}` ? N : never) : never
interface KeyGroup {
  readonly title: KeyName
  /** Where the keys act: the beginning of the address. */
  readonly on: RegExp
  readonly rows: Rows
}

const everywhere: Rows = [
  ['/', 'search'], ['?', 'help'], ['Ctrl K', 'palette'], ['Esc', 'escape'], ['Ctrl Enter', 'noteSend'], ['g o', 'gOverview'], ['g a', 'gAlerts'], ['g c', 'gCases'], ['g u', 'gUsers'], ['g d', 'gDevices'], ['g p', 'gPolicies'], ['g l', 'gAudit'], ['g s', 'gSettings'],
]
const groups: readonly KeyGroup[] = [
  { title: 'queue', on: /^\/alerts/, rows: [['j', 'next'], ['k', 'previous'], ['Enter', 'open'], ['Esc', 'close'], ['x', 'choose'], ['c', 'confirm'], ['d', 'dismiss'], ['r', 'resolve'], ['e', 'assign'], ['1 … 4', 'reason'], ['Ctrl Enter', 'send']] },
  { title: 'chart', on: /^\/(alerts|cases|users|reports)\/./, rows: [['← →', 'chartWalk'], ['↑ ↓', 'chartDay'], ['Enter', 'chartOpen'], ['Shift ← →', 'chartRange']] },
]

const Keys = ({ rows }: { readonly rows: Rows }) => {
  const { t } = useTranslation()
  return (
    <Table verticalSpacing={4}>
      <Table.Tbody>
        {rows.map(([key, name]) => <Table.Tr key={key}><Table.Td w={130}>{key.split(' ').map((part) => <Kbd key={part} mr={4}>{part}</Kbd>)}</Table.Td><Table.Td>{t(`keys.${name}`)}</Table.Td></Table.Tr>)}
      </Table.Tbody>
    </Table>
  )
}

/** What each key does on the page that is open, and the switch that turns single keys off. */
const KeysDialog = ({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const { keys, setKeys } = usePreferences()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <Dialog opened={opened} onClose={onClose} title={t('keys.title')}>
      <Stack>
        <Text size="sm" c="dimmed">{t('keys.hint')}</Text>
        <Switch label={t('keys.on')} description={t('help.keys')} checked={keys === 'on'} onChange={(event) => setKeys(event.currentTarget.checked ? 'on' : 'off')} />
        {groups.filter(({ on }) => on.test(path)).map(({ title, rows }) => <Fragment key={title}><Title order={3}>{t(`keys.${title}`)}</Title><Keys rows={rows} /></Fragment>)}
        <Title order={3}>{t('keys.everywhere')}</Title>
        <Keys rows={everywhere} />
      </Stack>
    </Dialog>
  )
}

export default KeysDialog
