/** Against a browser: the picture at each frame is the one that Label Studio's editor would show there. */

import { existsSync, readFileSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { probeVideo, readFrames } from '../../../src/inference/video/index.js'
import { hasFfmpeg, videoFolder } from '../../inference/video/make-video.js'

const executablePath = process.env.PRELABEL_CHROMIUM ?? '/usr/bin/chromium'
const hasBrowser = existsSync(executablePath)
if (!hasBrowser) console.info(`skipped: there is no Chromium at ${executablePath}`)

const { make } = videoFolder()
/** Brightness from picture to picture; video codecs change it a little. */
const STEP = 5
const greys = (rate: string, count: number) => [
  ...[
    '-f',
    'lavfi',
    '-i',
    `color=c=black:s=64x48:r=${rate},format=gray,geq=lum='16+mod(N*${STEP},220)',format=yuv420p`,
  ],
  ...['-frames:v', String(count)],
]

/** Runs in the browser: the brightness of the picture at each frame, and what the editor counts. */
const inBrowser = `async ({ url, rate, frames }) => {
  const video = document.createElement('video')
  video.src = url
  video.muted = true
  await new Promise((resolve, reject) => { video.onloadeddata = resolve; video.onerror = () => reject(video.error?.message) })
  const length = Math.round(video.duration * rate)
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  const context = canvas.getContext('2d')
  const shown = []
  for (const frame of frames) {
    // As the editor seeks: to a grid of 2 ms, and 2 ms on.
    const time = Math.round((frame - 1) / rate / 0.002) * 0.002 + 0.002
    await new Promise((resolve) => { video.onseeked = resolve; video.currentTime = time })
    // Sought is not yet painted: on a busy machine the frame before is still there.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    context.drawImage(video, 0, 0)
    shown.push(context.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data[0])
  }
  return { length, width: video.videoWidth, height: video.videoHeight, shown }
}`

interface Shown {
  readonly length: number
  readonly width: number
  readonly height: number
  readonly shown: readonly number[]
}

describe.skipIf(!hasBrowser || !hasFfmpeg)('frames in a browser', () => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    page = await browser.newPage()
  })
  afterAll(() => browser.close())

  const vp8 = ['-c:v', 'libvpx', '-b:v', '2M', '-qmin', '0', '-qmax', '10']
  it.each([
    ['24 at 24', 'a.webm', [...greys('24', 40), ...vp8], 24],
    ['29.97 at 24', 'b.webm', [...greys('30000/1001', 44), ...vp8], 24],
    ['29.97 at 29.97', 'c.webm', [...greys('30000/1001', 44), ...vp8], 29.97],
    ['12.5 at 24', 'd.webm', [...greys('25/2', 20), ...vp8], 24],
    ['25 at 24, MP4', 'e.mp4', [...greys('25', 40), '-c:v', 'libx264', '-qp', '2', '-bf', '2'], 24],
    [
      'variable',
      'f.webm',
      [...greys('24', 20), '-vf', "select='not(between(mod(n,10),3,7))'", '-fps_mode', 'vfr', ...vp8],
      24,
    ],
    ['turned', 'g.mp4', [...greys('24', 10), '-c:v', 'libx264', '-metadata:s:v', 'rotate=90'], 24],
    // What is wrong stays wrong: a further try is for a picture that the browser painted late.
  ] as const)('%s', { retry: 2 }, async (_, name, args, rate) => {
    const path = make(name, args)
    const facts = await probeVideo(path)
    const framesCount = Math.round((facts.duration ?? 0) * rate)
    const ours: number[] = []
    for await (const { pixels } of readFrames(path, facts, { frameRate: rate, last: framesCount }))
      ours.push(pixels.data[((pixels.height / 2) * pixels.width + pixels.width / 2) * 3] ?? 0)
    const type = name.endsWith('mp4') ? 'video/mp4' : 'video/webm'
    const url = `data:${type};base64,${readFileSync(path).toString('base64')}`
    const frames = ours.map((_, i) => i + 1)
    const theirs: Shown = await page.evaluate(`(${inBrowser})(${JSON.stringify({ url, rate, frames })})`)
    expect(theirs).toMatchObject({ length: framesCount, width: facts.width, height: facts.height })
    expect(framesCount - ours.length).toBeLessThanOrEqual(1)
    const apart = theirs.shown.map((grey, i) => Math.abs(grey - (ours[i] ?? 0)))
    expect(Math.max(...apart)).toBeLessThan(STEP / 2)
  })
})
