"""Writes references/: what the originals say of pictures that are tall, wide, tiny, grey, transparent and EXIF-turned.

python test/parity/sam/make-references.py ../shared/zoo   (needs transformers, torch, onnxruntime, pillow)

sam-hf: SamImageProcessor and its post_process_masks around the exported model. sam-meta: Pillow's resize as in
ResizeLongestSide, and the masks that Meta's own graph up-samples to the picture's size.
"""
import json, sys
from pathlib import Path
import numpy as np, onnxruntime as ort, torch
from PIL import Image, ImageOps
from transformers import SamImageProcessor

zoo = Path(sys.argv[1])
out = Path(__file__).parent / 'references'
IMAGES = ['d04_900x200.png', 'd05_150x600.png', 'd06_64x48.png', 'd08_500x375_grey.png', 'd09_400x300_rgba.png', 'd10_480x320_exif6.jpg']


def prompts(w, h):
    """A click in the middle, one with a negative beside it, a box, and (for Meta's export) a box with a click."""
    mid = [round(w * 0.47, 2), round(h * 0.53, 2)]
    side = [round(w * 0.1, 2), round(h * 0.9, 2)]
    box = [round(w * 0.2, 2), round(h * 0.25, 2), round(w * 0.7, 2), round(h * 0.8, 2)]
    return [
        dict(kind='point', points=[mid], labels=[1]),
        dict(kind='pos_neg', points=[mid, side], labels=[1, 0]),
        dict(kind='box', box=box),
        dict(kind='box_point', points=[mid], labels=[1], box=box),
    ]


def save(folder, image, index, mask):
    name = f'{Path(image).stem}_p{index}.png'
    Image.fromarray(mask.astype(np.uint8) * 255).save(out / folder / 'masks' / name, optimize=True)
    return name


def hf():
    folder = zoo / 'sam-hf'
    processor = SamImageProcessor.from_pretrained(folder)
    encoder, points, boxes = (ort.InferenceSession(folder / 'onnx' / f'{n}.onnx') for n in
                              ('vision_encoder', 'prompt_encoder_mask_decoder', 'prompt_encoder_mask_decoder_boxes'))
    results = []
    for image in IMAGES:
        shown = ImageOps.exif_transpose(Image.open(zoo / 'images' / image)).convert('RGB')
        made = processor(shown, return_tensors='pt')
        (h, w), (rh, rw) = made['original_sizes'][0].tolist(), made['reshaped_input_sizes'][0].tolist()
        embedding = dict(zip([o.name for o in encoder.get_outputs()], encoder.run(None, {'pixel_values': made['pixel_values'].numpy()})))
        recorded = []
        for index, prompt in enumerate(prompts(w, h)[:3]):
            scale = np.array([rw / w, rh / h])
            if 'box' in prompt:
                feeds = {'input_boxes': (np.array(prompt['box']).reshape(2, 2) * scale).reshape(1, 1, 4).astype(np.float32)}
                session = boxes
            else:
                feeds = {'input_points': (np.array(prompt['points']) * scale)[None, None].astype(np.float32),
                         'input_labels': np.array(prompt['labels'], dtype=np.int64)[None, None]}
                session = points
            scores, low = session.run(['iou_scores', 'pred_masks'], {**feeds, **embedding})
            masks = processor.post_process_masks(torch.from_numpy(low), made['original_sizes'], made['reshaped_input_sizes'])
            best = int(scores[0, 0].argmax())
            recorded.append({**prompt, 'iou_scores': scores[0, 0].tolist(), 'mask_png': save('sam-hf', image, index, masks[0][0, best].numpy())})
        results.append(dict(image=image, resized_png=None, prompts=recorded))
    return results


def meta():
    folder = zoo / 'sam-meta'
    encoder, decoder = (ort.InferenceSession(folder / f'{n}.onnx') for n in ('encoder', 'decoder'))
    mean, std = np.array([123.675, 116.28, 103.53]), np.array([58.395, 57.12, 57.375])
    results = []
    for image in IMAGES:
        shown = ImageOps.exif_transpose(Image.open(zoo / 'images' / image)).convert('RGB')
        w, h = shown.size
        scale = 1024 * 1.0 / max(h, w)
        rw, rh = int(w * scale + 0.5), int(h * scale + 0.5)
        resized = np.asarray(shown.resize((rw, rh), Image.BILINEAR), dtype=np.float32)
        pixels = np.zeros((1, 3, 1024, 1024), np.float32)
        pixels[0, :, :rh, :rw] = ((resized - mean) / std).transpose(2, 0, 1)
        embedding = encoder.run(None, {'image': pixels})[0]
        recorded = []
        for index, prompt in enumerate(prompts(w, h)):
            coords = [*prompt.get('points', []), *(np.array(prompt['box']).reshape(2, 2).tolist() if 'box' in prompt else [[0, 0]])]
            labels = [*prompt.get('labels', []), *([2, 3] if 'box' in prompt else [-1])]
            low_h, low_w = decoder.get_inputs()[3].shape[2:]
            masks, scores = decoder.run(['masks', 'iou_predictions'], {
                'image_embeddings': embedding,
                'point_coords': (np.array(coords) * [rw / w, rh / h])[None].astype(np.float32),
                'point_labels': np.array(labels, np.float32)[None],
                'mask_input': np.zeros((1, 1, low_h, low_w), np.float32),
                'has_mask_input': np.zeros(1, np.float32),
                'orig_im_size': np.array([h, w], np.float32),
            })
            best = 1 + int(scores[0, 1:].argmax())
            recorded.append({**prompt, 'predictor_scores': scores[0, 1:].tolist(), 'mask_png': save('sam-meta', image, index, masks[0, best] > 0)})
        results.append(dict(image=image, resized_png=None, prompts=recorded))
    return results


for name, make in dict([('sam-hf', hf), ('sam-meta', meta)]).items():
    (out / name / 'masks').mkdir(parents=True, exist_ok=True)
    (out / name / 'cases.json').write_text(json.dumps(dict(results=make())))
    print(name, 'done')
