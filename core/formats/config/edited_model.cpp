#include "core/formats/config/edited_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/formats/config/config.h"
#include "core/formats/config/edited_copy.h"
#include "core/formats/config/families/dimensions.h"
#include "core/formats/model_source.h"
#include "core/model/any_layer.h"

namespace headroom {
namespace {

using nlohmann::json;
using Pointer = json::json_pointer;

// Where a dimension's key may stand: the spellings, and the object inside the text part that DBRX keeps it in.
struct Keys {
  Dimension dimension;
  std::string_view spellings;
  const char* inner = nullptr;
};
constexpr std::array kKeys{
    Keys{Dimension::layers, keys::kLayers},
    Keys{Dimension::hidden, keys::kHidden},
    Keys{Dimension::heads, keys::kHeads},
    Keys{Dimension::kv_heads, keys::kKvHeads, "attn_config"},
    Keys{Dimension::head_dim, keys::kHeadDim},
    Keys{Dimension::intermediate, keys::kIntermediate},
    Keys{Dimension::vocabulary, keys::kVocabulary},
    Keys{Dimension::experts, keys::kExperts, "ffn_config"},
    Keys{Dimension::experts_per_token, keys::kExpertsPerToken, "ffn_config"},
    Keys{Dimension::expert_intermediate,
         "moe_intermediate_size expert_intermediate_size moe_ffn_hidden_size ffn_hidden_size", "ffn_config"},
    Keys{Dimension::tied_head, "tie_word_embeddings"},
};

std::vector<std::string> split(std::string_view keys) {
  std::vector<std::string> list;
  for (std::size_t at = 0; at < keys.size();) {
    const std::size_t end = std::min(keys.find(' ', at), keys.size());
    list.emplace_back(keys.substr(at, end - at));
    at = end + 1;
  }
  return list;
}

bool hasAny(const json& object, std::string_view keys) {
  return std::ranges::any_of(split(keys), [&](const std::string& k) { return object.contains(k); });
}

// The object that describes the language model: the configuration itself, or what a vision-language or omni model keeps
// inside.
Pointer textPart(const json& root) {
  Pointer at;
  if (root.contains("thinker_config") && root["thinker_config"].is_object()) at /= "thinker_config";
  const json& outer = root[at];
  for (const char* key : {"text_config", "llm_config", "language_config"})
    if (outer.contains(key) && outer[key].is_object() &&
        (hasAny(outer[key], keys::kHidden) || !hasAny(outer, keys::kHidden)))
      return at / key;
  return at;
}

// Where the key stands, as the reader would find it: the first spelling with a value, else the first that is null, else
// where it would have to be written.
Pointer placeOf(const json& root, const Keys& keys) {
  const Pointer part = textPart(root);
  if (keys.dimension == Dimension::tied_head && root.contains("tie_word_embeddings"))
    return Pointer("/tie_word_embeddings");
  std::vector<Pointer> objects{part};
  if (keys.inner != nullptr && root[part].contains(keys.inner) && root[part][keys.inner].is_object())
    objects.insert(objects.begin(), part / keys.inner);
  const std::vector<std::string> spellings = split(keys.spellings);
  for (const bool filled : {true, false})
    for (const Pointer& object : objects)
      for (const std::string& key : spellings)
        if (root[object].contains(key) && root[object][key].is_null() != filled) return object / key;
  return part / spellings.front();
}

// What the class of the text part takes where the file is silent.
const json* defaultOf(const json& root, const Keys& keys) {
  const json& part = root[textPart(root)];
  const json type = part.contains("model_type") ? part["model_type"] : root.value("model_type", json());
  if (!type.is_string()) return nullptr;
  const json& defaults = classDefaults(type.get<std::string>());
  for (const std::string& key : split(keys.spellings))
    if (defaults.contains(key) && defaults[key].is_number()) return &defaults[key];
  return nullptr;
}

std::optional<std::int64_t> integerIn(const json& value) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_boolean()) return value.get<bool>() ? 1 : 0;
  return std::nullopt;
}

// The one value all kinds of layers that have it share; 0 where they differ or none has it.
template <typename Get>
std::int64_t common(const Model& model, Get get) {
  std::int64_t value = 0;
  for (const LayerKind& k : model.kinds) {
    const std::int64_t n = get(k);
    if (n == 0 || n == value) continue;
    if (value != 0) return 0;
    value = n;
  }
  return value;
}

std::int64_t denseWidth(const LayerKind& k) {
  return k.mlp.kind == MlpKind::none ? 0 : k.mlp.intermediate;
}

std::int64_t effective(const Model& m, Dimension dimension) {
  const auto headed = [](const LayerKind& k) { return k.attention.kind != AttentionKind::none; };
  switch (dimension) {
    case Dimension::parameters:
      return m.parameters.value();
    case Dimension::layers:
      return m.layers();
    case Dimension::hidden:
      return m.hidden;
    case Dimension::heads:
      return common(m, [&](const LayerKind& k) { return headed(k) ? k.attention.heads : 0; });
    case Dimension::kv_heads:
      return common(m, [&](const LayerKind& k) { return headed(k) ? k.attention.kvHeads : 0; });
    case Dimension::head_dim:
      return common(m, [&](const LayerKind& k) { return headed(k) ? k.attention.headDim : 0; });
    case Dimension::intermediate:
      return common(m, denseWidth);
    case Dimension::vocabulary:
      return m.vocabulary;
    case Dimension::experts:
      return common(m, [](const LayerKind& k) { return k.mlp.experts; });
    case Dimension::experts_per_token:
      return common(m, [](const LayerKind& k) { return k.mlp.expertsPerToken; });
    case Dimension::expert_intermediate:
      return common(m, [](const LayerKind& k) { return k.mlp.experts > 0 ? k.mlp.expertIntermediate : 0; });
    case Dimension::tied_head:
      return m.tiedHead ? 1 : 0;
  }
  return 0;
}

// True where changing the dimension would change this model.
bool applies(const Model& m, Dimension dimension) {
  const auto ownHeads = [](const LayerKind& k) {
    return k.attention.kind != AttentionKind::none && k.attention.kind != AttentionKind::latent;
  };
  switch (dimension) {
    case Dimension::parameters:
      return false;
    case Dimension::heads:
      return hasAttention(m);
    case Dimension::kv_heads:
    case Dimension::head_dim:
      return anyLayer(m, ownHeads);
    case Dimension::experts:
    case Dimension::experts_per_token:
    case Dimension::expert_intermediate:
      return hasExperts(m);
    default:
      return true;
  }
}

std::optional<std::int64_t>* fieldOf(DimensionsModel& d, Dimension dimension) {
  switch (dimension) {
    case Dimension::layers:
      return &d.layers;
    case Dimension::hidden:
      return &d.hidden;
    case Dimension::heads:
      return &d.heads;
    case Dimension::kv_heads:
      return &d.kvHeads;
    case Dimension::head_dim:
      return &d.headDim;
    case Dimension::intermediate:
      return &d.intermediate;
    case Dimension::vocabulary:
      return &d.vocabulary;
    default:
      return nullptr;
  }
}

std::vector<EditableDimension> bareDimensions(DimensionsModel d, const Model& model) {
  std::vector<EditableDimension> list;
  const auto parameters = d.parameters ? std::optional(static_cast<std::int64_t>(*d.parameters)) : std::nullopt;
  list.push_back({Dimension::parameters, parameters, effective(model, Dimension::parameters)});
  for (const Keys& k : kKeys)
    if (const auto* field = fieldOf(d, k.dimension))
      list.push_back({k.dimension, *field, effective(model, k.dimension)});
  list.push_back({Dimension::tied_head, model.tiedHead ? 1 : 0, model.tiedHead ? 1 : 0});
  return list;
}

Result<NamedModel> withBareDimension(DimensionsModel d, Dimension dimension, std::optional<std::int64_t> value) {
  if (dimension == Dimension::parameters)
    d.parameters = value ? std::optional(static_cast<double>(*value)) : std::nullopt;
  if (dimension == Dimension::tied_head) d.tied = value && *value != 0;
  if (auto* field = fieldOf(d, dimension)) *field = value;
  Result<Model> model = modelFromDimensions(d);
  if (!model) return tl::unexpected(model.error());
  return NamedModel{d, std::make_shared<const Model>(std::move(*model))};
}

bool statesExpertWidth(const json& root) {
  const auto k = std::ranges::find(kKeys, Dimension::expert_intermediate, &Keys::dimension);
  return root.contains(placeOf(root, *k));
}

std::vector<EditableDimension> listDimensions(const ModelReference& reference, const Model& model) {
  if (const auto* bare = std::get_if<DimensionsModel>(&reference)) return bareDimensions(*bare, model);
  if (model.config.empty()) return {};
  const EditedCopy copy(reference, model);
  std::vector<EditableDimension> list;
  for (const Keys& k : kKeys) {
    if (!applies(model, k.dimension)) continue;
    EditableDimension d{k.dimension, {}, effective(model, k.dimension)};
    const Pointer at = placeOf(copy.root(), k);
    const bool given = copy.root().contains(at) && !copy.root()[at].is_null();
    const json* value = given ? &copy.root()[at] : defaultOf(copy.root(), k);
    d.perLayer = given && value->is_structured();
    if (value != nullptr) d.stated = integerIn(*value);
    if (k.dimension == Dimension::tied_head) d.stated = d.effective;
    d.edited = copy.isEdited(at);
    // A key nobody reads: the dense width of a model without dense layers, an expert width experts take from elsewhere.
    if (k.dimension == Dimension::expert_intermediate && !d.stated && !d.perLayer) continue;
    if (k.dimension == Dimension::intermediate && d.effective == 0 && (!given || statesExpertWidth(copy.root())))
      continue;
    list.push_back(d);
  }
  return list;
}

Result<NamedModel> changeDimension(const ModelReference& reference, const Model& model, Dimension dimension,
                                   std::optional<std::int64_t> value) {
  if (const auto* bare = std::get_if<DimensionsModel>(&reference)) return withBareDimension(*bare, dimension, value);
  const auto k = std::ranges::find(kKeys, dimension, &Keys::dimension);
  if (k == kKeys.end()) return fail(ErrorCode::usage, "Only bare dimensions state a count of parameters.");
  EditedCopy copy(reference, model);
  const Pointer at = placeOf(copy.root(), *k);
  // A key that only an edit wrote goes away with the edit: a switch set back, the class default typed again.
  const json* fallback = defaultOf(copy.root(), *k);
  if (copy.wasAdded(at) &&
      (dimension == Dimension::tied_head || (fallback != nullptr && value == integerIn(*fallback))))
    value.reset();
  if (dimension == Dimension::layers && value)
    copy.setLayers(at, *value);
  else if (dimension == Dimension::tied_head && value)
    copy.set(at, *value != 0);
  else
    copy.set(at, value ? json(*value) : json());
  if (copy.isOriginal()) return NamedModel{copy.from(), nullptr};

  ConfigModel edited{copy.text(), copy.name() + " (edited)"};
  Result<Model> built = modelFromConfig(edited.config, edited.name, "edited configuration");
  if (!built) return tl::unexpected(built.error());
  return NamedModel{std::move(edited), std::make_shared<const Model>(std::move(*built))};
}

std::optional<NamedModel> findOriginal(const ModelReference& reference) {
  const auto* given = std::get_if<ConfigModel>(&reference);
  if (given == nullptr || given->config.find(kEditsKey) == std::string::npos) return std::nullopt;
  Model carrier;
  carrier.config = given->config;
  const EditedCopy copy(reference, carrier);
  if (copy.isOriginal()) return std::nullopt;
  NamedModel original{copy.from(), nullptr};
  if (const auto* config = std::get_if<ConfigModel>(&original.reference)) {
    Result<Model> model = modelFromConfig(config->config, config->name, "configuration");
    if (!model) return std::nullopt;
    original.model = std::make_shared<const Model>(std::move(*model));
  }
  return original;
}

}  // namespace

// What a copy remembers comes from a file, so its pointers may lead anywhere; the library then throws.
std::vector<EditableDimension> editableDimensions(const ModelReference& reference, const Model& model) {
  try {
    return listDimensions(reference, model);
  } catch (const json::exception&) {
    return {};
  }
}

Result<NamedModel> withDimension(const ModelReference& reference, const Model& model, Dimension dimension,
                                 std::optional<std::int64_t> value) {
  try {
    return changeDimension(reference, model, dimension, value);
  } catch (const json::exception&) {
    return fail(ErrorCode::value, "What this copy says it was made from cannot be followed.", kEditsKey);
  }
}

void noteEdits(Model& model) {
  try {
    const EditedCopy copy({}, model);
    if (copy.isOriginal()) return;
    model.source = "edited copy of " + copy.source();
    model.notes.push_back(fmt::format("An edited copy of {}, its sizes computed from the configuration: {}.",
                                      copy.name(), copy.changes()));
  } catch (const json::exception&) {
    model.notes.emplace_back("What this copy says it was made from cannot be followed.");
  }
}

std::optional<NamedModel> originalOf(const ModelReference& reference) {
  try {
    return findOriginal(reference);
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace headroom
