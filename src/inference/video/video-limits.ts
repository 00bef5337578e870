import { PrelabelError } from '../../errors.js'

/** A video of more pixels a frame than are allowed. */
export function videoTooLarge(width: number, height: number): PrelabelError {
  return new PrelabelError(`The video has ${width}×${height} pixels, more than are allowed`, {
    code: 'video-too-large',
    hint: 'Raise `maxPixels` or scale the video down.',
  })
}

/** A video that lasts longer than is allowed. */
export function videoTooLong(maxDuration: number): PrelabelError {
  return new PrelabelError(`The video is longer than the allowed ${maxDuration} s`, {
    code: 'video-too-long',
    hint: 'Raise `video.maxDuration` or cut the video.',
  })
}
