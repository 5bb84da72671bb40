// Who may do what: one table. Routes name a permission of it, the console reads it through /me, and a test goes
// through every route with every role.
//
// Duties are separated: an administrator runs the system and does not read alerts; an analyst sees pseudonyms; an
// investigator may reveal a name, with a reason; an auditor sees the audit log and nothing else.

export const permissions = {
  'overview.read': 'See the overview.',
  'alert.read': 'See alerts.',
  'alert.triage': 'Confirm, dismiss, resolve and assign alerts.',
  'case.contribute': 'Work on the cases that one was added to.',
  'case.manage': 'See and work on every case, open cases, and choose who contributes.',
  'case.export': 'Make bundles of cases and take them away.',
  'hold.read': 'See legal holds.',
  'hold.manage': 'Place and release legal holds.',
  'notice.manage': 'Write notice templates.',
  'alert.export': 'Take alerts and activities away as files, under pseudonyms.',
  'activity.read': 'See activities.',
  'user.read': 'See users under their pseudonyms.',
  'user.report': 'See what any user did over a range of days, policy or not.',
  'user.score': 'Start and end scoring of a user by hand.',
  'user.reveal': 'See the name behind a pseudonym, with a reason.',
  'evidence.read': 'See files of alerts and cases, and the copies that were kept of them.',
  'device.read': 'See devices.',
  'device.manage': 'Tag, move, merge, retire and revoke devices, put them into maintenance, and write the rules on groups.',
  'enrolment.manage': 'Make and revoke enrolment codes, and approve devices that wait.',
  'policy.read': 'See policies, indicators, templates and detection settings.',
  'policy.manage': 'Apply and delete policies.',
  'settings.manage': 'Change what device groups watch, and what detection leaves out.',
  'upgrade.manage': 'Take releases of the agent in, and roll versions out to devices.',
  'export.manage': 'Set up where alerts and cases are exported to, and keep it running.',
  'feed.read': 'Pull alerts as a feed, under pseudonyms unless the feed tells names.',
  'quarantine.manage': 'See and replay quarantined messages.',
  'connector.manage': 'Import what other systems know of people, and see the imports.',
  'account.manage': 'Make accounts and give roles, administrative units and ways to sign in.',
  'account.provision': 'Keep accounts and their groups up to date over SCIM.',
  'privacy.approve': 'Agree to somebody else’s request to see a name or to erase a person, or refuse it.',
  'privacy.manage': 'Erase a person.',
  'exception.decide': 'Grant, refuse and end exceptions for removable media.',
  'question.read': 'See live questions to devices and what they answered.',
  'question.ask': 'Ask devices live questions from the closed list, with a reason.',
  'question.approve': 'Agree to somebody else’s live question, or refuse it.',
  'audit.read': 'Read and verify the audit log.',
} as const

export type Permission = keyof typeof permissions

/** Of the whole organisation: an account that is limited to administrative units has none of these, whatever its roles are. */
export const organisationWide: ReadonlySet<Permission> = new Set(['account.manage', 'account.provision', 'policy.manage', 'upgrade.manage', 'export.manage', 'connector.manage', 'quarantine.manage'])

export const roles = {
  Admin: ['overview.read', 'device.read', 'device.manage', 'enrolment.manage', 'policy.read', 'policy.manage', 'settings.manage', 'upgrade.manage', 'export.manage', 'quarantine.manage', 'connector.manage', 'privacy.manage', 'exception.decide', 'question.read', 'question.ask', 'account.manage', 'account.provision'],
  Analyst: ['overview.read', 'alert.read', 'alert.triage', 'alert.export', 'feed.read', 'case.contribute', 'case.manage', 'hold.read', 'notice.manage', 'activity.read', 'user.read', 'user.score', 'policy.read', 'device.read'],
  Investigator: ['overview.read', 'alert.read', 'alert.triage', 'alert.export', 'feed.read', 'case.contribute', 'case.manage', 'case.export', 'hold.read', 'hold.manage', 'notice.manage', 'activity.read', 'user.read', 'user.report', 'user.score', 'user.reveal', 'policy.read', 'device.read', 'evidence.read', 'question.read', 'question.ask'],
  Auditor: ['audit.read'],
  Approver: ['privacy.approve', 'exception.decide', 'question.read', 'question.approve', 'overview.read', 'case.contribute', 'policy.read'],
  'Read-only': ['overview.read', 'case.contribute', 'alert.read', 'policy.read', 'device.read'],
} as const satisfies Record<string, readonly Permission[]>

export type Role = keyof typeof roles

export const ROLE_NAMES = Object.keys(roles) as readonly Role[]
export const isRole = (name: string): name is Role => Object.hasOwn(roles, name)

/** Every permission that at least one of the roles gives. */
export const permissionsOf = (names: readonly string[]): ReadonlySet<Permission> => new Set(names.filter(isRole).flatMap((name) => [...roles[name]]))
