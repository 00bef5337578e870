export { createOnnxSession, type OnnxSessionOptions } from './onnx-session.js'
export type { OnnxRuntime } from './onnx-tensor.js'
export type { RefusedProvider, Session, Tensor, TensorData, TensorInfo, TensorType } from './session.js'
