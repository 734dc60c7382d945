#include "core/formats/quantization/quantization.h"

#include <fmt/format.h>

#include <map>

#include "core/formats/quantization/scheme.h"
#include "core/model/weight_bytes.h"

namespace headroom {
namespace {

bool isExpert(TensorRole role) {
  return role == TensorRole::expert_gate || role == TensorRole::expert_up || role == TensorRole::expert_gate_up ||
         role == TensorRole::expert_down;
}

// The module a tensor belongs to, with the layer's number and the first expert's.
std::string moduleOf(const Tensor& t, std::size_t layer) {
  std::string name = t.name;
  if (name.ends_with(".weight")) name.erase(name.size() - 7);
  if (const std::size_t at = name.find("{}"); at != std::string::npos) name.replace(at, 2, std::to_string(layer));
  if (const std::size_t at = name.find("{e}"); at != std::string::npos) name.replace(at, 3, "0");
  return name;
}

class Quantizer {
 public:
  Quantizer(const QuantizationScheme& scheme, NumberFormat dtype)
      : scheme_(scheme), ignored_(scheme.notConverted), dtype_(dtype) {}

  NumberFormat formatOf(const Tensor& t, std::size_t layer) const {
    if (!isQuantizable(t)) return dtype_;
    const std::string module = moduleOf(t, layer);
    if (ignored_.match(module)) return dtype_;
    for (const QuantizedGroup& g : scheme_.groups) {
      if (g.expertsOnly && !isExpert(t.role)) continue;
      if (g.targets.empty() || g.targets.match(module)) return g.format;
    }
    return dtype_;
  }

  const ModulePatterns& ignored() const { return ignored_; }

 private:
  const QuantizationScheme& scheme_;
  ModulePatterns ignored_;
  NumberFormat dtype_;
};

// Gives each layer's tensors their formats; layers of one kind that come out differently are parted.
void quantizeLayers(Model& model, const Quantizer& quantizer) {
  const std::vector<LayerKind> kinds = model.kinds;
  std::map<std::pair<std::uint8_t, std::vector<NumberFormat>>, std::uint8_t> made;
  model.kinds.clear();
  for (std::size_t layer = 0; layer < model.order.size(); ++layer) {
    const LayerKind& kind = kinds[model.order[layer]];
    std::vector<NumberFormat> formats;
    for (const Tensor& t : kind.tensors) formats.push_back(quantizer.formatOf(t, layer));
    auto it = made.find({model.order[layer], formats});
    if (it == made.end() && model.kinds.size() < 255) {
      LayerKind copy = kind;
      copy.count = 0;
      for (std::size_t i = 0; i < formats.size(); ++i) copy.tensors[i].stored = formats[i];
      it = made.emplace(std::pair{model.order[layer], formats}, static_cast<std::uint8_t>(model.kinds.size())).first;
      model.kinds.push_back(std::move(copy));
    }
    const std::uint8_t index = it == made.end() ? std::uint8_t{0} : it->second;
    ++model.kinds[index].count;
    model.order[layer] = index;
  }
}

}  // namespace

void applyQuantization(Model& model, const Config& root) {
  for (LayerKind& kind : model.kinds)
    for (Tensor& t : kind.tensors) t.stored = model.dtype;
  for (auto* list : {&model.globals, &model.vision, &model.nextToken})
    for (Tensor& t : *list) t.stored = model.dtype;

  constexpr std::string_view kKeys = "quantization_config compression_config";
  const Config text = root.child("text_config llm_config language_config");
  const Config& owner = root.isObject(kKeys) ? root : text;
  if (!owner.isObject(kKeys)) return;
  const auto scheme = schemeOf(owner.child(kKeys), owner);
  if (!scheme) return;
  const Quantizer quantizer(*scheme, model.dtype);
  quantizeLayers(model, quantizer);
  for (auto* list : {&model.globals, &model.nextToken})
    for (Tensor& t : *list) t.stored = quantizer.formatOf(t, model.order.size());
  if (!quantizer.ignored().unread().empty())
    root.note(fmt::format("The ignore pattern \"{}\" of the quantization was not understood.",
                          quantizer.ignored().unread().front()));
  CheckpointQuantization q;
  q.method = scheme->method;
  q.format = scheme->groups.back().format;
  q.groupSize = scheme->groups.back().groupSize;
  q.zeroPoints = scheme->groups.back().zeroPoints;
  q.notConverted = scheme->notConverted;
  model.quantization = std::move(q);
}

}  // namespace headroom
