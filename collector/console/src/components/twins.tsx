import { ActionIcon, Code, Menu } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy, IconFileCode, IconLink, IconTerminal2 } from '@tabler/icons-react'
import { useRouterState } from '@tanstack/react-router'
import { commandLine, twinsOf } from '../app/twins.ts'
import { useTranslation } from '../i18n/translation.ts'

/** The page as a command line, as JSON and as a link. */
export const TwinsMenu = () => {
  const { t } = useTranslation()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const search = useRouterState({ select: ({ location }) => location.search as Readonly<Record<string, unknown>> })
  const { copy, copied } = useClipboard({ timeout: 2000 })
  const twins = twinsOf(path, search)
  if (twins === undefined) return null
  const line = twins.command === undefined ? undefined : commandLine(twins.command)
  return (
    <Menu position="bottom-end" width={340}>
      <Menu.Target><ActionIcon variant="default" size={30} className="hf-no-print" aria-label={t('twins.open')}>{copied ? <IconCheck size={16} aria-hidden="true" /> : <IconTerminal2 size={16} aria-hidden="true" />}</ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {line !== undefined && <Menu.Item leftSection={<IconCopy size={15} aria-hidden="true" />} onClick={() => copy(line)}>{t('twins.copy')}<Code block mt={4} fz={11} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{line}</Code></Menu.Item>}
        <Menu.Item leftSection={<IconFileCode size={15} aria-hidden="true" />} component="a" href={twins.json} target="_blank" rel="noreferrer">{t('twins.json')}</Menu.Item>
        <Menu.Item leftSection={<IconLink size={15} aria-hidden="true" />} onClick={() => copy(globalThis.location.href)}>{t('common.copyLink')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
