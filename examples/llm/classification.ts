/**
 * Support tickets sorted with GPT: topics out of a taxonomy, urgency and language in one request a ticket.
 *
 *     OPENAI_API_KEY=… npx jiti examples/llm/classification.ts
 *     npx jiti examples/llm/classification.ts --stand-in
 */

import { createBackend, defineConfig } from 'prelabel'
import { llm, openai } from 'prelabel/llm'
import { standIn } from './stand-in.js'

const config = defineConfig(`
  <View>
    <Text name="ticket" value="$ticket"/>
    <Taxonomy name="topics" toName="ticket">
      <Choice value="Delivery"> <Choice value="Late"/> <Choice value="Damaged"/> </Choice>
      <Choice value="Payment" hint="invoices, cards, refunds"/>
    </Taxonomy>
    <Rating name="urgency" toName="ticket" maxRating="3"/>
    <Choices name="language" toName="ticket" choice="single"> <Choice value="English" alias="en"/> <Choice value="German" alias="de"/> </Choices>
  </View>`)

const tasks = [
  { id: 1, data: { ticket: 'My parcel came with a broken screen, I need it tomorrow!' } },
  { id: 2, data: { ticket: 'Bitte schicken Sie mir die Rechnung vom März.' } },
]

const sure = (answer: unknown) => ({ answer, confidence: 0.9 })
const server = await standIn({
  broken: { topics: [sure('Delivery > Damaged')], urgency: sure(3), language: sure('en') },
  Rechnung: { topics: [sure('Payment')], urgency: sure(1), language: sure('de') },
})
const adapter = llm({
  provider: openai({ model: 'gpt-6-luna', ...(server && { baseURL: server.openaiUrl, apiKey: 'none' }) }),
  instructions: 'Urgency 3 means that the customer is harmed if nobody answers today.',
  examples: {
    from: [
      { data: { ticket: 'When will order 12 arrive?' }, answers: { topics: ['Delivery'], urgency: 2, language: 'en' } },
    ],
  },
})
const backend = createBackend({ config, adapters: [adapter] })
for (const { prediction, error } of await backend.predict(tasks)) {
  console.log(
    error?.message ?? JSON.stringify(prediction?.result.map((result) => ('value' in result ? result.value : result))),
  )
}
const { requests, cacheHits, cost } = adapter.usage()
console.log(`${requests} requests paid with $${cost.toFixed(6)}, ${cacheHits} answered from the cache`)
await backend.dispose()
await server?.close()
