// What looks for trouble, and says how to mend it. Each check stands alone and never throws: an installation in trouble has
// more than one. `fail` is what loses or hides something, or will; `warn` is what does so later or in part.

export interface Check {
  /** kebab-case, stable. */
  readonly name: string
  readonly verdict: 'ok' | 'warn' | 'fail'
  /** Numbers, ids of our own and words of ours; never a name of a person. */
  readonly detail: string
  /** What to do; empty when ok. */
  readonly fix: string
}

export const ok = (name: string, detail: string): Check => ({ name, verdict: 'ok', detail, fix: '' })
export const warn = (name: string, detail: string, fix: string): Check => ({ name, verdict: 'warn', detail, fix })
export const fail = (name: string, detail: string, fix: string): Check => ({ name, verdict: 'fail', detail, fix })

/** A check that fails by itself is a finding and no crash. */
export async function checked(name: string, look: () => Promise<readonly Check[]>): Promise<readonly Check[]> {
  try {
    return await look()
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string }
    return [fail(name, `could not be looked at: ${code === undefined || message.startsWith(code) ? message : `${code}: ${message}`}`, 'See the text on the left; the checks above may say why.')]
  }
}

export function ageText(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  return minutes < 120 ? `${minutes} min` : minutes < 2880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`
}
export const mib = (bytes: number): string => (bytes >= 10 * 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(0)} GiB` : `${(bytes / 2 ** 20).toFixed(0)} MiB`)
