import { Kbd, Stack, Switch, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../components/dialog.tsx'
import { usePreferences } from '../preferences.tsx'

const everywhere = [
  ['/', 'search'], ['?', 'help'], ['Ctrl K', 'palette'], ['g o', 'gOverview'], ['g a', 'gAlerts'], ['g u', 'gUsers'], ['g d', 'gDevices'], ['g p', 'gPolicies'],
] as const
const queue = [['j', 'next'], ['k', 'previous'], ['Enter', 'open'], ['Esc', 'close'], ['x', 'choose'], ['c', 'confirm'], ['d', 'dismiss'], ['r', 'resolve'], ['e', 'assign'], ['1 … 4', 'reason'], ['Ctrl Enter', 'send']] as const

const Keys = ({ rows }: { readonly rows: typeof everywhere | typeof queue }) => {
  const { t } = useTranslation()
  return (
    <Table verticalSpacing={4}>
      <Table.Tbody>
        {rows.map(([key, name]) => <Table.Tr key={key}><Table.Td w={110}>{key.split(' ').map((part) => <Kbd key={part} mr={4}>{part}</Kbd>)}</Table.Td><Table.Td>{t(`keys.${name}`)}</Table.Td></Table.Tr>)}
      </Table.Tbody>
    </Table>
  )
}

/** What each key does, and the switch that turns single keys off. */
export const KeysDialog = ({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const { keys, setKeys } = usePreferences()
  return (
    <Dialog opened={opened} onClose={onClose} title={t('keys.title')}>
      <Stack>
        <Text size="sm" c="dimmed">{t('keys.hint')}</Text>
        <Switch label={t('keys.on')} checked={keys === 'on'} onChange={(event) => setKeys(event.currentTarget.checked ? 'on' : 'off')} />
        <Title order={3}>{t('keys.everywhere')}</Title>
        <Keys rows={everywhere} />
        <Title order={3}>{t('keys.queue')}</Title>
        <Keys rows={queue} />
      </Stack>
    </Dialog>
  )
}
