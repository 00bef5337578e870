import { PrelabelError } from '../../errors.js'
import type { ModelCard } from './model-card.js'
import type { ParsedYoloOptions } from './options.js'
import type { Shapes } from './unknown-model.js'

/** The skeletons of a pose model. */
export interface Keypoints {
  readonly count: number
  /** Of each point: (x, y), or (x, y, visibility). */
  readonly values: number
  readonly names?: readonly string[]
  /** Neither the file nor the user told: those of people. */
  readonly assumed: boolean
}

/** Points of a body, as COCO has them. */
const PEOPLE = [17, 3] as const

/** The skeletons that the user described, else the file. */
export function keypointsOf(card: ModelCard, { keypoints }: Pick<ParsedYoloOptions, 'keypoints'>): Keypoints {
  const told = keypoints ?? card.keypointShape
  const [count, values] = told ?? PEOPLE
  const names = card.keypointNames
  return { count, values, ...(names?.length === count ? { names } : {}), assumed: told === undefined }
}

/** The error for a pose model whose skeletons are not those of people, and nothing says what they are. */
export function keypointsMissing({ count, values }: Keypoints, { outputs }: Shapes): PrelabelError {
  const sides = outputs.map(({ shape }) => `[${shape.map((side) => side ?? '?').join(', ')}]`).join(', ')
  return new PrelabelError(
    `The file does not tell its key points, and ${count} of ${values} values do not fit the output ${sides}`,
    {
      code: 'yolo-keypoints-missing',
      path: 'yolo.keypoints',
      hint: 'Give `keypoints`: how many there are, and whether each has 2 values (x, y) or 3 (x, y, visibility).',
    },
  )
}
