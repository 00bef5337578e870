/**
 * A summary of a dialogue, written by a model on your own machine: anything that speaks OpenAI's protocol (Ollama, vLLM,
 * LM Studio).
 *
 *     npx jiti examples/llm/text-generation.ts             # Ollama with llama3.2
 *     npx jiti examples/llm/text-generation.ts --stand-in
 */

import { createBackend, defineConfig } from 'prelabel'
import { llm, openaiCompatible } from 'prelabel/llm'
import { standIn } from './stand-in.js'

const config = defineConfig(`
  <View>
    <Paragraphs name="dialogue" value="$dialogue" layout="dialogue"/>
    <TextArea name="summary" toName="dialogue" placeholder="Summary in one sentence"/>
  </View>`)

const dialogue = [
  { author: 'Customer', text: 'My phone does not charge any more.' },
  { author: 'Agent', text: 'Please try another cable; if that fails, we replace it.' },
]

const server = await standIn({ charge: { summary: 'A phone no longer charges; the agent offers a replacement.' } })
const adapter = llm({
  provider: openaiCompatible({ model: 'llama3.2', baseURL: server?.openaiUrl ?? 'http://localhost:11434/v1' }),
  instructions: 'Write for the next agent who opens the ticket.',
  confidence: 'none',
})
const backend = createBackend({ config, adapters: [adapter] })
const [answer] = await backend.predict([{ id: 1, data: { dialogue } }])
console.log(answer?.error?.message ?? JSON.stringify(answer?.prediction?.result, null, 2))
await backend.dispose()
await server?.close()
