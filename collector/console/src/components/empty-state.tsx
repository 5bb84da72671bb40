import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** Why there is nothing, and the next thing to do. */
export const EmptyState = ({ title, body, children }: { readonly title: string; readonly body: string; readonly children?: ReactNode }) => (
  <Stack align="center" gap="xs" py="xl" px="md">
    <Title order={2} size="h3">{title}</Title>
    <Text c="dimmed" ta="center" maw={460}>{body}</Text>
    {children}
  </Stack>
)
