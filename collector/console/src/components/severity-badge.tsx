import { Badge } from '@mantine/core'
import { useTranslation } from '../i18n/translation.ts'
import { severityLooks, type Severity } from '../theme/severity.ts'

/** Mark, word and colour say the same thing. */
export const SeverityBadge = ({ severity }: { readonly severity: Severity }) => {
  const { t } = useTranslation()
  const { mark, fill } = severityLooks[severity]
  return (
    <Badge variant="filled" color={fill} leftSection={<span aria-hidden="true">{mark}</span>} tt="none" size="md" miw="max-content">
      {t(`severity.${severity}`)}
    </Badge>
  )
}
