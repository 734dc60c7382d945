// What a checkpoint stores, held against what its configuration describes.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/formats/safetensors/safetensors.h"

namespace headroom {
namespace {

constexpr std::size_t kNamed = 3;                 // how many of each kind of difference a note names
constexpr std::int64_t kMaxExpected = 2'000'000;  // tensors a configuration may expand to before it is not compared

std::string replaced(std::string text, std::string_view mark, std::int64_t number) {
  if (const std::size_t at = text.find(mark); at != std::string::npos)
    text.replace(at, mark.size(), std::to_string(number));
  return text;
}

class Comparison {
 public:
  explicit Comparison(const SafetensorsHeader& stored) {
    byName_.reserve(stored.tensors.size());
    for (const StoredTensor& t : stored.tensors) byName_.emplace(t.name, &t);
  }

  // Looks for one kind of tensor at every layer of the list (empty: a global), and takes over the dtype it finds. Where
  // the files hold something else than the configuration's quantization says, they are right.
  void expect(const Model& model, Tensor& tensor, const std::vector<std::int64_t>& layers) {
    const bool perExpert = tensor.name.find("{e}") != std::string::npos;
    const std::int64_t experts = perExpert ? tensor.copies : 1;
    const std::size_t at = tensor.layout[static_cast<std::size_t>(Holder::file)];
    const NumberFormat described = at > 0 ? model.layouts[at - 1].format : tensor.stored;
    const bool converted = !isPlainFloat(described);
    Found all;
    for (const std::int64_t layer : layers)
      for (std::int64_t e = 0; e < experts; ++e) {
        const std::string name = replaced(replaced(tensor.name, "{}", layer), "{e}", e);
        const Found one = find(tensor, name, described);
        all.plain += one.plain, all.packed += one.packed, all.other += one.other;
        if (converted && one.plain > 0) unpacked_.push_back(name);
        if (!converted && one.packed > 0) undescribed_.push_back(name);
      }
    if (converted && all.packed == 0 && all.plain + all.other > 0) {
      tensor.layout = {};
      if (all.plain > 0) unpacked_.resize(unpacked_.size() - static_cast<std::size_t>(all.plain));
    }
  }

  // What the files hold against the configuration's word, for the verdict.
  void doubt(Model& model) const {
    if (!undescribed_.empty())
      model.doubts.push_back(fmt::format(
          "The files hold {} packed matrices, {} the first, of which the configuration says nothing: their sum counts, "
          "shares and layers are those of {}.",
          undescribed_.size(), undescribed_.front(), info(model.dtype).label));
    if (!unpacked_.empty())
      model.doubts.push_back(fmt::format(
          "The files hold {} matrices unpacked, {} the first, that the configuration's quantization speaks of.",
          unpacked_.size(), unpacked_.front()));
  }

  void note(Model& model) const {
    if (matched_ == 0) {
      model.notes.push_back(
          "None of the stored tensors has a name this configuration expects; sizes are the files', the breakdown is "
          "the configuration's.");
      return;
    }
    std::vector<std::string> surplus;
    for (const auto& [name, tensor] : byName_)
      if (!used_.contains(name) && !belongsToQuantized(name)) surplus.emplace_back(name);
    std::ranges::sort(surplus);
    say(model, "missing from the files", missing_);
    say(model, "stored but not expected by the configuration", surplus);
    say(model, "stored with another shape than the configuration says", misshapen_);
  }

 private:
  struct Found {
    std::int64_t plain = 0, packed = 0, other = 0;  // as plain floats, as the scheme packs it, in another format
  };

  Found find(Tensor& tensor, const std::string& name, NumberFormat described) {
    const auto found = byName_.find(name);
    if (found == byName_.end()) {
      if (quantizedForm(name)) return {.packed = 1};
      missing_.push_back(name);
      return {};
    }
    ++matched_;
    const StoredTensor& stored = *found->second;
    used_.insert(found->first);
    const bool perExpert = tensor.name.find("{e}") != std::string::npos;
    const std::int64_t expected = tensor.rows * tensor.columns * (perExpert ? 1 : tensor.copies);
    const bool packed =
        stored.dtype == NumberFormat::int8 || stored.dtype == NumberFormat::int32 || stored.dtype == NumberFormat::int4;
    if (stored.elements != expected && !packed) misshapen_.push_back(name);
    if (!packed) tensor.stored = stored.dtype;
    if (isPlainFloat(stored.dtype)) return {.plain = 1};
    if (stored.dtype != NumberFormat::fp8) return {.packed = 1};
    if (isPlainFloat(described)) return {};  // its dtype says all
    const bool eight =
        described == NumberFormat::fp8 || described == NumberFormat::fp8_block || described == NumberFormat::mxfp8;
    return eight ? Found{.packed = 1} : Found{.other = 1};
  }

  // AWQ and GPTQ store "x.weight" as "x.qweight" beside scales; compressed-tensors as "x.weight_packed"; EXL2, EXL3,
  // AQLM, VPTQ, HQQ and quanto under names of their own.
  bool quantizedForm(const std::string& name) {
    const std::size_t dot = name.rfind(".weight");
    const std::string module = name.substr(0, dot);
    for (const char* suffix : {".qweight", ".weight_packed", ".weight_q", "_blocks", ".q_weight", ".trellis", ".codes",
                               ".indices", ".W_q", ".weight._data"}) {
      if (!byName_.contains(module + suffix) && !byName_.contains(name + suffix)) continue;
      ++matched_;
      quantized_.insert(module);
      quantized_.insert(name);
      return true;
    }
    return false;
  }

  bool belongsToQuantized(std::string_view name) const {
    for (const std::string_view suffix :
         {"_scale_inv", "_scale", "_scale_2", ".absmax", ".quant_map", ".nested_absmax", ".nested_quant_map",
          ".quant_state.bitsandbytes__nf4", ".quant_state.bitsandbytes__fp4", ".SCB", ".weight_format", "input_scale",
          "_shape", "_zero_point", "_global_scale", "e_score_correction_bias", "inv_freq", "masked_bias"})
      if (name.ends_with(suffix)) return true;
    const std::size_t dot = name.rfind('.');
    const std::string module(name.substr(0, dot));
    if (quantized_.contains(module)) return true;
    const std::size_t underscore = name.rfind('_');
    return underscore != std::string_view::npos && quantized_.contains(std::string(name.substr(0, underscore)));
  }

  static void say(Model& model, std::string_view what, const std::vector<std::string>& names) {
    if (names.empty()) return;
    std::string text = fmt::format("{} tensor{} {}: ", names.size(), names.size() == 1 ? "" : "s", what);
    for (std::size_t i = 0; i < std::min(kNamed, names.size()); ++i) text += (i > 0 ? ", " : "") + names[i];
    model.notes.push_back(text + (names.size() > kNamed ? ", …" : ""));
  }

  std::unordered_map<std::string_view, const StoredTensor*> byName_;
  std::unordered_set<std::string_view> used_;
  std::unordered_set<std::string> quantized_;
  std::vector<std::string> missing_, misshapen_, unpacked_, undescribed_;
  std::size_t matched_ = 0;
};

}  // namespace

void applyStored(Model& model, const SafetensorsHeader& stored) {
  if (stored.tensors.empty()) return;
  model.storedBytes = stored.bytes;
  std::int64_t expected = 0;
  for (const LayerKind& kind : model.kinds)
    for (const Tensor& t : kind.tensors) expected += t.copies * kind.count;
  if (expected > kMaxExpected) return;

  // Encoder and decoder layers are numbered apart.
  std::vector<std::vector<std::int64_t>> layersOf(model.kinds.size());
  std::int64_t encoder = 0, decoder = 0;
  for (const std::uint8_t kind : model.order)
    layersOf[kind].push_back(model.kinds[kind].encoder ? encoder++ : decoder++);

  Comparison comparison(stored);
  const std::vector<std::int64_t> once{0};
  for (std::size_t k = 0; k < model.kinds.size(); ++k)
    for (Tensor& t : model.kinds[k].tensors)
      if (!t.buffer) comparison.expect(model, t, layersOf[k]);
  for (Tensor& t : model.globals)
    if (!t.buffer) comparison.expect(model, t, once);
  comparison.note(model);
  comparison.doubt(model);
}

}  // namespace headroom
