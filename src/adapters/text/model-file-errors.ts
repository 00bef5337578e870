import path from 'node:path'
import { PrelabelError } from '../../errors.js'

/** @param advice which folder is wanted, one sentence */
export function folderNotFound(folder: string, advice: string, cause: unknown): PrelabelError {
  return new PrelabelError(`The model folder ${folder} does not exist`, {
    code: 'model-folder-not-found',
    path: folder,
    hint: `${advice} A relative path counts from the working directory.`,
    cause,
  })
}

/**
 * @param holds what the folder holds instead, one sentence
 * @param advice how to come by the file, one sentence
 */
export function fileMissing(folder: string, file: string, holds: string, advice: string): PrelabelError {
  return new PrelabelError(`The model folder ${folder} has no ${file}`, {
    code: 'model-file-missing',
    path: path.join(folder, file),
    hint: `${holds} ${advice}`,
  })
}

export function fileInvalid(folder: string, file: string, why: string): PrelabelError {
  return new PrelabelError(`The file ${file} of the model folder ${folder} cannot be read: ${why}`, {
    code: 'model-file-invalid',
    path: path.join(folder, file),
    hint: 'Take the file anew from where the model came from.',
  })
}
