#include "core/open/resolved_model.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/format.h"
#include "core/base/json_text.h"
#include "core/formats/model_source.h"

namespace headroom {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::string_view kPointer = "/resolved_model";
constexpr std::string_view kStored = "/resolved_model/stored";
constexpr std::size_t kMostKinds = 255;  // Model::order counts kinds in a byte
constexpr std::size_t kMostNotes = 100;

ordered_json formatsOf(const std::vector<Tensor>& tensors) {
  ordered_json list = ordered_json::array();
  for (const Tensor& t : tensors) list.push_back(info(t.stored).id);
  return list;
}

void takeFormats(const json* list, std::vector<Tensor>& tensors, std::string_view what, Problem& problem) {
  if (problem.error || (list == nullptr && tensors.empty())) return;
  const auto refuse = [&](std::string_view why) {
    problem.report(ErrorCode::value, fmt::format("The formats of {} {}.", what, why), kStored);
  };
  if (list == nullptr || !list->is_array() || list->size() != tensors.size())
    return refuse("are not one for each tensor of the configuration");
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const auto format = (*list)[i].is_string() ? numberFormat((*list)[i].get_ref<const std::string&>()) : std::nullopt;
    if (!format) return refuse("hold a name nobody knows");
    tensors[i].stored = *format;
  }
}

// Splits the configuration's kinds of layers by what the file stored in them.
void takeKinds(const json& list, Model& model, Problem& problem) {
  constexpr std::uint8_t kNone = 255;
  const auto refuse = [&] {
    problem.report(ErrorCode::value, "\"kinds\" does not name every layer of the configuration once.", kStored);
  };
  if (!list.is_array() || list.empty() || list.size() > kMostKinds) return refuse();
  std::vector<LayerKind> kinds;
  std::vector<std::uint8_t> order(model.order.size(), kNone);
  for (const json& entry : list) {
    ObjectReader reader(entry, std::string(kStored) + "/kinds", problem);
    const json* layers = reader.find("layers");
    const json* formats = reader.find("formats");
    reader.refuseOthers();
    if (problem.error || layers == nullptr || !layers->is_array() || layers->empty()) return refuse();
    for (const json& layer : *layers) {
      const std::int64_t at = integerOf(layer).value_or(-1);
      if (at < 0 || at >= model.layers() || order[static_cast<std::size_t>(at)] != kNone) return refuse();
      order[static_cast<std::size_t>(at)] = static_cast<std::uint8_t>(kinds.size());
    }
    const auto first = static_cast<std::size_t>(integerOf(layers->front()).value_or(0));
    kinds.push_back(model.layer(first));
    kinds.back().count = static_cast<int>(layers->size());
    takeFormats(formats, kinds.back().tensors, "a kind of layer", problem);
    if (problem.error) return;
  }
  if (std::ranges::find(order, kNone) != order.end()) return refuse();
  model.kinds = std::move(kinds);
  model.order = std::move(order);
}

void takeStored(const json& value, Model& model, Problem& problem) {
  ObjectReader reader(value, std::string(kStored), problem);
  std::int64_t bytes = 0;
  reader.integer("bytes", bytes, {1, std::int64_t{1} << 56});
  const json* kinds = reader.find("kinds");
  if (kinds != nullptr) takeKinds(*kinds, model, problem);
  takeFormats(reader.find("globals"), model.globals, "the globals", problem);
  takeFormats(reader.find("vision"), model.vision, "the vision tower", problem);
  takeFormats(reader.find("next_token"), model.nextToken, "the next-token layers", problem);
  reader.refuseOthers();
  if (problem.error) return;
  model.finish();
  model.storedBytes = Bytes(bytes);
}

ordered_json storedJson(const Model& model) {
  ordered_json out{{"bytes", model.storedBytes->value()}, {"kinds", ordered_json::array()}};
  for (std::size_t k = 0; k < model.kinds.size(); ++k) {
    ordered_json layers = ordered_json::array();
    for (std::size_t i = 0; i < model.order.size(); ++i)
      if (model.order[i] == k) layers.push_back(i);
    if (!layers.empty())
      out["kinds"].push_back({{"layers", std::move(layers)}, {"formats", formatsOf(model.kinds[k].tensors)}});
  }
  out["globals"] = formatsOf(model.globals);
  if (!model.vision.empty()) out["vision"] = formatsOf(model.vision);
  if (!model.nextToken.empty()) out["next_token"] = formatsOf(model.nextToken);
  return out;
}

}  // namespace

Result<Model> readResolvedModel(const json& value, Problem& problem) {
  ObjectReader reader(value, std::string(kPointer), problem);
  std::string id, source;
  reader.text("id", id);
  reader.text("source", source);
  const json* config = reader.find("config");
  const json* notes = reader.find("notes");
  const json* stored = reader.find("stored");
  reader.refuseOthers();
  if (!problem.error && (config == nullptr || !config->is_object()))
    problem.report(ErrorCode::value, "A resolved model holds its \"config\".", kPointer);
  if (problem.error) return tl::unexpected(*problem.error);
  Result<Model> model = modelFromConfig(jsonText(*config), id, problem.where + ", /resolved_model/config");
  if (!model) return model;
  if (!source.empty()) model->source = source;
  if (stored != nullptr) takeStored(*stored, *model, problem);
  if (notes != nullptr && notes->is_array() && notes->size() <= kMostNotes) {
    model->notes.clear();
    for (const json& note : *notes)
      if (note.is_string()) model->notes.push_back(note.get<std::string>());
  }
  if (problem.error) return tl::unexpected(*problem.error);
  return model;
}

ordered_json writeResolvedModel(const Model& model) {
  ordered_json out{{"id", model.id}};
  if (!model.source.empty()) out["source"] = model.source;
  // Keys sorted, as reading leaves them, so that a file opened and saved again is the same file; Python's NaN and
  // Infinity become null, as they were read.
  const Result<json> config = parseJson(model.config, "");
  out["config"] = config ? ordered_json(*config) : ordered_json::object();
  if (!model.notes.empty()) out["notes"] = model.notes;
  if (model.storedBytes) out["stored"] = storedJson(model);
  return out;
}

std::string differenceOf(const Model& saved, const Model& known) {
  if (saved.parameters != known.parameters)
    return fmt::format("{} parameters instead of {}", formatCount(known.parameters.value()),
                       formatCount(saved.parameters.value()));
  const Result<json> a = parseJson(saved.config, ""), b = parseJson(known.config, "");
  if (!a || !b || !a->is_object() || !b->is_object() || *a == *b) return {};
  std::string keys;
  for (const auto& [key, value] : b->items())
    if (a->value(key, json()) != value) keys += (keys.empty() ? "" : ", ") + key;
  for (const auto& [key, value] : a->items())
    if (!b->contains(key)) keys += (keys.empty() ? "" : ", ") + key;
  return "another value of " + keys;
}

}  // namespace headroom
