/**
 * Names and amounts in a text, by quote: the model copies words, prelabel finds them and counts the offsets.
 *
 *     ANTHROPIC_API_KEY=… npx jiti examples/llm/entities.ts
 *     npx jiti examples/llm/entities.ts --stand-in
 */

import { createBackend, defineConfig } from 'prelabel'
import { anthropic, llm } from 'prelabel/llm'
import { standIn } from './stand-in.js'

const config = defineConfig(`
  <View>
    <Text name="message" value="$message"/>
    <Labels name="entity" toName="message">
      <Label value="Person"/> <Label value="Amount" hint="with its currency"/>
    </Labels>
  </View>`)

const message = '😀 Ann owes Bob 20 €, and Bob owes Ann 5 €.'

const span = (label: string, quote: string, occurrence = 1) => ({
  answer: { label, quote, occurrence },
  confidence: 0.9,
})
const server = await standIn({
  owes: {
    entity: [
      span('Person', 'Ann'),
      span('Person', 'Bob'),
      span('Amount', '20 €'),
      span('Person', 'Bob', 2),
      span('Person', 'Ann', 2),
      span('Amount', '5 €'),
    ],
  },
})
const adapter = llm({
  provider: anthropic({ model: 'claude-haiku-5-5', ...(server && { baseURL: server.url, apiKey: 'none' }) }),
})
const backend = createBackend({ config, adapters: [adapter] })
const [answer] = await backend.predict([{ id: 1, data: { message } }])
if (answer?.error !== undefined) console.error(answer.error.message)
for (const result of answer?.prediction?.result ?? []) if ('value' in result) console.log(JSON.stringify(result.value))
await backend.dispose()
await server?.close()
