import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { NoticeTable } from './notice-table.tsx'

/** What the user of a case was written. */
export const NoticesTab = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation()
  return <Panel title={t('case.tab.notices')}><NoticeTable caseId={caseId} /></Panel>
}
