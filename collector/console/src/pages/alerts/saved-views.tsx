import type { SavedViewRequest, SavedViewView } from '@holdfast/collector/contract'
import { ActionIcon, Badge, Button, Checkbox, Group, Popover, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { IconBookmark, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { changeView, chooseView, deleteView, saveView } from '../../api/mutations.ts'
import { savedViewsQuery } from '../../api/queries.ts'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import { type AlertSearch, filterDocument } from './alert-search.ts'
import type { AlertColumn } from './columns.ts'

const RESOURCE = 'alerts'
const MOST_COUNTED = 1000

interface Current {
  readonly search: AlertSearch
  readonly columns: readonly AlertColumn[]
}

const SaveForm = ({ current, views, onDone }: { readonly current: Current; readonly views: readonly SavedViewView[]; readonly onDone: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [isShared, setShared] = useState(false)
  const [tried, setTried] = useState(false)
  const before = views.find((view) => view.isMine && view.name === name.trim())
  const save = useMutation({
    mutationFn: () => {
      const view: SavedViewRequest = { resource: RESOURCE, name: name.trim(), isShared, filter: filterDocument(current.search), columns: [...current.columns], sort: current.search.sort }
      return before === undefined ? saveView(view) : changeView(before.id, before.revision, view)
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['saved-views', RESOURCE] })
      onDone()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (name.trim() !== '') save.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">{t('views.intro')}</Text>
        {save.isError && <ErrorState error={save.error} />}
        <TextInput label={t('views.name')} withAsterisk maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} error={tried && name.trim() === '' && t('views.nameMissing')} data-autofocus />
        <Checkbox label={t('views.shared')} description={t('help.viewShared')} checked={isShared} onChange={(event) => setShared(event.currentTarget.checked)} />
        <Group justify="flex-end"><Button variant="default" onClick={onDone}>{t('common.cancel')}</Button><Button type="submit" loading={save.isPending}>{before === undefined ? t('common.save') : t('views.replace')}</Button></Group>
      </Stack>
    </form>
  )
}

const Row = ({ view, onUse }: { readonly view: SavedViewView; readonly onUse: () => void }) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: ['saved-views', RESOURCE] })
  const choose = useMutation({ mutationFn: () => chooseView(RESOURCE, view.isDefault ? null : view.id), onSuccess: refresh })
  const remove = useMutation({ mutationFn: () => deleteView(view.id, view.revision), onSuccess: refresh })
  const Star = view.isDefault ? IconStarFilled : IconStar
  return (
    <Group gap={4} wrap="nowrap" px={4}>
      <UnstyledButton className="hf-row-button" fz="sm" flex={1} py={4} onClick={onUse} data-view={view.name}>
        {view.name}{view.isShared && <Text span size="xs" c="dimmed"> · {view.isMine ? t('views.sharedByMe') : t('views.sharedBy', { name: view.owner })}</Text>}
      </UnstyledButton>
      {view.count !== undefined && <Badge variant="default" size="sm">{view.count >= MOST_COUNTED ? `${MOST_COUNTED}+` : view.count}</Badge>}
      <ActionIcon variant="subtle" c="bright" aria-label={t(view.isDefault ? 'views.notDefault' : 'views.makeDefault', { name: view.name })} aria-pressed={view.isDefault} onClick={() => choose.mutate()}><Star size={15} aria-hidden="true" /></ActionIcon>
      {view.isMine && <ActionIcon variant="subtle" c="bright" aria-label={t('views.delete', { name: view.name })} onClick={() => remove.mutate()}><IconTrash size={15} aria-hidden="true" /></ActionIcon>}
    </Group>
  )
}

/** Views kept on the server: one's own and the shared ones, each with how many alerts it holds now. */
export const SavedViews = ({ current, onUse }: { readonly current: Current; readonly onUse: (view: SavedViewView) => void }) => {
  const { t } = useTranslation()
  const [saving, setSaving] = useState(false)
  const [opened, setOpened] = useState(false)
  const { data } = useQuery(savedViewsQuery(RESOURCE))
  const views = data?.items ?? []
  return (
    <>
      <Popover position="bottom-end" width={340} opened={opened} onChange={setOpened} trapFocus>
        <Popover.Target><Button variant="default" size="sm" aria-expanded={opened} leftSection={<IconBookmark size={15} aria-hidden="true" />} onClick={() => setOpened(!opened)}>{t('views.title')}</Button></Popover.Target>
        <Popover.Dropdown aria-label={t('views.title')}>
          <Stack gap={4}>
            {views.length === 0 && <Text size="sm" c="dimmed">{t('views.none')}</Text>}
            {views.map((view) => <Row key={view.id} view={view} onUse={() => { setOpened(false); onUse(view) }} />)}
            <Button variant="default" size="compact-sm" mt={6} onClick={() => { setOpened(false); setSaving(true) }}>{t('views.save')}</Button>
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <Dialog opened={saving} onClose={() => setSaving(false)} title={t('views.saveTitle')}><SaveForm current={current} views={views} onDone={() => setSaving(false)} /></Dialog>
    </>
  )
}
