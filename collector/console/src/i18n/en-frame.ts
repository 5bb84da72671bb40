// What everybody reads: the way in, the overview, and whatever analysts and investigators work with.
import { access } from './en/access.ts'
import { alerts } from './en/alerts.ts'
import { cases } from './en/cases.ts'
import { common } from './en/common.ts'
import { content } from './en/content.ts'
import { escalation } from './en/escalation.ts'
import { fleet } from './en/fleet.ts'
import { help } from './en/help.ts'
import { live } from './en/live.ts'
import { picture } from './en/picture.ts'
import { policies } from './en/policies.ts'
import { privacy } from './en/privacy.ts'
import { session } from './en/session.ts'
import { users } from './en/users.ts'

export const frame = { ...common, ...access, ...content, ...session, ...alerts, ...cases, ...fleet, ...help, ...live, ...escalation, ...users, ...picture, ...policies, ...privacy } as const
