import { useTranslation } from 'react-i18next'
import { useZone } from '../app/preferences.tsx'
import { formatInstant } from '../format/time.ts'

/** A time in the reader's zone; hovering shows UTC with seconds. */
export const Instant = ({ at, seconds = false }: { readonly at: string | undefined; readonly seconds?: boolean }) => {
  const { t } = useTranslation()
  const zone = useZone()
  if (at === undefined) return <>{t('common.never')}</>
  return <time dateTime={at} title={at} style={{ whiteSpace: 'nowrap' }}>{formatInstant(at, zone, seconds)}</time>
}
