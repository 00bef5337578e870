/** Adapters without a model, whose answers can be told beforehand. */

import type { InteractiveContext } from '../../src/adapters/adapter.js'
import { defineAdapter } from '../../src/adapters/define-adapter.js'

export const TONE_CONFIG = `
<View>
  <Text name="message" value="$text"/>
  <Choices name="tone" toName="message"><Choice value="Positive"/><Choice value="Negative"/></Choices>
</View>`

/** Calls positive what is happy. */
export const tone = defineAdapter({
  name: 'tone',
  version: '1.0.0',
  fills: { Choices: ['Text'] },
  predict: (items) =>
    items.map(({ input }) => [
      {
        kind: 'classification' as const,
        classes: [{ label: input.text.includes('happy') ? 'Positive' : 'Negative', score: 0.9 }],
      },
    ]),
})

export const BOX_CONFIG = `
<View>
  <Image name="image" value="$image"/>
  <RectangleLabels name="box" toName="image" smart="true"><Label value="Thing"/></RectangleLabels>
  <KeyPointLabels name="point" toName="image" smart="true"><Label value="Thing"/></KeyPointLabels>
</View>`

/** Finds a thing in the left upper quarter, or, when the annotator has set a point, in the 20 pixels around that. */
export const boxes = defineAdapter({
  name: 'boxes',
  version: '1.0.0',
  fills: { RectangleLabels: ['Image'] },
  predict: (items) =>
    items.map(({ input, context }) => {
      const point = context === undefined ? undefined : pointOf(context)
      const box =
        point === undefined
          ? { x: 0, y: 0, width: input.width / 2, height: input.height / 2 }
          : { x: (point.x / 100) * input.width - 10, y: (point.y / 100) * input.height - 10, width: 20, height: 20 }
      return [{ kind: 'detection' as const, label: 'Thing', score: 0.8, box }]
    }),
})

function pointOf({ results }: InteractiveContext): { readonly x: number; readonly y: number } | undefined {
  const value = results[0]?.value
  if (typeof value !== 'object' || value === null || !('x' in value) || !('y' in value)) return undefined
  return typeof value.x === 'number' && typeof value.y === 'number' ? { x: value.x, y: value.y } : undefined
}
