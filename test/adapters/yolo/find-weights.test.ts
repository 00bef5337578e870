import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findWeights } from '../../../src/adapters/yolo/weights/find-weights.js'

let root: string
let models: string

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'prelabel-models-')))
  models = join(root, 'models')
  await mkdir(join(models, 'deep/er.onnx'), { recursive: true })
  await mkdir(join(root, 'models-of-others'))
  for (const file of ['models/a.onnx', 'models/deep/b.onnx', 'secret.onnx', 'models-of-others/c.onnx'])
    await writeFile(join(root, file), '')
  await symlink(join(root, 'secret.onnx'), join(models, 'out.onnx'))
  await symlink(root, join(models, 'up'))
  await symlink(join(models, 'a.onnx'), join(models, 'in.onnx'))
})
afterAll(() => rm(root, { recursive: true }))

describe('findWeights', () => {
  it.each([
    ['a.onnx', 'a.onnx'],
    ['a.pt', 'a.onnx'],
    ['./deep/b.pt', 'deep/b.onnx'],
    ['deep/../a.onnx', 'a.onnx'],
    ['in.onnx', 'a.onnx'],
  ])('finds %s', async (written, file) => {
    expect(await findWeights(models, written)).toBe(join(models, file))
  })

  it('takes a folder that is a link', async () => {
    await symlink(models, join(root, 'link'))
    expect(await findWeights(join(root, 'link'), 'a.pt')).toBe(join(models, 'a.onnx'))
  })

  it.each([
    ['../secret.onnx', 'leads out'],
    ['deep/../../secret.pt', 'leads out'],
    ['../models-of-others/c.onnx', 'leads out'],
    ['/etc/passwd.onnx', 'leads out'],
    ['out.onnx', 'leads out'],
    ['up/secret.onnx', 'leads out'],
    ['a.engine', 'neither .onnx nor .pt'],
    ['a.onnx\0.pt', 'neither .onnx nor .pt'],
  ])('refuses %j, saying only what was written', async (written, reason) => {
    const error: unknown = await findWeights(models, written).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'model-path-refused', message: expect.stringContaining(reason) })
    expect(String(error)).not.toContain(root)
  })

  it.each(['none.onnx', 'deep/er.onnx', 'a.onnx/b.onnx'])('says that there is no %s', async (written) => {
    await expect(findWeights(models, written)).rejects.toMatchObject({
      code: 'model-path-not-found',
      message: `there is no ${written} in the folder of \`models\``,
    })
    await expect(findWeights(join(root, 'nowhere'), written)).rejects.toMatchObject({ code: 'model-path-not-found' })
  })
})
