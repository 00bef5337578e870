"""
Exports small models with random weights, and records what Ultralytics' own predict finds with them.

    python test/parity/yolo/make-exports.py FOLDER   (needs ultralytics, onnx, onnxruntime, pillow)

Writes to FOLDER three pictures, and for each export NAME.onnx and NAME.json, in the form of the recorded references.
"""

import json
import os
import shutil
import sys
from pathlib import Path

os.environ['YOLO_OFFLINE'] = '1'
os.environ['YOLO_AUTOINSTALL'] = 'false'

import numpy as np
import torch
import yaml
from PIL import Image
from ultralytics import RTDETR, YOLO
from ultralytics.utils import ROOT, YAML

SIZE = 160
SETTINGS = dict(conf=0.02, iou=0.45, max_det=300, agnostic_nms=False)
IN_GRAPH = dict(nms=True, conf=SETTINGS['conf'], iou=SETTINGS['iou'])
ODD = ["it's", 'quo"te', 'Café — ☕', 'a, b', '{x}: 1', 'back\\slash', '😀', '[]']
RTDETR_SMALL = dict(
    nc=80,
    backbone=[[-1, 1, 'Conv', [side, 3, 2]] for side in (16, 32, 32, 64, 64)],
    head=[[-1, 1, 'AIFI', [128, 4]], [[2, 3, 5], 1, 'RTDETRDecoder', ['nc', 64, 50, 4, 4, 2]]],
)
# name: the architecture, what is changed in it, options of the export
EXPORTS = {
    'rtdetr': (RTDETR_SMALL, {}, {}),
    'rtdetr-two-classes': (RTDETR_SMALL, dict(names=['a', 'b']), {}),
    'v10n': ('yolov10n', {}, {}),
    'v8n-p2': ('yolov8n-p2', {}, {}),
    'v8n-p6': ('yolov8n-p6', {}, dict(imgsz=192)),
    'v3-tiny': ('yolov3-tiny', dict(names=['a', 'b', 'c']), dict(simplify=False)),
    'v8n-dynamic': ('yolov8n', {}, dict(dynamic=True, simplify=False)),
    'v8n-nms': ('yolov8n', {}, IN_GRAPH),
    'v8n-nms-dynamic': ('yolov8n', {}, dict(dynamic=True, simplify=False, **IN_GRAPH)),
    '26n-end-to-end': ('yolo26n', {}, dict(end2end=True)),
    '11n-seg-dynamic': ('yolo11n-seg', {}, dict(dynamic=True, simplify=False)),
    'v8n-obb-dynamic': ('yolov8n-obb', {}, dict(dynamic=True, simplify=False)),
    '11n-pose-17x3': ('yolo11n-pose', {}, {}),
    '11n-pose-5x2': ('yolo11n-pose', dict(names=['face'], kpt_shape=[5, 2]), {}),
    '11n-cls-odd-names': ('yolo11n-cls', dict(names=ODD), {}),
}


def pictures(folder):
    """Blurred noise, as PNG: every decoder gives the same pixels."""
    random = np.random.default_rng(7)
    for width, height in ((160, 120), (90, 200), (300, 60)):
        coarse = random.integers(0, 256, (height // 10, width // 10, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((width, height), Image.BICUBIC).save(folder / f'{width}x{height}.png')
        yield f'{width}x{height}.png'


def build(name, architecture, names=None, kpt_shape=None):
    torch.manual_seed(0)
    small = isinstance(architecture, dict)
    scaled = 'rtdetr' if small else architecture
    config = dict(architecture) if small else described(architecture)
    if names is not None:
        config['nc'] = len(names)
    if kpt_shape is not None:
        config['kpt_shape'] = kpt_shape
    # Ultralytics takes the scale from the name that is asked for, and the rest from the file of all scales.
    Path(f'{of_all_scales(scaled)}.yaml').write_text(yaml.safe_dump(config))
    model = (RTDETR if small else YOLO)(f'{scaled}.yaml')
    if names is not None:
        model.model.names = dict(enumerate(names))
    model.model.pt_path = model.ckpt_path = f'{name}.pt'
    vary(model.model)
    return model


def described(architecture):
    folder = ROOT / 'cfg' / 'models'
    return YAML.load(next(file for name in (architecture, of_all_scales(architecture)) for file in folder.rglob(f'{name}.yaml')))


def of_all_scales(architecture):
    """yolov8n-p2 is described in yolov8-p2.yaml."""
    first, dash, rest = architecture.partition('-')
    return first.removesuffix('n') + dash + rest


def vary(model):
    """Random weights say nothing, and the same everywhere: widens what they say."""
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.05)
            module.running_var.uniform_(0.3, 0.6)
            module.weight.data.uniform_(0.8, 1.3)
    for part in ('cv2', 'cv3', 'cv4', 'one2one_cv2', 'one2one_cv3', 'one2one_cv4'):
        for level in getattr(model.model[-1], part, None) or ():
            last = [module for module in level.modules() if isinstance(module, torch.nn.Conv2d)][-1]
            last.weight.data.normal_(0, 0.6 if 'cv3' in part else 0.3)
            if last.bias is not None:
                last.bias.data.normal_(-3.0 if 'cv3' in part else 0.5, 0.3)


def record(file, images, size):
    model = (RTDETR if file.stem.startswith('rtdetr') else YOLO)(file)
    return [found_in(model, image, size) for image in images]


def found_in(model, image, size):
    result = model.predict(image, imgsz=size, retina_masks=True, batch=1, verbose=False, **SETTINGS)[0]
    said = dict(image=str(image), orig_shape_hw=list(result.orig_shape))
    named = lambda boxes: [
        dict(name=result.names[int(index)], conf=conf) for index, conf in zip(boxes.cls.tolist(), boxes.conf.tolist())
    ]
    if result.probs is not None:
        said['probs'] = {result.names[index]: value for index, value in enumerate(result.probs.data.tolist())}
    if result.obb is not None:
        said['obb'] = [{**one, 'xywhr': xywhr} for one, xywhr in zip(named(result.obb), result.obb.xywhr.tolist())]
    if result.boxes is not None:
        said['boxes'] = [{**one, 'xyxy': xyxy} for one, xyxy in zip(named(result.boxes), result.boxes.xyxy.tolist())]
    if result.keypoints is not None:
        for one, points in zip(said['boxes'], result.keypoints.data.tolist()):
            one['keypoints'] = points
    if result.masks is not None:
        for one, mask in zip(said['boxes'], result.masks.data.numpy()):
            one['mask_pixels'] = np.flatnonzero(mask).tolist()
    return said


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)
    torch.set_num_threads(1)
    images = list(pictures(folder))
    for name, (architecture, changes, options) in EXPORTS.items():
        file = folder / f'{name}.onnx'
        options = {'imgsz': SIZE, **options}
        shutil.move(build(name, architecture, **changes).export(format='onnx', verbose=False, **options), file)
        said = dict(model=file.name, settings=SETTINGS, results=record(file, images, options['imgsz']))
        (folder / f'{name}.json').write_text(json.dumps(said))
        print(name, sum(len(one.get('boxes', one.get('obb', []))) for one in said['results']), flush=True)


main(Path(sys.argv[1]).resolve())
