/** A Chromium that is logged in to Label Studio. */

import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { type LabelStudio, USER } from './label-studio.js'

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const PATIENCE_MS = 120_000

/** PRELABEL_CHROMIUM, or one of the usual places. */
export function findChromium(): string | undefined {
  return [process.env.PRELABEL_CHROMIUM ?? '', ...PROGRAMS].find((program) => program !== '' && existsSync(program))
}

export async function openBrowser(
  { url }: LabelStudio,
  executablePath: string,
): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.launch({ executablePath, args: ARGS })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(`${url}/user/login/`)
  await page.fill('input[name=email]', USER.email)
  await page.fill('input[name=password]', USER.password)
  await page.click('button[type=submit]')
  await page.waitForURL(({ pathname }) => !pathname.startsWith('/user/login'))
  return { browser, page }
}

/** Keeps what the page shows, when PRELABEL_SCREENSHOTS names a directory: for `docs/screenshots`. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.PRELABEL_SCREENSHOTS
  if (folder === undefined) return
  await mkdir(folder, { recursive: true })
  const picture = sharp(await page.screenshot({ animations: 'disabled' }))
  await picture.png({ palette: true, quality: 90, effort: 10 }).toFile(join(folder, `${name}.png`))
}
