#include "core/open/said_key.h"

#include <algorithm>
#include <type_traits>

#include "core/base/json_text.h"
#include "core/open/engine_options_reader.h"
#include "core/open/scenario_fields.h"
#include "core/open/take_keys.h"
#include "core/scenario/option_rows.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

template <typename T>
struct Bare {
  using Type = T;
};
template <typename T>
struct Bare<std::optional<T>> {
  using Type = T;
};

template <typename T>
constexpr KeyKind kindOf() {
  if constexpr (std::is_same_v<T, bool>)
    return KeyKind::flag;
  else if constexpr (std::is_same_v<T, std::int64_t> || std::is_same_v<T, Bytes>)
    return KeyKind::integer;
  else if constexpr (std::is_same_v<T, double>)
    return KeyKind::real;
  else if constexpr (std::is_same_v<T, NumberFormat>)
    return KeyKind::number_format;
  else if constexpr (std::is_same_v<T, WeightFormat>)
    return KeyKind::weight_format;
  else if constexpr (std::is_enum_v<T>)
    return KeyKind::name;
  else if constexpr (std::is_same_v<T, std::vector<std::string>> || std::is_same_v<T, std::vector<double>> ||
                     std::is_same_v<T, Targets>)
    return KeyKind::list;
  else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, SideModel> ||
                     std::is_same_v<T, SelectiveOption> ||
                     std::is_same_v<T, std::variant<Precision::None, NumberFormat>>)
    return KeyKind::text;
  else
    return KeyKind::other;
}

template <typename T>
std::vector<std::string_view> namesOfType() {
  if constexpr (std::is_enum_v<T> && !std::is_same_v<T, NumberFormat>)
    return allNames<T>();
  else
    return {};
}

template <typename Range>
void setBounds(KeyDescription& d, const Range& range) {
  d.low = static_cast<double>(range.low), d.high = static_cast<double>(range.high);
}

// A visitor of scenario_fields.h that writes down what every key is.
template <typename T>
class KeyDescriber {
 public:
  KeyDescriber(std::string prefix, std::vector<KeyDescription>& out) : prefix_(std::move(prefix)), out_(out) {}

  template <typename M, typename... Range>
  void field(std::string_view key, M T::*, Range... range) {
    using B = typename Bare<M>::Type;
    KeyDescription& d = out_.emplace_back();
    d.key = prefix_ + std::string(key);
    d.kind = kindOf<B>();
    d.names = namesOfType<B>();
    (setBounds(d, range), ...);
  }
  void gpuLayers(std::string_view key, std::optional<std::int64_t> T::*member) { field(key, member, kLayerRange); }
  void expertLayers(std::string_view key, std::optional<std::int64_t> T::*member) { field(key, member, kLayerRange); }
  template <typename M, typename Describe>
  void object(std::string_view key, M T::*, Describe describe) {
    describe(KeyDescriber<M>(prefix_ + std::string(key) + ".", out_));
  }
  template <typename M, typename Describe>
  void optionalObject(std::string_view key, std::optional<M> T::*, Describe describe) {
    out_.push_back({prefix_ + std::string(key), KeyKind::object, 0, 0, {}});
    describe(KeyDescriber<M>(prefix_ + std::string(key) + ".", out_));
  }

 private:
  std::string prefix_;
  std::vector<KeyDescription>& out_;
};

// A visitor that gives one key back its untouched value.
template <typename T>
class KeyTaker {
 public:
  KeyTaker(std::string prefix, std::string_view wanted, T& object)
      : prefix_(std::move(prefix)), wanted_(wanted), object_(object) {}

  template <typename M, typename... Range>
  void field(std::string_view key, M T::*member, Range...) {
    if (is(key)) object_.*member = T{}.*member;
  }
  void gpuLayers(std::string_view key, std::optional<std::int64_t> T::*member) { field(key, member); }
  void expertLayers(std::string_view key, std::optional<std::int64_t> T::*member) { field(key, member); }
  template <typename M, typename Describe>
  void object(std::string_view key, M T::*member, Describe describe) {
    describe(KeyTaker<M>(prefix_ + std::string(key) + ".", wanted_, object_.*member));
  }
  template <typename M, typename Describe>
  void optionalObject(std::string_view key, std::optional<M> T::*member, Describe describe) {
    std::optional<M>& held = object_.*member;
    if (is(key)) held.reset();
    if (held) describe(KeyTaker<M>(prefix_ + std::string(key) + ".", wanted_, *held));
  }

 private:
  bool is(std::string_view key) const {
    return wanted_.size() == prefix_.size() + key.size() && wanted_.starts_with(prefix_) && wanted_.ends_with(key);
  }

  std::string prefix_;
  std::string_view wanted_;
  T& object_;
};

ordered_json valueOfTexts(const KeyDescription& key, const std::vector<std::string>& texts) {
  // "all-linear" is a word that stands for modules and no list of them.
  if (key.kind == KeyKind::list && !(texts.size() == 1 && key.key.ends_with("targets"))) return texts;
  return texts.front();  // numbers and truth values are read from texts too
}

// What an option's value is, as a person wrote it.
ordered_json optionValue(std::string_view text) {
  ordered_json value = ordered_json::parse(text, nullptr, false);
  return value.is_discarded() ? ordered_json(std::string(text)) : value;
}

}  // namespace

std::span<const KeyDescription> describedKeys() {
  static const std::vector<KeyDescription> kKeys = [] {
    std::vector<KeyDescription> keys;
    describeScenario(KeyDescriber<Scenario>("", keys));
    return keys;
  }();
  return kKeys;
}

const KeyDescription* describedKey(std::string_view key) {
  const auto keys = describedKeys();
  const auto at = std::ranges::find(keys, key, &KeyDescription::key);
  return at == keys.end() ? nullptr : &*at;
}

Result<void> sayKey(Scenario& scenario, std::string_view key, const std::vector<std::string>& texts) {
  const KeyDescription* described = describedKey(key);
  if (described == nullptr) return fail(ErrorCode::unknown_name, "A scenario has no key " + std::string(key) + ".");
  Scenario after = scenario;
  const bool object = described->kind == KeyKind::object;
  const bool holds = object && !texts.empty() && texts.front() == "true";
  if (!holds) describeScenario(KeyTaker<Scenario>("", key, after));
  if (!texts.empty() && !(object && !holds)) {
    ordered_json document = ordered_json::object();
    std::string pointer = "/" + std::string(key);
    std::ranges::replace(pointer, '.', '/');
    document[ordered_json::json_pointer(pointer)] = object ? ordered_json::object() : valueOfTexts(*described, texts);
    if (Result<void> taken = takeKeys(after, jsonText(document)); !taken) return taken;
  }
  // A draft model is described anew where it is another.
  if (key.starts_with("speculative") && after.speculative &&
      (!scenario.speculative || after.speculative->reference != scenario.speculative->reference)) {
    after.speculative->model = nullptr;
    if (Result<void> found = resolve(after); !found) return found;
  }
  scenario = std::move(after);
  return {};
}

Result<void> sayEngineOption(Scenario& scenario, Engine engine, std::string_view name, std::string_view text) {
  const EngineOptionRow* row = optionRow(engine, name);
  Scenario after = scenario;
  std::erase_if(after.engineOptions,
                [&](const AskedOption& o) { return o.name == name || (row != nullptr && o.name == row->name); });
  if (!text.empty()) {
    ordered_json document{{"engine", nameOf(engine)}, {"engine_options", engineOptionsJson(after.engineOptions)}};
    document["engine_options"][std::string(name)] = optionValue(text);
    const std::optional<Engine> said = after.engine;
    after.engineOptions.clear();
    if (Result<void> taken = takeKeys(after, jsonText(document)); !taken) return taken;
    after.engine = said;  // the engine's name only told whose options they are
  }
  scenario = std::move(after);
  return {};
}

std::string optionText(const AskedOption& option) {
  const ordered_json value = engineOptionsJson({option}).begin().value();
  return value.is_string() ? value.get<std::string>() : jsonText(value);
}

}  // namespace headroom
