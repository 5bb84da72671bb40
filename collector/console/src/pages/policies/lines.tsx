import { Textarea } from '@mantine/core'
import { useTranslation } from '../../i18n/translation.ts'
import { linesOf } from '../groups/settings-form.ts'

/** A list, one entry a line; it is taken over when the field is left. */
export const Lines = ({ label, lines, disabled = false, hint, onLines }: { readonly label: string; readonly lines: readonly string[]; readonly disabled?: boolean; readonly hint?: string; readonly onLines: (lines: readonly string[]) => void }) => {
  const { t } = useTranslation()
  return <Textarea label={label} description={hint ?? t('policy.listHint')} disabled={disabled} autosize minRows={2} maxRows={8} defaultValue={lines.join('\n')} onBlur={(event) => onLines(linesOf(event.currentTarget.value))} />
}
