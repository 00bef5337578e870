"""An ONNX file behind MLServer, run by Python's onnxruntime; `uri` in its settings names the file."""

import numpy as np
import onnxruntime
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceRequest, InferenceResponse, MetadataModelResponse, MetadataTensor


class OnnxRuntime(MLModel):
    async def load(self) -> bool:
        file = self.settings.parameters.uri
        self.session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        return True

    async def metadata(self) -> MetadataModelResponse:
        inputs, outputs = self.session.get_inputs(), self.session.get_outputs()
        return MetadataModelResponse(
            name=self.name, platform="onnx", inputs=[tensor(one) for one in inputs], outputs=[tensor(one) for one in outputs]
        )

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        feeds = {one.name: NumpyCodec.decode_input(one).astype(np.float32) for one in payload.inputs}
        names = [one.name for one in payload.outputs or self.session.get_outputs()]
        answers = zip(names, self.session.run(names, feeds))
        encoded = [NumpyCodec.encode_output(name=name, payload=answer) for name, answer in answers]
        return InferenceResponse(model_name=self.name, outputs=encoded)


def tensor(described) -> MetadataTensor:
    shape = [side if isinstance(side, int) else -1 for side in described.shape]
    return MetadataTensor(name=described.name, datatype="FP32", shape=shape)
