import { realpath, stat } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { PrelabelError } from '../../../errors.js'

/**
 * The ONNX file that `model_path` names, inside the one folder from which models may come. The name of PyTorch weights
 * (`yolov8n.pt`) means their export (`yolov8n.onnx`).
 *
 * @throws PrelabelError `model-path-refused` for one that leads out of the folder, also by a symbolic link, or is no model;
 *   `model-path-not-found`
 */
export async function findWeights(folder: string, modelPath: string): Promise<string> {
  const name = modelPath.replace(/\.pt$/, '.onnx')
  if (!name.endsWith('.onnx') || name.includes('\0')) throw refused(modelPath, 'it names neither .onnx nor .pt')
  const root = await realpath(folder).catch(() => resolve(folder))
  const wanted = resolve(root, name)
  if (!isInside(root, wanted)) throw refused(modelPath, 'it leads out of the folder of `models`')
  const file = await realpath(wanted).catch(() => undefined)
  if (file === undefined || !(await stat(file)).isFile()) throw notFound(modelPath, name)
  if (!isInside(root, file)) throw refused(modelPath, 'it leads out of the folder of `models`')
  return file
}

function isInside(root: string, file: string): boolean {
  return file.startsWith(root.endsWith(sep) ? root : root + sep)
}

function refused(modelPath: string, reason: string): PrelabelError {
  return new PrelabelError(`the model_path ${JSON.stringify(modelPath)} is refused: ${reason}`, {
    code: 'model-path-refused',
    hint: 'Name a file inside the folder that the adapter was given as `models`, relative to it.',
  })
}

function notFound(modelPath: string, name: string): PrelabelError {
  const made = name === modelPath ? '' : ` (made with \`yolo export model=${modelPath} format=onnx\`)`
  return new PrelabelError(`there is no ${name}${made} in the folder of \`models\``, {
    code: 'model-path-not-found',
    hint: 'Put the ONNX file there, or correct the `model_path`.',
  })
}
