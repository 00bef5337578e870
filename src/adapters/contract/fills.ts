import type { DataInput, DialogueInput, FileInput, ImageInput, Input, TextInput } from '../../media/inputs.js'

/** Which control tags the adapter can fill, and on which object tags: `{ RectangleLabels: ['Image'] }`. */
export type Fills = Readonly<Record<string, readonly string[]>>

interface InputOfTag {
  Image: ImageInput
  Text: TextInput
  HyperText: TextInput
  Paragraphs: DialogueInput
  Audio: FileInput
  AudioPlus: FileInput
  Video: FileInput
}

/** The input that an adapter with these `fills` is given. */
export type InputFor<F extends Fills> = F[keyof F][number] extends infer Tag
  ? Tag extends keyof InputOfTag
    ? InputOfTag[Tag]
    : Tag extends string
      ? string extends Tag
        ? Input
        : DataInput
      : never
  : never
