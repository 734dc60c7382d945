#include "ui/document/adapt.h"

#include <algorithm>
#include <cstdlib>

#include "core/model/gguf_mix.h"
#include "core/scenario/settings.h"

namespace headroom::ui {
namespace {

bool runsOn(const Scenario& s, Engine engine) {
  return settingsOf(s).engine == engine;
}
bool isGguf(const WeightFormat& f) {
  return std::holds_alternative<GgufFileType>(f);
}

// A format this workload and engine could really hold the weights in.
bool makesSense(const WeightFormat& format, const Scenario& s) {
  if (std::holds_alternative<AsStored>(format)) return s.workload != Workload::qlora;
  if (isGguf(format)) return s.workload == Workload::inference && runsOn(s, Engine::llama_cpp);
  const NumberFormat f = std::get<NumberFormat>(format);
  if (isPlainFloat(f)) return s.workload != Workload::qlora;
  if (runsOn(s, Engine::llama_cpp)) return false;
  return s.workload != Workload::full;
}

// True for a file of ggml's block formats. Safetensors of quantized models say how in their configuration.
bool storesBlocks(const Model& m) {
  const auto inBlocks = [](const Tensor& t) { return info(t.stored).blockElements > 1; };
  const auto anyInBlocks = [&](const LayerKind& k) { return std::ranges::any_of(k.tensors, inBlocks); };
  return m.storedBytes && !m.quantization && std::ranges::any_of(m.kinds, anyInBlocks);
}

bool namesGguf(const ModelReference& reference) {
  if (const auto* file = std::get_if<FileModel>(&reference)) return file->path.ends_with(".gguf");
  if (const auto* hub = std::get_if<HubModel>(&reference)) return hub->id.ends_with(".gguf");
  return false;
}

void dropWhatMakesNoSense(Scenario& s) {
  if (s.precision.weights && !makesSense(*s.precision.weights, s)) s.precision.weights.reset();
  if (!s.precision.kvCache) return;
  // ggml's block formats and the others' plain ones do not mix.
  const bool plain = isPlainFloat(s.precision.kvCache->k);
  if (!plain) s.precision.kvCache.reset();
}

}  // namespace

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
  } else if (runsOn(s, Engine::llama_cpp)) {
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
  if (!storesBlocks(m)) return std::nullopt;
  std::optional<GgufFileType> nearest;
  Bytes least = Bytes::max();
  for (const GgufFileTypeInfo& type : allGgufFileTypes()) {
    const Bytes off(std::abs((ggufTensorBytes(m, type.type) - *m.storedBytes).value()));
    if (off < least) least = off, nearest = type.type;
  }
  return nearest;
}

void takeModel(Scenario& s, const NamedModel& named) {
  s.reference = named.reference;
  s.model = named.model;
  s.name.clear();
  const bool gguf = namesGguf(named.reference) || storesBlocks(*named.model);
  if (gguf && s.workload == Workload::inference && !s.engine) setEngine(s, Engine::llama_cpp);
  if (named.model->storedBytes) s.precision.weights.reset();
}

void exchangeModel(Scenario& s, const NamedModel& named) {
  std::optional<WeightFormat>& weights = s.precision.weights;
  if (!weights || std::holds_alternative<AsStored>(*weights)) {
    if (const auto type = named.model->storedBytes ? std::nullopt : storedFileType(*s.model)) weights = *type;
  } else if (const auto type = storedFileType(*named.model); type && *weights == WeightFormat(*type)) {
    weights.reset();
  }
  s.reference = named.reference;
  s.model = named.model;
}

void setWorkload(Scenario& s, Workload workload) {
  const bool otherKind = isTraining(s.workload) != isTraining(workload);
  s.workload = workload;
  if (otherKind) {
    s.engine.reset();
    s.framework.reset();
    s.engineVersion.clear();
    setDeviceCount(s, s.devices.empty() ? 1 : s.devices.front().count);
  }
  dropWhatMakesNoSense(s);
}

void setEngine(Scenario& s, std::optional<Engine> engine) {
  s.engine = engine;
  s.engineVersion.clear();
  dropWhatMakesNoSense(s);
  if (engine == Engine::llama_cpp && !s.precision.weights) s.precision.weights = GgufFileType::Q4_K_M;
  setDeviceCount(s, s.devices.empty() ? 1 : s.devices.front().count);
}

void setDeviceCount(Scenario& s, std::int64_t count) {
  if (s.devices.empty()) return;
  s.devices.front().count = count;
  // A layout somebody spelled out (several ways at once, or devices of several kinds) is left as it is.
  Parallel& p = s.parallel;
  if (s.devices.size() > 1 || p.pipeline > 1 || p.context > 1 || (p.tensor > 1 && p.data > 1)) return;
  const bool split = !runsOn(s, Engine::llama_cpp);  // llama.cpp spreads layers by itself
  p.tensor = split && !isTraining(s.workload) ? count : 1;
  p.data = split && isTraining(s.workload) ? count : 1;
}

void setAccelerator(Scenario& s, const Accelerator& accelerator) {
  if (s.devices.empty()) s.devices.emplace_back();
  DeviceRequest& d = s.devices.front();
  const std::int64_t count = d.count;
  d = DeviceRequest{};
  d.accelerator = accelerator.id;
  d.count = count;
  d.entry = &accelerator;
}

}  // namespace headroom::ui
