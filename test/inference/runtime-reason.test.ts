import { expect, test } from 'vitest'
import { runtimeReason } from '../../src/inference/runtime-reason.js'

test.each([
  [
    'Load model from /models/a b.onnx failed:/onnxruntime_src/onnxruntime/core/graph/model.cc:202 onnxruntime::Model::Model(onnx::ModelProto&&, const onnxruntime::ModelOptions&) Unsupported model IR version: 99, max supported IR version: 13\n\n',
    'Unsupported model IR version: 99, max supported IR version: 13',
  ],
  [
    'Load model from /m.onnx failed:/onnxruntime_src/onnxruntime/core/graph/model_load_utils.h:46 void onnxruntime::model_load_utils::ValidateOpsetForDomain(const std::unordered_map<std::__cxx11::basic_string<char>, int>&, int) ONNX Runtime only *guarantees* (some) models.',
    'ONNX Runtime only *guarantees* (some) models.',
  ],
  ['Load model from /m.onnx failed:Protobuf parsing failed.', 'Protobuf parsing failed.'],
  [
    '/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 onnxruntime::webgpu::WebGpuContext::Initialize(const onnxruntime::webgpu::WebGpuContextConfig&)::<lambda()> status was false. No adapter',
    'status was false. No adapter',
  ],
  [
    "Non-zero status code returned while running Add node. Name:'' /src/a/element_wise.h:560 void onnxruntime::Broadcast(int, int) axis == 1 was false",
    "Non-zero status code returned while running Add node. Name:'' axis == 1 was false",
  ],
  [
    'no available backend found. ERR: [gpuu] backend not found.',
    'no available backend found. ERR: [gpuu] backend not found.',
  ],
])('of %s', (message, reason) => {
  expect(runtimeReason(new Error(message))).toBe(reason)
})
