import type { AlertDetail } from '@holdfast/collector/contract'
import { Button, Text } from '@mantine/core'
import { formatPoints } from '../../format/numbers.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { severityLooks } from '../../theme/severity.ts'
import classes from './score-parts.module.css'

type Part = AlertDetail['reasons'][number]

const partKey = (part: Part): string => `${part.code} ${part.indicator ?? ''} ${part.day ?? ''} ${part.reason}`

/** The points that add up to the score, a bar for each, and the way to the evidence behind each. */
export const ScoreParts = ({ alert, chosen, onEvidence }: { readonly alert: AlertDetail; readonly chosen: Part | undefined; readonly onEvidence: (part: Part | undefined) => void }) => {
  const { t } = useTranslation()
  const most = Math.max(1, ...alert.reasons.map(({ points }) => Math.abs(points)))
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs" className="hf-mono">{t('alert.sum', { score: alert.score, parts: alert.reasons.map(({ points }) => formatPoints(points)).join(' ') })}</Text>
      <ol className={classes['parts']}>
        {alert.reasons.map((part) => (
          <li key={partKey(part)} className={classes['part']}>
            <span className={classes['points']}>{formatPoints(part.points)}</span>
            <div>
              <div>{part.reason}</div>
              <div className={classes['track']} aria-hidden="true"><div className={classes['bar']} data-minus={part.points < 0 || undefined} style={{ width: `${(100 * Math.abs(part.points)) / most}%`, ...(part.points < 0 ? {} : { background: severityLooks[alert.severity].fill }) }} /></div>
            </div>
            {part.evidence.length > 0 && (
              <Button variant={part === chosen ? 'filled' : 'default'} size="compact-xs" aria-pressed={part === chosen} onClick={() => onEvidence(part === chosen ? undefined : part)}>{t('alert.evidence', { count: part.evidence.length })}</Button>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
