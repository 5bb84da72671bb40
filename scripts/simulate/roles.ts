// What people of a role do on an ordinary working day: means a day, as data.
//
// The numbers are chosen, not measured: they shall be lively enough that a fixed threshold alone is wrong about somebody
// in every role (laboratories carry data by stick daily, developers delete by the hundred, sales prints).

/** Means a working day of one person; each person multiplies them by an own factor, each day by another. */
export interface Habits {
  readonly change: number
  readonly create: number
  readonly remove: number
  readonly rename: number
  readonly download: number
  readonly print: number
  readonly share: number
  readonly cloud: number
  /** Share of the role's people that use a stick at all. */
  readonly stickUsers: number
  /** Share of their working days on which they do. */
  readonly stickDays: number
  /** Files on such a day. */
  readonly stickFiles: number
  readonly archiveDays: number
  readonly installDays: number
  /** Share of days with a hardening or start-up setting changed. */
  readonly settingDays: number
  /** Share of days on which protection is switched off for a while, and on again. */
  readonly protectionDays: number
  /** Transfer tools: git, scp, curl of a developer. */
  readonly transfer: number
  /** Share of days with a session from home in the evening. */
  readonly eveningDays: number
  /** Patient records opened. */
  readonly records: number
  /** Share of files that hold sensitive content. */
  readonly sensitive: number
  /** Largest file as a power of ten of bytes. */
  readonly sizePower: number
}

const office: Habits = {
  change: 7, create: 2.5, remove: 2, rename: 0.8, download: 2.5, print: 1.5, share: 2.5, cloud: 1, stickUsers: 0.12, stickDays: 0.03, stickFiles: 3, archiveDays: 0.03, installDays: 0.003, settingDays: 0.001, protectionDays: 0.0001,
  transfer: 0, eveningDays: 0.04, records: 0, sensitive: 0.03, sizePower: 6,
}

export const roles = {
  office,
  finance: { ...office, print: 4, sensitive: 0.2, share: 4 },
  sales: { ...office, stickUsers: 0.6, stickDays: 0.12, stickFiles: 6, print: 3, cloud: 3, eveningDays: 0.12 },
  developer: { ...office, change: 9, create: 4, remove: 8, rename: 1.5, download: 3, print: 0.2, share: 0.5, cloud: 0.3, stickUsers: 0.15, stickDays: 0.04, archiveDays: 0.12, installDays: 0.06, settingDays: 0.01, protectionDays: 0.001, transfer: 0.8, eveningDays: 0.15, sensitive: 0.005 },
  admin: { ...office, remove: 4, download: 5, share: 4, stickUsers: 0.5, stickDays: 0.1, stickFiles: 4, archiveDays: 0.08, installDays: 0.25, settingDays: 0.12, protectionDays: 0.01, transfer: 1, eveningDays: 0.2, sensitive: 0.02 },
  laboratory: { ...office, stickUsers: 0.9, stickDays: 0.7, stickFiles: 8, share: 4, sizePower: 7.5, sensitive: 0.01 },
  design: { ...office, stickUsers: 0.4, stickDays: 0.1, stickFiles: 12, cloud: 3, share: 6, sizePower: 8, sensitive: 0.005 },
  clinic: { ...office, change: 3, create: 1, download: 1, print: 3, share: 1, cloud: 0.1, stickUsers: 0.03, records: 14, sensitive: 0.3 },
  lead: { ...office, stickUsers: 0.3, stickDays: 0.05, print: 2, cloud: 2, eveningDays: 0.15, sensitive: 0.1 },
} as const satisfies Record<string, Habits>
export type Role = keyof typeof roles

export interface Department {
  readonly name: string
  readonly role: Role
  readonly titles: readonly string[]
  /** Share of the people, by profile of the organisation. */
  readonly share: { readonly office: number; readonly developer: number; readonly mixed: number }
}

export const departments: readonly Department[] = [
  { name: 'Engineering', role: 'developer', titles: ['Developer', 'Developer', 'Senior developer', 'Tester'], share: { office: 0.05, developer: 0.6, mixed: 0.25 } },
  { name: 'Sales', role: 'sales', titles: ['Account manager', 'Account manager', 'Sales engineer'], share: { office: 0.28, developer: 0.1, mixed: 0.17 } },
  { name: 'Finance', role: 'finance', titles: ['Accountant', 'Controller', 'Payroll clerk'], share: { office: 0.2, developer: 0.05, mixed: 0.12 } },
  { name: 'Operations', role: 'office', titles: ['Clerk', 'Coordinator', 'Buyer', 'Planner'], share: { office: 0.32, developer: 0.07, mixed: 0.13 } },
  { name: 'Marketing', role: 'design', titles: ['Designer', 'Campaign manager', 'Photographer'], share: { office: 0.08, developer: 0.05, mixed: 0.08 } },
  { name: 'Research', role: 'laboratory', titles: ['Laboratory assistant', 'Scientist'], share: { office: 0, developer: 0.05, mixed: 0.08 } },
  { name: 'IT', role: 'admin', titles: ['System administrator', 'Help desk agent'], share: { office: 0.07, developer: 0.08, mixed: 0.07 } },
  { name: 'Clinic', role: 'clinic', titles: ['Nurse', 'Nurse', 'Physician', 'Registrar'], share: { office: 0, developer: 0, mixed: 0.1 } },
]

export type Profile = keyof Department['share']
