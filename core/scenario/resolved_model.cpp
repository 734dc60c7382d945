#include "core/scenario/resolved_model.h"

#include "core/sources/model_source.h"

namespace headroom {

using nlohmann::json;
using nlohmann::ordered_json;

Result<Model> readResolvedModel(const json& value, Problem& problem) {
  constexpr std::string_view kPointer = "/resolved_model";
  ObjectReader reader(value, std::string(kPointer), problem);
  std::string id;
  reader.text("id", id);
  const json* config = reader.find("config");
  reader.refuseOthers();
  if (!problem.error && (config == nullptr || !config->is_object()))
    problem.report(ErrorCode::value, "A resolved model holds its \"config\".", kPointer);
  if (problem.error) return tl::unexpected(*problem.error);
  return modelFromConfig(config->dump(), id, problem.where + ", /resolved_model/config");
}

ordered_json writeResolvedModel(const Model& model) {
  ordered_json out;
  out["id"] = model.id;
  // Keys sorted, as reading leaves them, so that a file opened and saved again is the same file.
  out["config"] = json::parse(model.config, nullptr, false);
  return out;
}

}  // namespace headroom
