import { useEffect, useRef } from 'react'
import { useKeysEnabled } from '../preferences.tsx'
import { isTyping, nextKey, type PendingKey } from './key-sequence.ts'

export type KeyBindings = Readonly<Record<string, () => void>>

/** Binds keys while the component is on the screen; never while somebody types, with a modifier held, or when the reader switched keys off. */
export const useKeys = (bindings: KeyBindings): void => {
  const current = useRef(bindings)
  const enabled = useKeysEnabled()
  useEffect(() => {
    current.current = bindings
  })
  useEffect(() => {
    if (!enabled) return undefined
    let pending: PendingKey | undefined
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const outcome = nextKey(pending, event.key, event.timeStamp, new Set(Object.keys(current.current)))
      pending = outcome.pending
      if (outcome.match === undefined) return
      event.preventDefault()
      current.current[outcome.match]?.()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [enabled])
}
