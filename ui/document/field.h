// Field: which part of a scenario an edit touches. Names the edit in the undo list and decides which edits merge.
#pragma once

#include <QString>
#include <vector>

#include "core/formats/config/edited_model.h"
#include "core/scenario/scenario.h"

namespace headroom::ui {

enum class Field : int {
  model,
  workload,
  devices,
  batch,
  context,
  rank,
  weights,
  kv_cache,
  kv_keys,
  kv_values,
  compute,
  gradients,
  optimizer_states,
  master_weights,
  adapters,
  engine,
  framework,
  engine_version,
  engine_options,
  method,
  attention,
  logits,
  prefill_tokens,
  max_sequences,
  memory_utilization,
  cuda_graphs,
  unified_kv,
  full_window_cache,
  mla_cache,
  optimizer,
  optimizer_in_backward,
  accumulation,
  checkpointing,
  checkpoint_every,
  loss,
  targets,
  dora,
  compile,
  data,
  tensor,
  pipeline,
  virtual_pipeline,
  context_parallel,
  expert,
  expert_tensor,
  sequence,
  sharding,
  reserve,
  gpu_layers,
  expert_layers,
  kv_offload,
  optimizer_offload,
  parameter_offload,
  activation_offload,
  device_memory,
  compute_capability,
  reinforcement,
  reference,
  side_model,  // reward, critic or teacher
  rollout,
  rollout_share,
  rollout_sleeps,
  completion,
  recipe,       // everything a training code's recipe says
  advice,       // a change of several fields at once, as advised
  command,      // several fields at once, as a server's command says
  run,          // everything, as a measured run had it
  calibration,  // what a log printed, kept or let go
  name,
  dimensions,  // of an edited copy of the model
  // What is no part of a scenario but of the document around it.
  compared,   // the devices side by side
  panels,     // sections of the inputs, open or folded
  scenarios,  // which there are, in what order, and which is the baseline
  asked,      // of devices, sweeps and plans
  picked,     // several fields at once, as a point of a sweep or a map has them
  // And on: a field for every setting that is known by its key alone (keyed_setting.h).
  keyed = 1000,
};

// "Context", "KV cache precision"; translated.
QString labelOf(Field field);
QString labelOf(Dimension dimension);

// The field's value as a person reads it: "8192", "bf16", "2 × RTX 4090". What is not set shows what it means.
QString valueText(Field field, const Scenario& scenario);

// A weight format the way people write it: "bf16", "Q4_K_M", "as stored".
QString formatLabel(const WeightFormat& format);
QString formatLabel(NumberFormat format);

// "RTX 4090", "2 × RTX 4090, A10"; "no accelerator" for none.
QString devicesLabel(const std::vector<DeviceRequest>& devices);

// A model's name as shown: its label, else the last part of its id.
QString modelLabel(const Model& model);

}  // namespace headroom::ui
