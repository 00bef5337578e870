import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Adapter, Fills, InputFor, Item } from '../../../src/adapters/adapter.js'
import { gliner } from '../../../src/adapters/gliner/index.js'
import { ner } from '../../../src/adapters/ner/index.js'
import { textClassification } from '../../../src/adapters/text-classification/index.js'
import { zeroShot } from '../../../src/adapters/zero-shot/index.js'
import { type ControlTag, parseConfig } from '../../../src/config/index.js'
import { GLINER_SPAN } from '../gliner/gliner-reference.js'
import { loaded } from './loaded.js'
import { BERT_NER, SENTIMENT, ZERO_SHOT } from './model-folders.js'
import { predictContext, textItem } from './text-item.js'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'prelabel-'))
})
afterAll(() => rm(scratch, { recursive: true }))

/** A copy of a model that calls a class by another name. */
async function renamed(folder: string, from: string, to: string): Promise<string> {
  const copy = path.join(scratch, path.basename(folder))
  await cp(folder, copy, { recursive: true })
  const file = path.join(copy, 'config.json')
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll(from, to))
  return copy
}

async function found<M, F extends Fills>(adapter: Adapter<M, F>, item: Item<InputFor<F>>) {
  const model = await loaded(adapter)
  const [outcome] = await adapter.predict([item], predictContext(model))
  await adapter.dispose?.(model)
  return outcome
}

function controlOf(xml: string): ControlTag[] {
  return [...parseConfig(`<View><Text name="text" value="$text"/>${xml}</View>`).controls.values()]
}

// A plain lookup in the options finds a function under these names, and no score reaches that.
test('a model may name its classes as every object names its members', async () => {
  const names = await found(
    ner({ model: await renamed(BERT_NER, '-PER', '-constructor') }),
    textItem({ kind: 'text', text: 'John Smith works at Acme Corp in Paris.' }),
  )
  expect(names).toMatchObject([{ label: 'constructor', start: 0, end: 10 }, { label: 'ORG' }, { label: 'LOC' }])
  const mood = await found(
    textClassification({ model: await renamed(SENTIMENT, 'positive', 'toString') }),
    textItem({ kind: 'text', text: 'The movie was great.' }),
  )
  expect(mood).toMatchObject([{ classes: [{ label: 'toString' }] }])
})

test('and so may a config', async () => {
  const topics = controlOf(
    '<Choices name="topic" toName="text"><Choice value="valueOf" hint="finance"/><Choice value="travel"/></Choices>',
  )
  const news = textItem({ kind: 'text', text: 'bank shares' }, { controls: topics })
  expect(await found(zeroShot({ model: ZERO_SHOT }), news)).toMatchObject([{ classes: [{ label: 'valueOf' }] }])

  const labels = controlOf('<Labels name="tags" toName="text"><Label value="toString" hint="person"/></Labels>')
  const words = textItem(
    { kind: 'text', text: 'On 12 August 1999, Bruno Silva of Acme Ltd flew from Lisbon to New York.' },
    { controls: labels },
  )
  expect(await found(gliner({ model: GLINER_SPAN }), words)).toMatchObject([{ label: 'toString', start: 19, end: 30 }])
})
