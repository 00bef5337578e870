/**
 * A picture described, and the animals in it boxed, by a model that sees.
 *
 *     OPENAI_API_KEY=… npx jiti examples/llm/picture.ts
 *     npx jiti examples/llm/picture.ts --stand-in
 */

import { fileURLToPath } from 'node:url'
import { createBackend, defineConfig } from 'prelabel'
import { llm, openai } from 'prelabel/llm'
import { standIn } from './stand-in.js'

const config = defineConfig(`
  <View>
    <Image name="photo" value="$photo"/>
    <TextArea name="caption" toName="photo"/>
    <RectangleLabels name="animal" toName="photo"> <Label value="Cat"/> <Label value="Dog"/> </RectangleLabels>
  </View>`)

const server = await standIn({
  photo: {
    caption: { answer: 'A tabby cat looks past the camera.', confidence: 0.9 },
    animal: [{ answer: { label: 'Cat', left: 160, top: 40, right: 990, bottom: 995 }, confidence: 0.8 }],
  },
})
const adapter = llm({
  provider: openai({ model: 'gpt-6-luna', ...(server && { baseURL: server.openaiUrl, apiKey: 'none' }) }),
  instructions: 'Caption: one plain sentence for somebody who cannot see the picture.',
})
const roots = [fileURLToPath(new URL('../photos', import.meta.url))]
const backend = createBackend({ config, adapters: [adapter], media: { roots } })
const [answer] = await backend.predict([{ id: 1, data: { photo: 'cat.jpg' } }])
console.log(answer?.error?.message ?? JSON.stringify(answer?.prediction?.result, null, 2))
await backend.dispose()
await server?.close()
