import { ActionIcon, Button, Code, Popover, Stack } from '@mantine/core'
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
    <Popover position="bottom-end" width={340} trapFocus withArrow>
      <Popover.Target><ActionIcon variant="default" size={30} className="hf-no-print" aria-label={t('twins.open')}>{copied ? <IconCheck size={16} aria-hidden="true" /> : <IconTerminal2 size={16} aria-hidden="true" />}</ActionIcon></Popover.Target>
      <Popover.Dropdown aria-label={t('twins.open')}>
        <Stack gap="xs" align="stretch">
          {line !== undefined && <><Code block fz={11} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{line}</Code><Button variant="default" size="xs" leftSection={<IconCopy size={15} aria-hidden="true" />} onClick={() => copy(line)}>{t('twins.copy')}</Button></>}
          <Button variant="default" size="xs" leftSection={<IconFileCode size={15} aria-hidden="true" />} component="a" href={twins.json} target="_blank" rel="noreferrer">{t('twins.json')}</Button>
          <Button variant="default" size="xs" leftSection={<IconLink size={15} aria-hidden="true" />} onClick={() => copy(globalThis.location.href)}>{t('common.copyLink')}</Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
