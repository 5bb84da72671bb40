import type { CaseDetail } from '@holdfast/collector/contract'
import { Stack } from '@mantine/core'
import { useIsFetching } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { NoticesTab } from '../notices/notices-tab.tsx'
import { AlertsTab } from './tabs/alerts-tab.tsx'
import { ContributorsTab } from './tabs/contributors-tab.tsx'
import { HistoryTab } from './tabs/history-tab.tsx'
import { NotesTab } from './tabs/notes-tab.tsx'
import { OverviewTab } from './tabs/overview-tab.tsx'

/** The record of a case on paper: its parts one below the other; the browser is asked to print once all of them are there. */
export const CasePrint = ({ found }: { readonly found: CaseDetail }) => {
  const isLoading = useIsFetching() > 0
  const asked = useRef(false)
  useEffect(() => {
    if (isLoading || asked.current) return undefined
    // A part may begin to load in the moment after the one before it came.
    const timer = setTimeout(() => {
      asked.current = true
      globalThis.print()
    }, 300)
    return () => clearTimeout(timer)
  }, [isLoading])
  return (
    <Stack>
      <OverviewTab found={found} />
      <AlertsTab found={found} />
      <NotesTab caseId={found.id} />
      <NoticesTab caseId={found.id} />
      <ContributorsTab found={found} />
      <HistoryTab caseId={found.id} />
    </Stack>
  )
}
