#include "core/readers/commands/argument_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "core/base/json_text.h"
#include "core/base/lower_case.h"
#include "core/open/engine_options_reader.h"
#include "core/scenario/engine_options.h"
#include "core/scenario/engines.h"
#include "core/scenario/scenario.h"

namespace headroom {
namespace {

std::optional<bool> boolOf(std::string_view text) {
  const std::string word = lowerCase(text);
  for (const char* yes : {"true", "1", "on", "yes", "enabled"})
    if (word == yes) return true;
  for (const char* no : {"false", "0", "off", "no", "disabled"})
    if (word == no) return false;
  return std::nullopt;
}

// Whether a word's value is somebody's secret, which is repeated nowhere.
bool isSecret(std::string_view name) {
  const std::string text = lowerCase(name);
  for (const std::string_view word : {"api-key", "api_key", "apikey", "password", "secret"})
    if (text.find(word) != text.npos) return true;
  return text.ends_with("token") || text.ends_with("-hft");
}

// An option's value as it is meant: a number, a truth, a structure or a word.
nlohmann::ordered_json typed(const EngineOption& option, const std::string& value) {
  using Json = nlohmann::ordered_json;
  const bool number = option.takes == Takes::integer || option.takes == Takes::number || option.takes == Takes::size;
  if (number)
    if (const auto n = humanNumber(value); n && std::abs(*n) < 9e15)
      return *n == std::floor(*n) ? Json(static_cast<std::int64_t>(*n)) : Json(*n);
  if (option.takes == Takes::json || option.takes == Takes::list)
    if (Json parsed = Json::parse(value, nullptr, false); parsed.is_structured()) return parsed;
  if (option.takes == Takes::optional)
    if (const auto on = boolOf(value)) return *on;
  return value;
}

// "$NAME" and nothing else.
bool isVariable(std::string_view text) {
  return text.front() == '$' && std::ranges::all_of(text.substr(1), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '_' || c == ' ';
         });
}

bool isNumber(std::string_view text) {
  return text.size() > 1 && (std::isdigit(static_cast<unsigned char>(text[1])) != 0 || text[1] == '.');
}

}  // namespace

std::optional<double> humanNumber(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
  const std::string_view suffix(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (suffix.empty()) return value;
  constexpr std::string_view kThousands = "kmgt", kBinary = "KMGT";
  if (suffix.size() > 1) return std::nullopt;
  if (const std::size_t power = kThousands.find(suffix); power != kThousands.npos)
    return value * std::pow(1000.0, static_cast<double>(power + 1));
  if (const std::size_t power = kBinary.find(suffix); power != kBinary.npos)
    return value * std::pow(1024.0, static_cast<double>(power + 1));
  return std::nullopt;
}

ArgumentReader::ArgumentReader(const ServerCall& call) : call_(call), table_(optionTable(call.engine)) {
  if (call.engine == "llama.cpp") also_ = optionTable("ik_llama.cpp");
  reading_.recognised = call.engine + " command";
}

nlohmann::ordered_json& ArgumentReader::at(std::string_view pointer) {
  Json* place = &out_;
  pointer.remove_prefix(1);
  while (!pointer.empty()) {
    const std::size_t slash = std::min(pointer.find('/'), pointer.size());
    if (!place->is_object()) *place = Json::object();
    place = &(*place)[std::string(pointer.substr(0, slash))];
    pointer.remove_prefix(std::min(slash + 1, pointer.size()));
  }
  return *place;
}

void ArgumentReader::leaveOut(std::string text, bool matters) {
  if (matters) at("/unmodelled").push_back(text);
  reading_.leftOut.push_back({std::move(text), matters});
}

void ArgumentReader::keepOption(const EngineOption& option, Json value) {
  const auto engine = valueOf<Engine>(call_.engine);
  if (!option.memory || !engine || !rowOf(*engine).has(Feature::options)) return leaveOut(written_, option.memory);
  std::string name = option.name.substr(option.name.find_first_not_of('-'));
  // Variables are options of the scenario in small letters.
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return c == '-' ? '_' : static_cast<char>(std::tolower(c)); });
  const EngineOptionRow* const row = optionRow(*engine, name);
  if (row == nullptr || value.is_null()) return leaveOut(written_, true);
  if (!isOfType(row->type, askedOption(name, value))) {
    remark("unreadable-value", Severity::warning,
           fmt::format("{} wants {}, and is left out of the estimate.", written_, nameOf(row->type)));
    return leaveOut(written_, true);
  }
  // What the estimate does not count it says itself; here the option is listed.
  if (row->effect != OptionEffect::counted && value != row->on) reading_.leftOut.push_back({written_, true});
  out_["engine_options"][row->name] = std::move(value);
}

void ArgumentReader::remark(std::string code, Severity severity, std::string message) {
  reading_.remarks.push_back({std::move(code), severity, std::move(message)});
}

bool ArgumentReader::isOption(const std::string& word) const {
  return word.size() > 1 && word.front() == '-' && !isNumber(word);
}

// The value of the option at this place: behind "=", or the next word, which is then passed.
std::optional<std::string> ArgumentReader::valueAt(Position& at) const {
  if (at + 1 >= call_.arguments.size()) return std::nullopt;
  return call_.arguments[++at];
}

void ArgumentReader::variables() {
  for (const auto& [name, value] : call_.environment) {
    const EngineOption* option = table_ != nullptr ? table_->byEnvironment(name) : nullptr;
    if (option == nullptr && table_ != nullptr && call_.engine == "ollama") option = table_->find(name).option;
    if (option == nullptr && call_.engine == "ollama")
      if (const OptionTable* inner = optionTable("llama.cpp")) option = inner->byEnvironment(name);
    written_ = isSecret(name) ? name : name + "=" + value;
    if (option == nullptr) {
      const bool engines = name.starts_with("VLLM_") || name.starts_with("SGLANG_") || name.starts_with("LLAMA_ARG_") ||
                           name.starts_with("OLLAMA_") || name == "PYTORCH_CUDA_ALLOC_CONF";
      leaveOut(written_, engines);
    } else if (option->key.empty() && option->reads.empty()) {
      keepOption(*option, option->takes == Takes::flag ? Json(boolOf(value).value_or(true)) : typed(*option, value));
    } else if (option->takes == Takes::flag) {
      if (!takeFlag(*option, boolOf(value).value_or(true))) leaveOut(written_, true);
    } else if (!take(*option, value)) {
      leaveOut(written_, true);
    }
  }
}

// Keys of the command's own file, which beat its options (tensorrt_llm/commands/serve.py, 1.2).
void ArgumentReader::settings() {
  for (const auto& [name, value] : call_.settings) {
    FoundOption found = table_->find(name);
    if (found.option == nullptr) found = table_->find("--" + name);
    written_ = isSecret(name) ? name : name + ": " + value;
    const EngineOption* const o = found.option;
    if (o == nullptr)
      leaveOut(written_, true);
    else if (o->key.empty() && o->reads.empty())
      keepOption(*o, o->takes == Takes::flag ? Json(boolOf(value).value_or(true)) : typed(*o, value));
    else if (o->takes == Takes::flag ? !takeFlag(*o, boolOf(value).value_or(true)) : !take(*o, value))
      leaveOut(written_, true);
  }
}

void ArgumentReader::read() {
  out_["headroom"] = 1;
  out_["engine"] = call_.engine;
  variables();
  for (Position i = 0; i < call_.arguments.size(); ++i) {
    const std::string& word = call_.arguments[i];
    if (word == "--" || word.empty()) continue;
    if (!isOption(word))
      bareWord(word);
    else
      option(i);
  }
  if (table_ != nullptr) settings();
  for (auto& [name, value] : nested_) {
    const FoundOption found = table_->find(name);
    written_ = name + " " + jsonText(value);
    if (found.option != nullptr && found.option->key.empty() && found.option->reads.empty())
      keepOption(*found.option, value);
    else if (found.option == nullptr || !take(*found.option, jsonText(value)))
      leaveOut(written_, found.option == nullptr || found.option->memory);
  }
}

void ArgumentReader::bareWord(const std::string& word) {
  if (call_.positional && model_.empty() && !out_.contains("model")) {
    model_ = word;
    // A sentence that goes on without a blank, as Chinese does: "org/name-AWQ到底…".
    const auto other = std::ranges::find_if(word, [](unsigned char c) { return c >= 0x80; });
    const auto length = static_cast<std::size_t>(other - word.begin());
    if (length > 3 && word.find('/') < length && !word.starts_with('/') && !word.starts_with('.'))
      model_.resize(length);
    return;
  }
  // "$EXTRA_ARGS" may be any options.
  leaveOut(word, word.starts_with('$'));
}

void ArgumentReader::dotted(const std::string& word, Position& at) {
  const std::size_t dot = word.find('.');
  const std::size_t equals = word.find('=', dot);
  std::string path = word.substr(dot + 1, equals == word.npos ? word.npos : equals - dot - 1);
  std::optional<std::string> text;
  if (equals != word.npos) text = word.substr(equals + 1);
  if (!text && at + 1 < call_.arguments.size() && !isOption(call_.arguments[at + 1])) text = valueAt(at);
  Json value = text ? Json::parse(*text, nullptr, false) : Json(true);
  if (value.is_discarded()) {
    if (const auto number = humanNumber(*text))
      value = static_cast<std::int64_t>(*number);
    else
      value = *text;
  }
  Json* place = &nested_[table_->find(word.substr(0, dot)).option->name];
  for (int depth = 0; depth < 8; ++depth) {
    const std::size_t next = std::min(path.find('.'), path.size());
    if (!place->is_object()) *place = Json::object();
    place = &(*place)[path.substr(0, next)];
    if (next == path.size()) break;
    path.erase(0, next + 1);
  }
  *place = std::move(value);
}

void ArgumentReader::option(Position& at) {
  const std::string& word = call_.arguments[at];
  std::string name = word;
  std::optional<std::string> value;
  const auto find = [&](const std::string& called) {
    FoundOption found = table_ != nullptr ? table_->find(called) : FoundOption{};
    if (found.option == nullptr && also_ != nullptr) found = also_->find(called);
    return found;
  };
  const std::size_t dot = word.find('.'), equals = word.find('=');
  if (word.starts_with("--") && dot != word.npos && dot < equals && call_.engine == "vllm" &&
      find(word.substr(0, dot)).option != nullptr)
    return dotted(word, at);
  if (equals != word.npos) value = word.substr(equals + 1), name.resize(equals);
  if (name.size() == 3 && name.starts_with("-O") && std::isdigit(static_cast<unsigned char>(name[2])) != 0)
    value = name.substr(2), name = "-O";
  FoundOption found = find(name);
  if (found.option == nullptr && name.starts_with("--")) found = find(name.substr(1));  // a dash too many
  const auto next = [&]() -> const std::string* {
    const bool there = at + 1 < call_.arguments.size() && !isOption(call_.arguments[at + 1]);
    return there ? &call_.arguments[at + 1] : nullptr;
  };
  const EngineOption* const o = found.option;
  written_ = word;
  if (o == nullptr) {
    // A name nobody here knows. What stands behind it is its value, unless that is the model nothing else names.
    const bool model =
        call_.positional && model_.empty() && next() != nullptr && next()->find('/') != std::string::npos;
    if (!value && next() != nullptr && !model) written_ += isSecret(name) ? (++at, "") : " " + *valueAt(at);
    if (value && isSecret(name)) written_ = name;
    return leaveOut(written_, true);
  }
  if (o->takes == Takes::flag) {
    std::optional<bool> on = value ? boolOf(*value) : std::nullopt;
    if (!value && next() != nullptr &&
        (*next() == "True" || *next() == "False" || *next() == "true" || *next() == "false"))
      on = boolOf(*next()), written_ += " " + *valueAt(at);
    const bool means = on.value_or(true) != found.off;
    if (value && !on)
      leaveOut(written_, o->memory);
    else if (o->key.empty() && o->reads.empty())
      keepOption(*o, means);
    else if (!takeFlag(*o, means))
      leaveOut(written_, true);
    return;
  }
  if (o->takes == Takes::optional) {
    if (!value && next() != nullptr && (boolOf(*next()) || *next() == "auto")) value = *valueAt(at);
    if (!value) value = found.off ? "off" : "on";
  } else if (o->takes == Takes::list && !value) {
    std::string all;
    while (next() != nullptr) all += (all.empty() ? "" : " ") + *valueAt(at);
    value = std::move(all);
  } else if (!value && next() != nullptr) {
    value = *valueAt(at);
  }
  if (value && equals == word.npos && name == word) written_ += isSecret(name) || value->empty() ? "" : " " + *value;
  if (value && equals != word.npos && isSecret(name)) written_ = name;
  if (!value) {
    remark("no-value", Severity::warning, fmt::format("{} wants a value and has none.", word));
    return leaveOut(written_, o->memory);
  }
  // A variable or an expression that the text gives no value.
  const bool named =
      o->reads == "model" || o->reads.starts_with("gguf") || o->reads == "revision" || o->key == "/model";
  if (!named && (value->starts_with("${") || *value == "(computed)" || (value->size() > 1 && isVariable(*value)))) {
    if (o->memory || !o->key.empty() || !o->reads.empty())
      remark("unreadable-value", Severity::warning,
             fmt::format("{} is not understood and is left out of the estimate.", written_));
    return leaveOut(written_, o->memory || !o->key.empty() || !o->reads.empty());
  }
  if (o->key.empty() && o->reads.empty()) return keepOption(*o, typed(*o, *value));
  if (!take(*o, *value)) {
    remark("unreadable-value", Severity::warning,
           fmt::format("{} is not understood and is left out of the estimate.", written_));
    leaveOut(written_, true);
  }
}

bool ArgumentReader::takeFlag(const EngineOption& option, bool on) {
  const std::string& reads = option.reads;
  if (reads == "lora") {
    if (on && !has("/lora")) out_["lora"] = Json::object();
    servesAdapters_ = on;
  } else if (reads == "experts-everywhere") {
    everyExpert_ = on;
  } else if (reads == "embed") {
    if (on) out_["task"] = "embed";
  } else if (reads == "no-images") {
    if (on) out_["images"] = {{"per_request", 0}};
  } else if (reads == "inverse") {
    at(option.key) = !on;
  } else if (reads == "away") {
    at(option.key) = on;
  } else if (reads == "experts-away") {
    if (on) at(option.key) = "cpu";
  } else if (reads == "attention") {
    at(option.key) = on ? "flash" : "eager";
  } else if (reads.empty()) {
    at(option.key) = on;
  } else {
    return false;
  }
  return true;
}

Result<Reading> readServerCall(const ServerCall& call) {
  if (call.engine != "ollama" && call.engine != "koboldcpp" && !valueOf<Engine>(call.engine))
    return fail(ErrorCode::unsupported,
                fmt::format("This starts {} ({}), which is recognised, but whose memory Headroom does not know.",
                            call.engine, call.program));
  ArgumentReader reader(call);
  reader.read();
  return reader.finish();
}

}  // namespace headroom
