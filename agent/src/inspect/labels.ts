// Sensitivity labels as Microsoft 365 writes them into documents, and which of two is the higher one.
//
//   MSIP_Label_<guid>_Enabled = true      docProps/custom.xml of OOXML, the Info dictionary of PDF, meta.xml of OpenDocument
//   MSIP_Label_<guid>_Name    = Secret
//   <label id="{guid}" enabled="1">       docMetadata/LabelInfo.xml of newer OOXML, without a name
//
// Source: Microsoft Purview, sensitivity label metadata.

export interface Label {
  readonly id: string
  /** Empty where the document does not say it. */
  readonly name: string
}

const PROPERTY = /^MSIP_Label_([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})_(Enabled|Name)$/

/** The label in force among properties of a document. */
export function labelOf(properties: ReadonlyMap<string, string>): Label | undefined {
  const labels = new Map<string, { enabled: boolean; name: string }>()
  for (const [property, value] of properties) {
    const found = PROPERTY.exec(property)
    if (found === null) continue
    const id = (found[1] ?? '').toLowerCase()
    const label = labels.get(id) ?? { enabled: false, name: '' }
    labels.set(id, found[2] === 'Name' ? { ...label, name: value.slice(0, 200) } : { ...label, enabled: value.toLowerCase() === 'true' })
  }
  // A parent label is kept beside its child, which comes last.
  const enabled = [...labels].filter(([, { enabled: on }]) => on).at(-1)
  return enabled === undefined ? undefined : { id: enabled[0], name: enabled[1].name }
}

/** Names of the labels that a tenant has by default, from the least to the most sensitive. */
const DEFAULT_ORDER: readonly (readonly string[])[] = [['personal', 'non-business'], ['public'], ['general', 'internal'], ['confidential'], ['highly confidential', 'strictly confidential', 'secret', 'restricted'], ['top secret']]

/** Rank of a label; undefined when nobody can say. `order` is the policy's, from the least to the most sensitive. */
export function rankOf(label: Label | undefined, order: readonly Label[]): number | undefined {
  if (label === undefined) return -1
  if (order.length > 0) {
    const at = order.findIndex(({ id, name }) => id.toLowerCase() === label.id || (label.name !== '' && name.toLowerCase() === label.name.toLowerCase()))
    return at < 0 ? undefined : at
  }
  // `Confidential \\ All Employees` is a child of the first.
  const name = label.name.toLowerCase().split(/\\|\/| - /)[0]?.trim() ?? ''
  const at = DEFAULT_ORDER.findIndex((names) => names.includes(name))
  return at < 0 ? undefined : at
}

export type LabelChange = 'removed' | 'lowered' | undefined

/** What became of a label between two versions of a document; unknown ranks are never called lower. */
export function labelChange(before: Label | undefined, after: Label | undefined, order: readonly Label[]): LabelChange {
  if (before === undefined || before.id === after?.id) return undefined
  if (after === undefined) return 'removed'
  const [from, to] = [rankOf(before, order), rankOf(after, order)]
  return from !== undefined && to !== undefined && to < from ? 'lowered' : undefined
}
