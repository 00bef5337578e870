export type { ModelSource, SharedOptions } from '../detection/shared-options.js'
export type { VideoSettings } from '../detection/video/video-settings.js'
export type { YoloHead, YoloOptions, YoloTask } from './options.js'
export { yolo } from './yolo.js'
