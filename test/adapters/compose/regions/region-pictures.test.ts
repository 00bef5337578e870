/** Things in pictures, asked about by what their cut-outs show. */

import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { Adapter, Fills, Item } from '../../../../src/adapters/adapter.js'
import { type AskRegionsOptions, askRegions } from '../../../../src/adapters/compose/index.js'
import { defineAdapter } from '../../../../src/adapters/define-adapter.js'
import type { ImageInput } from '../../../../src/media/inputs.js'
import type { Finding } from '../../../../src/results/findings.js'
import { quietBackend, recordingLogger } from '../../../backend/harness.js'
import { withModel } from '../../llm/ask-model.js'
import { makeItems } from '../../llm/make-items.js'
import { loaded } from '../../text/loaded.js'
import { predictContext } from '../../text/text-item.js'

const CONFIG = `<View><Image name="photo" value="$photo"/>
  <RectangleLabels name="box" toName="photo"><Label value="Thing"/></RectangleLabels>
  <Choices name="colour" toName="photo" perRegion="true"><Choice value="Red"/><Choice value="Blue"/></Choices></View>`

/** Red on the left, blue on the right, 100 × 60. */
const picture = () =>
  sharp({ create: { width: 100, height: 60, channels: 3, background: 'red' } }).composite([
    { input: { create: { width: 50, height: 60, channels: 3, background: 'blue' } }, left: 50, top: 0 },
  ])

const LEFT = { x: 5, y: 5, width: 30, height: 20 }
const RIGHT = { x: 80, y: 30, width: 20, height: 30 }
const box = (of: { x: number; y: number; width: number; height: number }, score = 0.5): Finding => ({
  kind: 'detection',
  label: 'thing',
  box: of,
  score,
})

/** Finds what it is told to. */
const finding = (...findings: Finding[]) =>
  defineAdapter<Fills, undefined>({
    name: 'finder',
    version: '1.0.0',
    fills: { RectangleLabels: ['Image'], VideoRectangle: ['Video'] },
    predict: (items) => items.map(() => findings),
  })

/** Names the colour that a picture has most of. */
function colours() {
  const seen: ImageInput[] = []
  const adapter = defineAdapter({
    name: 'colours',
    version: '1.0.0',
    fills: { Choices: ['Image'] },
    predict: (items: readonly Item<ImageInput>[]) =>
      Promise.all(
        items.map(async ({ input }) => {
          seen.push(input)
          const { channels } = await sharp(input.bytes).stats()
          const [red = { mean: 0 }, , blue = { mean: 0 }] = channels
          return [{ kind: 'classification' as const, classes: [{ label: red.mean > blue.mean ? 'red' : 'blue' }] }]
        }),
      ),
  })
  return { adapter, seen }
}

async function predict(bytes: Uint8Array, find: Adapter, ask: Adapter, rest: Partial<AskRegionsOptions> = {}) {
  const { logger, entries } = recordingLogger()
  const backend = quietBackend({ adapters: [askRegions({ find, ask, ...rest })], logger })
  const photo = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`
  const [answer] = await backend.predict([{ id: 1, data: { photo } }], { config: CONFIG })
  await backend.dispose()
  return { answer, result: answer?.prediction?.result, warnings: entries.filter(({ level }) => level === 'warn') }
}

const sizes = (seen: readonly ImageInput[]) => seen.map(({ width, height }) => `${width}×${height}`)

describe('a thing in a picture', () => {
  it('is asked about by its cut-out, with some of its surroundings', async () => {
    const { adapter, seen } = colours()
    const { result } = await predict(await picture().png().toBuffer(), finding(box(LEFT), box(RIGHT)), adapter)
    expect(result).toMatchObject([
      { type: 'rectanglelabels', value: { x: 5, rectanglelabels: ['Thing'] } },
      { type: 'choices', value: { x: 5, width: 30, choices: ['Red'] }, original_width: 100 },
      { type: 'rectanglelabels', value: { x: 80 } },
      { type: 'choices', value: { x: 80, choices: ['Blue'] } },
    ])
    // A tenth on each side, as far as the picture goes.
    expect(sizes(seen)).toEqual(['36×24', '22×33'])
    expect(seen.map(({ format, orientation }) => [format, orientation])).toEqual([
      ['png', 1],
      ['png', 1],
    ])
    expect(new Set(seen.map(({ hash }) => hash)).size).toBe(2)
  })

  it('is cut out of the picture as it is shown, turned by EXIF', async () => {
    // Stored lying on its side: shown, red is above and blue below.
    const turned = await picture().jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer()
    const { adapter, seen } = colours()
    const above = box({ x: 10, y: 10, width: 40, height: 20 })
    const below = box({ x: 10, y: 70, width: 40, height: 20 })
    const { result } = await predict(turned, finding(above, below), adapter, { padding: 0 })
    expect(result).toMatchObject([{}, { value: { choices: ['Red'] } }, {}, { value: { choices: ['Blue'] } }])
    expect(sizes(seen)).toEqual(['40×20', '40×20'])
    expect(seen[0]?.format).toBe('jpeg')
  })

  it('may be a turned box, a mask or a skeleton: what is cut out is the box around it', async () => {
    const { adapter, seen } = colours()
    const data = new Uint8Array(100 * 60)
    for (let y = 10; y < 20; y++) data.fill(1, y * 100 + 60, y * 100 + 90)
    const findings: Finding[] = [
      { kind: 'detection', label: 'thing', box: { x: 10, y: 10, width: 20, height: 10, rotation: 90 } },
      { kind: 'mask', label: 'thing', mask: { width: 100, height: 60, data } },
      {
        kind: 'pose',
        label: 'thing',
        points: [
          { x: 0.1, y: 0.1 },
          { x: 0.3, y: 0.5 },
        ],
        unit: 'fraction',
      },
    ]
    const { result } = await predict(await picture().png().toBuffer(), finding(...findings), adapter, { padding: 0 })
    expect(sizes(seen)).toEqual(['10×20', '30×10', '20×24'])
    const answers = result?.flatMap((one) => (one.type === 'choices' ? [one.value.choices] : []))
    expect(answers).toEqual([['Red'], ['Blue'], ['Red']])
  })

  it('that lies outside is not asked about, and costs the others nothing', async () => {
    const { adapter, seen } = colours()
    const outside = box({ x: 200, y: 5, width: 10, height: 10 }, 0.9)
    const { answer, result, warnings } = await predict(
      await picture().png().toBuffer(),
      finding(outside, box(LEFT)),
      adapter,
    )
    expect(seen).toHaveLength(1)
    expect(result).toHaveLength(2)
    expect(warnings[0]).toMatchObject({
      message: 'a region cannot be asked about',
      fields: { err: { code: 'outside-picture' } },
    })
    expect(answer?.issues).toMatchObject([{ code: 'outside-picture', path: 'findings[0]' }])
  })
})

it('a language model that sees is shown the cut-out', async () => {
  await withModel({ kind: 'answer', json: { colour: 'Blue' } }, { confidence: 'none' }, async ({ adapter, server }) => {
    const ask: Adapter = adapter
    const { result } = await predict(await picture().png().toBuffer(), finding(box(RIGHT)), ask)
    expect(result).toMatchObject([{}, { value: { choices: ['Blue'] } }])
    const [message] = server.requests[0]?.messages ?? []
    expect(message?.text).toContain('label of the region')
    const shown = Buffer.from(message?.images[0]?.split(',')[1] ?? '', 'base64')
    expect(await sharp(shown).metadata()).toMatchObject({ format: 'png', width: 22, height: 33 })
  })
})

it('is refused where nothing can be cut out', async () => {
  const { adapter } = colours()
  const ask = { ...adapter, fills: { Choices: ['Video', 'Image'] } }
  const backend = quietBackend({ adapters: [askRegions({ find: finding(), ask })] })
  const { controls } = await backend.report(
    `<View><Video name="film" value="$film"/><VideoRectangle name="box" toName="film"/><Labels name="l" toName="film"><Label value="A"/></Labels>
      <Choices name="colour" toName="film" perRegion="true"><Choice value="Red"/></Choices></View>`,
  )
  const refused = controls.find(({ control }) => control === 'colour')?.refused
  expect(refused).toEqual([
    { adapter: 'ask-regions', code: 'region-control', reason: 'no regions can be cut out of <Video>' },
  ])
})

describe('what is drawn', () => {
  const drawn = (id: string, { x, y, width, height }: typeof LEFT) => ({
    id,
    type: 'rectanglelabels',
    from_name: 'box',
    to_name: 'photo',
    original_width: 100,
    original_height: 60,
    value: { x, y: (y / 60) * 100, width, height: (height / 60) * 100, rotation: 0, rectanglelabels: ['Thing'] },
  })

  async function draw(ask: Adapter, rest: Partial<AskRegionsOptions>, results: readonly Record<string, unknown>[]) {
    const find = finding(box(RIGHT))
    const backend = quietBackend({ adapters: [askRegions({ find, ask, drawn: true, padding: 0, ...rest })] })
    const bytes = await picture().png().toBuffer()
    const photo = `data:image/png;base64,${bytes.toString('base64')}`
    const task = { id: 1, data: { photo } }
    const [answer] = await backend.predict([task], { config: CONFIG, context: { results } })
    const [whole] = await backend.predict([task], { config: CONFIG })
    await backend.dispose()
    return { answer: answer?.prediction?.result, whole: whole?.prediction?.result }
  }

  it('is asked about where `drawn` says so, and tasks are searched as ever', async () => {
    const { adapter, seen } = colours()
    const { answer, whole } = await draw(adapter, {}, [drawn('new', LEFT)])
    expect(answer).toMatchObject([
      { from_name: 'box', value: { x: 5, width: 30, rectanglelabels: ['Thing'] } },
      { from_name: 'colour', value: { x: 5, width: 30, choices: ['Red'] } },
    ])
    expect(whole).toMatchObject([{ value: { x: 80 } }, { value: { choices: ['Blue'] } }])
    expect(sizes(seen)).toEqual(['30×20', '20×30'])
  })

  it('is left alone once it has answers, which people may have corrected', async () => {
    const { adapter, seen } = colours()
    const { value, ...rest } = drawn('old', RIGHT)
    const corrected = { ...rest, type: 'choices', from_name: 'colour', value: { ...value, choices: ['Red'] } }
    const { answer } = await draw(adapter, {}, [drawn('old', RIGHT), corrected, drawn('new', LEFT)])
    expect(answer).toMatchObject([{ value: { x: 5 } }, { value: { choices: ['Red'] } }])
    expect(sizes(seen)[0]).toBe('30×20')
  })

  it('is answered by the finder where that answers drawings, and then asked about', async () => {
    const { adapter } = colours()
    const find = { ...finding(box(LEFT)), prompts: ['rectangle' as const] }
    const { answer } = await draw(adapter, { find, drawn: false }, [drawn('new', RIGHT)])
    expect(answer).toMatchObject([{ value: { x: 5 } }, { value: { choices: ['Red'] } }])
    expect(() => askRegions({ find, ask: adapter, drawn: true })).toThrow(
      expect.objectContaining({ code: 'invalid-options', path: 'askRegions.drawn' }),
    )
  })

  it('is prepared for by the finder, when a task is opened', async () => {
    const { adapter } = colours()
    const prepared: string[][] = []
    const find: Adapter<undefined, Fills> = {
      ...finding(),
      prompts: ['rectangle'],
      prepare: (items) => void prepared.push(...items.map(({ controls }) => controls.map(({ name }) => name))),
    }
    const both = askRegions({ find, ask: adapter })
    const [item] = makeItems(CONFIG, [{ photo: 'a.png' }])
    if (item === undefined) throw new Error('no item')
    await both.prepare?.([item], { ...predictContext(await loaded(both)), opened: true })
    expect(prepared).toEqual([['box']])
  })
})
