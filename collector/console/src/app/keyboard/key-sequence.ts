// Single keys and two-key sequences (`g a`). Pure: the state goes in and comes out.

/** How long the first key of a sequence waits for the second. */
export const SEQUENCE_WAIT_MS = 1200

export interface PendingKey {
  readonly key: string
  readonly atMs: number
}

export interface KeyOutcome {
  /** The binding that the key completes. */
  readonly match: string | undefined
  readonly pending: PendingKey | undefined
}

/** @param bindings  names like `j`, `?`, `Enter` or `g a` */
export const nextKey = (pending: PendingKey | undefined, key: string, atMs: number, bindings: ReadonlySet<string>): KeyOutcome => {
  if (pending !== undefined && atMs - pending.atMs <= SEQUENCE_WAIT_MS) {
    const sequence = `${pending.key} ${key}`
    if (bindings.has(sequence)) return { match: sequence, pending: undefined }
  }
  if (bindings.has(key)) return { match: key, pending: undefined }
  const begins = [...bindings].some((name) => name.startsWith(`${key} `))
  return { match: undefined, pending: begins ? { key, atMs } : undefined }
}

/** Whether the key belongs to a field, a list or a dialog's text rather than to the page. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest('input:not([type="checkbox"]), textarea, select, [role="textbox"], [role="combobox"], [role="listbox"], [role="menu"]') !== null)
