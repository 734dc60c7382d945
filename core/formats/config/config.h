// Reading a Hugging Face configuration: typed look-ups with alternative spellings, class defaults and limits. A key
// that is wrong is noted once and a harmless value returned, so that a family's description stays a plain list.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace headroom {

// The first thing that is wrong with a configuration, and what was assumed on the way.
struct ConfigFindings {
  std::optional<Error> error;
  std::vector<std::string> notes;
  bool assumeLlama = false;  // an unknown family is read with the usual keys

  void fail(ErrorCode code, std::string message, std::string where);
  void note(std::string text);
};

// One object of a configuration. Keys are given as spellings parted by blanks ("hidden_size n_embd d_model"): the first
// that is present counts, an explicit null counts as absent without a class default. Values stay valid as long as the
// ConfigDocument they come from.
class Config {
 public:
  Config(const nlohmann::json* object, const nlohmann::json* defaults, std::string where, ConfigFindings* findings)
      : object_(object), defaults_(defaults), where_(std::move(where)), findings_(findings) {}

  // True where the key is present, or has a class default, and is not null.
  bool has(std::string_view keys) const { return find(keys).value != nullptr; }
  // True where the file itself has the key and it is not null.
  bool given(std::string_view keys) const;

  // A number from 1 to `most`; without a fallback an absent key is an error that names it.
  std::int64_t count(std::string_view keys, std::optional<std::int64_t> fallback = {},
                     std::int64_t most = kMostElements) const;
  // A number from 0 to `most`, `fallback` where absent.
  std::int64_t size(std::string_view keys, std::int64_t fallback = 0, std::int64_t most = kMostElements) const;
  double real(std::string_view keys, double fallback) const;
  bool flag(std::string_view keys, bool fallback) const;
  std::string text(std::string_view keys, std::string_view fallback = {}) const;
  // The list under the key; empty where absent or not a list.
  std::vector<std::string> texts(std::string_view keys) const;
  std::vector<std::int64_t> integers(std::string_view keys) const;
  std::size_t listSize(std::string_view keys) const;

  // True where the value is a list, an object or a number.
  bool isList(std::string_view keys) const;
  bool isObject(std::string_view keys) const;
  bool isNumber(std::string_view keys) const;

  // The object under the key, read with the class defaults of its model_type or of `defaultType`; an empty one where
  // absent. `at` gives an element of a list of objects.
  Config child(std::string_view key, std::string_view defaultType = {}) const;
  Config at(std::string_view key, std::size_t index) const;
  // This object with the class defaults of another model_type.
  Config withDefaultsOf(std::string_view modelType) const;

  // The value itself, or the class default; nullptr where neither is there or it is null.
  const nlohmann::json* value(std::string_view keys) const { return find(keys).value; }

  // The names of this object's members.
  std::vector<std::string> keys() const;

  // The value as JSON text; empty where absent.
  std::string dump(std::string_view keys) const;

  void fail(ErrorCode code, std::string message, std::string_view key = {}) const;
  void note(std::string text) const { findings_->note(std::move(text)); }
  bool failed() const { return findings_->error.has_value(); }
  ConfigFindings& findings() const { return *findings_; }

  // No dimension of a real model comes near; keeps every product of three of them in 64 bits.
  static constexpr std::int64_t kMostElements = std::int64_t{1} << 28;

 private:
  struct Found {
    const nlohmann::json* value = nullptr;
    std::string_view key;
  };
  Found find(std::string_view keys) const;
  std::optional<std::int64_t> integer(std::string_view keys, std::string_view& key, std::int64_t least,
                                      std::int64_t most) const;
  std::string pointer(std::string_view key) const;

  const nlohmann::json* object_;
  const nlohmann::json* defaults_;
  std::string where_;
  ConfigFindings* findings_;
};

// The class defaults of a model_type in transformers (resources/catalogue/config_defaults.json); an empty object where
// there are none. Parsed on first use, kept for the program's life.
const nlohmann::json& classDefaults(std::string_view modelType);

// The same from a text of that file, however it is laid out.
nlohmann::json readClassDefaults(std::string_view text, std::string_view modelType);

}  // namespace headroom
