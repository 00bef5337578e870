/** A Chromium that is logged in to Label Studio. */

import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
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
/** For what hangs: a first click waits for a model that loads, on a machine that others use. */
const PATIENCE_MS = 120_000

/** PRELABEL_CHROMIUM, or one of the usual places. */
const program = [process.env.PRELABEL_CHROMIUM ?? '', ...PROGRAMS].find((path) => path !== '' && existsSync(path))

/** A group of tests that needs a browser; without one it is skipped and says so. */
export function describeInBrowser(title: string, tests: () => void): void {
  if (program === undefined) {
    process.stderr.write(`SKIPPED: ${title}: there is no Chromium; PRELABEL_CHROMIUM can name one\n`)
  }
  describe.skipIf(program === undefined)(title, tests)
}

/** @returns the browser's page, from within hooks and tests */
export function useBrowser(labelStudio: () => LabelStudio): () => Page {
  let browser: Browser | undefined
  let page: Page | undefined
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: program ?? '', args: ARGS })
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.setDefaultTimeout(PATIENCE_MS)
    await logIn(page, labelStudio())
  })
  afterAll(() => browser?.close())
  return () => {
    if (page === undefined) throw new Error('the browser is not open yet')
    return page
  }
}

async function logIn(page: Page, { url }: LabelStudio): Promise<void> {
  await page.goto(`${url}/user/login/`)
  await page.fill('input[name=email]', USER.email)
  await page.fill('input[name=password]', USER.password)
  await page.click('button[type=submit]')
  await page.waitForURL(({ pathname }) => !pathname.startsWith('/user/login'))
}
