import { Anchor, Collapse, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { DataTable } from '../../components/data-table.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateBadge, type Tone } from '../../components/state-badge.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { supportMatrix } from './support-matrix.ts'

type System = 'linux' | 'darwin' | 'win32'
type Shown = (typeof supportMatrix)[number][System]

const tones: Readonly<Record<Shown, Tone>> = { real: 'good', recorded: 'warn', untested: 'quiet', linuxOnly: 'bad', never: 'quiet' }

/** Of what a device calls itself: `debian`, `macOS`, `Windows 11`. */
export const systemOf = (os: string): System => (/mac|darwin/i.test(os) ? 'darwin' : /^win/i.test(os) ? 'win32' : 'linux')

/** What the agent can see on a system at all, by the tests that show it. */
export const SupportPanel = ({ os }: { readonly os: string }) => {
  const { t } = useTranslation()
  const [open, { toggle }] = useDisclosure(false)
  const system = systemOf(os)
  const columns = [{ key: 'signal', title: t('support.signal') }, { key: 'shown', title: t('support.shown') }]
  return (
    <Panel title={t('support.title')} actions={<Anchor component="button" type="button" size="sm" onClick={toggle} aria-expanded={open}>{t('support.open')}</Anchor>}>
      <Text size="sm" c="dimmed">{t('support.intro', { system: t(`support.systems.${system}`) })}</Text>
      <Collapse expanded={open}>
        {open && (
          <DataTable label={t('support.title')} columns={columns} minWidth={520}>
            {supportMatrix.map((row) => {
              const shown: Shown = row[system]
              return <Table.Tr key={row.id}><Table.Td>{t(`support.signals.${row.id}`)}</Table.Td><Table.Td><StateBadge tone={tones[shown]}>{t(`support.states.${shown}`)}</StateBadge>{shown !== 'real' && <Text size="xs" c="dimmed">{t(`support.hints.${shown}`)}</Text>}</Table.Td></Table.Tr>
            })}
          </DataTable>
        )}
      </Collapse>
    </Panel>
  )
}
