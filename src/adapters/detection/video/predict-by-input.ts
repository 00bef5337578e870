import type { FileInput, ImageInput } from '../../../media/inputs.js'
import type { Item, Outcome } from '../../adapter.js'

/** How a detector answers items of each kind. */
export interface PredictByInput {
  pictures(items: readonly Item<ImageInput>[]): Promise<readonly Outcome[]>
  video(item: Item<FileInput>): Promise<Outcome>
}

/** Answers pictures together, and videos one after the other; a video that fails fails alone. */
export async function predictByInput(
  items: readonly Item<ImageInput | FileInput>[],
  { pictures, video }: PredictByInput,
): Promise<Outcome[]> {
  const shown = items.filter(showsPicture)
  const answers = shown.length === 0 ? [] : await pictures(shown)
  const outcomes: Outcome[] = []
  for (const item of items) {
    if (showsPicture(item)) outcomes.push(answers[shown.indexOf(item)] ?? [])
    else if (playsVideo(item)) outcomes.push(await video(item).catch(toError))
  }
  return outcomes
}

function showsPicture(item: Item<ImageInput | FileInput>): item is Item<ImageInput> {
  return item.input.kind === 'image'
}

function playsVideo(item: Item<ImageInput | FileInput>): item is Item<FileInput> {
  return item.input.kind !== 'image'
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
