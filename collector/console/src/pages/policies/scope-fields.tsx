import type { PolicyDocument } from '@holdfast/collector/contract'
import { Fieldset, Radio, SimpleGrid, Stack } from '@mantine/core'
import { useTranslation } from '../../i18n/translation.ts'
import { Lines } from './lines.tsx'
import { EXCLUSIONS, setExclusion, setScope } from './policy-draft.ts'

/** Whose activity counts, and who is never in scope. */
export const ScopeFields = ({ document, disabled, onChange }: { readonly document: PolicyDocument; readonly disabled: boolean; readonly onChange: (document: PolicyDocument) => void }) => {
  const { t } = useTranslation()
  const chosen = document.scope?.users
  const scope = { users: Array.isArray(chosen) ? chosen : document.scope?.groups !== undefined || document.scope?.priorityGroups !== undefined ? [] : ('all' as const), groups: document.scope?.groups ?? [], priorityGroups: document.scope?.priorityGroups ?? [] }
  const everyone = scope.users === 'all' || chosen === 'all'
  return (
    <Fieldset legend={t('policy.scope')} disabled={disabled}>
      <Radio.Group label={t('policy.who')} value={everyone ? 'all' : 'chosen'} onChange={(value) => onChange(setScope(document, { ...scope, users: value === 'all' ? 'all' : [] }))}>
        <Stack gap={6} mt={6}><Radio value="all" label={t('policy.everyone')} /><Radio value="chosen" label={t('policy.chosen')} /></Stack>
      </Radio.Group>
      {!everyone && (
        <SimpleGrid cols={{ base: 1, md: 3 }} mt="sm">
          <Lines label={t('policy.users')} lines={scope.users === 'all' ? [] : scope.users} onLines={(users) => onChange(setScope(document, { ...scope, users }))} />
          <Lines label={t('policy.groups')} lines={scope.groups} onLines={(groups) => onChange(setScope(document, { ...scope, groups }))} />
          <Lines label={t('policy.priorityGroups')} lines={scope.priorityGroups} onLines={(priorityGroups) => onChange(setScope(document, { ...scope, priorityGroups }))} />
        </SimpleGrid>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} mt="sm">
        {EXCLUSIONS.map((kind) => <Lines key={kind} label={t(`policy.exclude.${kind}`)} lines={document.scope?.exclude?.[kind] ?? []} onLines={(lines) => onChange(setExclusion(document, kind, lines))} />)}
      </SimpleGrid>
    </Fieldset>
  )
}
