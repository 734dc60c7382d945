// Reading JSON that a person or a stranger wrote: types, ranges and unknown keys are checked, and the first thing wrong
// is reported with its place. Whoever includes it includes nlohmann's.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace headroom {

struct IntegerRange {
  std::int64_t low = 1, high = 0;
};
struct RealRange {
  double low = 0, high = 1;
  bool lowIncluded = true, highIncluded = true;
};

// Text to JSON. Errors name "where:line:column"; depth is limited, because printing and comparing nested values
// recurse.
Result<nlohmann::json> parseJson(std::string_view text, std::string_view where);
// The same, and a key that an object has twice is an error: JSON leaves open which counts. Below the key `freely` the
// last counts, as Python has it.
Result<nlohmann::json> parseJsonOnce(std::string_view text, std::string_view where, std::string_view freely = {});

// The first error of one document; later ones are dropped.
struct Problem {
  std::string where;  // the document
  std::optional<Error> error;

  void report(ErrorCode code, std::string message, std::string_view pointer);
};

// One JSON object. Values are read by key into typed fields; a key that nobody asked for is an error (refuseOthers).
// Numbers may be strings of digits and booleans "true" or "false": measured rows and shell users write them so.
// null counts as absent. After the document's first error nothing more is read.
class ObjectReader {
 public:
  // `value` that is no object is an error at `pointer`.
  ObjectReader(const nlohmann::json& value, std::string pointer, Problem& problem);

  // The value of a key; nullptr where absent or null, or after an error.
  const nlohmann::json* find(std::string_view key);
  // Marks a key as known without reading it.
  void allow(std::string_view key) { known_.push_back(key); }
  std::string pointerTo(std::string_view key) const;
  Problem& problem() { return problem_; }

  void integer(std::string_view key, std::int64_t& out, IntegerRange range);
  void real(std::string_view key, double& out, RealRange range);
  void boolean(std::string_view key, bool& out);
  void text(std::string_view key, std::string& out);
  // Calls parse(text) → std::optional<T>; the names known() lists are offered where it gives nothing.
  template <typename T, typename Parse, typename Known>
  void named(std::string_view key, T& out, std::string_view what, Parse parse, Known known) {
    std::string name;
    if (find(key) == nullptr) return;
    text(key, name);
    if (problem_.error) return;
    if (auto value = parse(name))
      out = *value;
    else
      unknownName(key, what, name, known());
  }
  void unknownName(std::string_view key, std::string_view what, std::string_view name,
                   const std::vector<std::string_view>& known);

  // An error for the first key that was never asked for.
  void refuseOthers();

 private:
  const nlohmann::json* object_ = nullptr;
  std::string pointer_;
  Problem& problem_;
  std::vector<std::string_view> known_;
};

// One JSON value as an integer (6.74e9 and "7" included) or a real; nothing where it is none.
std::optional<std::int64_t> integerOf(const nlohmann::json& value);
std::optional<double> realOf(const nlohmann::json& value);

}  // namespace headroom
