"""
The same work for `bench/ner.ts` by the Python pipeline of transformers, on torch or on onnxruntime.

Reads from standard input `{folder, weights, runtime, threads, rounds, groups: {name: [text]}}`, writes `{name: ms}`, the
best round of each group. On torch the weights are random (a folder for onnxruntime has none): only the time counts.
"""

import json
import sys
import time

import onnxruntime
import torch
from transformers import AutoConfig, AutoModelForTokenClassification, AutoTokenizer, PreTrainedModel, pipeline
from transformers.modeling_outputs import TokenClassifierOutput


class OnnxModel(PreTrainedModel):
    """The weights on onnxruntime, with the face that the pipeline asks for."""

    config_class = AutoConfig
    main_input_name = "input_ids"

    def __init__(self, config, weights, threads):
        super().__init__(config)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self.inputs = [value.name for value in self.session.get_inputs()]
        self.anchor = torch.nn.Parameter(torch.zeros(1))

    def forward(self, **values):
        feeds = {name: values[name].numpy() for name in self.inputs}
        return TokenClassifierOutput(logits=torch.from_numpy(self.session.run(None, feeds)[0]))


def main():
    asked = json.load(sys.stdin)
    torch.set_num_threads(asked["threads"])
    config = AutoConfig.from_pretrained(asked["folder"])
    tokenizer = AutoTokenizer.from_pretrained(asked["folder"])
    on_torch = asked["runtime"] == "torch"
    model = (
        AutoModelForTokenClassification.from_config(config)
        if on_torch
        else OnnxModel(config, asked["weights"], asked["threads"])
    )
    recognize = pipeline("token-classification", model=model.eval(), tokenizer=tokenizer, device="cpu",
                         aggregation_strategy="first", stride=128)
    taken = {}
    for name, texts in asked["groups"].items():
        rounds = asked["rounds"] if len(texts) > 1 or len(texts[0]) < 10_000 else 2
        recognize(texts[:1] if rounds == 2 else texts, batch_size=min(len(texts), 32))
        times = []
        for _ in range(rounds):
            started = time.perf_counter()
            recognize(texts, batch_size=min(max(len(texts), 1), 32))
            times.append((time.perf_counter() - started) * 1000)
        taken[name] = min(times)
    json.dump(taken, sys.stdout)


main()
