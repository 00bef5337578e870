"""The project's small detector behind MLServer, run by Python's onnxruntime."""

import os

import numpy as np
import onnxruntime
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceRequest, InferenceResponse, MetadataModelResponse, MetadataTensor


class NanodetRuntime(MLModel):
    async def load(self) -> bool:
        self.session = onnxruntime.InferenceSession(os.environ["NANODET"], providers=["CPUExecutionProvider"])
        return True

    async def metadata(self) -> MetadataModelResponse:
        images = MetadataTensor(name="images", datatype="FP32", shape=[-1, 3, 416, 416])
        output = MetadataTensor(name="output0", datatype="FP32", shape=[-1, 84, 3549])
        return MetadataModelResponse(name=self.name, platform="onnx", inputs=[images], outputs=[output])

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        images = NumpyCodec.decode_input(payload.inputs[0]).astype(np.float32)
        (output,) = self.session.run(["output0"], {"images": images})
        encoded = NumpyCodec.encode_output(name="output0", payload=output)
        return InferenceResponse(model_name=self.name, outputs=[encoded])
