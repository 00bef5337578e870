import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { createDraft, type PredictionDraft, validatePrediction } from '../../../src/results/index.js'
import { config, sayings, surfaces, task } from '../../results/arbitrary-saying.js'
import { askSdk, python } from './sdk-oracle.js'

if (python === undefined) console.log('skipped: PRELABEL_PYTHON names no python with label-studio-sdk')

const anySaying = fc.oneof(...Object.values(sayings))

/** A rectangle whose label and text are results of their own, related to another one. */
function sayTogether(draft: PredictionDraft): void {
  const box = { x: 1, y: 2, width: 3, height: 4, unit: 'pixel' } as const
  const first = draft.control('rectangle').rectangle({ ...box, score: 0.5 })
  draft.attach(first, 'split').label('Car')
  draft.attach(first, 'transcription').text(['abc', 'd'])
  const second = draft.control('rectanglelabels').rectangle({ ...box, label: 'bus', parent: first })
  draft.relate(first, second, { labels: ['of'] })
}

describe.skipIf(python === undefined)('the validator of the Python SDK', () => {
  it('takes whatever is built', () => {
    const seen = fc.sample(fc.array(anySaying, { maxLength: 6 }), { numRuns: 300, seed: 5 }).map((said) => {
      const draft = createDraft(config, { task, surfaces, modelVersion: 'm', serverValidation: true })
      sayTogether(draft)
      for (const { build } of said) build(draft)
      const { prediction, issues } = draft.check()
      return { prediction, issues: issues.filter(({ code }) => code !== 'overwritten') }
    })
    const verdicts = askSdk(seen.map(({ prediction }) => ({ config: config.xml, prediction })))
    expect(seen.flatMap(({ issues }) => issues)).toEqual([])
    expect(verdicts.flatMap(({ errors }) => errors)).toEqual([])
  })

  it('refuses what is flagged as right for the editor alone', () => {
    const text = '<Text name="t" value="$t"/>'
    const cases = {
      'names of a Repeater': [
        `<View><Repeater on="$p" indexFlag="{{idx}}"><Text name="p_{{idx}}" value="$p[{{idx}}].t"/><Choices name="c_{{idx}}" toName="p_{{idx}}"><Choice value="A"/></Choices></Repeater></View>`,
        { from_name: 'c_0', to_name: 'p_0', type: 'choices', value: { choices: ['A'] } },
      ],
      'a Pairwise that names itself': [
        `<View>${text}<Text name="u" value="$u"/><Pairwise name="pw" toName="t,u"/></View>`,
        { from_name: 'pw', to_name: 'pw', type: 'pairwise', value: { selected: 'left' } },
      ],
      'nested choices': [
        `<View>${text}<Choices name="c" toName="t" value="$o" allowNested="true"/></View>`,
        { from_name: 'c', to_name: 't', type: 'choices', value: { choices: [['A', 'B']] } },
      ],
      'a bare text': [
        `<View>${text}<TextArea name="a" toName="t"/></View>`,
        { from_name: 'a', to_name: 't', type: 'textarea', value: { text: 'abc' } },
      ],
      'a ranking without buckets': [
        `<View><List name="l" value="$l"/><Ranker name="r" toName="l"/></View>`,
        { from_name: 'r', to_name: 'l', type: 'ranker', value: { ranker: ['a', 'b'] } },
      ],
      'a wide ellipse': [
        `<View><Image name="i" value="$i"/><Ellipse name="e" toName="i"/></View>`,
        {
          from_name: 'e',
          to_name: 'i',
          type: 'ellipse',
          value: { x: 50, y: 50, radiusX: 60, radiusY: 5, rotation: 0 },
          original_width: 10,
          original_height: 10,
        },
      ],
      'labels from the task beside labels in the config': [
        `<View>${text}<Choices name="c" toName="t" value="$o"><Choice value="A"/></Choices></View>`,
        { from_name: 'c', to_name: 't', type: 'choices', value: { choices: ['B'] } },
      ],
    } as const
    const asked = Object.entries(cases).map(([name, [xml, result]]) => ({
      name,
      xml,
      prediction: { model_version: 'm', result: [{ id: 'r1', ...result }] },
    }))
    const verdicts = askSdk(asked.map(({ xml, prediction }) => ({ config: xml, prediction })))
    const found = asked.map(({ name, xml, prediction }, index) => ({
      name,
      sdk: verdicts[index]?.ok,
      quiet: validatePrediction(parseConfig(xml), prediction).map(({ code }) => code),
      flagged: validatePrediction(parseConfig(xml), prediction, { serverValidation: true }).map(({ code }) => code),
    }))
    expect(found).toEqual(asked.map(({ name }) => ({ name, sdk: false, quiet: [], flagged: ['server-refuses'] })))
  })
})
