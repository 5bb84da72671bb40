import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from '../i18n/translation.ts'

/** Copies a text and says so. */
export const CopyButton = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const { t } = useTranslation()
  const { copy, copied } = useClipboard({ timeout: 2000 })
  const Icon = copied ? IconCheck : IconCopy
  return <Button variant="default" size="xs" leftSection={<Icon size={14} aria-hidden="true" />} onClick={() => copy(text)}><span aria-live="polite">{copied ? t('common.copied') : label}</span></Button>
}
