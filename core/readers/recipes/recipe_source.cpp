#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "core/base/embedded_resource.h"
#include "core/base/json_text.h"
#include "core/base/lower_case.h"
#include "core/open/catalogue.h"
#include "core/readers/pattern.h"
#include "core/readers/recipes/recipe_reader.h"

namespace headroom::recipes {
namespace {

std::string pointerOf(std::string_view key) {
  std::string out = "/" + std::string(key);
  std::replace(out.begin(), out.end(), '.', '/');
  return out;
}

// "$(expr 64 / $n)", "${BATCH}": what a shell would have put in.
bool saysVariable(const Json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>().find('$') != std::string::npos;
  return value.is_array() && std::ranges::any_of(value, saysVariable);
}

// "./data/Qwen3-VL-8B", "../chatglm3", "/models/x", "C:\\models": no hub has such an id.
bool isPlace(std::string_view name) {
  return name.starts_with('/') || name.starts_with("./") || name.starts_with("../") || name.starts_with("~/") ||
         name.find('\\') != name.npos || std::ranges::count(name, '/') > 1;
}

// Letters and digits of a name's last part, without what says how it is stored or tuned.
std::string essence(std::string_view name) {
  name.remove_prefix(std::min(name.size(), name.find_last_of('/') == name.npos ? 0 : name.find_last_of('/') + 1));
  std::string out;
  for (char c : lowerCase(name))
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) out += c;
  for (std::string_view word : {"unslothbnb4bit", "bnb4bit", "instruct", "meta", "hf", "chat", "it", "base"}) {
    if (out.starts_with(word)) out.erase(0, word.size());
    if (out.ends_with(word)) out.erase(out.size() - word.size());
  }
  return out;
}

template <std::size_t N, std::size_t M>
bool saysOneOf(std::string_view key, const std::string_view (&words)[N], const std::string_view (&other)[M]) {
  const auto says = [key](std::string_view word) { return key.find(word) != key.npos; };
  return key.find('.') == key.npos && std::ranges::any_of(words, says) && std::ranges::none_of(other, says);
}

// The same of a script's own options, which no table has: how many samples, in pieces of which size, by which states.
bool soundsOfStep(std::string_view key) {
  constexpr std::string_view kWords[] = {"batch",     "grad_cache", "chunk_size", "_bits",
                                         "optimizer", "galore",     "use_cpu",    "max_tokens"};
  constexpr std::string_view kOther[] = {"eval",    "val_", "test_", "infer",  "batches", "_beta", "_eps",
                                         "_weight", "_lr",  "_id",   "_index", "path",    "dir"};
  return saysOneOf(key, kWords, kOther);
}

// Whether a key that no reader takes says something that memory depends on (resources/training_keys): it is in the
// code's list, and its value is neither nothing nor what the code does by itself.
bool matters(RecipeDialect dialect, const std::string& key, const Json& value) {
  static const Json table = Json::parse(embeddedResource("training_keys/recipes.json"), nullptr, false);
  // A part that is left out of the training: "tune_mm_vision: false".
  if (value == false && key.starts_with("tune_")) return true;
  if (value.is_null() || value == false || value == 0 || value == "" || value == "auto" || value == "none" ||
      (value.is_structured() && value.empty()))
    return false;
  const auto& keys = table.at(std::string(idOf(dialect))).at("defaults");
  const auto known = keys.find(key);
  if (known == keys.end())
    return (soundsOfMemory(key) || (dialect == RecipeDialect::trl && soundsOfStep(key))) && value != 1;
  return std::ranges::none_of(*known, [&](const Json& same) { return same == value; });
}

}  // namespace

bool soundsOfMemory(std::string_view key) {
  constexpr std::string_view kWords[] = {
      "parallel", "offload",       "_shard",        "checkpointing", "pixels",       "vllm_",
      "freeze",   "tune_",         "trainable",     "liger_",        "unmodelled_",  "lora",
      "quantiz",  "source_length", "target_length", "tunable",       "vision_tower", "response_length",
      "_max_len", "group_size",    "4bit",          "8bit",          "zero_stage",   "low_bit"};
  constexpr std::string_view kOther[] = {"save",      "state_dict",  "tokenizers",  "dataloader",
                                         "path",      "dir",         "alpha",       "dropout",
                                         "lora_name", "lora_weight", "quant_group", "data_group"};
  return saysOneOf(key, kWords, kOther);
}

std::string catalogueNameOf(std::string_view called) {
  if (const CatalogueEntry* entry = findCatalogueModel(called)) return entry->id;
  const std::string wanted = essence(called);
  if (wanted.size() < 4) return {};
  for (const CatalogueEntry& entry : modelCatalogue()) {
    if (essence(entry.id) == wanted) return entry.id;
    for (const std::string& alias : entry.aliases)
      if (essence(alias) == wanted) return entry.id;
  }
  return {};
}

const Json* Source::valueAt(std::string_view key) {
  known_.insert(std::string(key));
  const Json* at = &tree_.root;
  while (!key.empty()) {
    const std::size_t dot = std::min(key.find('.'), key.size());
    const auto next = at->is_object() ? at->find(std::string(key.substr(0, dot))) : at->end();
    if (!at->is_object() || next == at->end()) return nullptr;
    at = &*next;
    key.remove_prefix(std::min(dot + 1, key.size()));
  }
  return at;
}

const Json* Source::find(std::string_view key) {
  const Json* at = valueAt(key);
  return at == nullptr || error || at->is_null() || *at == "auto" ? nullptr : at;
}

bool Source::isAuto(std::string_view key) {
  const Json* at = valueAt(key);
  return at != nullptr && *at == "auto";
}

void Source::know(std::string_view key) {
  whole_.insert(std::string(key));
}

std::string Source::placeOf(std::string_view key) const {
  const auto line = tree_.lines.find(pointerOf(key));
  return fmt::format("{}:{}, {}", where_.empty() ? "recipe" : where_, line == tree_.lines.end() ? 1 : line->second,
                     key);
}

void Source::refuse(std::string_view key, std::string expected) {
  if (!error) error = Error{ErrorCode::value, fmt::format("{} was expected there.", expected), placeOf(key)};
}

std::optional<double> Source::real(std::string_view key, double low, double high) {
  const Json* value = find(key);
  if (value == nullptr) return std::nullopt;
  std::optional<double> number;
  if (value->is_number()) number = value->get<double>();
  // In quotes it is a number to the codes' own parsers (pydantic, HfArgumentParser) too.
  if (value->is_string()) {
    const auto& text = value->get_ref<const std::string&>();
    double read = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), read);
    if (failed == std::errc() && end == text.data() + text.size()) number = read;
  }
  if (!number && saysVariable(*value)) {
    leaveOut(fmt::format("{}: {}", key, jsonText(*value).substr(0, 200)));
    return std::nullopt;
  }
  if (!number || !std::isfinite(*number) || *number < low || *number > high) {
    refuse(key, fmt::format("A number from {:g} to {:g}", low, high));
    return std::nullopt;
  }
  return number;
}

std::optional<std::int64_t> Source::integer(std::string_view key, std::int64_t low, std::int64_t high) {
  const std::optional<double> number = real(key, static_cast<double>(low), static_cast<double>(high));
  if (!number) return std::nullopt;
  if (*number != std::floor(*number)) return refuse(key, "A whole number"), std::nullopt;
  return static_cast<std::int64_t>(*number);
}

std::optional<bool> Source::flag(std::string_view key) {
  const Json* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>();
  if (*value == "true" || *value == "True" || *value == 1) return true;
  if (*value == "false" || *value == "False" || *value == 0) return false;
  if (saysVariable(*value)) {
    leaveOut(fmt::format("{}: {}", key, jsonText(*value).substr(0, 200)));
    return std::nullopt;
  }
  refuse(key, "true or false");
  return std::nullopt;
}

std::string Source::asWritten(std::string_view key) {
  const Json* value = find(key);
  if (value == nullptr) return {};
  if (value->is_string()) return value->get<std::string>();
  if (value->is_boolean() || value->is_number()) return jsonText(*value);
  // Several words where a scenario has room for one: `--loss_type sigmoid bco_pair sft`.
  if (value->is_array()) return leaveOut(fmt::format("{}: {}", key, jsonText(*value).substr(0, 200))), std::string();
  refuse(key, "A word");
  return {};
}

std::string Source::text(std::string_view key) {
  return lowerCase(asWritten(key));
}

void Source::set(std::string_view pointer, Json value, std::string_view key) {
  scenario[Json::json_pointer(std::string(pointer))] = std::move(value);
  out.places[std::string(pointer)] = placeOf(key);
}

bool Source::isSet(std::string_view pointer) const {
  return scenario.contains(Json::json_pointer(std::string(pointer)));
}

void Source::integerTo(std::string_view key, std::string_view pointer, std::int64_t low, std::int64_t high) {
  if (const auto n = integer(key, low, high)) set(pointer, *n, key);
}

void Source::model(std::string_view key, const std::string& folder) {
  const std::string called = asWritten(key);
  if (called.empty()) return;
  out.model = called;
  std::error_code failed;
  namespace fs = std::filesystem;
  const fs::path path = fs::path(called).is_absolute() || folder.empty() ? fs::path(called) : fs::path(folder) / called;
  if (fs::exists(path / "config.json", failed) || (fs::is_regular_file(path, failed) && called.ends_with(".json"))) {
    set("/model", Json{{"path", fs::absolute(path, failed).string()}}, key);
    out.modelKnown = true;
    return;
  }
  const std::string id = catalogueNameOf(called);
  out.modelKnown = !id.empty();
  if (id.empty())
    set("/model", Json{{isPlace(called) ? "path" : "hub", called}}, key);
  else
    set("/model", id, key);
  if (!id.empty() && id != called) note(fmt::format("{} is taken for {}, whose shape it has.", called, id));
}

void Source::targets(std::string_view key) {
  const Json* value = find(key);
  if (value == nullptr) return;
  if (value->is_string()) {
    const std::string written = value->get<std::string>(), word = lowerCase(written);
    if (word == "all" || word == "all-linear") return set("/training/targets", "all-linear", key);
    if (written.find_first_of("*|()[]^$\\") == written.npos) return set("/training/targets", *value, key);
    // A regular expression, matched against whole module names (peft tuners_utils.py, check_target_module_exists).
    const std::vector<std::string> names = modulesMatching(written);
    if (!names.empty()) return set("/training/targets", names, key);
    leaveOut(std::string(key) + ": " + written);
    return note("The pattern " + written +
                " does not take the same modules of every layer, or none that are known here.");
  }
  if (!value->is_array() || value->empty() || !std::ranges::all_of(*value, [](const Json& n) { return n.is_string(); }))
    return refuse(key, "A list of module names");
  // A list that holds the word alone.
  if (value->size() == 1 && (value->front() == "all-linear" || value->front() == "all"))
    return set("/training/targets", "all-linear", key);
  set("/training/targets", *value, key);
}

void Source::leaveOut(std::string what) {
  scenario["unmodelled"].push_back(what);
  out.matters.push_back(std::move(what));
}

// Whether a key below this one was asked for.
bool Source::readsInside(const std::string& key) const {
  const auto below = known_.lower_bound(key + ".");
  return below != known_.end() && below->starts_with(key + ".");
}

void Source::listUnknown() {
  listUnknown(tree_.root, "");
}

void Source::listUnknown(const Json& value, const std::string& path) {
  for (const auto& [name, inner] : value.items()) {
    const std::string key = path.empty() ? name : path + "." + name;
    if (whole_.contains(key)) continue;
    if (known_.contains(key)) {
      out.read.push_back(key);
    } else if (inner.is_object() && readsInside(key)) {
      listUnknown(inner, key);
    } else if (matters(out.dialect, key, inner)) {
      leaveOut(key + ": " + jsonText(inner).substr(0, 200));
    } else if (inner.is_object() && !inner.empty()) {
      listUnknown(inner, key);
    } else {
      out.unknown.push_back(key);
    }
  }
}

std::string torchDtype(NumberFormat format) {
  if (format == NumberFormat::bf16) return "bfloat16";
  if (format == NumberFormat::fp16) return "float16";
  return format == NumberFormat::fp32 ? "float32" : "";
}

std::string modelNameOf(const Scenario& s) {
  if (const auto* m = std::get_if<CatalogueModel>(&s.reference)) return m->id;
  if (const auto* m = std::get_if<HubModel>(&s.reference)) return m->id;
  if (const auto* m = std::get_if<FileModel>(&s.reference)) return m->path;
  if (const auto* m = std::get_if<ConfigModel>(&s.reference)) return m->name;
  return {};
}

void Source::optimizer(std::string_view key, std::string_view written, std::optional<Optimizer> known) {
  if (known) return set("/training/optimizer", nameOf(*known), key);
  // Never its nearest neighbour: the verdict says what it leaves out.
  leaveOut("the states of the optimizer " + std::string(written));
  note("The optimizer " + std::string(written) + " is not known here; AdamW's states are counted.");
}

bool Target::says(std::string_view pointer, const Json& value, const Json& absent) const {
  const Json::json_pointer at{std::string(pointer)};
  return (present_.contains(at) ? present_[at] : absent) == value;
}

void Target::put(std::string_view key, Json value, std::string_view pointer, const Json& means, const Json& absent) {
  // A new recipe says what it means even where the code would do so anyway.
  if (fresh_ ? value.is_null() : says(pointer, means, absent)) return;
  always(key, std::move(value));
}

void Target::optimizer(std::string_view key, std::string_view name) {
  const OptimizerRow& row = rowOf(settings.optimizer);
  if (name.empty())
    note("This code has no " + std::string(row.label) + "; the optimizer is left as it is.");
  else
    put(key, Json(name), "/training/optimizer", row.id, "adamw");
}

void Target::always(std::string_view key, Json value) {
  RecipeEdit edit;
  changed.emplace_back(key);
  while (!key.empty()) {
    const std::size_t dot = std::min(key.find('.'), key.size());
    edit.path.emplace_back(key.substr(0, dot));
    key.remove_prefix(std::min(dot + 1, key.size()));
  }
  edit.value = std::move(value);
  edits.push_back(std::move(edit));
}

void Target::noteRest() {
  const Scenario& s = scenario;
  if (!s.devices.empty() && (!s.devices.front().accelerator.empty() || s.devices.front().memory))
    note("A recipe does not say which devices it runs on; the launcher does.");
  if (s.reserve > 0) note("The reserve is Headroom's own.");
}

}  // namespace headroom::recipes
