import { encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import type { Adapter, InteractiveContext, Item } from '../../../src/adapters/adapter.js'
import { defineAdapter } from '../../../src/adapters/define-adapter.js'
import { rules } from '../../../src/adapters/rules/index.js'
import { type Backend, formatReport } from '../../../src/backend/index.js'
import type { Input } from '../../../src/media/inputs.js'
import type { Finding } from '../../../src/results/findings.js'
import { encodeBrush } from '../../../src/results/index.js'
import type { Prompt, PromptKind } from '../../../src/results/read/prompt.js'
import { post, quietBackend, recordingLogger } from '../harness.js'

/** A grey picture of that size. */
function picture(width: number, height: number): string {
  const png = encode({ width, height, channels: 1, data: new Uint8Array(width * height) })
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`
}

const SMART = `
<View>
  <Image name="photo" value="$image"/>
  <BrushLabels name="mask" toName="photo"><Label value="Car"/><Label value="Bus"/></BrushLabels>
  <PolygonLabels name="outline" toName="photo"><Label value="Tree"/></PolygonLabels>
  <KeyPointLabels name="point" toName="photo" smart="true"><Label value="Car"/><Label value="Tree"/></KeyPointLabels>
  <RectangleLabels name="box" toName="photo" smart="true"><Label value="Car"/></RectangleLabels>
</View>`

type Options = Partial<Pick<Adapter, 'name' | 'answers' | 'prompts' | 'prepare' | 'preparesAhead' | 'concurrency'>> & {
  readonly find?: (item: Item, signal: AbortSignal) => Promise<readonly Finding[]> | readonly Finding[]
}

/** Fills everything on pictures; what it is asked stands in `asked`. */
function pictureAdapter({ find = () => [], ...rest }: Options = {}) {
  const asked: Item<Input>[] = []
  const adapter = defineAdapter({
    name: 'snap',
    version: '1.0.0',
    fills: { BrushLabels: ['Image'], PolygonLabels: ['Image'], RectangleLabels: ['Image'] },
    ...rest,
    predict: (items, { signal }) => {
      asked.push(...items)
      return Promise.all(items.map((item) => find(item, signal)))
    },
  })
  return { adapter, asked }
}

const POINTS: readonly PromptKind[] = ['keypoint', 'rectangle']

function point(values: Record<string, unknown> = {}, value: Record<string, unknown> = {}) {
  return {
    id: 'k1',
    type: 'keypointlabels',
    from_name: 'point',
    to_name: 'photo',
    origin: 'manual',
    is_positive: true,
    original_width: 200,
    original_height: 100,
    image_rotation: 0,
    ...values,
    value: { x: 50, y: 40, width: 0.3, labels: ['Car'], keypointlabels: ['Car'], ...value },
  }
}

interface Ask {
  readonly config?: string
  readonly data?: Record<string, unknown>
  readonly context?: unknown
  readonly id?: number
}

async function ask(backend: Backend, { config = SMART, data = { image: picture(200, 100) }, context, id = 1 }: Ask) {
  const { status, body } = await post(backend, '/predict', {
    tasks: [{ id, data }],
    project: '1.1795299628',
    label_config: config,
    params: { login: null, password: null, context: context ?? null },
  })
  expect(status).toBe(200)
  return body
}

function drawnIn(asked: readonly Item[]): readonly (InteractiveContext | undefined)[] {
  return asked.map(({ context }) => context)
}

describe('the typed context', () => {
  it('gives shapes in pixels, with what was meant by them', async () => {
    const { adapter, asked } = pictureAdapter({ prompts: ['keypoint', 'rectangle', 'ellipse', 'polygon', 'brush'] })
    const size = { to_name: 'photo', original_width: 200, original_height: 100 }
    const stroke = { width: 200, height: 100, data: new Uint8Array(20_000).fill(1, 0, 500) }
    const context = {
      result: [
        point(),
        point({ id: 'k2', is_positive: false }, { x: 0, y: 100 }),
        {
          ...size,
          id: 'r',
          from_name: 'box',
          type: 'rectanglelabels',
          value: { x: 10, y: 10, width: 50, height: 20, rotation: 30, rectanglelabels: ['Car'] },
        },
        {
          ...size,
          id: 'p',
          from_name: 'outline',
          type: 'polygonlabels',
          value: {
            points: [
              [0, 0],
              [50, 0],
              [50, 50],
            ],
            closed: true,
            polygonlabels: ['Tree'],
          },
        },
        {
          ...size,
          id: 'b',
          from_name: 'mask',
          type: 'brushlabels',
          value: { format: 'rle', rle: encodeBrush(stroke), brushlabels: ['Bus'] },
        },
      ],
    }
    await ask(quietBackend({ adapters: [adapter] }), { context })
    const [seen] = drawnIn(asked)
    expect(seen?.results).toEqual(context.result)
    const prompts: readonly Prompt[] = seen?.prompts ?? []
    expect(prompts.map(({ id, control, object, labels, positive }) => [id, control, object, labels, positive])).toEqual(
      [
        ['k1', 'point', 'photo', ['Car'], true],
        ['k2', 'point', 'photo', ['Car'], false],
        ['r', 'box', 'photo', ['Car'], true],
        ['p', 'outline', 'photo', ['Tree'], true],
        ['b', 'mask', 'photo', ['Bus'], true],
      ],
    )
    expect(prompts.slice(0, 4).map(({ shape }) => shape)).toMatchObject([
      { kind: 'keypoint', x: 100, y: 40, unit: 'pixel' },
      { kind: 'keypoint', x: 0, y: 100, unit: 'pixel' },
      { kind: 'rectangle', x: 20, y: 10, width: 100, height: 20, rotation: 30, unit: 'pixel' },
      {
        kind: 'polygon',
        points: [
          [0, 0],
          [100, 0],
          [100, 50],
        ],
      },
    ])
    const brush = prompts[4]?.shape
    if (brush?.kind !== 'brush') throw new Error('no brush')
    expect([brush.mask.width, brush.mask.height, brush.mask.data.filter((value) => value > 0).length]).toEqual([
      200, 100, 500,
    ])
  })

  it('brings what was drawn on the same picture in another size to the size of the picture', async () => {
    const { adapter, asked } = pictureAdapter({ prompts: ['keypoint', 'brush'] })
    const stroke = { width: 100, height: 50, data: new Uint8Array(5000) }
    for (let y = 10; y < 20; y++) stroke.data.fill(1, y * 100 + 30, y * 100 + 40)
    const half = { original_width: 100, original_height: 50 }
    const brush = {
      ...half,
      id: 'b',
      from_name: 'mask',
      to_name: 'photo',
      type: 'brushlabels',
      value: { format: 'rle', rle: encodeBrush(stroke), brushlabels: ['Bus'] },
    }
    await ask(quietBackend({ adapters: [adapter] }), { context: { result: [point(half), brush] } })
    const [click, mask] = drawnIn(asked)[0]?.prompts ?? []
    expect(click?.shape).toMatchObject({ x: 100, y: 40 })
    if (mask?.shape.kind !== 'brush') throw new Error('no brush')
    const { data } = mask.shape.mask
    expect(data.filter((value) => value > 0)).toHaveLength(400)
    expect([data[20 * 200 + 60], data[39 * 200 + 79], data[40 * 200 + 60]]).toEqual([255, 255, 0])
  })

  it.each([
    [
      'drawn on a picture of another shape',
      point({ original_width: 100, original_height: 100 }),
      'prompt-size-mismatch',
    ],
    ['a click outside the picture', point({}, { x: 120 }), 'prompt-outside'],
    ['a value that holds nothing', { ...point(), value: {} }, 'prompt-unreadable'],
  ])('%s is answered with nothing, and the log says why', async (_, drawn, code) => {
    const { adapter, asked } = pictureAdapter({ prompts: POINTS })
    const { logger, entries } = recordingLogger()
    const body = await ask(quietBackend({ adapters: [adapter], logger }), { context: { result: [drawn] } })
    expect(body).toMatchObject({ results: [{ result: [] }] })
    expect(body).not.toHaveProperty('errors')
    expect(asked).toEqual([])
    expect(entries).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        message: 'drawn and not understood',
        fields: expect.objectContaining({ issues: [expect.objectContaining({ code })] }),
      }),
    )
  })

  it.each([
    ['an empty context', {}, 'nothing was drawn'],
    ['no results', { result: [] }, 'nothing was drawn'],
    ['null for results', { result: null }, 'nothing was drawn'],
    ['a control that is not there', { result: [point({ from_name: 'gone' })] }, 'no adapter takes what was drawn'],
  ])('%s is answered with nothing, and the log says why', async (_, context, message) => {
    const { adapter, asked } = pictureAdapter({ prompts: POINTS })
    const { logger, entries } = recordingLogger()
    expect(await ask(quietBackend({ adapters: [adapter], logger }), { context })).toMatchObject({
      results: [{ result: [] }],
    })
    expect(asked).toEqual([])
    expect(entries.map((entry) => entry.message)).toContain(message)
  })

  it.each([
    ['a number among the results', { result: [1] }, 'params.context.result[0]'],
    ['results that are no list', { result: { from_name: 'point' } }, 'params.context'],
    ['a list', [point()], 'params.context'],
    ['a word', 'point', 'params.context'],
  ])('a context that cannot be read (%s) is left out with a warning', async (_, context, path) => {
    const { adapter, asked } = pictureAdapter({ prompts: POINTS })
    const { logger, entries } = recordingLogger()
    const body = await ask(quietBackend({ adapters: [adapter], logger }), { context })
    expect(body).toMatchObject({ results: [{ result: [] }] })
    expect(body).not.toHaveProperty('errors')
    expect(asked).toEqual([])
    expect(entries).toContainEqual({
      level: 'warn',
      message: 'drawn and not understood',
      fields: expect.objectContaining({ paths: [path] }),
    })
  })

  it('reads what can be read beside what cannot', async () => {
    const { adapter, asked } = pictureAdapter({ prompts: POINTS })
    await ask(quietBackend({ adapters: [adapter] }), { context: { result: [null, point()] } })
    expect(drawnIn(asked)[0]?.prompts).toHaveLength(1)
  })

  it('asks about the page that was drawn on, and no other', async () => {
    const { adapter, asked } = pictureAdapter({ prompts: POINTS })
    const config = SMART.replace('value="$image"', 'valueList="$pages"')
    const data = { pages: ['gone.png', picture(200, 100), 'gone.png'] }
    await ask(quietBackend({ adapters: [adapter] }), { config, data, context: { result: [point({ item_index: 1 })] } })
    expect(asked.map(({ input }) => (input.kind === 'image' ? input.width : undefined))).toEqual([200])
    expect(asked[0]?.context?.prompts).toMatchObject([{ itemIndex: 1, shape: { x: 100 } }])
  })

  it('gives spans in UTF-16 units', async () => {
    const seen: (readonly Prompt[] | undefined)[] = []
    const adapter = defineAdapter({
      name: 'spans',
      version: '1.0.0',
      fills: { Labels: ['Text'], HyperTextLabels: ['HyperText'], ParagraphLabels: ['Paragraphs'] },
      prompts: ['span', 'paragraph-span'],
      predict: (items) => {
        seen.push(...items.map(({ context }) => context?.prompts))
        return items.map(() => [])
      },
    })
    const config = `<View>
      <Text name="t" value="$t"/><Labels name="tl" toName="t"><Label value="A"/></Labels>
      <HyperText name="h" value="$h"/><HyperTextLabels name="hl" toName="h"><Label value="A"/></HyperTextLabels>
      <Paragraphs name="p" value="$p"/><ParagraphLabels name="pl" toName="p"><Label value="A"/></ParagraphLabels>
    </View>`
    const data = { t: '👍 Acme', h: '<p>👍 <b>Acme</b></p>', p: [{ author: 'a', text: '👍 Acme' }] }
    const backend = quietBackend({ adapters: [adapter] })
    const marked = [
      { from_name: 'tl', to_name: 't', type: 'labels', value: { start: 2, end: 6, text: 'Acme', labels: ['A'] } },
      {
        from_name: 'hl',
        to_name: 'h',
        type: 'hypertextlabels',
        value: {
          start: '/p[1]/b[1]/text()[1]',
          end: '/p[1]/b[1]/text()[1]',
          startOffset: 0,
          endOffset: 4,
          text: 'Acme',
          hypertextlabels: ['A'],
        },
      },
      {
        from_name: 'pl',
        to_name: 'p',
        type: 'paragraphlabels',
        value: { start: '0', end: '0', startOffset: 3, endOffset: 7, text: 'Acme', paragraphlabels: ['A'] },
      },
    ]
    for (const [index, one] of marked.entries())
      await ask(backend, { config, data, context: { result: [{ id: `s${index}`, ...one }] } })
    const span = { kind: 'span', start: 3, end: 7, unit: 'utf16' }
    expect(seen).toMatchObject([
      [{ shape: span, text: 'Acme', labels: ['A'] }],
      [{ shape: span, text: 'Acme' }],
      [{ shape: { kind: 'paragraph-span', utterance: 0, start: 3, endUtterance: 0, end: 7 } }],
    ])
  })
})

describe('who is asked', () => {
  const box = { kind: 'detection', label: 'Car', box: { x: 0, y: 0, width: 50, height: 50 } } as const

  it('an adapter for tasks and one for what is drawn fill the same control, and the report says both', async () => {
    const lists = pictureAdapter({ name: 'lists', find: () => [{ ...box, score: 0.5 }] })
    const clicks = pictureAdapter({ name: 'clicks', answers: 'prompts', prompts: POINTS, find: () => [box] })
    const backend = quietBackend({ adapters: [lists.adapter, clicks.adapter], config: SMART })
    const text = formatReport(await backend.report())
    expect(text).toContain('mask <BrushLabels> is filled by lists from photo')
    expect(text).toContain('mask <BrushLabels> is filled, where something is drawn, by clicks from photo')

    await ask(backend, {})
    expect([lists.asked.length, clicks.asked.length]).toEqual([1, 0])
    await ask(backend, { context: { result: [point()] } })
    expect([lists.asked.length, clicks.asked.length]).toEqual([1, 1])
  })

  it('an adapter that says nothing is asked when no other takes what was drawn', async () => {
    const lists = pictureAdapter({ name: 'lists' })
    const clicks = pictureAdapter({ name: 'clicks', answers: 'prompts', prompts: ['brush'] })
    const backend = quietBackend({ adapters: [lists.adapter, clicks.adapter] })
    await ask(backend, { context: { result: [point()] } })
    expect([lists.asked.length, clicks.asked.length]).toEqual([1, 0])
    expect(lists.asked[0]?.controls).toHaveLength(3)
    expect(lists.asked[0]?.context?.prompts).toMatchObject([{ shape: { kind: 'keypoint' } }])
  })

  it('an adapter that answers tasks alone is never asked about what was drawn', async () => {
    const lists = pictureAdapter({ answers: 'tasks' })
    await ask(quietBackend({ adapters: [lists.adapter] }), { context: { result: [point()] } })
    expect(lists.asked).toEqual([])
  })

  it('two that answer what is drawn share the controls as others do', async () => {
    const first = pictureAdapter({ name: 'first', prompts: POINTS })
    const second = pictureAdapter({ name: 'second', prompts: POINTS })
    const backend = quietBackend({ adapters: [first.adapter, second.adapter], config: SMART })
    expect(formatReport(await backend.report())).not.toContain('by second')
    await ask(backend, { context: { result: [point()] } })
    expect([first.asked.length, second.asked.length]).toEqual([1, 0])
  })

  it('a project in which only what is drawn is answered stores no predictions', async () => {
    const { adapter } = pictureAdapter({ answers: 'prompts', prompts: POINTS })
    const body = await ask(quietBackend({ adapters: [adapter] }), {})
    expect(body).toMatchObject({ results: [[]] })
    expect(body).not.toHaveProperty('errors')
  })

  it('what answers only what is drawn does not change the model version of predictions', async () => {
    const lists = pictureAdapter({ name: 'lists' })
    const clicks = pictureAdapter({ name: 'clicks', answers: 'prompts', prompts: POINTS })
    const versionOf = async (...adapters: Adapter[]) =>
      (await quietBackend({ adapters, config: SMART }).report()).modelVersion
    const alone = await versionOf(lists.adapter)
    expect(await versionOf(lists.adapter, clicks.adapter)).toBe(alone)
    expect(await versionOf(clicks.adapter)).toMatch(/^clicks-/)
  })

  it.each([
    ['a click on a tool, on the control that marks', point(), 'mask'],
    ['the label that was chosen decides', point({}, { labels: ['Tree'], keypointlabels: ['Tree'] }), 'outline'],
    [
      'a control that marks, on itself',
      {
        ...point({ from_name: 'outline', type: 'polygonlabels' }),
        value: {
          points: [
            [0, 0],
            [50, 0],
            [50, 50],
          ],
          polygonlabels: ['Tree'],
        },
      },
      'outline',
    ],
  ])('%s: the answer goes on one control', async (_, drawn, control) => {
    const { adapter, asked } = pictureAdapter({ prompts: ['keypoint', 'polygon'] })
    await ask(quietBackend({ adapters: [adapter] }), { context: { result: [drawn] } })
    expect(asked.map(({ controls }) => controls.map(({ name }) => name))).toEqual([[control]])
  })

  it('rules propose what was marked, through the whole backend', async () => {
    const config = '<View><Text name="t" value="$t"/><Labels name="l" toName="t"><Label value="Org"/></Labels></View>'
    const value = { start: 2, end: 6, text: 'Acme', labels: ['Org'] }
    const body = await ask(quietBackend({ adapters: [rules({ rules: [] })] }), {
      config,
      data: { t: '👍 Acme and Acme' },
      context: { result: [{ id: 's', from_name: 'l', to_name: 't', type: 'labels', value }] },
    })
    expect(body).toMatchObject({
      results: [{ result: [{ value: { start: 2, end: 6, text: 'Acme' } }, { value: { start: 11, end: 15 } }] }],
    })
  })
})

describe('the newest that was drawn wins', () => {
  /** An adapter that answers when it is let go. */
  function slow() {
    let release: () => void = () => undefined
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const made = pictureAdapter({
      prompts: POINTS,
      concurrency: 2,
      find: async () => {
        await released
        return [{ kind: 'detection', label: 'Car', box: { x: 0, y: 0, width: 5, height: 5 } }]
      },
    })
    return { ...made, release }
  }

  const clicks = (count: number, prefix = 'k') =>
    Array.from({ length: count }, (_, index) => point({ id: `${prefix}${index}` }, { x: index % 100 }))

  it('of a hundred clicks that pile up, the last is answered, and the others with nothing', async () => {
    const { adapter, asked, release } = slow()
    const backend = quietBackend({ adapters: [adapter] })
    const answers = Array.from({ length: 100 }, (_, index) => ask(backend, { context: { result: clicks(index + 1) } }))
    const early = await Promise.all(answers.slice(0, -1))
    release()
    const last = await answers.at(-1)
    for (const body of early) expect(body).toMatchObject({ results: [{ result: [] }] })
    expect(last).toMatchObject({ results: [{ result: [{ type: 'brushlabels' }] }] })
    expect(asked.at(-1)?.context?.prompts).toHaveLength(100)
    const metrics = await (await backend.fetch(new Request('http://backend/metrics'))).text()
    expect(metrics).toContain('prelabel_tasks_total{outcome="superseded"} 99')
  })

  it('what another annotator draws on the same task, and what is drawn on another task, stays', async () => {
    const { adapter, release } = slow()
    const backend = quietBackend({ adapters: [adapter] })
    const answers = [
      ask(backend, { context: { result: clicks(1, 'a') } }),
      ask(backend, { context: { result: clicks(1, 'b') } }),
      ask(backend, { context: { result: clicks(1, 'a') }, id: 2 }),
    ]
    release()
    for (const body of await Promise.all(answers))
      expect(body).toMatchObject({ results: [{ result: [{ type: 'brushlabels' }] }] })
  })
})

describe('preparing', () => {
  it('is asked for when a task is opened, and for the first of a list', async () => {
    const prepared: { id: unknown; opened: boolean }[] = []
    const { adapter } = pictureAdapter({
      answers: 'prompts',
      prompts: POINTS,
      preparesAhead: 2,
      prepare: (items, { opened }) => void prepared.push(...items.map(({ task: { id } }) => ({ id, opened }))),
    })
    const backend = quietBackend({ adapters: [adapter] })
    await ask(backend, { id: 7 })
    const tasks = Array.from({ length: 5 }, (_, id) => ({ id, data: { image: picture(200, 100) } }))
    await post(backend, '/predict', { tasks, project: '1.1', label_config: SMART, params: { context: null } })
    await expect.poll(() => prepared.length).toBe(3)
    expect(prepared.toSorted((a, b) => Number(b.id) - Number(a.id))).toEqual([
      { id: 7, opened: true },
      { id: 1, opened: false },
      { id: 0, opened: false },
    ])
  })
})
