#include "core/formats/config/families/class_table.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "core/base/embedded_resource.h"
#include "core/base/simdjson_text.h"
#include "core/formats/config/expression.h"
#include "core/formats/config/families/class_layers.h"
#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/family.h"

namespace headroom {
namespace {

using nlohmann::json;

// The table as simdjson's tape; a row becomes JSON values when it is asked for, and stays.
class Table {
 public:
  Table() : root_(readOwnText<simdjson::dom::element>(parser_, embeddedResource("catalogue/classes.json"))) {}
  const json& row(std::string_view part, std::string_view key) {
    static const json kNone;
    const std::lock_guard lock(mutex_);
    const std::string name = std::string(part) + ' ' + std::string(key);
    if (const auto known = rows_.find(name); known != rows_.end()) return known->second;
    simdjson::dom::element found;
    if (key.size() > 128 || root_[part][key].get(found) != simdjson::SUCCESS) return kNone;
    return rows_.emplace(name, json::parse(std::string(simdjson::minify(found)), nullptr, false)).first->second;
  }

 private:
  simdjson::dom::parser parser_;
  simdjson::dom::element root_;
  std::mutex mutex_;
  std::map<std::string, json, std::less<>> rows_;
};

const json& row(std::string_view part, std::string_view key) {
  static Table table;
  return table.row(part, key);
}

std::string textAt(const json& object, std::string_view key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

// What a list that the file leaves out holds at the context's place: the first of its rules that is true.
ExpressionValue byRule(const json& lists, std::string_view key, const ExpressionContext& context) {
  const auto rules = lists.find(key);
  if (rules == lists.end()) return {0, {}, false};
  for (const json& rule : *rules)
    if (evaluate(rule[1].get_ref<const std::string&>(), context).truthy()) {
      const std::string& text = rule[0].get_ref<const std::string&>();
      if (text == "True" || text == "False") return {text == "True" ? 1.0 : 0.0, {}, true};
      if (std::isdigit(static_cast<unsigned char>(text.front())) != 0) return evaluate(text, context);
      return {0, text, true};
    }
  return {0, {}, false};
}

Config descend(const Config& config, std::string_view path) {
  Config at = config;
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    at = at.child(path.substr(0, dot));
    path.remove_prefix(std::min(path.size(), dot + 1));
  }
  return at;
}

// Where the keys of a stack of layers stand: "text_config" of "text_config.hidden_size".
std::string sectionPath(const json& rows) {
  for (const json& r : rows) {
    if (!r.is_string()) continue;
    const std::string_view shape = classTensor(r.get_ref<const std::string&>()).shape;
    for (std::size_t at = 0; at < shape.size(); ++at) {
      if (std::isalpha(static_cast<unsigned char>(shape[at])) == 0) continue;
      const std::size_t end =
          std::min(shape.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.", at),
                   shape.size());
      const std::string_view name = shape.substr(at, end - at);
      const std::size_t dot = name.rfind('.');
      return dot == std::string_view::npos ? std::string() : std::string(name.substr(0, dot));
    }
  }
  return {};
}

// One class under construction.
class ClassBuilder {
 public:
  ClassBuilder(ModelBuilder& b, const Config& config, const json& entry, ClassPart part)
      : b_(b), config_(config), entry_(entry), part_(part), lists_([this](std::string_view key, std::int64_t i) {
          return listed(key, i);
        }) {}

  void build(const json& rows, std::string_view prefix) {
    for (const json& item : rows) {
      if (b_.config.failed()) return;
      if (item.is_string())
        global(item.get_ref<const std::string&>(), prefix);
      else if (holds(item, 0))
        section(item, prefix);
    }
  }

 private:
  ExpressionContext at(std::int64_t i) const { return {config_, i, lists_}; }

  ExpressionValue listed(std::string_view key, std::int64_t i) const {
    const auto lists = entry_.find("lists");
    return lists == entry_.end() ? ExpressionValue{0, {}, false} : byRule(*lists, key, at(i));
  }

  bool holds(const json& item, std::int64_t i) const {
    const std::string condition = textAt(item, "if");
    return condition.empty() || evaluate(condition, at(i)).truthy();
  }
  std::int64_t countOf(const json& item, std::int64_t i) const {
    const double n = evaluate(textAt(item, "count"), at(i)).number;
    if (n >= 0 && n <= static_cast<double>(kMostLayers)) return static_cast<std::int64_t>(n);
    config_.fail(ErrorCode::value,
                 fmt::format("{} is {}, but must be from 0 to {}.", textAt(item, "count"), n, kMostLayers));
    return 0;
  }

  // A tensor beside the layers.
  void global(std::string_view text, std::string_view prefix) {
    const ClassTensor row = classTensor(text);
    if (part_ == ClassPart::body && row.role == TensorRole::head) return;
    std::vector<Tensor> made;
    addClassTensor(made, row, prefix, at(0));
    for (Tensor& t : made) {
      if (part_ == ClassPart::tower) asTower(t);
      if (t.role == TensorRole::token_embedding && b_.model.vocabulary == 0) b_.model.vocabulary = t.rows;
      if (t.role == TensorRole::head) b_.model.tiedHead = false;
      (t.group == Group::vision ? b_.model.vision : b_.model.globals).push_back(std::move(t));
    }
  }

  void section(const json& item, std::string_view prefix) {
    const std::string at = std::string(prefix) + textAt(item, "at");
    const bool vision = item.contains("vision") || part_ == ClassPart::tower;
    if (item.contains("use")) return part(item, at, vision);
    const std::string stack = textAt(item, "stack");
    if (vision || stack.empty()) return repeated(item, at, vision);
    layers(item, at, stack);
  }

  // A model of its own inside this one.
  void part(const json& item, const std::string& prefix, bool vision) {
    const Config config = descend(config_, textAt(item, "config"));
    std::string use = textAt(item, "use");
    const std::string type = config.text("model_type", use.substr(0, use.find('/')));
    // Parts of a class of their own keep it, whatever the file calls them (Qwen3.5 files name the whole model).
    if (type != use.substr(0, use.find('/')) && type != config_.text("model_type"))
      use = textAt(row("types", type), use.ends_with("LM") ? "usual" : "base");
    if (!use.empty() && buildClass(b_, config, use, prefix, vision ? ClassPart::tower : ClassPart::whole)) return;
    if (vision)
      return config_.note(
          fmt::format("model_type {} of {} is not known; it is not counted.", type, textAt(item, "config")));
    const bool headed = textAt(item, "use").ends_with("LM") || textAt(item, "use").ends_with("LMHeadModel");
    const std::size_t from = b_.model.globals.size();
    buildText(b_, config, type, headed ? std::optional<bool>() : std::optional<bool>(true));
    if (!headed) {
      const auto head = [](const Tensor& t) { return t.role == TensorRole::head; };
      b_.model.globals.erase(
          std::remove_if(b_.model.globals.begin() + static_cast<std::ptrdiff_t>(from), b_.model.globals.end(), head),
          b_.model.globals.end());
      b_.model.tiedHead = true;
    }
    prefixNames(from, prefix);
  }

  // A tower's tensors are one group, whatever they do in it.
  static void asTower(Tensor& t) {
    if (t.group == Group::vision) return;
    t.group = Group::vision;
    t.role = TensorRole::vision;
  }
  void prefixNames(std::size_t from, const std::string& prefix) {
    for (LayerKind& kind : b_.model.kinds)
      for (Tensor& t : kind.tensors)
        if (!t.name.starts_with(prefix)) t.name.insert(0, prefix);
    for (std::size_t i = from; i < b_.model.globals.size(); ++i) b_.model.globals[i].name.insert(0, prefix);
  }

  // Layers of a tower, or of a part that keeps no cache: listed once, with as many copies as there are layers.
  void repeated(const json& item, const std::string& prefix, bool vision) {
    std::vector<Tensor> made;
    const std::int64_t n = countOf(item, 0);
    for (std::int64_t i = 0; i < n && !config_.failed(); ++i) collect(item["rows"], prefix, i, made);
    for (Tensor& t : made) {
      if (vision) asTower(t);
      (vision ? b_.model.vision : b_.model.globals).push_back(std::move(t));
    }
  }
  void collect(const json& rows, const std::string& prefix, std::int64_t i, std::vector<Tensor>& made) {
    for (const json& r : rows) {
      if (r.is_string()) {
        addClassTensor(made, classTensor(r.get_ref<const std::string&>()), prefix, at(i));
      } else if (holds(r, i)) {
        const std::int64_t n = countOf(r, i);
        for (std::int64_t j = 0; j < n && !config_.failed(); ++j) collect(r["rows"], prefix + textAt(r, "at"), j, made);
      }
      if (made.size() > kMostTensors)
        return config_.fail(ErrorCode::unsupported, "The layers differ in more ways than can be listed.");
    }
  }

  // The layers that run more than once, each pass with a cache of its own: the place in the stack that each pass after
  // the first repeats ("again": from, to, passes).
  std::vector<std::int64_t> repeats(const json& item, std::int64_t n) {
    std::vector<std::int64_t> places;
    const auto again = item.find("again");
    if (again == item.end()) return places;
    const auto bound = [&](std::string_view key, double most) {
      return static_cast<std::int64_t>(std::clamp(evaluate(textAt(*again, key), at(0)).number, 0.0, most));
    };
    const auto last = static_cast<double>(n);
    const std::int64_t from = bound("from", last), to = bound("to", last);
    const std::int64_t passes = bound("passes", static_cast<double>(kMostLayers));
    for (std::int64_t pass = 1; pass < passes; ++pass) {
      if (n + static_cast<std::int64_t>(places.size()) + to - from > kMostLayers) {
        config_.fail(ErrorCode::value, fmt::format("{} passes over {} layers are too many.", passes, to - from));
        return {};
      }
      for (std::int64_t i = from; i < to; ++i) places.push_back(i);
    }
    return places;
  }

  void layers(const json& item, const std::string& prefix, const std::string& stack) {
    const Config section = descend(config_, sectionPath(item["rows"]));
    std::map<std::string, std::int64_t> variants;
    std::vector<std::vector<Tensor>> built;
    const std::int64_t n = countOf(item, 0);
    std::vector<std::int64_t> of;
    for (std::int64_t i = 0; i < n && !config_.failed(); ++i) {
      std::vector<Tensor> made;
      collect(item["rows"], prefix, i, made);
      std::string signature = layerSignature(made, section, at(i));
      const auto [it, fresh] = variants.try_emplace(std::move(signature), static_cast<std::int64_t>(built.size()));
      if (fresh) built.push_back(std::move(made));
      of.push_back(it->second);
    }
    const std::vector<std::int64_t> again = repeats(item, n);
    if (config_.failed()) return;
    const auto source = [&](std::int64_t i) { return i < n ? i : again[static_cast<std::size_t>(i - n)]; };
    const auto variant = [&](std::int64_t i) { return of[static_cast<std::size_t>(source(i))]; };
    const std::string cached = again.empty() ? std::string() : textAt(item["again"], "cached");
    const bool everyPass = cached.empty() || evaluate(cached, at(0)).truthy();
    std::map<std::string, LayerKind> byType;
    b_.layers(
        n + static_cast<std::int64_t>(again.size()), prefix,
        [&](std::int64_t i) { return variant(i) + (i < n ? 0 : static_cast<std::int64_t>(built.size())); },
        [&](LayerBuilder& layer, std::int64_t place) {
          const std::int64_t i = source(place);
          layer.kind.tensors = built[static_cast<std::size_t>(variant(i))];
          describeLayer(layer.kind, section, at(i), stack);
          describeState(layer.kind, static_cast<std::int64_t>(evaluate(textAt(item, "state"), at(i)).number),
                        item.contains("wide_convolutions"));
          // One attention reads the layer's own keys beside the encoder's, and both are kept (T5Gemma 2).
          if (item.contains("merged")) {
            layer.kind.crossAttention = layer.kind.attention;
            layer.kind.crossAttention.kind = AttentionKind::cross;
            layer.kind.crossAttention.window = 0;
          }
          if (place >= n) {  // another pass over the same weights
            layer.kind.tensors.clear();
            layer.kind.attention.ownsCache = layer.kind.attention.ownsCache && everyPass;
            return;
          }
          // Attention whose weights stand in the first layer of a type is run by the others too, each with its own
          // cache (Zamba).
          const std::string type = layerType(section, at(i));
          if (type.empty()) return;
          const auto [first, fresh] = byType.try_emplace(type, layer.kind);
          if (fresh || layer.kind.attention.kind != AttentionKind::none) return;
          layer.kind.attention = first->second.attention;
          if (layer.kind.mlp.kind == MlpKind::none) layer.kind.mlp = first->second.mlp;
        });
  }

  static constexpr std::size_t kMostTensors = 20000;
  ModelBuilder& b_;
  const Config config_;
  const json& entry_;
  ClassPart part_;
  ListRule lists_;
};

}  // namespace

std::string classRowOf(const Config& config, std::string_view modelType) {
  const json& type = row("types", modelType);
  if (!type.is_object()) return {};
  const std::vector<std::string> classes = config.texts("architectures");
  // Early files state the text part at the top; the families know them.
  if (config.isObject("text_config") && !config.given("text_config") && config.given("hidden_size num_hidden_layers"))
    return {};
  const bool described = familyOf(modelType) != nullptr || decoderTraits(modelType) != nullptr;
  std::string usual = described ? std::string() : textAt(type, "usual");
  if (classes.empty()) return usual;
  std::string named = fmt::format("{}/{}", modelType, classes.front());
  if (row("classes", named).is_object()) return named;
  if (usual.empty()) return {};
  config.note(fmt::format("The class {} of {} is not known; it is counted as {}.", classes.front(), modelType,
                          usual.substr(usual.find('/') + 1)));
  return usual;
}

std::vector<std::string> listByRule(const Config& config, std::string_view key, std::int64_t layers) {
  const json& lists = row("lists", config.text("model_type"));
  std::vector<std::string> list;
  if (!lists.is_object() || !lists.contains(key)) return list;
  const ListRule none = [](std::string_view, std::int64_t) { return ExpressionValue{0, {}, false}; };
  for (std::int64_t i = 0; i < layers; ++i) list.push_back(byRule(lists, key, {config, i, none}).text);
  return list;
}

std::optional<bool> stepAgrees(std::string_view modelType) {
  const auto lists = [&](std::string_view part) {
    const json& types = row("steps", part);
    return std::ranges::any_of(types, [&](const json& t) { return t.get_ref<const std::string&>() == modelType; });
  };
  if (lists("differ")) return false;
  return lists("agree") ? std::optional(true) : std::nullopt;
}

std::string textPartOf(const Config& config, std::string_view modelType) {
  const json& type = row("types", modelType);
  const auto parts = type.is_object() ? type.find("parts") : type.end();
  if (!type.is_object() || parts == type.end()) return {};
  for (const std::string& name : config.texts("architectures"))
    if (std::string part = textAt(*parts, name); !part.empty()) return part;
  return {};
}

bool buildClass(ModelBuilder& b, const Config& config, std::string_view name, std::string_view prefix, ClassPart part) {
  const json& entry = row("classes", name);
  if (!entry.is_object()) return false;
  const std::string kind = textAt(entry, "kind");
  if (const std::string note = textAt(entry, "note"); !note.empty()) config.note(note);
  if (std::string doubt = textAt(entry, "doubt"); !doubt.empty()) b.model.doubts.push_back(std::move(doubt));
  if (prefix.empty()) {
    b.model.tiedHead = true;  // until a head of its own is met
    b.model.encoderOnly = kind == "encoder";
    b.model.encoderDecoder = kind == "encoder-decoder";
  }
  ClassBuilder(b, config, entry, part).build(entry["rows"], prefix);
  if (part == ClassPart::tower) return true;
  // A decoder alone (BartForCausalLM) has the weights, and nothing to look at across.
  const bool alone = prefix.empty() && !b.model.encoderDecoder && b.model.vision.empty() &&
                     std::ranges::none_of(b.model.kinds, [](const LayerKind& k) { return k.encoder; });
  if (alone)
    for (LayerKind& k : b.model.kinds) k.crossAttention = {};
  const Config section = descend(config, textAt(entry, "section"));
  if (b.model.hidden == 0) b.model.hidden = section.size(keys::kHidden, 1, kMostWidth);
  if (b.model.maxContext == 0) b.model.maxContext = longestContext(section);
  return true;
}

}  // namespace headroom
