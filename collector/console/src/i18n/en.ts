import { access } from './en/access.ts'
import { alerts } from './en/alerts.ts'
import { audit } from './en/audit.ts'
import { cases } from './en/cases.ts'
import { common } from './en/common.ts'
import { content } from './en/content.ts'
import { devices } from './en/devices.ts'
import { policies } from './en/policies.ts'
import { privacy } from './en/privacy.ts'
import { session } from './en/session.ts'
import { settings } from './en/settings.ts'
import { users } from './en/users.ts'

export const en = { ...common, ...access, ...content, ...session, ...alerts, ...cases, ...devices, ...users, ...policies, ...settings, ...audit, ...privacy } as const
