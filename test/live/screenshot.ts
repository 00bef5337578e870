import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

/** Keeps what the page shows, when PRELABEL_SCREENSHOTS names a directory: for `docs/screenshots`. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.PRELABEL_SCREENSHOTS
  if (folder === undefined) return
  await page.waitForLoadState('networkidle')
  await mkdir(folder, { recursive: true })
  const picture = sharp(await page.screenshot({ animations: 'disabled' }))
  await picture.png({ palette: true, quality: 90, effort: 10 }).toFile(join(folder, `${name}.png`))
}
