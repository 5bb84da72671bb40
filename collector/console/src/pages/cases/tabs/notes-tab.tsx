import { Badge, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { caseNotesQuery, writeNote } from '../../../api/cases.ts'
import { EmptyState } from '../../../components/empty-state.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { Instant } from '../../../components/instant.tsx'
import { Markdown } from '../../../components/markdown.tsx'
import { MoreButton } from '../../../components/more-button.tsx'
import { Panel } from '../../../components/panel.tsx'
import { SearchField } from '../../../components/search-field.tsx'
import { formatAgo } from '../../../format/time.ts'
import { useTranslation } from '../../../i18n/translation.ts'
import { useCaseChange } from '../use-case-change.tsx'

const KINDS = ['opened', 'resolution', 'reopened', 'notice', 'escalation'] as const

/** What was written down; it stays. */
export const NotesTab = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation()
  const { change, pending } = useCaseChange(caseId)
  const [search, setSearch] = useState('')
  const [text, setText] = useState('')
  const [nowMs] = useState(Date.now)
  const notes = useInfiniteQuery(caseNotesQuery(caseId, search === '' ? undefined : search))
  const rows = notes.data?.pages.flatMap(({ items }) => items) ?? []
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (text.trim() !== '') change(() => writeNote(caseId, text), t('case.saved'), () => setText(''))
  }
  return (
    <Stack>
      <form onSubmit={submit} className="hf-panel hf-no-print">
        <Stack gap="xs">
          <Textarea label={t('case.notes.write')} description={t('case.notes.hint')} autosize minRows={3} maxLength={20_000} value={text} onChange={(event) => setText(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event) }} />
          <Group><Button type="submit" loading={pending} disabled={text.trim() === ''}>{t('case.notes.submit')}</Button></Group>
        </Stack>
      </form>
      <Panel title={t('case.tab.notes')} actions={<SearchField label={t('case.notes.search')} initial="" onSearch={setSearch} />}>
        {notes.isError && <ErrorState error={notes.error} onRetry={notes.refetch} />}
        {notes.isSuccess && rows.length === 0 && (search === '' ? <EmptyState title={t('case.notes.none')} body={t('case.notes.noneBody')} /> : <Text size="sm" c="dimmed" role="status">{t('case.notes.noneFound')}</Text>)}
        <Stack component="ol" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
          {rows.map((note) => {
            const kind = KINDS.find((one) => one === note.kind)
            return (
              <li key={note.id}>
                <Group gap="xs" mb={2}><Text size="sm" fw={600}>{note.author.name}</Text><Text size="sm" c="dimmed"><Instant at={note.at} /> · {formatAgo(note.at, nowMs)}</Text>{kind !== undefined && <Badge variant="default" size="sm" tt="none">{t(`case.notes.kinds.${kind}`)}</Badge>}</Group>
                <Markdown text={note.text} />
              </li>
            )
          })}
        </Stack>
        {rows.length > 0 && <MoreButton pages={notes} shown={rows.length} total={undefined} />}
      </Panel>
    </Stack>
  )
}
