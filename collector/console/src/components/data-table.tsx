// One look for every table: Mantine's, with a scroll area that the keyboard reaches.
import { ScrollArea, Skeleton, Table } from '@mantine/core'
import type { ReactNode } from 'react'

export interface Column {
  readonly key: string
  readonly title: ReactNode
  readonly numeric?: boolean
  readonly sort?: 'ascending' | 'descending' | 'none'
}

const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e', 'f']

export const DataTable = ({ label, columns, loading = false, children, minWidth = 640 }: { readonly label: string; readonly columns: readonly Column[]; readonly loading?: boolean; readonly children: ReactNode; readonly minWidth?: number }) => (
  <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': label }}>
    <Table miw={minWidth} verticalSpacing={7} highlightOnHover aria-label={label} aria-busy={loading}>
      <Table.Thead>
        <Table.Tr>{columns.map(({ key, title, numeric, sort }) => <Table.Th key={key} ta={numeric === true ? 'end' : 'start'} {...(sort === undefined ? {} : { 'aria-sort': sort })}>{title}</Table.Th>)}</Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {loading ? SKELETON_ROWS.map((row) => <Table.Tr key={row}>{columns.map(({ key }) => <Table.Td key={key}><Skeleton height={16} my={3} /></Table.Td>)}</Table.Tr>) : children}
      </Table.Tbody>
    </Table>
  </ScrollArea>
)
