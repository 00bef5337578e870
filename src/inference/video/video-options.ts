/** Programs and limits with which videos are read. */
export interface VideoOptions {
  /** @default 'ffmpeg', looked for in PATH */
  readonly ffmpeg?: string | undefined
  /** @default 'ffprobe', looked for in PATH */
  readonly ffprobe?: string | undefined
  /** A video of more pixels a frame is refused before it is decoded. @default 8192 × 4320 */
  readonly maxPixels?: number | undefined
  /** A longer video is refused before it is decoded; seconds. @default 3600 */
  readonly maxDuration?: number | undefined
  /** For how long the programs may be silent while they are waited for; milliseconds. @default 60000 */
  readonly timeout?: number | undefined
  readonly signal?: AbortSignal | undefined
}

export const DEFAULT_MAX_PIXELS = 8192 * 4320
export const DEFAULT_MAX_DURATION = 3600
export const DEFAULT_TIMEOUT = 60_000
