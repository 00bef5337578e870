/** Label Studio's address and token from environment variables, under the names of the Python packages. */

import { z } from 'zod'

const variable = z.string().trim().min(1).optional().catch(undefined)

const environmentSchema = z.object({
  LABEL_STUDIO_URL: variable,
  LABEL_STUDIO_HOST: variable,
  LABEL_STUDIO_API_KEY: variable,
  LABEL_STUDIO_ACCESS_TOKEN: variable,
  LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT: variable,
})

export interface LabelStudioEnvironment {
  /** `LABEL_STUDIO_URL`, or `LABEL_STUDIO_HOST`. */
  readonly url?: string
  /** `LABEL_STUDIO_API_KEY`, or `LABEL_STUDIO_ACCESS_TOKEN`. */
  readonly token?: string
  /** `LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT`: where the files of local storages are mounted here. */
  readonly localFiles?: string
}

/** Reads what is set; empty variables count as unset. */
export function readLabelStudioEnvironment(env: Readonly<Record<string, string | undefined>>): LabelStudioEnvironment {
  const set = environmentSchema.parse(env)
  const url = set.LABEL_STUDIO_URL ?? set.LABEL_STUDIO_HOST
  const token = set.LABEL_STUDIO_API_KEY ?? set.LABEL_STUDIO_ACCESS_TOKEN
  const localFiles = set.LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT
  return {
    ...(url === undefined ? {} : { url }),
    ...(token === undefined ? {} : { token }),
    ...(localFiles === undefined ? {} : { localFiles }),
  }
}

/** The Label Studio that was named, else the environment's; its token is the environment's where none was given with it. */
export function accessWith<T extends { readonly url: string; readonly token?: string | undefined }>(
  given: T | undefined,
  { url, token }: LabelStudioEnvironment,
): T | { readonly url: string; readonly token?: string } | undefined {
  const named = given ?? (url === undefined ? undefined : { url })
  return named === undefined || token === undefined ? named : { url: named.url, token: given?.token ?? token }
}
