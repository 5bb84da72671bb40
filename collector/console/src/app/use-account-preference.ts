import type { Me, Preferences } from '@holdfast/collector/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { savePreferences } from '../api/access.ts'
import { meQuery } from '../api/queries.ts'

/** Changes what the account prefers, here at once and then on the server; a refusal is taken back with the next answer about the account. */
export const useAccountPreference = (): ((change: (now: Preferences) => Preferences) => void) => {
  const client = useQueryClient()
  const save = useMutation({ mutationFn: savePreferences, onSettled: () => client.invalidateQueries({ queryKey: ['account'] }), onError: () => client.invalidateQueries({ queryKey: ['me'] }) })
  return (change) => {
    const me = client.getQueryData<Me>(meQuery().queryKey)
    if (me === undefined) return
    const preferences = change(me.preferences ?? {})
    client.setQueryData<Me>(meQuery().queryKey, { ...me, preferences })
    save.mutate(preferences)
  }
}
