// The queue's columns: which there are, which are shown, and that the choice of this browser is kept.
import { useLocalStorage } from '@mantine/hooks'

export const COLUMNS = ['severity', 'score', 'headline', 'user', 'policy', 'status', 'factors', 'due', 'assignee', 'case', 'trigger', 'dismissReason', 'created', 'updated'] as const
export type AlertColumn = (typeof COLUMNS)[number]
export const DEFAULT_COLUMNS: readonly AlertColumn[] = ['severity', 'score', 'headline', 'user', 'status', 'due', 'assignee', 'updated']

/** Known columns in the queue's own order, the headline always among them: it is what opens an alert. */
export const readColumns = (value: unknown): readonly AlertColumn[] => {
  const given: readonly unknown[] = Array.isArray(value) ? value : []
  const known = COLUMNS.filter((column) => column === 'headline' || given.includes(column))
  return known.length > 1 ? known : DEFAULT_COLUMNS
}

export const useColumns = (): readonly [readonly AlertColumn[], (columns: readonly AlertColumn[]) => void] => {
  const [stored, store] = useLocalStorage<readonly AlertColumn[]>({ key: 'holdfast-alert-columns', defaultValue: DEFAULT_COLUMNS, getInitialValueInEffect: false })
  return [readColumns(stored), (columns) => store(readColumns(columns))]
}
