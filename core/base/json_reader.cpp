#include "core/base/json_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "core/base/format.h"
#include "core/base/json_text.h"
#include "core/base/nearest.h"
#include "core/base/printable.h"
#include "core/base/python_json.h"

namespace headroom {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 64;
// What is read here is written by hand or by a training code. Beyond that a small file would take much memory: a value
// of two bytes takes sixteen.
constexpr std::size_t kMaxValues = 2'000'000;

struct Place {
  std::size_t line = 1, column = 1;
};
Place placeOf(std::string_view text, std::size_t byte) {
  Place p;
  for (char c : text.substr(0, std::min(byte, text.size()))) {
    ++p.column;
    if (c == '\n') ++p.line, p.column = 1;
  }
  return p;
}

std::string located(std::string_view where, std::string_view text, std::size_t byte) {
  const Place p = placeOf(text, byte);
  return fmt::format("{}:{}:{}", where.empty() ? "input" : where, p.line, p.column);
}

// What makes a text too much to be read before it is: brackets that nest too deeply, more values than anybody writes.
struct TooMuch {
  std::size_t at;
  std::string message;
};
// `members`: how many keys the text has.
std::optional<TooMuch> tooMuchIn(std::string_view text, std::size_t& members) {
  int depth = 0;
  std::size_t values = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kMaxDepth) return TooMuch{i, fmt::format("The JSON nests more than {} levels deep.", kMaxDepth)};
    } else if (c == '}' || c == ']') {
      --depth;
    } else if (c == ',' && ++values > kMaxValues) {
      return TooMuch{i, fmt::format("The JSON has more than {} values.", formatCount(kMaxValues))};
    } else if (c == ':') {
      ++members;
    }
  }
  return std::nullopt;
}

// The part of nlohmann's message that speaks of the text: "unexpected end of input; expected '}'".
std::string reasonOf(std::string_view what) {
  const std::size_t at = what.find(": ");
  std::string_view reason = at == std::string_view::npos ? what : what.substr(at + 2);
  const std::size_t dash = reason.find(" - ");
  if (dash != std::string_view::npos) reason.remove_prefix(dash + 3);
  // It quotes what it read last, which may be as long as the text.
  if (const std::size_t quote = reason.find("; last read: "); quote != std::string_view::npos && reason.size() > 200)
    reason = reason.substr(0, quote);
  return printable(reason, 200);
}

bool isBinary(std::string_view text) {
  return std::ranges::any_of(text.substr(0, 4096),
                             [](char c) { return static_cast<unsigned char>(c) < 9 || c == 127; });
}

std::string shown(const json& value) {
  std::string text = jsonText(value);
  if (text.size() <= 60) return text;
  std::size_t end = 57;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // whole UTF-8 letters only
  return text.substr(0, end) + "…";
}

// Watches a parser for keys that an object has twice.
class Repeats {
 public:
  explicit Repeats(std::string_view freely) : freely_(freely) {}
  bool operator()(json::parse_event_t event, const json& parsed) {
    using E = json::parse_event_t;
    if (event == E::object_start || event == E::array_start) {
      const bool element = !open_.empty() && open_.back().list;
      const std::string name = element ? std::to_string(open_.back().next++) : key_;
      const bool freely = free() || (!element && !freely_.empty() && key_ == freely_);
      open_.push_back({name, {}, freely, event == E::array_start});
    } else if (event == E::object_end || event == E::array_end) {
      open_.pop_back();
    } else if (event == E::value) {
      if (!open_.empty() && open_.back().list) ++open_.back().next;
    } else if (event == E::key) {
      key_ = parsed.get_ref<const std::string&>();
      if (!first_ && !free() && !open_.back().keys.insert(key_).second) first_ = pointer();
    }
    return true;
  }
  const std::optional<std::string>& first() const { return first_; }

 private:
  struct Open {
    std::string name;
    std::set<std::string> keys;
    bool free = false, list = false;
    std::size_t next = 0;  // of a list's elements
  };
  bool free() const { return !open_.empty() && open_.back().free; }
  std::string pointer() const {
    std::string all;
    for (std::size_t i = 1; i < open_.size(); ++i) all += "/" + open_[i].name;
    return all + "/" + key_;
  }

  std::string_view freely_;
  std::vector<Open> open_;
  std::string key_;
  std::optional<std::string> first_;
};

// The keys that were read into the value; of those that an object has twice the last alone.
std::size_t membersOf(const json& value) {
  std::size_t count = value.is_object() ? value.size() : 0;
  if (value.is_structured())
    for (const json& inner : value) count += membersOf(inner);
  return count;
}

// `members` becomes the number of keys in the text.
Result<json> parsed(std::string_view text, std::string_view where, std::size_t& members,
                    const json::parser_callback_t& watch = nullptr) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return fail(ErrorCode::syntax, "This is empty; JSON was expected.", std::string(where));
  if (isBinary(text)) return fail(ErrorCode::syntax, "This is not text; JSON was expected.", std::string(where));
  members = 0;
  if (auto much = tooMuchIn(text, members))
    return fail(ErrorCode::syntax, std::move(much->message), located(where, text, much->at));
  try {
    if (!holdsPythonNumbers(text)) return json::parse(text, watch);
    const std::string plain = withoutPythonNumbers(text);
    json document = json::parse(plain, watch);
    // Quotes would move the places of errors, of which there are none now.
    return plain == text ? std::move(document) : json::parse(withPythonNumbersQuoted(text));
  } catch (const json::parse_error& e) {
    return fail(ErrorCode::syntax, "This is not valid JSON: " + reasonOf(e.what()) + ".",
                located(where, text, e.byte > 0 ? e.byte - 1 : 0));
  } catch (const json::exception&) {  // out_of_range.406, the only other one of a parser
    return fail(ErrorCode::syntax, "This is not valid JSON: a number is larger than any computer's.",
                std::string(where));
  }
}

}  // namespace

Result<json> parseJson(std::string_view text, std::string_view where) {
  std::size_t members = 0;
  return parsed(text, where, members);
}

Result<json> parseJsonOnce(std::string_view text, std::string_view where, std::string_view freely) {
  std::size_t members = 0;
  Result<json> document = parsed(text, where, members);
  // Watching takes longer than reading, and a text whose keys have all become members says none twice.
  if (!document || membersOf(*document) == members) return document;
  Repeats repeats(freely);
  document = parsed(text, where, members,
                    [&](int, json::parse_event_t event, const json& value) { return repeats(event, value); });
  if (document && repeats.first())
    return fail(ErrorCode::value, "The key stands twice in one object; say it once.",
                std::string(where) + (where.empty() ? "" : ", ") + printable(*repeats.first(), 200));
  return document;
}

std::optional<std::int64_t> integerOf(const json& value) {
  if (value.is_number_unsigned()) {
    const auto n = value.get<std::uint64_t>();
    if (n > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
    return static_cast<std::int64_t>(n);
  }
  if (value.is_number_integer()) return value.get<std::int64_t>();
  const std::optional<double> real = realOf(value);
  if (!real || *real != std::floor(*real) || std::abs(*real) > 9e18) return std::nullopt;
  return static_cast<std::int64_t>(*real);
}

std::optional<double> realOf(const json& value) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

void Problem::report(ErrorCode code, std::string message, std::string_view pointer) {
  if (error) return;
  std::string place = where;
  if (!pointer.empty()) place += (place.empty() ? "" : ", ") + std::string(pointer);
  error = Error{code, std::move(message), std::move(place)};
}

ObjectReader::ObjectReader(const json& value, std::string pointer, Problem& problem)
    : pointer_(std::move(pointer)), problem_(problem) {
  if (value.is_object())
    object_ = &value;
  else
    problem_.report(ErrorCode::value, "An object was expected, not " + shown(value) + ".",
                    pointer_.empty() ? "/" : pointer_);
}

const json* ObjectReader::find(std::string_view key) {
  known_.push_back(key);
  if (object_ == nullptr || problem_.error) return nullptr;
  const auto at = object_->find(key);
  return at == object_->end() || at->is_null() ? nullptr : &*at;
}

std::string ObjectReader::pointerTo(std::string_view key) const {
  return pointer_ + "/" + std::string(key);
}

void ObjectReader::integer(std::string_view key, std::int64_t& out, IntegerRange range) {
  const json* value = find(key);
  if (value == nullptr) return;
  const std::optional<std::int64_t> n = integerOf(*value);
  if (!n && realOf(*value) && std::abs(*realOf(*value)) < 9e18)
    return problem_.report(ErrorCode::value, "A whole number was expected, not " + shown(*value) + ".", pointerTo(key));
  if (!n && !realOf(*value))
    return problem_.report(ErrorCode::value, "A number was expected, not " + shown(*value) + ".", pointerTo(key));
  if (!n || *n < range.low || *n > range.high)
    return problem_.report(
        ErrorCode::value,
        fmt::format("{} is outside {} to {}.", shown(*value), formatCount(range.low), formatCount(range.high)),
        pointerTo(key));
  out = *n;
}

void ObjectReader::real(std::string_view key, double& out, RealRange range) {
  const json* value = find(key);
  if (value == nullptr) return;
  const std::optional<double> n = realOf(*value);
  if (!n) return problem_.report(ErrorCode::value, "A number was expected, not " + shown(*value) + ".", pointerTo(key));
  if (*n < range.low || *n > range.high || (!range.lowIncluded && *n == range.low) ||
      (!range.highIncluded && *n == range.high))
    return problem_.report(
        ErrorCode::value,
        fmt::format("{} is outside {}{} to {}{}.", shown(*value), range.lowIncluded ? "" : "more than ", range.low,
                    range.highIncluded ? "" : "less than ", range.high),
        pointerTo(key));
  out = *n;
}

void ObjectReader::boolean(std::string_view key, bool& out) {
  const json* value = find(key);
  if (value == nullptr) return;
  if (value->is_boolean())
    out = value->get<bool>();
  else if (*value == "true" || *value == "false")
    out = *value == "true";
  else
    problem_.report(ErrorCode::value, "true or false was expected, not " + shown(*value) + ".", pointerTo(key));
}

void ObjectReader::text(std::string_view key, std::string& out) {
  const json* value = find(key);
  if (value == nullptr) return;
  if (!value->is_string())
    return problem_.report(ErrorCode::value, "A text in quotes was expected, not " + shown(*value) + ".",
                           pointerTo(key));
  out = value->get<std::string>();
}

void ObjectReader::unknownName(std::string_view key, std::string_view what, std::string_view name,
                               const std::vector<std::string_view>& known) {
  std::string message = fmt::format("'{}' is not a known {}.", name.substr(0, 80), what) + didYouMean(name, known);
  if (known.size() <= 20) message += fmt::format(" Known are {}.", fmt::join(known, ", "));
  problem_.report(ErrorCode::unknown_name, std::move(message), pointerTo(key));
}

void ObjectReader::refuseOthers() {
  if (object_ == nullptr || problem_.error) return;
  for (const auto& [key, value] : object_->items())
    if (std::ranges::find(known_, key) == known_.end())
      return problem_.report(ErrorCode::unknown_name,
                             fmt::format("'{}' is not a known key.", key.substr(0, 80)) + didYouMean(key, known_),
                             pointer_.empty() ? "/" : pointer_);
}

}  // namespace headroom
