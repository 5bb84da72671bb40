import { PasswordInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ownAccountQuery } from '../../api/access.ts'
import { useTranslation } from '../../i18n/translation.ts'

/** The present password, where the session alone is no proof any more. */
export const ProofInput = ({ value, onChange }: { readonly value: string; readonly onChange: (password: string) => void }) => {
  const { t } = useTranslation()
  const { data } = useQuery(ownAccountQuery())
  if (data?.needsPassword !== true || !data.hasPassword) return null
  return <PasswordInput label={t('account.present')} description={t('account.presentHint')} value={value} onChange={(event) => onChange(event.currentTarget.value)} autoComplete="current-password" maw={420} />
}
