"""
Writes classifiers without weights (a class for each patch of a channel: the brighter, the likelier), a picture of noise, and
what Ultralytics' own predict says of it.

    python test/adapters/yolo/recorded/make-classifiers.py   (needs ultralytics, onnx, onnxruntime, pillow)
"""

import json
import os
from pathlib import Path

os.environ['YOLO_OFFLINE'] = '1'
os.environ['YOLO_AUTOINSTALL'] = 'false'

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image
from ultralytics import YOLO

FOLDER = Path(__file__).parent
PATCH = 8
SIZES = {'wide': (16, 40), 'tall': (40, 16), 'square': (24, 24)}


def classifier(height, width):
    count = 3 * (height // PATCH) * (width // PATCH)
    nodes = [
        helper.make_node('AveragePool', ['images'], ['patches'], kernel_shape=[PATCH, PATCH], strides=[PATCH, PATCH]),
        helper.make_node('Flatten', ['patches'], ['flat']),
        helper.make_node('Mul', ['flat', 'factor'], ['scores']),
        helper.make_node('Softmax', ['scores'], ['output0'], axis=1),
    ]
    images = helper.make_tensor_value_info('images', TensorProto.FLOAT, [1, 3, height, width])
    output = helper.make_tensor_value_info('output0', TensorProto.FLOAT, [1, count])
    factor = numpy_helper.from_array(np.array(6, np.float32), 'factor')
    graph = helper.make_graph(nodes, 'classifier', [images], [output], [factor])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 13)], ir_version=8)
    names = {index: f'patch {index}' for index in range(count)}
    said = dict(task='classify', names=names, stride=1, imgsz=[height, width], batch=1, channels=3, args={'batch': 1})
    helper.set_model_props(model, {key: str(value) for key, value in said.items()})
    return model


coarse = np.random.default_rng(5).integers(0, 256, (7, 9, 3), dtype=np.uint8)
picture = FOLDER / 'noise.png'
Image.fromarray(coarse).resize((90, 62), Image.BICUBIC).save(picture)
recorded = {}
for name, (height, width) in SIZES.items():
    file = FOLDER / f'classifier-{name}.onnx'
    onnx.save(classifier(height, width), file)
    result = YOLO(file, task='classify').predict(picture, imgsz=[height, width], verbose=False)[0]
    recorded[name] = [round(value, 6) for value in result.probs.data.tolist()]
(FOLDER / 'classifiers.json').write_text(json.dumps(recorded) + '\n')
