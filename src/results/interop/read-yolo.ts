import { PrelabelError } from '../../errors.js'
import type { Finding, PosePoint } from '../findings.js'
import { boxFromCorners, convertPoint, type Point, type Size } from '../geometry/index.js'
import { fillPolygons } from '../mask/index.js'
import type { ImportedImage } from './imported-image.js'
import type { YoloTask } from './write-yolo.js'

export interface ReadYoloOptions extends Size {
  readonly task: YoloTask
  /** The data set's `names`, in their order. */
  readonly labels: readonly string[]
  readonly fileName: string
  /** For `pose`: how many key points there are, and whether each has a visibility. @default { count: 17, visible: true } */
  readonly keypoints?: { readonly count: number; readonly visible: boolean }
}

/**
 * A label or result file of the YOLO family → findings. A confidence at the end of a line becomes the score.
 *
 * @throws PrelabelError `broken-yolo` with the number of the line
 */
export function readYolo(text: string, options: ReadYoloOptions): ImportedImage {
  const { fileName, width, height } = options
  const findings = text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    if (line.trim() === '') return []
    const [classIndex = Number.NaN, ...numbers] = line.trim().split(/\s+/).map(Number)
    const label = options.labels[classIndex]
    if (label === undefined) throw broken(index, `there is no class ${line.trim().split(/\s+/)[0]}`)
    if (numbers.some(Number.isNaN)) throw broken(index, 'it holds something that is no number')
    const count = placesIn(numbers.length, options)
    if (count === undefined) throw broken(index, `${numbers.length} numbers cannot be a line for ${options.task}`)
    const score = numbers[count]
    const named = { label, ...(score === undefined ? {} : { score }) }
    return [findingOf(numbers.slice(0, count), named, options)]
  })
  return { fileName, width, height, findings }
}

const DEFAULT_KEYPOINTS = { count: 17, visible: true }

/** How many of the numbers are places; one more may be the confidence. */
function placesIn(length: number, { task, keypoints = DEFAULT_KEYPOINTS }: ReadYoloOptions): number | undefined {
  const withScore = (count: number) => (length === count || length === count + 1 ? count : undefined)
  switch (task) {
    case 'detect':
      return withScore(4)
    case 'obb':
      return withScore(8)
    case 'pose':
      return withScore(4 + keypoints.count * (keypoints.visible ? 3 : 2))
    case 'segment':
      return length < 6 ? undefined : length - (length % 2)
  }
}

function findingOf(
  numbers: readonly number[],
  named: { readonly label: string; readonly score?: number },
  { task, width, height, keypoints = DEFAULT_KEYPOINTS }: ReadYoloOptions,
): Finding {
  const size = { width, height }
  const at = (index: number): Point =>
    convertPoint({ x: numbers[index] ?? 0, y: numbers[index + 1] ?? 0 }, 'fraction', 'pixel', size)
  const centre = at(0)
  const sides = at(2)
  const box = { x: centre.x - sides.x / 2, y: centre.y - sides.y / 2, width: sides.x, height: sides.y }
  switch (task) {
    case 'detect':
      return { kind: 'detection', ...named, box }
    case 'obb':
      return { kind: 'detection', ...named, box: boxFromCorners([at(0), at(2), at(4), at(6)]) }
    case 'segment': {
      const ring = Array.from({ length: numbers.length / 2 }, (_, index) => at(index * 2))
      return { kind: 'mask', ...named, mask: fillPolygons([ring], width, height) }
    }
    case 'pose': {
      const step = keypoints.visible ? 3 : 2
      const points = Array.from({ length: keypoints.count }, (_, index): PosePoint => {
        const first = 4 + index * step
        const seen = keypoints.visible ? numbers[first + 2] : undefined
        // Labels say 0, 1 or 2; results say how sure the model is.
        return { ...at(first), ...(seen === undefined ? {} : { score: Math.min(1, seen) }) }
      })
      return { kind: 'pose', ...named, box, points }
    }
  }
}

function broken(line: number, why: string): PrelabelError {
  return new PrelabelError(`the YOLO file cannot be read: ${why}`, { code: 'broken-yolo', path: `line ${line + 1}` })
}
