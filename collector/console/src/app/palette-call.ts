// Calling the palette before its code is there: the first call loads it, and it opens as soon as it has come.
import { useEffect, useSyncExternalStore } from 'react'

let calls = 0
const listeners = new Set<() => void>()
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const openPalette = (): void => {
  calls += 1
  for (const tell of listeners) tell()
}

/** Whether anybody has called yet. */
export const usePaletteCalled = (): boolean => useSyncExternalStore(subscribe, () => calls > 0)

/** Runs at every call, and at once for the one that loaded the palette. */
export const usePaletteCall = (open: () => void): void => {
  const call = useSyncExternalStore(subscribe, () => calls)
  useEffect(() => {
    if (call > 0) open()
  }, [call, open])
}
