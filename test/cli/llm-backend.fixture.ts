import { llm, openai } from '../../src/adapters/llm/index.js'
import { createBackend, defineAdapter } from '../../src/index.js'

/** Counts the words of a text. */
const counter = defineAdapter({
  name: 'counter',
  version: '1.0.0',
  fills: { Number: ['Text'] },
  predict: (items) => items.map(({ input }) => [{ kind: 'number', value: input.text.split(' ').length }]),
})

/** A backend that asks a server about the tone of a text; every call makes a new one. */
export const llmBackend = (baseURL: string) =>
  createBackend({
    config:
      '<View><Text name="text" value="$text"/><Number name="words" toName="text"/><Choices name="tone" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices></View>',
    adapters: [
      counter,
      llm({
        provider: openai({ model: 'gpt-5-mini', apiKey: 'none', baseURL }),
        instructions: 'Be strict.',
        confidence: 'none',
        // Waits between looks at a job take no time here.
        clock: { now: () => Date.now(), random: () => 0, sleep: async () => undefined },
      }),
    ],
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  })
