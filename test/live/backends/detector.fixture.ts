import { fileURLToPath } from 'node:url'
import { createBackend } from 'prelabel'
import { yolo } from 'prelabel/yolo'

const model = fileURLToPath(new URL('../../../examples/models/nanodet-coco/model.onnx', import.meta.url))

export default createBackend({ adapters: [yolo({ model, scoreThreshold: 0.35 })] })
