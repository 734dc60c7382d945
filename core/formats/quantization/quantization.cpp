#include "core/formats/quantization/quantization.h"

#include <fmt/format.h>

#include <array>
#include <map>

#include "core/formats/quantization/module_class.h"
#include "core/formats/quantization/scheme.h"

namespace headroom {
namespace {

using Layouts = std::array<std::uint16_t, kHolderCount>;
constexpr std::array<Holder, kHolderCount> kHolders{Holder::file, Holder::transformers4, Holder::transformers5,
                                                    Holder::engine};
constexpr std::size_t kMostLayouts = 60'000;
constexpr std::int64_t kMostWork = 200'000'000;  // comparisons of names; real lists take a thousandth

bool isEmbedding(TensorRole role) {
  return role == TensorRole::token_embedding || role == TensorRole::per_layer_embedding;
}

// Tells for every tensor how each holder has it.
class Quantizer {
 public:
  Quantizer(Model& model, const QuantizationScheme& scheme)
      : model_(model),
        scheme_(scheme),
        list_(scheme.notConverted),
        list4_(scheme.notConverted, scheme.in4),
        list5_(scheme.notConverted, scheme.in5) {}

  Layouts layoutsOf(const Tensor& t, std::size_t layer) {
    Layouts out{};
    if (t.buffer || (!t.linear && !t.bias && !isEmbedding(t.role))) return out;
    const ModuleNames names = namesOf(model_, t, layer);
    bool any = false;
    for (const Holder h : kHolders) {
      const std::uint16_t layout = t.bias ? biasOf(t, names, layer, h) : weightOf(t, names, layer, h);
      out[static_cast<std::size_t>(h)] = layout;
      any = any || layout > 0;
    }
    if (any)  // what the others keep in the model's dtype is a layout as well, since `stored` speaks of the file
      for (std::uint16_t& layout : out)
        if (layout == 0) layout = indexOf(plainLayout(model_.dtype));
    return out;
  }

  const ModulePatterns& list() const { return list_; }
  bool tooMuch() const { return work_ > kMostWork; }

 private:
  // The index of a tensor's layout plus one; 0: in the model's dtype.
  std::uint16_t weightOf(const Tensor& t, const ModuleNames& names, std::size_t layer, Holder h) {
    if (t.role == TensorRole::token_embedding && model_.tiedHead && scheme_.tiedHead) return indexOf(*scheme_.tiedHead);
    if (const std::uint16_t layout = convertedTo(t, names, layer, h); layout > 0) return layout;
    return h == Holder::transformers4 && scheme_.linear4 && t.linear ? indexOf(plainLayout(*scheme_.linear4))
                                                                     : std::uint16_t{0};
  }

  std::uint16_t biasOf(const Tensor& t, const ModuleNames& names, std::size_t layer, Holder h) {
    if (h == Holder::file || h == Holder::engine) return 0;
    if (h == Holder::transformers4 && scheme_.bias4) return indexOf(plainLayout(*scheme_.bias4));
    if (!scheme_.biasLoaded) return 0;
    Tensor weight = t;
    weight.bias = false, weight.linear = true;
    return convertedTo(weight, names, layer, h) > 0 ? indexOf(plainLayout(*scheme_.biasLoaded)) : std::uint16_t{0};
  }

  // Whether a loader goes to this module by itself.
  bool reached(const Tensor& t, Holder h) const {
    const Reach& r = scheme_.reach;
    if (r.mlx) return mlxConverts(model_, t);
    if (r.embeddings && (t.role == TensorRole::token_embedding || t.role == TensorRole::router)) return true;
    switch (classOf(model_.family, t, h)) {
      case ModuleClass::none:
        return false;
      case ModuleClass::linear:
        return true;
      case ModuleClass::subclass:
        return !(r.exactLinear && h == Holder::transformers5);
      case ModuleClass::conv1d:
        return r.conv1d;
      case ModuleClass::parameter:
        return isRoutedExpert(t.role) && ((h == Holder::transformers4 ? r.packsExperts4 : r.packsExperts) ||
                                          (r.partsExperts && model_.family.starts_with("llama4")));
    }
    return false;
  }

  bool matches(const ModulePatterns& patterns, const std::string& name) {
    work_ += patterns.cost();
    return work_ <= kMostWork && patterns.match(name);
  }

  bool kept(const Tensor& t, const ModuleNames& names, Holder h) {
    const bool byDefault =
        scheme_.defaults == Defaults::always || (scheme_.defaults == Defaults::unless_listed && !scheme_.listed);
    if (byDefault && keptByDefault(model_.family, t)) return true;
    if (scheme_.in5 == Matching::components && keptForPrecision(model_.family, t)) return true;
    if (h == Holder::engine && t.role == TensorRole::head) return true;  // vLLM's ParallelLMHead takes a GPTQ head only
    if (h == Holder::transformers4)
      return matches(list4_, names.tree4) || (scheme_.in4 == Matching::names && matches(list4_, names.file));
    if (h == Holder::transformers5)
      return matches(list5_, names.tree5) || (scheme_.in5 == Matching::names && matches(list5_, names.file));
    return matches(list_, names.file) || matches(list_, names.tree5);
  }

  std::uint16_t convertedTo(const Tensor& t, const ModuleNames& names, std::size_t layer, Holder h) {
    if (!reached(t, h)) return 0;
    if (t.role == TensorRole::head && scheme_.head) return indexOf(*scheme_.head);
    const bool outside = t.group == Group::vision ? !scheme_.reach.towers
                                                  : !scheme_.reach.outside &&
                                                        names.file.find(".layers.") == std::string::npos && !inBlock(t);
    const bool stays = kept(t, names, h);
    for (std::size_t g = 0; g < scheme_.groups.size(); ++g) {
      const QuantizedGroup& group = scheme_.groups[g];
      if ((stays || outside) && !group.byName) continue;
      if (group.expertsOnly && !isRoutedExpert(t.role)) continue;
      if (group.chooses && !group.chooses(model_, t, layer)) continue;
      if (!(group.everything && !group.byName) && !matches(group.targets, names.file) &&
          !matches(group.targets, names.tree5))
        continue;
      return group.make ? made(g, t) : std::uint16_t{0};
    }
    return 0;
  }

  // A tensor of a layer, whatever the family calls its list of blocks.
  static bool inBlock(const Tensor& t) { return t.name.find("{}") != std::string::npos; }

  std::uint16_t made(std::size_t group, const Tensor& t) {
    auto& known = made_[{group, t.rows, t.columns}];
    if (known == 0) known = indexOf(scheme_.groups[group].make(t.rows, t.columns));
    return known;
  }

  std::uint16_t indexOf(WeightLayout layout) {
    for (std::size_t i = 0; i < model_.layouts.size(); ++i)
      if (model_.layouts[i] == layout) return static_cast<std::uint16_t>(i + 1);
    if (model_.layouts.size() == kMostLayouts) return 0;
    model_.layouts.push_back(std::move(layout));
    return static_cast<std::uint16_t>(model_.layouts.size());
  }

  Model& model_;
  const QuantizationScheme& scheme_;
  std::int64_t work_ = 0;
  ModulePatterns list_, list4_, list5_;  // as files and engines, Transformers 4 and Transformers 5 read it
  std::map<std::tuple<std::size_t, std::int64_t, std::int64_t>, std::uint16_t> made_;
};

void give(const Model& model, Tensor& t, const Layouts& layouts) {
  t.layout = layouts;
  if (const std::uint16_t file = layouts[static_cast<std::size_t>(Holder::file)]; file > 0)
    t.stored = model.layouts[file - 1].format;
}

// Gives each layer's tensors their layouts; layers of one kind that come out differently are parted.
void quantizeLayers(Model& model, Quantizer& quantizer) {
  const std::vector<LayerKind> kinds = model.kinds;
  std::map<std::pair<std::uint8_t, std::vector<Layouts>>, std::uint8_t> made;
  model.kinds.clear();
  for (std::size_t layer = 0; layer < model.order.size(); ++layer) {
    const LayerKind& kind = kinds[model.order[layer]];
    std::vector<Layouts> layouts;
    for (const Tensor& t : kind.tensors) layouts.push_back(quantizer.layoutsOf(t, layer));
    auto it = made.find({model.order[layer], layouts});
    if (it == made.end() && model.kinds.size() < 255) {
      LayerKind copy = kind;
      copy.count = 0;
      for (std::size_t i = 0; i < layouts.size(); ++i) give(model, copy.tensors[i], layouts[i]);
      it = made.emplace(std::pair{model.order[layer], layouts}, static_cast<std::uint8_t>(model.kinds.size())).first;
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

  constexpr std::string_view kKeys = "quantization_config compression_config quantization";
  const Config text = root.child("text_config llm_config language_config");
  const Config& owner = root.isObject(kKeys) ? root : text;
  if (!owner.isObject(kKeys)) return;
  const auto scheme = schemeOf({owner.child(kKeys), owner, model});
  if (!scheme) return;
  model.doubts.insert(model.doubts.end(), scheme->doubts.begin(), scheme->doubts.end());
  if (scheme->groups.empty()) return;
  Quantizer quantizer(model, *scheme);
  quantizeLayers(model, quantizer);
  for (auto* list : {&model.globals, &model.vision, &model.nextToken})
    for (Tensor& t : *list) give(model, t, quantizer.layoutsOf(t, list == &model.vision ? 0 : model.order.size()));
  if (quantizer.tooMuch())
    model.doubts.push_back("The lists of the quantization are too long to hold every module against them.");
  std::vector<std::string> unread = quantizer.list().unread();
  for (const QuantizedGroup& g : scheme->groups)
    unread.insert(unread.end(), g.targets.unread().begin(), g.targets.unread().end());
  if (!unread.empty())
    model.doubts.push_back(fmt::format(
        "The pattern \"{}\" of the quantization was not understood: what it names may be counted in another format.",
        unread.front()));
  CheckpointQuantization q;
  q.method = scheme->method;
  for (const QuantizedGroup& g : scheme->groups)
    if (g.make) q.format = g.make(4096, 4096).format;
  q.kvCache = scheme->kvCache;
  model.quantization = std::move(q);
}

}  // namespace headroom
