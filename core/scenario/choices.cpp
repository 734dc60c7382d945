#include "core/scenario/choices.h"

#include <algorithm>
#include <cstdlib>

#include "core/model/gguf_mix.h"
#include "core/scenario/engine_options.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

void dropWhatMakesNoSense(Scenario& s) {
  const Engine serves = settingsOf(s).engine;
  std::erase_if(s.engineOptions, [&](const AskedOption& o) { return optionRow(serves, o.name) == nullptr; });
  Precision& p = s.precision;
  if (p.weights && !makesSense(*p.weights, s)) p.weights.reset();
  if (!p.kvCache) return;
  const EngineRow& engine = rowOf(settingsOf(s).engine);
  if (!supportsCache(engine, p.kvCache->k).held || !supportsCache(engine, p.kvCache->v).held) p.kvCache.reset();
}

}  // namespace

bool makesSense(const WeightFormat& format, const Scenario& s) {
  if (!supports(rowOf(settingsOf(s).engine), format).held) return false;
  if (std::holds_alternative<AsStored>(format)) return s.workload != Workload::qlora;
  const auto* number = std::get_if<NumberFormat>(&format);
  if (number == nullptr) return s.workload == Workload::inference;
  return isPlainFloat(*number) ? s.workload != Workload::qlora : s.workload != Workload::full;
}

std::vector<WeightStop> weightStops(const Scenario& s) {
  using enum NumberFormat;
  std::vector<WeightStop> stops;
  if (s.model->quantization || s.model->storedBytes) stops.push_back({AsStored{}, "stored"});
  const auto add = [&](std::initializer_list<WeightStop> list) { stops.insert(stops.end(), list); };
  if (s.workload == Workload::qlora) {
    stops.clear();
    add({{nf4_dq, "nf4-dq"}, {nf4, "nf4"}, {bnb_int8, "int8"}});
  } else if (s.workload == Workload::lora) {
    add({{bnb_int8, "int8"}, {bf16, "bf16"}, {fp32, "fp32"}});
  } else if (s.workload == Workload::full) {
    add({{bf16, "bf16"}, {fp32, "fp32"}});
  } else if (rowOf(settingsOf(s).engine).readsGguf) {
    using enum GgufFileType;
    add({{Q2_K, "Q2"}, {Q3_K_M, "Q3"}, {Q4_K_M, "Q4"}, {Q5_K_M, "Q5"}, {Q6_K, "Q6"}, {Q8_0, "Q8"}, {F16, "F16"}});
  } else {
    add({{awq_int4, "awq"}, {nf4, "nf4"}, {fp8, "fp8"}, {bnb_int8, "int8"}, {bf16, "bf16"}, {fp32, "fp32"}});
  }
  return stops;
}

double bitsOf(const WeightFormat& format, const Model& model) {
  if (const auto* f = std::get_if<NumberFormat>(&format)) return bytesPerElement(*f) * 8;
  if (const auto* t = std::get_if<GgufFileType>(&format)) return bytesPerElement(info(*t).defaultFormat) * 8;
  return model.quantization ? bytesPerElement(model.quantization->format) * 8 : bytesPerElement(model.dtype) * 8;
}

std::optional<GgufFileType> storedFileType(const Model& m) {
  if (!storesGgmlBlocks(m)) return std::nullopt;
  std::optional<GgufFileType> nearest;
  Bytes least = Bytes::max();
  for (const GgufFileTypeInfo& type : allGgufFileTypes()) {
    const Bytes off(std::abs((ggufTensorBytes(m, type.type) - *m.storedBytes).value()));
    if (off < least) least = off, nearest = type.type;
  }
  return nearest;
}

void chooseModel(Scenario& s, const ModelReference& reference, std::shared_ptr<const Model> model) {
  if (model->storedBytes) s.precision.weights.reset();
  s.reference = reference;
  s.model = std::move(model);
  s.name.clear();
}

void exchangeModel(Scenario& s, const ModelReference& reference, std::shared_ptr<const Model> model) {
  const Engine engine = settingsOf(s).engine;
  std::optional<WeightFormat>& weights = s.precision.weights;
  if (!weights || std::holds_alternative<AsStored>(*weights)) {
    if (const auto type = model->storedBytes ? std::nullopt : storedFileType(*s.model)) weights = *type;
  } else if (const auto type = storedFileType(*model); type && *weights == WeightFormat(*type)) {
    weights.reset();
  }
  s.reference = reference;
  s.model = std::move(model);
  // A GGUF file is llama.cpp's by itself; its edited copy is a configuration, which is not.
  if (settingsOf(s).engine != engine) s.engine = engine;
}

void chooseWorkload(Scenario& s, Workload workload) {
  const bool otherKind = isTraining(s.workload) != isTraining(workload);
  s.workload = workload;
  if (otherKind) {
    s.engine.reset();
    s.framework.reset();
    s.engineVersion.clear();
  }
  dropWhatMakesNoSense(s);
}

void chooseEngine(Scenario& s, std::optional<Engine> engine) {
  if (engine != s.engine) s.engineVersion.clear();
  s.engine = engine;
  dropWhatMakesNoSense(s);
}

void chooseBatch(Scenario& s, std::int64_t batch) {
  s.batch.reset();
  if (settingsOf(s).batch != batch) s.batch = batch;
}

void chooseRank(Scenario& s, std::int64_t rank) {
  s.training.rank.reset();
  if (settingsOf(s).training.rank != rank) s.training.rank = rank;
}

void chooseDeviceCount(Scenario& s, std::int64_t count) {
  if (!s.devices.empty()) s.devices.front().count = count;
}

bool spellsLayout(const Scenario& s) {
  const Parallel& p = s.parallel;
  const bool training = isTraining(s.workload);
  const EngineRow& engine = rowOf(settingsOf(s).engine);
  const auto spelled = [&](Feature way, const std::optional<std::int64_t>& ranks) {
    return ranks && (training || engine.has(way));
  };
  return spelled(Feature::data, p.data) || spelled(Feature::tensor, p.tensor) ||
         spelled(Feature::pipeline, p.pipeline) || spelled(Feature::context, p.context);
}

void spreadOver(Scenario& s, std::int64_t count) {
  chooseDeviceCount(s, count);
  Parallel& p = s.parallel;
  p.data.reset(), p.tensor.reset(), p.pipeline.reset(), p.context.reset();
  const EngineRow& engine = rowOf(settingsOf(s).engine);
  if (count <= kNodeDevices || count % kNodeDevices != 0 || engine.devices != DevicesImply::tensor) return;
  if (engine.has(Feature::pipeline)) p.tensor = kNodeDevices, p.pipeline = count / kNodeDevices;
}

void chooseAccelerator(Scenario& s, const Accelerator& accelerator) {
  if (s.devices.empty()) s.devices.emplace_back();
  DeviceRequest& d = s.devices.front();
  const std::int64_t count = d.count;
  d = DeviceRequest{};
  d.accelerator = accelerator.id;
  d.count = count;
  d.entry = &accelerator;
}

}  // namespace headroom
