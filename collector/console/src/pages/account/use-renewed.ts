import { useQueryClient } from '@tanstack/react-query'

/** After a change of how one signs in the session has another token, so that who is signed in must be read again. */
export const useRenewed = (): (() => Promise<void>) => {
  const client = useQueryClient()
  return async () => {
    await client.refetchQueries({ queryKey: ['me'] })
    await client.invalidateQueries({ queryKey: ['account'] })
  }
}
