// A configuration file as parsed JSON.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "core/base/result.h"
#include "core/formats/config/config.h"

namespace headroom {

// Owns a parsed configuration and what was found wrong with it.
class ConfigDocument {
 public:
  // Parses a configuration. Bare NaN and Infinity, which Python's json module writes, are read as null. Errors: not
  // JSON (with line and column), nested deeper than kMostNested, longer than kMostBytes, or not an object.
  static Result<ConfigDocument> parse(std::string_view text, std::string_view where);

  // The whole configuration, with the class defaults of its model_type. Valid as long as the document.
  Config root() const;
  ConfigFindings& findings() const { return *findings_; }

  static constexpr int kMostNested = 64;
  static constexpr std::size_t kMostBytes = std::size_t{16} << 20;

 private:
  std::shared_ptr<const nlohmann::json> json_;
  std::shared_ptr<ConfigFindings> findings_;
  std::string where_;
};

}  // namespace headroom
