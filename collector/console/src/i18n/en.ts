import { access } from './en/access.ts'
import { alerts } from './en/alerts.ts'
import { common } from './en/common.ts'
import { content } from './en/content.ts'
import { devices } from './en/devices.ts'
import { policies } from './en/policies.ts'
import { session } from './en/session.ts'
import { settings } from './en/settings.ts'
import { users } from './en/users.ts'

export const en = { ...common, ...access, ...content, ...session, ...alerts, ...devices, ...users, ...policies, ...settings } as const
