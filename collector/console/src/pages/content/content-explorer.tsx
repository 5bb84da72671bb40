import { Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { evidenceFilesQuery } from '../../api/evidence.ts'
import { useMay } from '../../app/permissions.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { useTranslation } from '../../i18n/translation.ts'
import classes from './content.module.css'
import { ContentFilters, type ContentChange } from './content-filters.tsx'
import { ContentPreview, NothingOpen } from './content-preview.tsx'
import { type ContentScope, hasFilters, parseContentSearch, toFileQuery } from './content-search.ts'
import { ContentTable } from './content-table.tsx'

/** Filters, files and preview of one case, alert or person. The address holds all of it. */
export const ContentExplorer = ({ scope }: { readonly scope: ContentScope }) => {
  const { t } = useTranslation()
  const allowed = useMay()('evidence.read')
  const navigate = useNavigate()
  const search = parseContentSearch(useSearch({ strict: false }))
  const files = useInfiniteQuery({ ...evidenceFilesQuery(toFileQuery(scope, search)), enabled: allowed })
  const change: ContentChange = (next) => void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, ...next }), replace: true } as never)
  if (!allowed) return <EmptyState title={t('content.title')} body={t('content.notAllowed')} />
  const items = files.data?.pages.flatMap((page) => page.items) ?? []
  const open = items.find((file) => file.activityId === search.file)
  return (
    <div className={classes['layout']}>
      <ContentFilters search={search} onChange={change} />
      <Stack gap="sm">
        {files.isError && <ErrorState error={files.error} onRetry={files.refetch} />}
        {files.isSuccess && items.length === 0 && !files.hasNextPage
          ? <EmptyState title={t(hasFilters(search) ? 'content.none.filtered' : 'content.none.title')} body={t(hasFilters(search) ? 'content.none.filteredBody' : 'content.none.body')} />
          : !files.isError && <div className="hf-panel"><ContentTable files={items} open={search.file} loading={files.isPending} onOpen={(file) => change({ file })} /></div>}
        {files.isSuccess && items.length > 0 && <MoreButton pages={files} shown={items.length} total={undefined} />}
      </Stack>
      <aside className={classes['preview'] ?? ''} aria-label={t('content.preview')}>{open === undefined ? <NothingOpen /> : <ContentPreview key={open.activityId} file={open} />}</aside>
    </div>
  )
}
