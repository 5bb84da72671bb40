// Which alerts are chosen: single ones, or all that match the filter. Pure: the state goes in and comes out.
export type Selection = { readonly kind: 'some'; readonly ids: ReadonlySet<string> } | { readonly kind: 'matching'; readonly count: number }

export const nothing: Selection = { kind: 'some', ids: new Set() }

export const isChosen = (selection: Selection, id: string): boolean => selection.kind === 'matching' || selection.ids.has(id)
export const countOf = (selection: Selection): number => (selection.kind === 'matching' ? selection.count : selection.ids.size)

/** Chooses one or lets it go. From all that match, everything shown but this one is left. */
export const toggle = (selection: Selection, id: string, shown: readonly string[]): Selection => {
  const ids = new Set(selection.kind === 'matching' ? shown : selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { kind: 'some', ids }
}

/** All that are shown, or none when they all were chosen already. */
export const togglePage = (selection: Selection, shown: readonly string[]): Selection => (shown.length > 0 && shown.every((id) => isChosen(selection, id)) ? nothing : { kind: 'some', ids: new Set(shown) })
