import { expect, it } from 'vitest'
import { type LlmOptions, llm, openai } from '../../../src/adapters/llm/index.js'

it.each(['stream', 'model', 'apiKey', 'baseURL'])('says that %s is an option of the provider', (name) => {
  const options: LlmOptions = Object.assign({ provider: openai({ model: 'gpt-5-mini' }) }, { [name]: 'x' })
  expect(() => llm(options)).toThrow(
    expect.objectContaining({
      code: 'invalid-llm-options',
      path: `llm.${name}`,
      hint: expect.stringContaining('give it to `openai`'),
    }),
  )
})
