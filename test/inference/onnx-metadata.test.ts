import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOnnxMetadata } from '../../src/inference/onnx-metadata.js'
import { writeOnnx } from './onnx-writer.js'

describe('readOnnxMetadata', () => {
  it('reads a real model as the runtime does', () => {
    const { inputs, outputs, properties } = readOnnxMetadata(readFileSync('examples/models/nanodet-coco/model.onnx'))
    expect(inputs).toEqual([{ name: 'images', type: 'float32', shape: [undefined, 3, 416, 416] }])
    expect(outputs).toEqual([{ name: 'output0', type: 'float32', shape: [undefined, 84, 3549] }])
    expect(properties).toMatchObject({ task: 'detect', stride: '32', imgsz: '[416, 416]' })
  })

  it('reads names, types and free dimensions of what was written', () => {
    const written = writeOnnx({
      inputs: [{ name: 'images', type: 'float16', dims: ['batch', 3, 'height', 300] }],
      outputs: [{ name: 'out', dims: [1, 2], data: new Float32Array(2) }],
      properties: { names: "{0: 'é'}" },
    })
    expect(readOnnxMetadata(written)).toEqual({
      inputs: [{ name: 'images', type: 'float16', shape: [undefined, 3, undefined, 300] }],
      outputs: [{ name: 'out', type: 'float32', shape: [1, 2] }],
      properties: { names: "{0: 'é'}" },
    })
  })

  it('refuses whatever is cut short or no model, and never hangs', () => {
    const whole = readFileSync('examples/models/nanodet-coco/model.onnx')
    expect(() => readOnnxMetadata(whole.subarray(0, 100_000))).toThrow(/^The ONNX file is cut short or damaged: /)
    expect(() => readOnnxMetadata(Buffer.from('PK\u0003\u0004weights'))).toThrow(/^The file is not an ONNX model: /)
    expect(() => readOnnxMetadata(new Uint8Array())).toThrow('it holds no graph')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readOnnxMetadata(bytes)
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid-model' })
        }
      }),
    )
  })
})
