/** Models for pictures as members: what is got ready for clicks, and models that a control chooses. */

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Adapter } from '../../../src/adapters/adapter.js'
import { compose } from '../../../src/adapters/compose/index.js'
import { rules } from '../../../src/adapters/rules/index.js'
import { sam } from '../../../src/adapters/sam/index.js'
import { yolo } from '../../../src/adapters/yolo/index.js'
import { parseConfig } from '../../../src/config/index.js'
import type { ImageInput } from '../../../src/media/inputs.js'
import { TINY } from '../sam/ask-sam.js'
import { predictContext } from '../text/text-item.js'
import { control, pictureItem } from '../yolo/picture-item.js'

const NANODET = 'examples/models/nanodet-coco/model.onnx'

async function prepared(opened: boolean, preparesAhead: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'prelabel-compose-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const detector = yolo({ model: NANODET })
  const adapter = compose({ adapters: [detector, sam({ model: TINY, preparesAhead, cache: { folder } })] })
  expect(adapter).toMatchObject({ preparesAhead, concurrency: detector.concurrency })
  const item = pictureItem(await readFile('examples/photos/cat.jpg'), [control('mask', 'BrushLabels')])
  const input: ImageInput = { ...item.input, width: 640, height: 480, hash: 'cat' }
  const model = (await adapter.load?.()) ?? []
  await adapter.prepare?.([{ ...item, input, inputs: [{ ...item, input }] }], { ...predictContext(model), opened })
  await adapter.dispose?.(model)
  return (await readdir(folder, { recursive: true })).length
}

it('lets members prepare when a task is opened, and of a list those that want to', async () => {
  expect(await prepared(true, 0)).toBeGreaterThan(0)
  expect(await prepared(false, 0)).toBe(0)
  expect(await prepared(false, 2)).toBeGreaterThan(0)
})

it('prepares as many tasks of a list as the member that wants the fewest, and none without such a member', () => {
  const ahead = (preparesAhead: number) => sam({ model: TINY, preparesAhead })
  expect(compose({ adapters: [ahead(3), ahead(0), ahead(2)] }).preparesAhead).toBe(2)
  expect(compose({ adapters: [yolo({ model: NANODET })] })).not.toHaveProperty('prepare')
})

it('tells of a control what the models for it can do, and refuses it where one of them does', async () => {
  const config = parseConfig(`<View><Image name="photo" value="$image"/><Text name="text" value="$text"/>
    <RectangleLabels name="box" toName="photo"><Label value="Cat"/></RectangleLabels>
    <RectangleLabels name="other" toName="photo" model_path="none.onnx"><Label value="Cat"/></RectangleLabels>
    <Labels name="word" toName="text"><Label value="City"/></Labels></View>`)
  const members: Adapter[] = [yolo({ model: NANODET }), rules({ rules: [{ label: 'City', terms: ['Oslo'] }] })]
  const adapter = compose({ adapters: members })
  const of = (name: string) => {
    const tag = config.controls.get(name)
    if (tag === undefined) throw new Error(`no ${name}`)
    return adapter.inspectControl?.(tag, config)
  }
  expect((await of('box'))?.classes).toHaveLength(80)
  expect(await of('word')).toMatchObject({ classes: ['City'] })
  await expect(of('other')).rejects.toThrow('its model_path "none.onnx" needs a folder of `models`')
})
