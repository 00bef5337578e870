import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ner } from '../../../src/adapters/ner/index.js'
import { createBackend } from '../../../src/backend/index.js'
import { parseConfig } from '../../../src/config/index.js'
import { askSdk, python } from '../results/sdk-oracle.js'
import { hasZoo, zoo, zooCases } from './zoo-cases.js'

if (python === undefined) console.info('the SDK is not asked: PRELABEL_PYTHON names no python with label-studio-sdk')

const prediction = z.looseObject({
  score: z.number().optional(),
  result: z.array(
    z.looseObject({
      value: z.object({ start: z.number(), end: z.number(), text: z.string(), labels: z.tuple([z.string()]) }),
      score: z.number(),
    }),
  ),
})
const answer = z.object({ results: z.array(prediction) })

async function configFor(model: string): Promise<string> {
  const { classes = [] } = (await ner({ model: `${zoo}/${model}`, scheme: 'bio' }).inspect?.()) ?? {}
  const labels = classes.map((label) => `<Label value="${label}"/>`).join('')
  return `<View><Text name="text" value="$text"/><Labels name="entity" toName="text">${labels}</Labels></View>`
}

/** What the backend answers for the texts, by the protocol. */
async function predict(model: string, config: string, texts: readonly string[]) {
  const adapter = ner({ model: `${zoo}/${model}`, aggregation: 'max', scheme: 'bio', stride: 128 })
  const backend = createBackend({ config: parseConfig(config), adapters: [adapter] })
  const body = JSON.stringify({ tasks: texts.map((text, id) => ({ id, data: { text } })), label_config: config })
  const response = await backend.fetch(
    new Request('http://localhost/predict', { method: 'POST', body, headers: { 'content-type': 'application/json' } }),
  )
  const { results } = answer.parse(await response.json())
  await backend.dispose()
  return results
}

describe.skipIf(!hasZoo).each(['bert-ner', 'bert-ner-bioes-uncased', 'roberta-ner', 'rampart-pii'])('%s', (model) => {
  it('is answered in Label Studio’s own offsets, text and labels, and the SDK takes it', async () => {
    const cases = zooCases(model)
    const config = await configFor(model)
    const results = await predict(
      model,
      config,
      cases.map(({ text }) => text),
    )
    expect(results).toHaveLength(cases.length)
    cases.forEach(({ text, entities }, index) => {
      const points = Array.from(text)
      // A stretch without characters is nothing to show.
      const shown = entities.filter(({ start, end }) => end > start)
      expect(results[index]?.result.map(({ value }) => value)).toEqual(
        shown.map(({ entity_group: label, start, end }) => ({
          start,
          end,
          text: points.slice(start, end).join(''),
          labels: [label.replace(/^[BIES]-/, '')],
        })),
      )
    })
    if (python === undefined) return
    const verdicts = askSdk(results.map((one) => ({ config, prediction: one })))
    expect(verdicts.flatMap(({ errors }) => errors)).toEqual([])
  })
})
