import type { Translated } from './catalogue.ts'
import { access } from './de/access.ts'
import { alerts } from './de/alerts.ts'
import { audit } from './de/audit.ts'
import { cases } from './de/cases.ts'
import { common } from './de/common.ts'
import { content } from './de/content.ts'
import { devices } from './de/devices.ts'
import { escalation } from './de/escalation.ts'
import { exports } from './de/exports.ts'
import { help } from './de/help.ts'
import { honesty } from './de/honesty.ts'
import { picture } from './de/picture.ts'
import { policies } from './de/policies.ts'
import { privacy } from './de/privacy.ts'
import { session } from './de/session.ts'
import { settings } from './de/settings.ts'
import { users } from './de/users.ts'
import type { en } from './en.ts'

/** German, with the keys of English: no more, no fewer. */
export const de: Translated<typeof en> = { ...common, ...access, ...content, ...session, ...alerts, ...cases, ...devices, ...help, ...honesty, ...escalation, ...exports, ...users, ...picture, ...policies, ...settings, ...audit, ...privacy }

export { words } from './de/words.ts'
