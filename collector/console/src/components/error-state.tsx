import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { ApiError } from '../api/problem.ts'
import { useTranslation } from '../i18n/translation.ts'

type Hint = 'unreachable' | 'notAllowed' | 'notFound' | 'conflict' | 'other'

const hints: Readonly<Record<string, Hint>> = { UNREACHABLE: 'unreachable', NOT_ALLOWED: 'notAllowed', NOT_FOUND: 'notFound', REVISION_CONFLICT: 'conflict' }

/** Which advice fits an error; the code decides, never the message. */
export const hintOf = (error: unknown): Hint => (error instanceof ApiError ? hints[error.code] : undefined) ?? 'other'

/** What failed, what to do about it, and the id that finds it in the log. */
export const ErrorState = ({ error, title, onRetry }: { readonly error: unknown; readonly title?: string; readonly onRetry?: () => unknown }) => {
  const { t } = useTranslation()
  return (
    <Alert variant="outline" color="red" icon={<IconAlertTriangle aria-hidden="true" />} title={<Text span c="bright" fw={650}>{title ?? t('error.title')}</Text>} role="alert">
      <Stack gap="xs">
        {error instanceof Error && <Text size="sm">{error.message}</Text>}
        {error instanceof ApiError && error.errors.map((row) => <Text size="sm" key={`${row.pointer} ${row.detail}`}><span className="hf-code">{row.pointer}</span> {row.detail}</Text>)}
        <Text size="sm">{t(`error.${hintOf(error)}`)}</Text>
        {error instanceof ApiError && error.requestId !== undefined && <Text size="sm" c="dimmed">{t('error.requestId')}: <span className="hf-code">{error.requestId}</span></Text>}
        {onRetry !== undefined && <Group><Button size="xs" variant="default" onClick={() => void onRetry()}>{t('common.retry')}</Button></Group>}
      </Stack>
    </Alert>
  )
}
