#include "ui/document/field.h"

#include <QStringList>

#include "core/open/catalogue.h"
#include "core/open/said_key.h"
#include "core/scenario/settings.h"
#include "ui/document/keyed_setting.h"
#include "ui/document/stated_setting.h"
#include "ui/languages/language.h"
#include "ui/languages/tr.h"
#include "ui/style/names.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

QString text(std::string_view s) {
  return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size()));
}
QString onOff(bool value) {
  return value ? tr("on") : tr("off");
}
template <typename E>
QString name(E value) {
  return spelled(nameOf(value));
}

QString targetsText(const Targets& targets) {
  if (targets.kind == Targets::Kind::all_linear) return tr("all linear layers");
  if (targets.kind == Targets::Kind::attention) return tr("attention");
  QStringList names;
  for (const std::string& n : targets.names) names << QString::fromStdString(n);
  return names.join(QStringLiteral(", "));
}

// "40 layers": what was changed in an edited copy.
QString dimensionsText(const Scenario& s) {
  QStringList parts;
  if (s.model)
    for (const EditableDimension& d : editableDimensions(s.reference, *s.model))
      if (d.edited) parts << QStringLiteral("%1 %2").arg(labelOf(d.dimension), grouped(d.stated.value_or(d.effective)));
  return parts.isEmpty() ? tr("as given") : parts.join(QStringLiteral(", "));
}

QString settingText(Field field, const Scenario& s, const Settings& set) {
  switch (field) {
    case Field::weights:
      return formatLabel(set.weights);
    case Field::kv_cache:
      return set.kvCache.k == set.kvCache.v
                 ? formatLabel(set.kvCache.k)
                 : formatLabel(set.kvCache.k) + QStringLiteral(" / ") + formatLabel(set.kvCache.v);
    case Field::kv_keys:
      return formatLabel(set.kvCache.k);
    case Field::kv_values:
      return formatLabel(set.kvCache.v);
    case Field::compute:
      return formatLabel(set.compute);
    case Field::gradients:
      return formatLabel(set.gradients);
    case Field::optimizer_states:
      return formatLabel(set.optimizerStates);
    case Field::adapters:
      return formatLabel(set.adapters);
    case Field::master_weights:
      return set.masterWeights ? formatLabel(*set.masterWeights) : tr("none");
    case Field::engine:
      return name(set.engine);
    case Field::framework:
      return spelled(set.framework);
    case Field::attention:
      return name(set.attention);
    case Field::logits:
      return name(set.logits);
    case Field::context:
      return grouped(set.context);
    case Field::prefill_tokens:
      return grouped(set.prefillTokens);
    case Field::max_sequences:
      return grouped(set.maxSequences);
    case Field::memory_utilization:
      return localNumber(set.memoryUtilization * 100, 'g', 4) + QStringLiteral(" %");
    case Field::cuda_graphs:
      return onOff(set.cudaGraphs);
    case Field::unified_kv:
      return onOff(set.unifiedKv);
    case Field::full_window_cache:
      return onOff(set.fullWindowCache);
    case Field::mla_cache:
      return onOff(set.mlaCache);
    case Field::optimizer:
      return name(set.optimizer);
    case Field::loss:
      return name(set.loss);
    case Field::reinforcement:
      return name(set.reinforcement.method);
    case Field::reference:
      return name(set.reinforcement.reference);
    case Field::side_model:
      return set.reinforcement.teacherParameters > 0
                 ? tr("%1 B parameters").arg(localNumber(set.reinforcement.teacherParameters / 1e9, 'f', 1))
                 : tr("none");
    case Field::rollout:
      return name(set.reinforcement.rollout);
    case Field::rollout_share:
      return localNumber(set.reinforcement.rolloutShare * 100, 'g', 4) + QStringLiteral(" %");
    case Field::rollout_sleeps:
      return onOff(set.reinforcement.rolloutSleeps);
    case Field::completion:
      return grouped(set.reinforcement.completion);
    case Field::gpu_layers:
      return s.offload.gpuLayers ? grouped(*s.offload.gpuLayers) : tr("all");
    case Field::expert_layers:
      return !s.offload.expertLayers       ? tr("none")
             : *s.offload.expertLayers < 0 ? tr("all")
                                           : grouped(*s.offload.expertLayers);
    default:
      return {};
  }
}

}  // namespace

QString labelOf(Field field) {
  if (const KeyedSetting* keyed = keyedSetting(field)) return tr(keyed->label);
  switch (field) {
    case Field::model:
      return tr("Model");
    case Field::workload:
      return tr("Workload");
    case Field::devices:
      return tr("Accelerator");
    case Field::batch:
      return tr("Batch");
    case Field::context:
      return tr("Context");
    case Field::rank:
      return tr("LoRA rank");
    case Field::weights:
      return tr("Precision");
    case Field::kv_cache:
      return tr("KV cache");
    case Field::kv_keys:
      return tr("Keys alone");
    case Field::kv_values:
      return tr("Values alone");
    case Field::compute:
      return tr("Compute");
    case Field::gradients:
      return tr("Gradients");
    case Field::optimizer_states:
      return tr("Optimizer states");
    case Field::master_weights:
      return tr("Master weights");
    case Field::adapters:
      return tr("Adapters");
    case Field::engine:
      return tr("Engine");
    case Field::framework:
      return tr("Framework");
    case Field::engine_version:
      return tr("Engine version");
    case Field::engine_options:
      return tr("Engine options");
    case Field::method:
      return tr("Method");
    case Field::attention:
      return tr("Attention");
    case Field::logits:
      return tr("Logits kept");
    case Field::prefill_tokens:
      return tr("Prefill tokens");
    case Field::max_sequences:
      return tr("Max sequences");
    case Field::memory_utilization:
      return tr("Memory share");
    case Field::cuda_graphs:
      return tr("CUDA graphs");
    case Field::unified_kv:
      return tr("Unified KV cache");
    case Field::full_window_cache:
      return tr("Full window cache");
    case Field::mla_cache:
      return tr("Latent KV cache");
    case Field::optimizer:
      return tr("Optimizer");
    case Field::optimizer_in_backward:
      return tr("Step in backward");
    case Field::accumulation:
      return tr("Accumulation");
    case Field::checkpointing:
      return tr("Checkpointing");
    case Field::checkpoint_every:
      return tr("Checkpoint every n-th layer");
    case Field::loss:
      return tr("Loss");
    case Field::targets:
      return tr("LoRA targets");
    case Field::dora:
      return tr("DoRA");
    case Field::compile:
      return tr("torch.compile");
    case Field::data:
      return tr("Data parallel");
    case Field::tensor:
      return tr("Tensor parallel");
    case Field::pipeline:
      return tr("Pipeline stages");
    case Field::virtual_pipeline:
      return tr("Virtual stages");
    case Field::context_parallel:
      return tr("Context parallel");
    case Field::expert:
      return tr("Expert parallel");
    case Field::expert_tensor:
      return tr("Expert tensor");
    case Field::sequence:
      return tr("Sequence parallel");
    case Field::sharding:
      return tr("Sharding");
    case Field::reserve:
      return tr("Reserve");
    case Field::gpu_layers:
      return tr("Layers on GPU");
    case Field::expert_layers:
      return tr("Experts on host");
    case Field::kv_offload:
      return tr("KV cache on host");
    case Field::optimizer_offload:
      return tr("Optimizer on");
    case Field::parameter_offload:
      return tr("Weights on");
    case Field::activation_offload:
      return tr("Activations on");
    case Field::device_memory:
      return tr("Memory of each");
    case Field::compute_capability:
      return tr("Compute capability");
    case Field::reinforcement:
      return tr("Preference or RL");
    case Field::reference:
      return tr("Reference model");
    case Field::side_model:
      return tr("Teacher");
    case Field::rollout:
      return tr("Rollouts by");
    case Field::rollout_share:
      return tr("Engine's share");
    case Field::rollout_sleeps:
      return tr("Engine sleeps");
    case Field::completion:
      return tr("Completion");
    case Field::recipe:
      return tr("Recipe");
    case Field::advice:
      return tr("Advice");
    case Field::command:
      return tr("Command");
    case Field::run:
      return tr("Measured run");
    case Field::calibration:
      return tr("Calibration");
    case Field::name:
      return tr("Name");
    case Field::dimensions:
      return tr("Dimensions");
    case Field::compared:
      return tr("Compared devices");
    case Field::panels:
      return tr("Open sections");
    case Field::scenarios:
      return tr("Scenarios");
    case Field::asked:
      return tr("What is asked");
    case Field::picked:
      return tr("Values of a point");
    case Field::keyed:
      break;
  }
  return {};
}

QString labelOf(Dimension dimension) {
  switch (dimension) {
    case Dimension::parameters:
      return tr("Parameters");
    case Dimension::layers:
      return tr("Layers");
    case Dimension::hidden:
      return tr("Hidden size");
    case Dimension::heads:
      return tr("Heads");
    case Dimension::kv_heads:
      return tr("KV heads");
    case Dimension::head_dim:
      return tr("Head size");
    case Dimension::intermediate:
      return tr("MLP width");
    case Dimension::vocabulary:
      return tr("Vocabulary");
    case Dimension::experts:
      return tr("Experts");
    case Dimension::experts_per_token:
      return tr("Experts per token");
    case Dimension::expert_intermediate:
      return tr("Expert width");
    case Dimension::tied_head:
      return tr("Tied head");
  }
  return {};
}

QString formatLabel(NumberFormat format) {
  return text(info(format).id);
}

QString formatLabel(const WeightFormat& format) {
  if (std::holds_alternative<AsStored>(format)) return tr("as stored");
  return QString::fromStdString(idOf(format));
}

QString devicesLabel(const std::vector<DeviceRequest>& devices) {
  QStringList parts;
  for (const DeviceRequest& d : devices) {
    QString part = d.entry != nullptr ? QString::fromStdString(d.entry->name) : shown(d.accelerator);
    if (part.isEmpty() && d.memory)
      part = tr("Custom %1 GiB").arg(localNumber(static_cast<double>(d.memory->value()) / kGiB, 'g', 4));
    if (d.count > 1) part = QString::number(d.count) + QStringLiteral(" × ") + part;
    parts << part;
  }
  return parts.isEmpty() ? tr("no accelerator") : parts.join(QStringLiteral(", "));
}

QString modelLabel(const Model& model) {
  if (!model.label.empty()) return shown(model.label);
  // A file keeps a model's id, not the name it has in the catalogue.
  if (const CatalogueEntry* entry = findCatalogueModel(model.id); entry != nullptr && entry->id == model.id)
    return shown(entry->label);
  const QString id = shown(model.id);
  return id.mid(id.lastIndexOf(QLatin1Char('/')) + 1);
}

namespace {

// Of the first kind of device; the others' are alike where the window set them.
QString deviceText(Field field, const Scenario& s) {
  const DeviceRequest d = s.devices.empty() ? DeviceRequest{} : s.devices.front();
  if (field == Field::device_memory) return d.capacity() ? withUnit(*d.capacity(), ByteUnit::gib) : tr("not known");
  const double known = d.entry != nullptr ? d.entry->computeCapability.value_or(0) : 0;
  const double said = d.computeCapability.value_or(known);
  return said > 0 ? QString::number(said, 'f', 1) : tr("not known");
}

QString optionsText(const Scenario& s) {
  QStringList parts;
  for (const AskedOption& o : s.engineOptions)
    parts << QStringLiteral("%1=%2").arg(QString::fromStdString(o.name), QString::fromStdString(optionText(o)));
  return parts.isEmpty() ? tr("none") : parts.join(QStringLiteral(", "));
}

QString keyedText(std::string_view key, const Scenario& s) {
  const std::vector<StatedSetting> settings = statedSettings(s);
  const StatedSetting* found = findStated(settings, key);
  return found == nullptr || found->value.isEmpty() ? tr("none") : groupedDigits(spelled(found->value.toStdString()));
}

}  // namespace

QString valueText(Field field, const Scenario& s) {
  if (const KeyedSetting* keyed = keyedSetting(field)) return keyedText(keyed->key, s);
  const Settings set = s.model ? settingsOf(s) : Settings{};
  switch (field) {
    case Field::model:
      return s.model ? modelLabel(*s.model) : QString();
    case Field::workload:
      return name(s.workload);
    case Field::devices:
      return devicesLabel(s.devices);
    case Field::batch:
      return grouped(set.batch);
    case Field::rank:
      return grouped(set.training.rank);
    case Field::engine_version:
      return s.engineVersion.empty() ? tr("newest") : QString::fromStdString(s.engineVersion);
    case Field::method:
      return name(s.method);
    case Field::optimizer_in_backward:
      return onOff(set.training.optimizerInBackward);
    case Field::accumulation:
      return grouped(set.training.accumulation);
    case Field::checkpointing:
      return name(set.training.checkpointing);
    case Field::checkpoint_every:
      return grouped(set.training.checkpointEvery);
    case Field::targets:
      return set.training.targets != nullptr ? targetsText(*set.training.targets) : QString();
    case Field::dora:
      return onOff(set.training.dora);
    case Field::compile:
      return onOff(set.training.compile);
    case Field::data:
      return grouped(set.parallel.data);
    case Field::tensor:
      return grouped(set.parallel.tensor);
    case Field::pipeline:
      return grouped(set.parallel.pipeline);
    case Field::virtual_pipeline:
      return grouped(set.parallel.virtualPipeline);
    case Field::context_parallel:
      return grouped(set.parallel.context);
    case Field::expert:
      return grouped(set.parallel.expert);
    case Field::expert_tensor:
      return grouped(set.parallel.expertTensor);
    case Field::sequence:
      return onOff(set.parallel.sequence);
    case Field::sharding:
      return name(set.parallel.sharding);
    case Field::reserve:
      return localNumber(set.reserve * 100, 'g', 4) + QStringLiteral(" %");
    case Field::kv_offload:
      return onOff(set.offload.kvCache);
    case Field::optimizer_offload:
      return name(set.offload.optimizer);
    case Field::parameter_offload:
      return name(set.offload.parameters);
    case Field::activation_offload:
      return name(set.offload.activations);
    case Field::engine_options:
      return optionsText(s);
    case Field::device_memory:
    case Field::compute_capability:
      return deviceText(field, s);
    case Field::name:
      return QString::fromStdString(s.name);
    case Field::dimensions:
      return dimensionsText(s);
    case Field::compared:
    case Field::panels:
    case Field::scenarios:
    case Field::asked:
    case Field::picked:
      return {};
    default:
      return s.model ? settingText(field, s, set) : QString();
  }
}

}  // namespace headroom::ui
