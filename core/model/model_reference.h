// How a model is named: by the catalogue, a file, a hub, a configuration or bare dimensions. What the name stands for
// is a Model (model.h); core/open resolves one to the other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace headroom {

struct CatalogueModel {
  std::string id;
  bool operator==(const CatalogueModel&) const = default;
};
struct FileModel {
  std::string path;
  bool operator==(const FileModel&) const = default;
};
struct HubModel {
  std::string id, revision;
  bool operator==(const HubModel&) const = default;
};
struct ConfigModel {
  std::string config, name;
  bool operator==(const ConfigModel&) const = default;
};  // config: JSON text
// Bare dimensions; what is absent is derived or reported as assumed.
struct DimensionsModel {
  std::optional<double> parameters;
  std::optional<std::int64_t> layers, hidden, heads, kvHeads, headDim, intermediate, vocabulary;
  std::optional<bool> tied, gated;
  bool operator==(const DimensionsModel&) const = default;
};
using ModelReference = std::variant<CatalogueModel, FileModel, HubModel, ConfigModel, DimensionsModel>;

}  // namespace headroom
