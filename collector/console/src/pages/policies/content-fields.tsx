import type { PolicyDocument } from '@holdfast/collector/contract'
import { Fieldset, SimpleGrid, Switch, Text } from '@mantine/core'
import { useTranslation } from '../../i18n/translation.ts'
import { Lines } from './lines.tsx'
import { CONTENT, setContent } from './policy-draft.ts'

/** What counts as priority content, and whether anything else scores. */
export const ContentFields = ({ document, disabled, onChange }: { readonly document: PolicyDocument; readonly disabled: boolean; readonly onChange: (document: PolicyDocument) => void }) => {
  const { t } = useTranslation()
  return (
    <Fieldset legend={t('policy.content.title')} disabled={disabled}>
      <Text size="sm" c="dimmed" mb="xs">{t('policy.content.hint')}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
        {CONTENT.map((kind) => <Lines key={kind} label={t(`policy.content.${kind}`)} lines={document.priorityContent?.[kind] ?? []} onLines={(lines) => onChange(setContent(document, kind, lines))} />)}
      </SimpleGrid>
      <Switch mt="sm" label={t('policy.content.only')} description={t('help.contentOnly')} checked={document.scoreOnlyPriorityContent ?? false} disabled={disabled || document.priorityContent === undefined} onChange={(event) => onChange({ ...document, scoreOnlyPriorityContent: event.currentTarget.checked })} />
    </Fieldset>
  )
}
