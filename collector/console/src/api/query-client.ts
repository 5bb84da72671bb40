import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { isApiError } from './problem.ts'

/** Retries only what may pass by itself; an ended session anywhere sends the whole console back to the sign-in. */
export const createQueryClient = (): QueryClient => {
  const onError = (error: unknown): void => {
    if (isApiError(error, 'SESSION_REQUIRED')) void client.invalidateQueries({ queryKey: ['me'], exact: true })
  }
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => { if (query.queryKey[0] !== 'me') onError(error) } }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: (failures, error) => failures < 2 && (isApiError(error, 'UNREACHABLE') || isApiError(error, 'STORE_BUSY')) },
    },
  })
  return client
}
