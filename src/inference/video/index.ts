export { probeVideo, type VideoFacts } from './probe-video.js'
export { readFrames, type Sampling, type VideoFrame } from './read-frames.js'
export type { VideoOptions } from './video-options.js'
