import { Alert, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { caseHoldsQuery, holdsQuery } from '../../api/escalation.ts'
import { useMay } from '../../app/permissions.ts'
import { formatDay } from '../../format/time.ts'
import { useTranslation } from '../../i18n/translation.ts'
import type { HoldView } from '@holdfast/collector/contract'

const Banner = ({ holds }: { readonly holds: readonly HoldView[] | undefined }) => {
  const { t } = useTranslation()
  const standing = holds?.filter((hold) => hold.releasedAt === undefined) ?? []
  if (standing.length === 0) return null
  return (
    <Alert variant="outline" color="orange" mb="md" role="status" title={<Text span c="bright" fw={650}>{t('escalation.hold.banner')}</Text>}>
      {standing.map((hold) => <Text key={hold.id} size="sm">{t('escalation.hold.bannerBody', { by: hold.by.name, day: formatDay(hold.at.slice(0, 10)), reason: hold.reason })}</Text>)}
    </Alert>
  )
}

/** Says on the page of a case that nothing of its person is deleted. */
export const CaseHoldBanner = ({ caseId }: { readonly caseId: string }) => <Banner holds={useQuery(caseHoldsQuery(caseId)).data?.items} />

/** The same on the page of a user, for who may see holds. */
export const UserHoldBanner = ({ userId }: { readonly userId: string }) => {
  const may = useMay()
  const { data } = useQuery({ ...holdsQuery({ userId }), enabled: may('hold.read') })
  return <Banner holds={data?.items} />
}
