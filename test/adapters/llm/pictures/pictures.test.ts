import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { createPreparePictures } from '../../../../src/adapters/llm/pictures/prepare-pictures.js'
import type { ImageInput } from '../../../../src/media/inputs.js'
import { withModel } from '../ask-model.js'
import { makeItem } from '../make-items.js'

const xml = `<View><Image name="photo" value="$photo"/><TextArea name="caption" toName="photo"/>
  <RectangleLabels name="box" toName="photo"><Label value="Cat"/></RectangleLabels></View>`
const item = makeItem(xml, { photo: 'a.jpg' })
const isBox = ({ tag }: { tag: string }) => tag === 'RectangleLabels'

/** An item that shows a picture: red above blue as people see it, 60 wide and 100 high, stored as EXIF says. */
async function itemWith(orientation: number) {
  const red = { create: { width: 60, height: 50, channels: 3, background: '#ff0000' } } as const
  const upright = sharp({ create: { width: 60, height: 100, channels: 3, background: '#0000ff' } }).composite([
    { input: await sharp(red).png().toBuffer(), top: 0, left: 0 },
  ])
  const shown = await upright.png().toBuffer()
  // Orientation 6: turned a quarter to the right to be seen, so it is stored a quarter to the left.
  const stored = orientation === 6 ? sharp(shown).rotate(-90) : sharp(shown)
  const bytes = await stored.withMetadata({ orientation }).jpeg({ quality: 100 }).toBuffer()
  const input: ImageInput = { kind: 'image', bytes, width: 60, height: 100, orientation, format: 'jpeg', hash: 'c0de' }
  return { ...item, input, inputs: [{ object: item.object, input }] }
}

async function sentPicture(images: readonly string[] | undefined) {
  const bytes = Buffer.from((images?.[0] ?? '').split(',')[1] ?? '', 'base64')
  const { orientation } = await sharp(bytes).metadata()
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  return {
    width: info.width,
    height: info.height,
    orientation,
    top: [...data.subarray(0, 3)].map((v) => Math.round(v / 64)),
  }
}

const answer = { caption: null, box: [{ label: 'Cat', left: 0, top: 0, right: 1000, bottom: 500 }] }
const script = { kind: 'answer', json: answer } as const

describe('a picture that EXIF turns', () => {
  it('is sent upright, so that boxes mean what people see', async () => {
    await withModel(script, { confidence: 'none' }, async (bench) => {
      const findings = await bench.answer(await itemWith(6))
      expect(await sentPicture(bench.server.requests[0]?.messages[0]?.images)).toEqual({
        width: 60,
        height: 100,
        orientation: undefined,
        top: [4, 0, 0],
      })
      expect(findings).toMatchObject([{ kind: 'detection', box: { x: 0, y: 0, width: 1, height: 0.5 } }])
    })
  })

  it('is paid for once all the same', async () => {
    await withModel(script, { confidence: 'none' }, async ({ predict, server }) => {
      await predict([await itemWith(6)])
      await predict([await itemWith(6)])
      expect(server.requests).toHaveLength(1)
    })
  })

  it('goes as it is without sharp, unless boxes are asked for', async () => {
    const prepare = createPreparePictures(undefined, () => Promise.reject(new Error('not installed')))
    const given = await itemWith(6)
    const questions = item.controls.map((control) => ({ control, key: control.name, form: Object() }))
    await expect(prepare(given, questions)).rejects.toMatchObject({
      code: 'llm-input',
      path: expect.stringContaining('[box]'),
      hint: expect.stringContaining('npm install sharp'),
    })
    const noBoxes = questions.filter(({ control }) => !isBox(control))
    expect((await prepare(given, noBoxes)).inputs).toEqual(given.inputs)
  })
})

describe('a large picture', () => {
  it('is sent smaller on request, and boxes stay right', async () => {
    await withModel(script, { confidence: 'none', maxImageSide: 64 }, async (bench) => {
      const findings = await bench.answer(await itemWith(1))
      expect(await sentPicture(bench.server.requests[0]?.messages[0]?.images)).toMatchObject({ width: 38, height: 64 })
      expect(findings).toMatchObject([{ unit: 'fraction', box: { x: 0, y: 0, width: 1, height: 0.5 } }])
    })
  })

  it('goes as it is where nothing is asked', async () => {
    await withModel(script, { confidence: 'none' }, async (bench) => {
      const given = await itemWith(1)
      await bench.answer(given)
      const [image = ''] = bench.server.requests[0]?.messages[0]?.images ?? []
      expect(image).toBe(`data:image/jpeg;base64,${Buffer.from(given.input.bytes).toString('base64')}`)
    })
  })

  it('cannot be made smaller without sharp', async () => {
    const prepare = createPreparePictures(64, () => Promise.reject(new Error('not installed')))
    await expect(prepare(await itemWith(1), [])).rejects.toThrow('not installed')
  })
})

it('says when a picture that has to be turned is damaged', async () => {
  const given = await itemWith(6)
  const input = { ...given.input, bytes: given.input.bytes.subarray(0, 200) }
  await withModel(script, {}, async (bench) => {
    const damaged = { ...given, input, inputs: [{ object: item.object, input }] }
    await expect(bench.answer(damaged)).rejects.toMatchObject({ code: 'llm-input' })
  })
})
