import type { Grid } from '../../detection/grid.js'

/** Place in the batch, four corners, class index, score. */
const COLUMNS = 7
/** The same as final boxes have it: corners, score, class index. */
const FINAL = [1, 2, 3, 4, 6, 5]

/**
 * The rows of one picture, where the boxes of a whole batch are one list, in the columns of final boxes.
 *
 * Source: `ONNX_ORT` of `models/experimental.py` in https://github.com/WongKinYiu/yolov7, which `--end2end` exports with.
 */
export function rowsOfPicture(data: Float32Array, index: number): Grid {
  const own: number[] = []
  for (let start = 0; start < data.length; start += COLUMNS)
    if (data[start] === index) own.push(...FINAL.map((column) => data[start + column] ?? 0))
  const channels = FINAL.length
  return { data: Float32Array.from(own), rows: own.length / channels, channels, rowStep: channels, channelStep: 1 }
}
