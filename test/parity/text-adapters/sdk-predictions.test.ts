import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Adapter } from '../../../src/adapters/adapter.js'
import { compose } from '../../../src/adapters/compose/index.js'
import { gliner } from '../../../src/adapters/gliner/index.js'
import { ner } from '../../../src/adapters/ner/index.js'
import { rules } from '../../../src/adapters/rules/index.js'
import { textClassification } from '../../../src/adapters/text-classification/index.js'
import { zeroShot } from '../../../src/adapters/zero-shot/index.js'
import { createBackend } from '../../../src/backend/index.js'
import { parseConfig } from '../../../src/config/index.js'
import { GLINER_SPAN } from '../../adapters/gliner/gliner-reference.js'
import { BERT_NER, TOPICS, ZERO_SHOT } from '../../adapters/text/model-folders.js'
import { askSdk, python } from '../results/sdk-oracle.js'

if (python === undefined) console.log('skipped: PRELABEL_PYTHON names no python with label-studio-sdk')

const objects = {
  Text: '<Text name="text" value="$text"/>',
  HyperText: '<HyperText name="text" value="$text" valueType="text"/>',
  Paragraphs: '<Paragraphs name="text" value="$text" layout="dialogue"/>',
}
const words = '😀 Anna Meyer\r\nof Acme Corp moved to Paris with bank shares.'
const data = {
  Text: words,
  HyperText: `<h1>😀 Anna Meyer</h1><ul><li>Acme Corp</li><li>Paris</li></ul><p>Bruno Silva of bank <b>shares</b> flew from Lisbon to New York.</p>`,
  Paragraphs: [
    { author: 'A', text: words },
    { author: 'B', text: 'In Paris 👩‍👧 with John Smith.' },
  ],
}
type ObjectTag = keyof typeof objects

const entities = ['PER', 'ORG', 'LOC', 'person', 'city'].map((name) => `<Label value="${name}"/>`).join('')
const topics = ['finance', 'food', 'sports', 'tech', 'travel']
const flat = topics.map((name) => `<Choice value="${name}"/>`).join('')
const tree = `<Choice value="all">${flat}</Choice>`

const spanControls: [string, ObjectTag, string][] = [
  ['Labels', 'Text', entities],
  ['Labels', 'HyperText', entities],
  ['HyperTextLabels', 'HyperText', entities],
  ['ParagraphLabels', 'Paragraphs', entities],
]
const choices = (['Text', 'HyperText', 'Paragraphs'] as const).map((tag): [string, ObjectTag, string] => [
  'Choices',
  tag,
  flat,
])
const taxonomies = choices.map(([, tag]): [string, ObjectTag, string] => ['Taxonomy', tag, tree])

const here = { threads: 1, thread: 'calling' } as const
const dictionary = () =>
  rules({
    rules: [
      { label: 'LOC', terms: ['Paris'] },
      { label: 'finance', terms: ['bank'] },
    ],
  })
const adapters: Record<string, { make: () => Adapter; controls: readonly (readonly [string, ObjectTag, string])[] }> = {
  ner: { make: () => ner({ model: BERT_NER, ...here }), controls: spanControls },
  gliner: { make: () => gliner({ model: GLINER_SPAN, scoreThreshold: 0.001, ...here }), controls: spanControls },
  rules: { make: dictionary, controls: [...spanControls, ...choices] },
  compose: {
    make: () => compose({ adapters: [dictionary(), ner({ model: BERT_NER, ...here })] }),
    controls: [...spanControls, ...choices],
  },
  'text-classification': {
    make: () => textClassification({ model: TOPICS, scoreThreshold: 0, ...here }),
    controls: [...choices, ...taxonomies],
  },
  'zero-shot': { make: () => zeroShot({ model: ZERO_SHOT, ...here }), controls: choices },
}

const answer = z.object({ results: z.tuple([z.looseObject({ result: z.array(z.unknown()) })]) })

describe.skipIf(python === undefined)('the validator of the Python SDK', () => {
  it.each(Object.entries(adapters))('takes what %s says on every object', async (_, { make, controls }) => {
    const questions: { config: string; prediction: z.infer<typeof answer>['results'][0] }[] = []
    for (const [tag, object, options] of controls) {
      const config = `<View>${objects[object]}<${tag} name="said" toName="text">${options}</${tag}></View>`
      const backend = createBackend({ config: parseConfig(config), adapters: [make()] })
      const body = JSON.stringify({ tasks: [{ id: 1, data: { text: data[object] } }], label_config: config })
      const headers = { 'content-type': 'application/json' }
      const response = await backend.fetch(new Request('http://localhost/predict', { method: 'POST', body, headers }))
      const { results } = answer.parse(await response.json())
      expect(results[0].result, `${tag} on ${object}`).not.toEqual([])
      questions.push({ config, prediction: results[0] })
      await backend.dispose()
    }
    expect(askSdk(questions).flatMap(({ errors }) => errors)).toEqual([])
  })
})
