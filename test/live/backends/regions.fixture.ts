import { createBackend, type Detection, defineAdapter } from 'prelabel'
import { askRegions } from 'prelabel/compose'

const box = (label: string, x: number, y: number, width: number, height: number): Detection => ({
  kind: 'detection',
  label,
  box: { x, y, width, height },
  score: 0.9,
})

/** Finds two things. */
const find = defineAdapter({
  name: 'find',
  version: '1.0.0',
  fills: { RectangleLabels: ['Image'] },
  predict: (items) => items.map(() => [box('Disc', 208, 190, 146, 146), box('Square', 20, 20, 60, 40)]),
})

/** Judges cut-outs by their width. */
const ask = defineAdapter({
  name: 'ask',
  version: '1.0.0',
  fills: { Choices: ['Image'], TextArea: ['Image'], Rating: ['Image'] },
  predict: (items) =>
    items.map(({ input, region }) => [
      { kind: 'classification', classes: [{ label: input.width > 100 ? 'Big' : 'Small' }] },
      { kind: 'text', text: `${region?.label} ${input.width}×${input.height}` },
      { kind: 'number', value: input.width > 100 ? 4 : 2 },
    ]),
})

export default createBackend({ adapters: [askRegions({ find, ask, drawn: true, padding: 0 })] })
