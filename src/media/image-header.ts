/** What the header of a picture says, read without decoding it. */

import { imageSize } from 'image-size'
import { PrelabelError } from '../errors.js'

export interface ImageHeader {
  /** As a browser shows it: after the EXIF turn. */
  readonly width: number
  readonly height: number
  /** EXIF orientation 1..8; 1 when there is none. */
  readonly orientation: number
  readonly format: string
}

/**
 * @param subject what is read, for the message
 * @throws PrelabelError `media-not-an-image`
 */
export function readImageHeader(bytes: Uint8Array, subject: string): ImageHeader {
  try {
    const { width, height, orientation = 1, type = '' } = imageSize(bytes)
    const format = type === 'jpg' ? 'jpeg' : type
    return orientation >= 5
      ? { width: height, height: width, orientation, format }
      : { width, height, orientation, format }
  } catch (cause) {
    throw notAnImage(bytes, subject, cause)
  }
}

function notAnImage(bytes: Uint8Array, subject: string, cause: unknown): PrelabelError {
  const start = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart().toLowerCase()
  const isPage = /^<(!doctype html|html|head)/.test(start)
  return new PrelabelError(`${subject} is ${bytes.length === 0 ? 'empty' : isPage ? 'a web page' : 'no picture'}`, {
    code: 'media-not-an-image',
    hint: isPage
      ? 'The server answers with a page, usually its login: check the URL and the token.'
      : 'Its first bytes are those of no picture format, or it is cut off before its size.',
    cause,
  })
}
