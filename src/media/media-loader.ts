import type { FileLease } from './file-lease.js'
import type { DialogueInput, FileInput, ImageInput, TextInput } from './inputs.js'

/** The forms in which a field can be loaded. */
export interface LoadedAs {
  image: ImageInput
  text: TextInput
  dialogue: DialogueInput
  audio: FileInput
  video: FileInput
}

/** Of which task a field is, and who waits for it. */
export interface LoadContext {
  /** Needed to resolve `s3://`, `gs://` and `azure-blob://` through Label Studio, which reads them for a task it has. */
  readonly taskId?: number | string
  /** Where it is known, paths that read the storage of another project are refused. */
  readonly projectId?: number | string
  readonly signal?: AbortSignal
  /** A person waits for it, or a list that is worked off: those do not wait for each other. @default 'bulk' */
  readonly priority?: 'interactive' | 'bulk'
  /** Keeps files of sound and video until it is released. Without one they stay until the loader is disposed of. */
  readonly lease?: FileLease
  /** For `dialogue`: the fields of an utterance, as `nameKey` and `textKey` of `<Paragraphs>`. @default author, text */
  readonly dialogueKeys?: { readonly nameKey?: string; readonly textKey?: string }
}

/**
 * Turns the value of a task's field into something a model can read. One per backend; it holds the cache.
 *
 * `load` throws PrelabelError with a `media-…` code and a message that never holds a token or a presigned URL.
 */
export interface MediaLoader {
  /**
   * @param form what to load it as
   * @param value the field as it stands in the task: a URL, a path, a data URI; for `text` and `dialogue` a URL to read
   */
  load<F extends keyof LoadedAs>(form: F, value: unknown, context?: LoadContext): Promise<LoadedAs[F]>
  dispose(): Promise<void>
}
