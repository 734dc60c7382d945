"""The Python package as its user sees it. Only the standard library; stand-ins for torch and trainers."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

import headroom
import headroom.callback

LLAMA = {
    "model_type": "llama", "hidden_size": 2048, "intermediate_size": 8192, "num_hidden_layers": 16,
    "num_attention_heads": 32, "num_key_value_heads": 8, "vocab_size": 128256, "tie_word_embeddings": True,
    "torch_dtype": "bfloat16", "max_position_embeddings": 131072,
}


class Config:
    """What a Transformers configuration looks like from outside."""

    _name_or_path = "somebody/model"

    def to_dict(self):
        return dict(LLAMA, _name_or_path=self._name_or_path)


class Arguments:
    def to_dict(self):
        return {
            "per_device_train_batch_size": 4, "gradient_accumulation_steps": 2, "gradient_checkpointing": True,
            "optim": "adamw_torch_fused", "bf16": True, "output_dir": "/home/me/secret", "hub_token": None,
        }


class Estimates(unittest.TestCase):
    def test_every_way_to_ask_gives_one_answer(self):
        scenario = {"model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "devices": [{"accelerator": "l4"}]}
        asked = headroom.estimate(scenario)
        self.assertEqual(headroom.estimate(json.dumps(scenario)).total, asked.total)
        self.assertEqual(headroom.estimate(model="meta-llama/Llama-3.1-8B", engine="vllm", devices="l4").total,
                         asked.total)
        self.assertEqual(headroom.estimate("vllm serve meta-llama/Llama-3.1-8B", devices=["l4"]).total, asked.total)
        self.assertEqual(headroom.estimate(headroom.Scenario.of(scenario)).total, asked.total)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "s.headroom.json")
            with open(path, "w") as file:
                json.dump(scenario, file)
            self.assertEqual(headroom.estimate(path).total, asked.total)
        self.assertEqual(sum(asked.components.values()), asked.total)
        self.assertIs(asked.fits, False)
        self.assertIsNone(headroom.estimate(model="meta-llama/Llama-3.1-8B").fits)

    def test_the_command_line_gives_the_same_bytes(self):
        cli = os.environ["HEADROOM_CLI"]
        scenario = {"model": "Qwen/Qwen2.5-7B", "workload": "lora", "framework": "trl", "batch": 2,
                    "devices": [{"accelerator": "rtx-4090"}]}
        done = subprocess.run([cli, "estimate", "-", "--format", "json"], input=json.dumps(scenario), text=True,
                              capture_output=True, check=True)
        self.assertEqual(json.loads(done.stdout), headroom.estimate(scenario).to_dict())

    def test_a_transformers_configuration_with_its_arguments(self):
        e = headroom.estimate(Config(), Arguments(), context=2048)
        said = e.scenario.to_dict()
        self.assertEqual(said["batch"], 4)
        self.assertEqual(said["training"]["accumulation"], 2)
        self.assertEqual(said["training"]["checkpointing"], "full")
        self.assertEqual(said["workload"], "full")
        self.assertEqual(e.parameters, 1_235_814_400)
        more = headroom.estimate(Config(), dict(Arguments().to_dict(), gradient_checkpointing=False), context=2048)
        self.assertGreater(more.total, e.total)

    def test_keys_are_changed_and_mistakes_named(self):
        s = headroom.Scenario.of(model="meta-llama/Llama-3.2-1B", workload="lora")
        self.assertGreater(headroom.estimate(s.replaced({"training.rank": 64})).components["adapters"],
                           headroom.estimate(s).components["adapters"])
        with self.assertRaises(headroom.HeadroomError) as caught:
            headroom.estimate(model="meta-llama/Llama-3.2-1B", batsh=2)
        self.assertIn("batsh", str(caught.exception))
        with self.assertRaises(headroom.HeadroomError) as caught:
            s.replaced(batch=-1)
        self.assertEqual(caught.exception.code, "value")
        with self.assertRaises(TypeError):
            headroom.estimate(3)

    def test_many_at_once_keep_their_order(self):
        asked = [{"model": "meta-llama/Llama-3.2-1B", "batch": n} for n in range(1, 201)]
        totals = [e.total for e in headroom.estimate_all(asked)]
        self.assertEqual(totals, sorted(totals))
        self.assertEqual(totals[41], headroom.estimate(asked[41]).total)

    def test_limits_catalogues_and_texts(self):
        l = headroom.limits(model="meta-llama/Llama-3.1-8B", workload="lora", devices="h100-sxm-80gb")
        self.assertGreater(l.rank, 16)
        self.assertGreater(len(headroom.models()), 50)
        self.assertEqual(headroom.accelerator("4090").id, "rtx-4090")
        self.assertIn("keys and values", headroom.explain(model="meta-llama/Llama-3.1-8B"))
        side = headroom.compare({"one": {"model": "meta-llama/Llama-3.2-1B"},
                                 "four": {"model": "meta-llama/Llama-3.2-1B", "batch": 4}}, format="md")
        self.assertIn("four", side)

    def test_a_notebook_shows_a_table_that_nothing_breaks_out_of(self):
        e = headroom.estimate(dict(model={"config": LLAMA, "name": "<script>alert(1)</script>"}))
        shown = e._repr_html_()
        self.assertIn("<table>", shown)
        self.assertNotIn("<script>", shown)


class Parameter:
    def __init__(self, count, width, grad=None):
        self.count, self.width, self.grad = count, width, grad

    def numel(self):
        return self.count

    def element_size(self):
        return self.width


class Model:
    config = Config()

    def named_parameters(self):
        p = Parameter(1_235_814_400, 2)
        p.grad = Parameter(1_235_814_400, 2)
        return [("model.weight", p)]


class Optimizer:
    state = {0: {"exp_avg": Parameter(1_235_814_400, 2), "exp_avg_sq": Parameter(1_235_814_400, 2), "step": 3}}


class Callbacks(unittest.TestCase):
    def watch(self, row=None, **options):
        self.said = []
        return dict(workload="full", framework="transformers", batch=1, context=512, row=row, out=self.said.append,
                    counters=lambda: {"allocated": 12_000_000_000, "reserved": 13_000_000_000,
                                      "device": 14_000_000_000}, **options)

    def test_a_plain_loop_prints_both_and_writes_a_row_that_validate_reads(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "runs.json")
            for _ in range(2):
                with headroom.callback.watch(Config(), **self.watch(row=path)) as memory:
                    for _ in range(4):
                        memory.step(Model(), Optimizer())
            text = "\n".join(self.said)
            self.assertIn("predicted peak", text)
            self.assertIn("allocated: predicted", text)
            self.assertIn("weights: predicted 2.302, measured 2.302", text)
            with open(path) as file:
                written = file.read()
            self.assertNotIn("somebody", written)
            self.assertEqual([f["figure"] for f in json.loads(written)["rows"][1]["figures"]],
                             ["allocated", "reserved", "device"])
            done = subprocess.run([os.environ["HEADROOM_CLI"], "validate", path, "--format", "csv"], text=True,
                                  capture_output=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("allocated", done.stdout)

    def test_trainers_may_call_what_they_like(self):
        callback = headroom.callback.MemoryCallback(Config(), Arguments(), **self.watch())
        callback.on_init_end(None, None, None)
        callback.on_train_begin(None, None, None, model=Model())
        for _ in range(3):
            callback.on_pre_optimizer_step(None, None, None, model=Model(), optimizer=Optimizer())
            callback.on_step_end(None, None, None, model=Model(), optimizer=Optimizer())
        self.assertIn("optimizer_states", "\n".join(self.said))
        with self.assertRaises(AttributeError):
            callback.no_such_thing

    def test_without_a_device_it_says_so(self):
        said = []
        with headroom.callback.watch(Config(), workload="full", steps=1, out=said.append,
                                     counters=lambda: None) as memory:
            memory.step()
        self.assertIn("no CUDA device", said[-1])


if __name__ == "__main__":
    unittest.main()
