import { DEFAULT_MAX_PIXELS, type VideoOptions } from './video-options.js'

/**
 * Containers that hold the whole of a video, or of a sound, so that this can be said. Playlists and scripts, which may
 * name other files and addresses (HLS, DASH, concat, SDP, …), are not among them.
 */
const CONTAINERS = 'mov,matroska,webm,avi,mpeg,mpegts,ogg,flv,asf,mp3,wav,flac,aac'

/** Arguments for ffmpeg and ffprobe alike, before the input: nothing but this one file is opened. */
export function inputArguments({ maxPixels = DEFAULT_MAX_PIXELS }: VideoOptions): string[] {
  return [
    ...['-v', 'error'],
    ...['-protocol_whitelist', 'file,pipe'],
    ...['-format_whitelist', CONTAINERS],
    // Decoders work in whole blocks, which reach over the edge.
    ...['-max_pixels', String(2 * maxPixels)],
  ]
}

/** A path that is neither taken for an option nor for an address. */
export function inputFile(path: string): string {
  return `file:${path}`
}
