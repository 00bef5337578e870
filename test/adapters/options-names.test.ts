import { expect, it } from 'vitest'
import { compileExamples } from '../compile-guide.js'

const factories = [
  ['ner', 'ner', 'NerOptions'],
  ['gliner', 'gliner', 'GlinerOptions'],
  ['zero-shot', 'zeroShot', 'ZeroShotOptions'],
  ['text-classification', 'textClassification', 'TextClassificationOptions'],
  ['rules', 'rules', 'RulesOptions'],
  ['compose', 'compose', 'ComposeOptions'],
  ['yolo', 'yolo', 'YoloOptions'],
  ['detection', 'detection', 'DetectionOptions'],
  ['sam', 'sam', 'SamOptions'],
  ['llm', 'llm', 'LlmOptions'],
]

it('the compiler calls options by their name where one is misspelled', () => {
  const examples = factories.map(
    ([folder, factory]) => `import { ${factory} } from 'prelabel/${folder}'\n${factory}({ wrongName: 1 })`,
  )
  const told = compileExamples({ examples, outputs: [] })
  expect(told).toHaveLength(factories.length)
  for (const [index, [, , name]] of factories.entries()) expect(told[index]).toContain(`'${name}'`)
})
