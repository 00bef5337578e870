import type { OptionsOwner } from '../../parse-options.js'

/** @param name the function that the options are given to */
export function llmOptions(name: string): OptionsOwner {
  return { name, code: 'invalid-llm-options', page: 'docs/llm.md' }
}
