/** What an adapter is given of a task, and where its findings land. */

import { describe, expect, it } from 'vitest'
import { type Adapter, defineAdapter, type Item, type Outcome } from '../../../src/index.js'
import type { LoadedAs, MediaLoader } from '../../../src/media/media-loader.js'
import { quietBackend } from '../harness.js'

/** Pictures whose size is in their address: `640x480.jpg`. */
const media: MediaLoader = {
  async load(form, value) {
    const [width = 0, height = 0] = String(value).split(/[x.]/).map(Number)
    const image = {
      kind: 'image',
      bytes: new Uint8Array(),
      width,
      height,
      orientation: 1,
      format: 'jpeg',
      hash: String(value),
    } as const
    const loads: { [F in keyof LoadedAs]: () => LoadedAs[F] } = {
      image: () => image,
      text: () => ({ kind: 'text', text: `the text at ${String(value)}` }),
      dialogue: () => ({ kind: 'dialogue', utterances: [{ author: 'A', text: 'Hi' }] }),
      audio: () => ({ kind: 'audio', path: String(value), hash: '1' }),
      video: () => ({ kind: 'video', path: String(value), hash: '2' }),
    }
    return loads[form]()
  },
  dispose: async () => undefined,
}

const predict = async (adapter: Adapter, config: string, data: Record<string, unknown>) => {
  const [answer] = await quietBackend({ adapters: [adapter], media }).predict([{ id: 1, data }], { config })
  return answer
}

/** An adapter for any object, that tells what it was given. */
function spy(tag: string, objects: readonly string[], find: (item: Item) => Outcome = () => []) {
  const seen: Item[] = []
  const adapter = defineAdapter({
    name: 'spy',
    version: '1.0.0',
    fills: { [tag]: objects },
    predict: (items: readonly Item[]) => {
      seen.push(...items)
      return items.map(find)
    },
  })
  return { adapter, seen }
}

describe('the input of an object', () => {
  it.each([
    ['Image', 'value="$x"', '4x3.jpg', { kind: 'image', width: 4, height: 3 }],
    ['Text', 'value="$x"', 'plain', { kind: 'text', text: 'plain' }],
    ['Text', 'value="$x" valueType="url"', 'u', { kind: 'text', text: 'the text at u' }],
    ['Text', 'value="$x" encoding="base64unicode"', 'w6k=', { kind: 'text', text: 'é' }],
    ['Text', 'value="Dear $x,"', 'Ann', { kind: 'text', text: 'Dear Ann,' }],
    [
      'HyperText',
      'value="$x"',
      '<p>a &amp; <b>b</b></p>',
      { kind: 'text', text: 'a & b', html: '<p>a &amp; <b>b</b></p>' },
    ],
    [
      'Paragraphs',
      'value="$x"',
      [{ author: 'A', text: 'Hi' }],
      { kind: 'dialogue', utterances: [{ author: 'A', text: 'Hi' }] },
    ],
    ['Audio', 'value="$x"', 'a.wav', { kind: 'audio', path: 'a.wav' }],
    ['Video', 'value="$x"', 'v.mp4', { kind: 'video', path: 'v.mp4' }],
    ['Table', 'value="$x"', { a: 1 }, { kind: 'data', value: { a: 1 } }],
  ])('<%s %s> is what the tag shows', async (tag, attributes, x, input) => {
    const { adapter, seen } = spy('Choices', [tag])
    const config = `<View><${tag} name="o" ${attributes}/><Choices name="c" toName="o"><Choice value="A"/></Choices></View>`
    expect(await predict(adapter, config, { x })).toMatchObject({ prediction: { result: [] }, issues: [] })
    expect(seen).toMatchObject([{ task: { id: 1 }, object: { name: 'o' }, controls: [{ name: 'c' }], input }])
  })
})

const box = { kind: 'detection', label: 'a', box: { x: 1, y: 0, width: 1, height: 1 }, score: 0.5 } as const

describe('pages', () => {
  const labels = '<Label value="A"/>'

  it('of a valueList are items of their own, and findings land on theirs', async () => {
    const { adapter, seen } = spy('RectangleLabels', ['Image'], () => [box])
    const config = `<View><Image name="i" valueList="$x"/><RectangleLabels name="r" toName="i">${labels}</RectangleLabels></View>`
    const answer = await predict(adapter, config, { x: ['4x2.jpg', '10x10.jpg'] })
    expect(seen.map(({ input }) => input)).toMatchObject([{ width: 4 }, { width: 10 }])
    expect(answer?.prediction?.result).toMatchObject([
      { item_index: 0, value: { x: 25 }, original_width: 4 },
      { item_index: 1, value: { x: 10 }, original_width: 10 },
    ])
  })

  it('of a <Repeater> are items of their own, under the names that the editor gives them', async () => {
    const { adapter, seen } = spy('RectangleLabels', ['Image'], () => [box])
    const config = `<View><Repeater on="$pages" indexFlag="{{idx}}" mode="pagination">
      <Image name="page_{{idx}}" value="$pages[{{idx}}].image"/>
      <RectangleLabels name="r_{{idx}}" toName="page_{{idx}}">${labels}</RectangleLabels></Repeater></View>`
    const answer = await predict(adapter, config, { pages: [{ image: '4x2.jpg' }, { image: '10x10.jpg' }] })
    expect(seen.map(({ object, controls }) => [object.name, controls[0]?.name])).toEqual([
      ['page_0', 'r_0'],
      ['page_1', 'r_1'],
    ])
    expect(answer?.prediction?.result).toMatchObject([
      { from_name: 'r_0', to_name: 'page_0', value: { x: 25 } },
      { from_name: 'r_1', to_name: 'page_1', value: { x: 10 } },
    ])
  })

  it('of a <Repeater> are as many as there are in the list that it goes through', async () => {
    const { adapter, seen } = spy('RectangleLabels', ['Image'])
    const config = `<View><Repeater on="$drafts"><Image name="page_{{idx}}" value="$pages[{{idx}}]"/>
      <RectangleLabels name="r_{{idx}}" toName="page_{{idx}}">${labels}</RectangleLabels></Repeater></View>`
    const pages = ['4x2.jpg', '10x10.jpg']
    const named = async (drafts: unknown) => {
      seen.length = 0
      await predict(adapter, config, { pages, drafts })
      return seen.map(({ object }) => object.name)
    }
    expect(await named([{}])).toEqual(['page_0'])
    expect(await named([{}, {}])).toEqual(['page_0', 'page_1'])
    expect(await named('none')).toEqual([])
  })

  it('of a <Repeater> are asked about beside what is outside, each once', async () => {
    const { adapter, seen } = spy('RectangleLabels', ['Image'])
    const config = `<View><Image name="i" value="$i"/>
      <RectangleLabels name="r" toName="i">${labels}</RectangleLabels>
      <Repeater on="$asked"><RectangleLabels name="r_{{idx}}" toName="i">${labels}</RectangleLabels></Repeater></View>`
    for (const scope of ['object', 'task'] as const) {
      seen.length = 0
      await predict({ ...adapter, scope }, config, { i: '4x2.jpg', asked: ['a', 'b'] })
      expect(seen.map(({ object, controls }) => [object.name, controls.map(({ name }) => name)])).toEqual([
        ['i', ['r']],
        ['i', ['r_0']],
        ['i', ['r_1']],
      ])
    }
  })
})

describe('an adapter for whole tasks', () => {
  it('is given every object at once, and its findings land by the control that they name', async () => {
    const seen: Item[] = []
    const adapter = defineAdapter({
      name: 'whole',
      version: '1.0.0',
      scope: 'task',
      fills: { Choices: ['Text'], RectangleLabels: ['Image'] },
      predict: (items: readonly Item[]) => {
        seen.push(...items)
        const chosen = { kind: 'classification', classes: [{ label: 'A' }], control: 'c' } as const
        return items.map((): Outcome => [chosen, { ...box, control: 'r' }])
      },
    })
    const config = `<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="A"/></Choices>
      <Image name="i" value="$i"/><RectangleLabels name="r" toName="i"><Label value="A"/></RectangleLabels></View>`
    const answer = await predict(adapter, config, { t: 'x', i: '4x2.jpg' })
    expect(seen).toHaveLength(1)
    expect(seen[0]?.inputs.map(({ object }) => object.name)).toEqual(['t', 'i'])
    expect(answer).toMatchObject({
      issues: [],
      prediction: {
        result: [
          { from_name: 'c', to_name: 't' },
          { from_name: 'r', to_name: 'i', original_width: 4 },
        ],
      },
    })
  })
})
