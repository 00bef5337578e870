export { type Batcher, type BatcherOptions, createBatcher, type Priority, type SubmitOptions } from './batcher.js'
export type { ExecutionProvider } from './execution-provider.js'
export { type OnnxMetadata, readOnnxMetadata } from './onnx-metadata.js'
export type { OnnxRuntime } from './onnx-runtime.js'
export { createOnnxSession, type OnnxSessionOptions } from './onnx-session.js'
export { type DecodeOptions, decodePicture } from './pictures/decode.js'
export { type Placement, place, type ResizeMode, type Size, smallestInput } from './pictures/letterbox.js'
export { type PictureLayout, type PlacedPicture, pictureTensor } from './pictures/picture-tensor.js'
export type { Pixels } from './pictures/pixels.js'
export { resizeBilinear } from './pictures/resize-bilinear.js'
export type { SharpLibrary } from './pictures/sharp-library.js'
export { createRemoteSession, type RemoteModel } from './remote-session.js'
export type { RefusedProvider, RunOptions, Session, Tensor, TensorData, TensorInfo, TensorType } from './session.js'
export { createSessionPool, memoryOf, type SessionPool, type SessionPoolOptions } from './session-pool.js'
export {
  probeVideo,
  readFrames,
  type Sampling,
  type VideoFacts,
  type VideoFrame,
  type VideoOptions,
} from './video/index.js'
