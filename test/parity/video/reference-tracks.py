"""
Records what Ultralytics' own ByteTrack makes of detections, for `test/adapters/video/byte-tracker.test.ts`.

    python test/parity/video/reference-tracks.py                    writes test/fixtures/tracking/*.json
    python test/parity/video/reference-tracks.py --answer < frames   answers frames given as JSON (parity test)

Detections of a frame are rows x1, y1, x2, y2, score, class; tracks of a frame are rows x1, y1, x2, y2, id, index of the
detection. Rows of turned boxes have the corners before the turn, and the angle in radians as a last number.
"""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from ultralytics.engine.results import OBB, Boxes
from ultralytics.trackers.byte_tracker import BYTETracker

DEFAULTS = dict(
    track_high_thresh=0.25,
    track_low_thresh=0.1,
    new_track_thresh=0.25,
    track_buffer=30,
    match_thresh=0.8,
    fuse_score=True,
)
SIZE = (480, 640)


def follow(frames, settings):
    tracker = BYTETracker(SimpleNamespace(**settings))
    turned = any(len(row) == 7 for rows in frames for row in rows)
    to_results, to_rows = (turned_results, turned_tracks) if turned else (upright_results, upright_tracks)
    return [to_rows(tracker.update(to_results(rows))) for rows in frames]


def upright_results(rows):
    return Boxes(np.asarray(rows, dtype=np.float32).reshape(-1, 6), SIZE)


def upright_tracks(tracks):
    return [[round(float(v), 4) for v in t[:4]] + [int(t[4]), int(t[7])] for t in tracks]


def turned_results(rows):
    x1, y1, x2, y2, score, label, angle = np.asarray(rows, dtype=np.float32).reshape(-1, 7).T
    return OBB(np.stack([(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1, angle, score, label], axis=-1), SIZE)


def turned_tracks(tracks):
    answers = []
    for x, y, w, h, angle, name, _, _, index in tracks:
        corners = [round(float(v), 4) for v in (x - w / 2, y - h / 2, x + w / 2, y + h / 2)]
        answers.append(corners + [int(name), int(index), round(float(angle), 4)])
    return answers


def scene(seed, things, length, miss, weak, false, jitter, hidden=()):
    """Things that move on bent paths, cross, vanish for a while, and are missed or seen weakly now and then."""
    random = np.random.default_rng(seed)
    start = random.uniform([40, 40], [600, 440], (things, 2))
    speed = random.uniform(-6, 6, (things, 2))
    bend = random.uniform(-0.05, 0.05, (things, 2))
    size = random.uniform(30, 120, (things, 2))
    growth = random.uniform(-0.3, 0.3, (things, 2))
    frames = []
    for t in range(length):
        rows = []
        for k in range(things):
            if any(k == who and since <= t < until for who, since, until in hidden) or random.random() < miss:
                continue
            centre = start[k] + speed[k] * t + bend[k] * t * t + random.normal(0, jitter, 2)
            w, h = np.maximum(6, size[k] + growth[k] * t + random.normal(0, jitter, 2))
            score = random.uniform(0.05, 0.3) if random.random() < weak else random.uniform(0.3, 0.98)
            rows.append([centre[0] - w / 2, centre[1] - h / 2, centre[0] + w / 2, centre[1] + h / 2, score, k % 3])
        for _ in range(random.poisson(false)):
            x, y = random.uniform(0, 560), random.uniform(0, 420)
            rows.append([x, y, x + random.uniform(8, 80), y + random.uniform(8, 60), random.uniform(0.05, 0.6), 0])
        order = random.permutation(len(rows))
        frames.append([[round(float(v), 2) for v in rows[i]] for i in order])
    return frames


def turning(seed, things, length, miss, weak, jitter):
    """Things that drive along curves, some of them longer than wide and some square, found with either side as the width."""
    random = np.random.default_rng(seed)
    place = random.uniform([60, 60], [580, 420], (things, 2))
    heading = random.uniform(0, 2 * np.pi, things)
    steer = random.uniform(-0.08, 0.08, things)
    speed = random.uniform(0, 6, things)
    size = np.stack([random.uniform(40, 90, things), random.uniform(16, 60, things)], axis=-1)
    size[0, 1] = size[0, 0]
    frames = []
    for t in range(length):
        rows = []
        heading += steer
        place += speed[:, None] * np.stack([np.cos(heading), np.sin(heading)], axis=-1)
        for k in range(things):
            if random.random() < miss:
                continue
            x, y = place[k] + random.normal(0, jitter, 2)
            w, h = np.maximum(4, size[k] + random.normal(0, jitter, 2))
            angle = heading[k] % np.pi
            if angle >= np.pi / 2:
                w, h, angle = h, w, angle - np.pi / 2
            score = random.uniform(0.05, 0.3) if random.random() < weak else random.uniform(0.3, 0.98)
            rows.append([x - w / 2, y - h / 2, x + w / 2, y + h / 2, score, k % 3, angle])
        order = random.permutation(len(rows))
        frames.append([[round(float(v), 3) for v in rows[i]] for i in order])
    return frames


def recorded(length=40):
    """nanodet-coco on a window that moves over a collage of photographs, as Ultralytics' predict finds them."""
    from PIL import Image
    from ultralytics import YOLO

    photo = Image.open("examples/photos/collage.jpg").convert("RGB")
    model = YOLO("examples/models/nanodet-coco/model.onnx", task="detect")
    width, height = photo.width * 2 // 3, photo.height * 2 // 3
    frames = []
    for t in range(length):
        left = round((photo.width - width) * t / (length - 1))
        top = round((photo.height - height) * abs(np.sin(t / 12)))
        window = photo.crop((left, top, left + width, top + height))
        found = model.predict(window, conf=0.1, max_det=30, verbose=False)[0].boxes
        frames.append([[round(float(v), 2) for v in row] for row in found.data.tolist()])
    return frames


def scenes():
    yield "crossing", scene(1, 5, 80, 0.03, 0.1, 0.2, 1.0), {}
    yield "occluded", scene(2, 4, 110, 0.02, 0.05, 0.1, 0.5, [(0, 20, 40), (1, 30, 62), (2, 25, 57), (3, 15, 46)]), {}
    yield "crowd", scene(3, 12, 40, 0.15, 0.3, 1.0, 2.0), {}
    yield "weak", scene(4, 4, 80, 0.1, 0.6, 0.3, 1.0), {}
    yield "settings", scene(5, 6, 60, 0.1, 0.3, 0.4, 1.5), dict(
        track_high_thresh=0.5, track_low_thresh=0.2, new_track_thresh=0.6, track_buffer=5, match_thresh=0.7, fuse_score=False
    )
    yield "turning", turning(6, 7, 60, 0.1, 0.2, 0.7), {}
    yield "empty", [[], [], [[10, 10, 50, 50, 0.9, 0]], [[11, 10, 51, 50, 0.9, 0]], [], [[12, 10, 12, 50, 0.9, 0]]], {}
    yield "photograph", recorded(), {}


if __name__ == "__main__":
    if "--answer" in sys.argv:
        json.dump([follow(q["frames"], {**DEFAULTS, **q["settings"]}) for q in json.load(sys.stdin)], sys.stdout)
        sys.exit()
    for name, frames, changed in scenes():
        settings = {**DEFAULTS, **changed}
        record = {"settings": settings, "frames": frames, "tracks": follow(frames, settings)}
        path = Path("test/fixtures/tracking") / f"{name}.json"
        path.write_text(json.dumps(record, separators=(",", ":")).replace("]],[[", "]],\n[[") + "\n")
        print(name, len(frames), sum(map(len, frames)), path.stat().st_size)
