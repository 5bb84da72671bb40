import type { ProblemView } from '@holdfast/collector/contract'
import { Alert, Stack, Text } from '@mantine/core'
import { Facts } from '../../components/facts.tsx'
import { useTranslation } from '../../i18n/translation.ts'

/** Why a record did not arrive, and what to do about it. */
export const ProblemAlert = ({ problem }: { readonly problem: ProblemView }) => {
  const { t } = useTranslation()
  const { certificate } = problem
  return (
    <Alert variant="outline" color="red" role="alert">
      <Stack gap={6}>
        <Text size="sm" fw={650} c="bright">{t('exports.problem.title')}</Text>
        <Text size="sm" className="hf-code" style={{ overflowWrap: 'anywhere' }}>{problem.detail}</Text>
        <Text size="sm" c="bright">{t(`exports.advice.${problem.kind}`)}</Text>
        {certificate !== undefined && <><Text size="sm" fw={600}>{t('exports.problem.certificate')}</Text><Facts rows={[[t('exports.problem.subject'), certificate.subject], [t('exports.problem.issuer'), certificate.issuer], [t('exports.problem.names'), certificate.names], [t('exports.problem.validity'), `${certificate.validFrom} – ${certificate.validTo}`], [t('exports.problem.fingerprint'), certificate.fingerprint]]} /></>}
      </Stack>
    </Alert>
  )
}
