import path from 'node:path'
import { PrelabelError } from '../../errors.js'

export function folderNotFound(folder: string, cause: unknown): PrelabelError {
  return new PrelabelError(`The model folder ${folder} does not exist`, {
    code: 'model-folder-not-found',
    path: folder,
    hint: 'Give a folder with config.json, tokenizer.json and onnx/model.onnx; a relative path counts from the working directory.',
    cause,
  })
}

export function fileMissing(folder: string, file: string, what: string): PrelabelError {
  return new PrelabelError(`The model folder ${folder} has no ${file}`, {
    code: 'model-file-missing',
    path: path.join(folder, file),
    hint: `${what} Export the model for transformers.js (optimum-cli export onnx), tokenizer included.`,
  })
}

export function fileInvalid(folder: string, file: string, why: string): PrelabelError {
  return new PrelabelError(`The file ${file} of the model folder ${folder} cannot be read: ${why}`, {
    code: 'model-file-invalid',
    path: path.join(folder, file),
    hint: 'Take the file anew from where the model came from.',
  })
}
