import { PrelabelError } from '../../../errors.js'
import { importOptional } from '../../../import-optional.js'
import type { ImageInput } from '../../../media/inputs.js'
import type { Item, ItemInput } from '../../adapter.js'
import type { Question } from '../answer-sheet.js'
import { changeFor, changePicture, type Sharp } from './fit-picture.js'

/** Makes what the model is shown of an item out of what the item shows. */
export type PreparePictures = (item: Item, questions: readonly Question[]) => Promise<Item>

/**
 * Turns pictures upright, and scales them where `maxSide` asks for it, with the package `sharp`. Without it a picture
 * that EXIF turns goes as it is, unless boxes are asked for: providers do not say whether a model sees it turned, so its
 * boxes would be a guess.
 *
 * @param load imports `sharp`
 * @returns throws PrelabelError `llm-input` for boxes on a picture that cannot be turned, `missing-package` where one is to be scaled
 */
export function createPreparePictures(
  maxSide: number | undefined,
  load: () => Promise<Sharp> = loadSharp,
): PreparePictures {
  let loading: Promise<Sharp> | undefined
  const sharp = () => {
    loading ??= load()
    return loading
  }

  async function prepare(
    { object, input }: ItemInput<ImageInput>,
    questions: readonly Question[],
  ): Promise<ImageInput> {
    const change = changeFor(input, maxSide)
    if (change === undefined) return input
    let library: Sharp
    try {
      library = await sharp()
    } catch (error) {
      if (change.maxSide !== undefined) throw error
      const boxes = questions.find(
        ({ control }) => control.tag === 'RectangleLabels' && control.toName.includes(object.name),
      )
      if (boxes === undefined) return input
      throw cannotTurn(object.path, boxes.control.path, error)
    }
    try {
      return await changePicture(input, change, library)
    } catch (cause) {
      throw unreadable(object.path, cause)
    }
  }

  return async (item, questions) => {
    const inputs = await Promise.all(
      item.inputs.map(async (one): Promise<ItemInput> => {
        const { object, input } = one
        return input.kind === 'image' ? { object, input: await prepare({ object, input }, questions) } : one
      }),
    )
    return { ...item, inputs }
  }
}

function loadSharp(): Promise<Sharp> {
  return importOptional('prelabel/llm', 'sharp', undefined, async () => (await import('sharp')).default)
}

function cannotTurn(picture: string, path: string, cause: unknown): PrelabelError {
  return new PrelabelError(`the picture of ${picture} is turned by EXIF, and a model may see it unturned`, {
    code: 'llm-input',
    path,
    hint: 'Run `npm install sharp`, with which it is turned before it is sent.',
    cause,
  })
}

function unreadable(path: string, cause: unknown): PrelabelError {
  const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)
  return new PrelabelError(`the picture cannot be decoded: ${reason}`, {
    code: 'llm-input',
    path,
    hint: 'The file is damaged, or of a format that sharp does not read.',
    cause,
  })
}
