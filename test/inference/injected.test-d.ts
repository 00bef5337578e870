import * as onnxruntime from 'onnxruntime-node'
import sharp from 'sharp'
import { describe, expectTypeOf, it } from 'vitest'
import type { OnnxRuntime, SharpLibrary } from '../../src/inference/index.js'

describe('packages that are handed in', () => {
  it('are the modules as they are', () => {
    expectTypeOf(onnxruntime).toExtend<OnnxRuntime>()
    expectTypeOf(sharp).toExtend<SharpLibrary>()
  })
})
