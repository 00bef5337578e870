"""Ultralytics' predict on an ONNX file, asked line by line: bench/yolo.ts runs it.

Arguments: model, threads, then pictures. Each line on standard input is a number of pictures; the answer is the
milliseconds that predict took for as many, files and decoding included: by the clock, and of all processors.
"""

import os
import sys
import time

os.environ["YOLO_OFFLINE"] = "true"
os.environ["YOLO_VERBOSE"] = "false"

import onnxruntime  # noqa: E402

model, threads, *pictures = sys.argv[1:]
plain = onnxruntime.InferenceSession


def session(path, sess_options=None, *args, **kwargs):
    options = sess_options or onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(threads)
    return plain(path, options, *args, **kwargs)


onnxruntime.InferenceSession = session

import torch  # noqa: E402
from ultralytics import YOLO  # noqa: E402

torch.set_num_threads(int(threads))
yolo = YOLO(model, task="detect")
print("ready", flush=True)

for line in sys.stdin:
    wanted = [pictures[i % len(pictures)] for i in range(int(line))]
    start, before = time.perf_counter(), time.process_time()
    found = yolo.predict(wanted, verbose=False, device="cpu")
    assert len(found) == len(wanted)
    clock, processor = time.perf_counter() - start, time.process_time() - before
    print(clock * 1000, processor * 1000, flush=True)
