import { PrelabelError } from '../../errors.js'
import type { ModelCard } from './model-card.js'
import type { ParsedYoloOptions } from './options.js'

/** The class names by index that the user gave, else those of the file. */
export function classNames({ names }: ParsedYoloOptions, card: ModelCard): readonly string[] | undefined {
  if (names === undefined) return card.names
  if (Array.isArray(names)) return names
  const count = Math.max(...Object.keys(names).map(Number)) + 1
  return Array.from({ length: count }, (_, index) => names[String(index)] ?? String(index))
}

/**
 * @param classes undefined where the shapes do not tell how many there are
 * @throws PrelabelError `yolo-class-names-missing`, `yolo-class-count`
 */
export function checkNames(names: readonly string[] | undefined, classes: number | undefined): readonly string[] {
  if (names === undefined)
    throw new PrelabelError(`The model has ${classes ?? 'some'} classes, but its file does not name them`, {
      code: 'yolo-class-names-missing',
      path: 'yolo.names',
      hint: 'Give the class names in their order as `names`.',
    })
  if (classes !== undefined && classes !== names.length)
    throw new PrelabelError(`The model has ${classes} classes, but ${names.length} names are given`, {
      code: 'yolo-class-count',
      path: 'yolo.names',
      hint: 'Give one name for each class in the order of training; where key points or angles are counted too, give `task`.',
    })
  return names
}
