// Text and properties of PDF, by pdf.js without fonts, images, scripts or a network.
import { type Budget, ExtractionEnd } from './budget.ts'

/** Loaded when the first PDF comes: it is 2 MB of code. */
export async function extractPdf(bytes: Buffer, budget: Budget): Promise<void> {
  const { getDocumentProxy } = await import('unpdf')
  // A copy, because pdf.js takes the memory over.
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { disableFontFace: true, useSystemFonts: false, stopAtErrors: false, maxImageSize: 1, verbosity: 0 }).catch((error: unknown) => {
    throw new ExtractionEnd(error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'failed')
  })
  try {
    const { info } = await pdf.getMetadata().catch(() => ({ info: {} }))
    const custom = (info as { Custom?: Record<string, unknown> }).Custom ?? {}
    for (const [name, value] of Object.entries(custom)) if (typeof value === 'string') budget.property(name, value)
    const pages = Math.min(pdf.numPages, budget.limits.pages)
    if (pages < pdf.numPages) budget.mark('partial')
    for (let number = 1; number <= pages; number += 1) {
      budget.checkTime()
      try {
        const page = await pdf.getPage(number)
        const { items } = await page.getTextContent()
        budget.text(`${items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')}\n`)
        page.cleanup()
      } catch (error) {
        if (error instanceof ExtractionEnd) throw error
        budget.mark('failed')
      }
    }
  } finally {
    await pdf.cleanup()
  }
}
