import { fileURLToPath } from 'node:url'
import { createBackend } from 'prelabel'
import { ner } from 'prelabel/ner'

const model = fileURLToPath(new URL('../../../examples/models/rampart-pii', import.meta.url))

export default createBackend({ adapters: [ner({ model, dtype: 'q4', scoreThreshold: 0.5 })] })
