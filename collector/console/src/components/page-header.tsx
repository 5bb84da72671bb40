import { Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from '../i18n/translation.ts'
import { TwinsMenu } from './twins.tsx'

/** The page's one h1, its actions, and the tab's title. */
export const PageHeader = ({ title, intro, badges, children }: { readonly title: string; readonly intro?: string; readonly badges?: ReactNode; readonly children?: ReactNode }) => {
  const { t } = useTranslation()
  useDocumentTitle(`${title} · ${t('app.name')}`)
  return (
    <Group justify="space-between" align="flex-start" mb="md" gap="sm">
      <Stack gap={4} maw={860} style={{ flex: '1 1 360px' }}>
        <Group gap="sm"><Title order={1}>{title}</Title>{badges}</Group>
        {intro !== undefined && <Text c="dimmed" size="sm">{intro}</Text>}
      </Stack>
      <Group gap="xs">{children}<TwinsMenu /></Group>
    </Group>
  )
}
