import { yolo } from '../../src/adapters/yolo/index.js'
import { createBackend } from '../../src/index.js'

export default createBackend({
  config:
    '<View><Image name="i" value="$i"/><RectangleLabels name="r" toName="i"><Label value="Car"/></RectangleLabels></View>',
  adapters: [yolo({ model: 'no-such-model.onnx' })],
  logger: { debug() {}, info() {}, warn() {}, error() {} },
})
