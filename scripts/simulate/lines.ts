// The simulated organisation as the files that `holdfast replay` takes; their forms are in docs/reference/replay.md.
import { templates } from '@holdfast/collector/domain/policies/templates.ts'
import { type Organisation, type SimulatedActivity } from './organisation.ts'
import { isoDay } from './calendar.ts'

/** One line of activities.jsonl. */
export function activityLine({ device, seq, atMs, message }: SimulatedActivity): string {
  const { detail, actor, sensor } = message
  const at = new Date(atMs).toISOString()
  return JSON.stringify({ device, seq, occurredAt: at, observedAt: at, sensor, actor, [detail as string]: message[detail as 'fileCopied'] })
}

const csvField = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
export const csvRow = (...fields: readonly string[]): string => `${fields.map(csvField).join(',')}\n`

export function peopleCsv({ people }: Organisation): string {
  return csvRow('user', 'account', 'name', 'email', 'department', 'title', 'country', 'manager', 'groups')
    + people.map((person) => csvRow(person.account, person.account, `${person.name} ${person.account}`, person.email, person.department.name, person.title, person.country.code, person.manager ?? '', person.groups.join(';'))).join('')
}

export const hrCsv = ({ hr }: Organisation): string => csvRow('user', 'kind', 'date', 'note') + hr.map((event) => csvRow(event.account, event.kind, isoDay(event.atMs), event.note)).join('')

/** One policy of each template, with its defaults. */
export function policiesYaml(): string {
  return templates.map((template) => [`name: ${template.name}`, `template: ${template.id}`, ...(template.id.includes('priority') ? ['scope:', '  groups: [key-people]'] : []), ''].join('\n')).join('---\n')
}

/** What is noted of the insiders while their days are walked. */
export interface Labels {
  note(account: string, activity: SimulatedActivity): void
  firstBadMs(account: string): number | undefined
  csv(): string
}

export function createLabels({ insiders }: Organisation): Labels {
  const ids = new Map<string, string[]>()
  const first = new Map<string, number>()
  return {
    note(account, activity) {
      if (!activity.bad) return
      const own = ids.get(account) ?? []
      ids.set(account, own)
      own.push(`${activity.device}.${activity.seq}`)
      first.set(account, Math.min(first.get(account) ?? activity.atMs, activity.atMs))
    },
    firstBadMs: (account) => first.get(account),
    csv() {
      const rows = [...insiders.values()].toSorted((a, b) => (a.person.account < b.person.account ? -1 : 1)).map(({ person, kind }) => {
        const at = first.get(person.account)
        return csvRow(person.account, kind, at === undefined ? '' : new Date(at).toISOString(), (ids.get(person.account) ?? []).join(';'))
      })
      return csvRow('user', 'kind', 'first_bad_at', 'activities') + rows.join('')
    },
  }
}

/** Benign people to whom something happens that looks less benign; for reading false positives. */
export const fatesCsv = ({ people, options }: Organisation): string =>
  csvRow('user', 'fate', 'day') + people.filter((person) => person.fate !== undefined).map((person) => csvRow(person.account, person.fate ?? '', isoDay(options.startMs + person.fateDay * 86_400_000))).join('')
