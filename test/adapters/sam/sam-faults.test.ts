import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type SamOptions, sam } from '../../../src/adapters/sam/index.js'
import { type Backend, createBackend } from '../../../src/backend/index.js'
import { type LogEntry, recordingLogger } from '../../backend/harness.js'
import { ask, click, dataUri, recordedPicture, resultsOf, TINY } from './ask-sam.js'

const { file: FILE, size: SIZE } = recordedPicture('s05')
const INSIDE = [100, 95] as const

const CONFIG = `
<View>
  <Image name="photo" value="$image"/>
  <BrushLabels name="out" toName="photo"><Label value="Shape"/><Label value="Else"/></BrushLabels>
  <KeyPointLabels name="point" toName="photo" smart="true"><Label value="Shape"/><Label value="Car"/></KeyPointLabels>
</View>`

function open(options: Partial<SamOptions> = {}): { backend: Backend; entries: LogEntry[] } {
  const { logger, entries } = recordingLogger()
  return { backend: createBackend({ adapters: [sam({ model: TINY, threads: 1, ...options })], logger }), entries }
}

let image: string
let backend: Backend
let entries: LogEntry[]
beforeAll(async () => {
  image = await dataUri(FILE)
  ;({ backend, entries } = open())
})
afterAll(() => backend.dispose())

const asked = (result: readonly unknown[], more: Record<string, unknown> = {}) =>
  ask(backend, { config: CONFIG, image, context: { result }, ...more })

describe('bad input', () => {
  it.each([
    [
      'a click outside the picture',
      { value: { x: 150, y: 50, width: 0.3, keypointlabels: ['Shape'] } },
      'prompt-outside',
    ],
    ["another picture's size", { original_width: 640, original_height: 360 }, 'prompt-size-mismatch'],
    ['a click that is none', { value: { x: 'left', keypointlabels: ['Shape'] } }, 'prompt-unreadable'],
  ])('%s brings nothing, and the log says why', async (_, values, code) => {
    const from = entries.length
    const answer = await asked([click(INSIDE, SIZE, values)])
    expect(resultsOf(answer)).toEqual([])
    expect(answer.errors).toEqual([])
    expect(JSON.stringify(entries.slice(from))).toContain(code)
  })

  it.each([{ result: null }, { result: [] }, {}])('nothing drawn, told as %j, brings nothing', async (context) => {
    expect(await ask(backend, { config: CONFIG, image, context })).toEqual({ results: [{ result: [] }], errors: [] })
  })

  it('a click told in the size of a smaller copy of the picture is where it was meant', async () => {
    const half = { width: 100, height: 95 }
    const [x, y] = INSIDE
    const [shown] = resultsOf(await asked([click(INSIDE, SIZE)]))
    const [small] = resultsOf(await asked([click([x / 2, y / 2], half)]))
    expect(small?.value.rle).toEqual(shown?.value.rle)
    expect([small?.original_width, small?.original_height]).toEqual([200, 190])
  })

  it('a negative click alone brings nothing', async () => {
    expect(resultsOf(await asked([click(INSIDE, SIZE, { is_positive: false })]))).toEqual([])
  })

  it('a label that the control does not have is an error that says so', async () => {
    const value = { x: 50, y: 50, width: 0.3, labels: ['Car'], keypointlabels: ['Car'] }
    const answer = await asked([click(INSIDE, SIZE, { value })])
    expect(resultsOf(answer)).toEqual([])
    expect(answer.errors).toMatchObject([{ code: 'sam-label-unknown' }])
    expect(answer.errors[0]?.message).toContain('"Car"')
  })

  it('a picture that is gone is an error that says so', async () => {
    const answer = await asked([click(INSIDE, SIZE)], { image: 'gone.png' })
    expect(resultsOf(answer)).toEqual([])
    expect(answer.errors).toMatchObject([{ code: expect.stringMatching(/^media-/) }])
  })

  it('what is no picture is an error that says so', async () => {
    const answer = await asked([click(INSIDE, SIZE)], { image: 'data:image/png;base64,aGVsbG8=' })
    expect(answer.errors).toHaveLength(1)
  })

  it('a request that is given up harms nobody', async () => {
    const { backend: fresh } = open()
    const leaving = new AbortController()
    const left = ask(fresh, {
      config: CONFIG,
      image,
      context: { result: [click(INSIDE, SIZE)] },
      signal: leaving.signal,
    })
    const stays = ask(fresh, { config: CONFIG, image, context: { result: [click(INSIDE, SIZE)] }, id: 2 })
    leaving.abort()
    await left
    expect(resultsOf(await stays)).toHaveLength(1)
    await fresh.dispose()
  })

  it('of a hundred clicks in a second the last is answered', async () => {
    const { backend: fresh } = open()
    const clicks = Array.from({ length: 100 }, (_, index) => click([50 + index, 95], SIZE))
    const answers = await Promise.all(
      clicks.map((_, index) => ask(fresh, { config: CONFIG, image, context: { result: clicks.slice(0, index + 1) } })),
    )
    expect(answers.flatMap(({ errors }) => errors)).toEqual([])
    expect(answers.flatMap(resultsOf).length).toBeLessThan(10)
    const last = answers.at(-1)
    expect(last === undefined ? [] : resultsOf(last)).toHaveLength(1)
    await fresh.dispose()
  })

  it.each([
    ['a misspelled option', { modell: 'x' }, 'invalid-options'],
    ['boxes from what is no adapter', { boxes: {} }, 'invalid-options'],
    [
      'masks of boxes and of everything',
      { boxes: sam({ model: TINY }), automatic: { label: 'Shape' } },
      'invalid-options',
    ],
  ])('%s is refused', (_, options: object, code) => {
    expect(() => sam({ model: TINY, ...options })).toThrow(expect.objectContaining({ code }))
  })
})

describe('pages', () => {
  it('the click is answered on the page that it was on', async () => {
    const config = CONFIG.replace('value="$image"', 'valueList="$image"')
    const pages = [await dataUri(recordedPicture('s07').file), image]
    const request = {
      tasks: [{ id: 1, data: { image: pages } }],
      project: '1.1',
      label_config: config,
      params: { context: { result: [click(INSIDE, SIZE, { item_index: 1 })] } },
    }
    const answer = await backend.fetch(
      new Request('http://backend/predict', { method: 'POST', body: JSON.stringify(request) }),
    )
    expect(await answer.json()).toMatchObject({
      results: [{ result: [{ item_index: 1, original_width: 200, original_height: 190 }] }],
    })
  })
})

describe('a task that is opened', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prelabel-sam-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('has its picture encoded before the first click, and stores no prediction', async () => {
    const { backend: fresh } = open({ cache: { folder } })
    const answer = await ask(fresh, { config: CONFIG, image })
    expect(answer.results).toEqual([[]])
    await expect.poll(() => readdir(folder)).toHaveLength(1)
    await fresh.dispose()

    const [name = ''] = await readdir(folder)
    const before = await readFile(join(folder, name))
    const { backend: next } = open({ cache: { folder } })
    const context = { result: [click(INSIDE, SIZE)] }
    const [kept] = resultsOf(await ask(next, { config: CONFIG, image, context }))
    const [made] = resultsOf(await asked([click(INSIDE, SIZE)]))
    expect(kept?.value.rle).toEqual(made?.value.rle)
    await next.dispose()
    expect(await readFile(join(folder, name))).toEqual(before)
  })
})
