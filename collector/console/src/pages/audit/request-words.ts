import type { PrivacyRequestView } from '@holdfast/collector/contract'
import type { Translate } from '../../i18n/catalogue.ts'

const REVEALS = ['case_work', 'legal_request', 'hr_request', 'safety', 'check_of_detection', 'other'] as const
const ERASURES = ['request_of_person', 'left_organisation', 'court_order', 'other'] as const

/** What a request is for, in words. */
export const requestReason = (t: Translate, request: PrivacyRequestView): string =>
  request.kind === 'reveal' ? t(`reveal.kinds.${REVEALS.find((kind) => kind === request.reasonKind) ?? 'other'}`) : t(`requests.erasureKinds.${ERASURES.find((kind) => kind === request.reasonKind) ?? 'other'}`)
