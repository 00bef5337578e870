/** The backend that a user's project has in these tests: it says of a text whether it is happy. */

/** @param options what `createBackend` gets besides the adapter */
export function toneBackend(options: string): string {
  return `
import { createBackend, defineAdapter } from 'prelabel'

const tone = defineAdapter({
  name: 'tone',
  version: '1.0.0',
  fills: { Choices: ['Text'] },
  predict: (items) =>
    items.map(({ input }) => [
      { kind: 'classification', classes: [{ label: input.text.includes('happy') ? 'Positive' : 'Negative', score: 0.9 }] },
    ]),
})
const backend = createBackend({ adapters: [tone], ${options} })
`
}

export const CONFIG = `<View><Text name="text" value="$text"/>
  <Choices name="tone" toName="text"><Choice value="Positive"/><Choice value="Negative"/></Choices></View>`
