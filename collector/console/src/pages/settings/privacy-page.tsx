import '../../i18n/administration-texts.ts'
import { Anchor, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMay } from '../../app/permissions.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { AuditTargetsPanel } from './audit-targets-panel.tsx'
import { ErasurePanel } from './privacy-erasure-panel.tsx'
import { RetentionPanel } from './privacy-retention-panel.tsx'
import { RevealsPanel } from './privacy-reveals-panel.tsx'

/** Who sees names, how long things are kept, erasing a person, and where proofs of the audit log go. */
export const PrivacyPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <>
      <Anchor component={Link} to="/settings" size="sm">← {t('privacy.back')}</Anchor>
      <PageHeader title={t('privacy.title')} intro={t('privacy.intro')} />
      <Stack><RevealsPanel />{may('settings.manage') && <RetentionPanel />}{may('privacy.manage') && <ErasurePanel />}{may('settings.manage') && <AuditTargetsPanel />}</Stack>
    </>
  )
}
