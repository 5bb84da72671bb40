import { Navigate, Outlet, useRouterState } from '@tanstack/react-router'
import { NotAllowedPage } from './fallback-pages.tsx'
import { homeOf, mayOpen } from './page-permission.ts'
import { useMay } from './permissions.ts'

/** The page of the address, where the account may open it. Whoever has no overview begins at the first page of the menu. */
export const PageGate = () => {
  const may = useMay()
  // Of the page that is shown, not of the address: while the next page loads, the outlet still holds the one before.
  const path = useRouterState({ select: ({ matches }) => (matches.length > 1 ? matches.at(-1)?.pathname : undefined) })
  if (path === undefined || mayOpen(path, may)) return <Outlet />
  return path === '/' ? <Navigate to={homeOf(may)} replace /> : <NotAllowedPage home={homeOf(may)} />
}
