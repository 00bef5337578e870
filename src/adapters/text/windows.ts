/** A stretch of a token sequence that one run of a model sees: indices, end exclusive. */
export interface Window {
  readonly from: number
  readonly to: number
}

/**
 * Cuts `count` tokens into windows of at most `size`, each sharing `overlap` tokens with the one before. The last one
 * ends with the text and may be shorter: the windows of huggingface/tokenizers with `stride`.
 *
 * @param overlap less than `size`
 */
export function windowsOf(count: number, size: number, overlap: number): Window[] {
  const windows: Window[] = []
  for (let from = 0; from === 0 || from + overlap < count; from += size - overlap)
    windows.push({ from, to: Math.min(from + size, count) })
  return windows
}
