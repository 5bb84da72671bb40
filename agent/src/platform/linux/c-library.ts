// The C library of the system, for the few calls that Node has no word for. Loaded when the first of them is needed.
import { createRequire } from 'node:module'
import type Koffi from 'koffi'

type Library = ReturnType<typeof Koffi.load>

let loaded: { readonly koffi: typeof Koffi; readonly library: Library } | undefined

/** @throws Error where there is none that can be loaded */
export function cLibrary(): { readonly koffi: typeof Koffi; readonly library: Library } {
  if (loaded !== undefined) return loaded
  const koffi = createRequire(import.meta.url)('koffi') as typeof Koffi
  try {
    loaded = { koffi, library: koffi.load('libc.so.6') }
  } catch {
    // musl has one object for everything.
    loaded = { koffi, library: koffi.load(`/lib/ld-musl-${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.so.1`) }
  }
  return loaded
}
