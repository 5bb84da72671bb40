// The page of a device that had a fire drill, looked at in a real browser in both colour schemes.
import { axeViolations, newContext, SCHEMES, settled, signInBrowser, startBrowser, useScheme } from './browser.ts'
import type { Installation } from './collector.ts'
import { picture } from './screens.ts'

export interface DrillPage {
  /** Text of the table of the drill, by cell. */
  readonly rows: readonly (readonly string[])[]
  /** Text of the list of devices. */
  readonly list: string
  /** What axe finds wrong, in both schemes. */
  readonly violations: readonly string[]
}

export async function lookAtDrill(installation: Installation, deviceId: string, prefix: string): Promise<DrillPage> {
  const browser = await startBrowser()
  try {
    const context = await newContext(browser)
    await signInBrowser(context, installation)
    const page = await context.newPage()
    const violations: string[] = []
    await page.goto(`${installation.url}/devices`)
    await settled(page)
    // The rows come by themselves a little later than the frame.
    await page.locator('main').getByText('passed').first().waitFor()
    const list = await page.locator('main').innerText()
    await picture(page, `${prefix}-list`)
    await page.goto(`${installation.url}/devices/${deviceId}`)
    for (const scheme of SCHEMES) {
      await useScheme(page, scheme)
      await settled(page)
      await picture(page, `${prefix}-${scheme}`)
      violations.push(...await axeViolations(page))
    }
    const rows = await page.getByRole('table', { name: 'Last fire drill' }).getByRole('row').evaluateAll((found) => found.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText)))
    return { rows: rows.filter((row) => row.length > 0), list, violations }
  } finally {
    await browser.close()
  }
}
