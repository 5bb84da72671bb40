import { useZone } from '../app/preferences.tsx'
import { formatInstant, zoneOffset } from '../format/time.ts'
import { useTranslation } from '../i18n/translation.ts'

/** A time in the reader's zone; hovering shows it with its zone, and UTC. */
export const Instant = ({ at, seconds = false }: { readonly at: string | undefined; readonly seconds?: boolean }) => {
  const { t } = useTranslation()
  const zone = useZone()
  if (at === undefined) return <>{t('common.never')}</>
  const both = zone === 'UTC' || Number.isNaN(Date.parse(at)) ? '' : `${formatInstant(at, zone, true)} ${zone} (${zoneOffset(zone, new Date(at))})\n`
  return <time dateTime={at} title={`${both}${formatInstant(at, 'UTC', true)} UTC`} style={{ whiteSpace: 'nowrap' }}>{formatInstant(at, zone, seconds)}</time>
}
