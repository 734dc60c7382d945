// Scenario files in: JSON values to typed fields, then the model and the devices they name.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "core/base/json_text.h"
#include "core/base/text_file.h"
#include "core/open/catalogue.h"
#include "core/open/engine_options_reader.h"
#include "core/open/hub/hub.h"
#include "core/open/resolved_model.h"
#include "core/open/scenario_fields.h"
#include "core/open/take_keys.h"
#include "core/scenario/engines.h"
#include "core/scenario/refused_training.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

using nlohmann::json;

constexpr std::int64_t kVersion = 1;
constexpr std::size_t kMaxTargets = 1000;
constexpr std::size_t kMaxDeviceKinds = 4096;

std::vector<std::string_view> formatNames(bool withFileTypes) {
  std::vector<std::string_view> names;
  for (const FormatInfo& f : allNumberFormats()) names.push_back(f.id);
  if (withFileTypes) {
    for (const GgufFileTypeInfo& f : allGgufFileTypes()) names.push_back(f.name);
    names.push_back("checkpoint");
  }
  return names;
}

void read(ObjectReader& o, std::string_view key, std::string& out) {
  o.text(key, out);
}
void read(ObjectReader& o, std::string_view key, bool& out) {
  o.boolean(key, out);
}
void read(ObjectReader& o, std::string_view key, std::int64_t& out, IntegerRange range) {
  o.integer(key, out, range);
}
void read(ObjectReader& o, std::string_view key, double& out, RealRange range) {
  o.real(key, out, range);
}
void read(ObjectReader& o, std::string_view key, Bytes& out, IntegerRange range) {
  std::int64_t bytes = out.value();
  o.integer(key, bytes, range);
  out = Bytes(bytes);
}
template <typename E>
requires std::is_enum_v<E>
void read(ObjectReader& o, std::string_view key, E& out) {
  o.named(key, out, "value", valueOf<E>, allNames<E>);
}
void read(ObjectReader& o, std::string_view key, Engine& out) {
  if (const nlohmann::json* name = o.find(key); name != nullptr && name->is_string())
    if (std::string why = refusedEngine(name->get<std::string>()); !why.empty())
      return o.problem().report(ErrorCode::unsupported, std::move(why), o.pointerTo(key));
  o.named(key, out, "value", valueOf<Engine>, allNames<Engine>);
}
void read(ObjectReader& o, std::string_view key, NumberFormat& out) {
  o.named(key, out, "number format", numberFormat, [] { return formatNames(false); });
}
void read(ObjectReader& o, std::string_view key, WeightFormat& out) {
  o.named(key, out, "weight format", weightFormat, [] { return formatNames(true); });
}

void read(ObjectReader& o, std::string_view key, KvFormats& out);
void read(ObjectReader& o, std::string_view key, std::variant<Precision::None, NumberFormat>& out);
void read(ObjectReader& o, std::string_view key, Targets& out);
void read(ObjectReader& o, std::string_view key, SideModel& out);
void read(ObjectReader& o, std::string_view key, SelectiveOption& out);
void read(ObjectReader& o, std::string_view key, std::vector<double>& out);
void read(ObjectReader& o, std::string_view key, std::vector<std::string>& out);
void read(ObjectReader& o, std::string_view key, std::vector<DeviceRequest>& out);
void read(ObjectReader& o, std::string_view key, ModelReference& out);
void read(ObjectReader& o, std::string_view key, std::vector<AskedOption>& out) {
  readEngineOptions(o, key, out);
}
void read(ObjectReader& o, std::string_view key, std::vector<Calibration::Difference>& out);
void read(ObjectReader& o, std::string_view key, std::shared_ptr<const Calibration>& out);

template <typename T, typename... Range>
void read(ObjectReader& o, std::string_view key, std::optional<T>& out, Range... range) {
  if (o.find(key) != nullptr) read(o, key, out.emplace(), range...);
}

void read(ObjectReader& o, std::string_view key, KvFormats& out) {
  const json* value = o.find(key);
  if (value == nullptr) return;
  if (!value->is_object()) return read(o, key, out.k), void(out.v = out.k);
  ObjectReader both(*value, o.pointerTo(key), o.problem());
  read(both, "k", out.k);
  read(both, "v", out.v);
  both.refuseOthers();
}

void read(ObjectReader& o, std::string_view key, std::variant<Precision::None, NumberFormat>& out) {
  const json* value = o.find(key);
  if (value == nullptr || *value == "none") return;
  read(o, key, out.emplace<NumberFormat>());
}

void read(ObjectReader& o, std::string_view key, Targets& out) {
  const json* value = o.find(key);
  if (value == nullptr) return;
  out.names.clear();
  if (value->is_string()) {
    const auto& name = value->get_ref<const std::string&>();
    out.kind = name == "all-linear"  ? Targets::Kind::all_linear
               : name == "attention" ? Targets::Kind::attention
                                     : Targets::Kind::named;
    // A single module's name, or several with commas between them.
    for (std::size_t at = 0; out.kind == Targets::Kind::named && at <= name.size();) {
      const std::size_t comma = std::min(name.find(',', at), name.size());
      if (comma > at) out.names.push_back(name.substr(at, comma - at));
      at = comma + 1;
    }
  } else if (value->is_array() && value->size() <= kMaxTargets &&
             std::ranges::all_of(*value, [](const json& n) { return n.is_string(); })) {
    out.kind = Targets::Kind::named;
    for (const json& n : *value) out.names.push_back(n.get<std::string>());
  }
  if (out.kind == Targets::Kind::named && out.names.empty())
    o.problem().report(ErrorCode::value, "\"all-linear\", \"attention\" or a list of module names was expected.",
                       o.pointerTo(key));
}

// "op", or n for every n-th layer.
void read(ObjectReader& o, std::string_view key, SelectiveOption& out) {
  const json* value = o.find(key);
  if (value == nullptr || *value == "op") return;
  if (!integerOf(*value))
    return o.problem().report(ErrorCode::value, "\"op\" or a number n, for every n-th layer, was expected.",
                              o.pointerTo(key));
  read(o, key, out.every, IntegerRange{1, 10'000});
}

// "none", a number of parameters, or a model of the catalogue.
void read(ObjectReader& o, std::string_view key, SideModel& out) {
  const json* value = o.find(key);
  if (value == nullptr || *value == "none") return;
  if (!value->is_string() || realOf(*value)) return read(o, key, out.parameters, RealRange{0, 1e15});
  out.id = value->get<std::string>();
  const auto model = catalogueModel(out.id);
  if (!model) return o.problem().report(ErrorCode::value, model.error().message, o.pointerTo(key));
  out.parameters = static_cast<double>((*model)->parameters.value());
}

void read(ObjectReader& o, std::string_view key, std::vector<std::string>& out) {
  const json* value = o.find(key);
  if (value == nullptr) return;
  if (value->is_string()) return out.push_back(value->get<std::string>());  // one, as PEFT takes it
  const bool texts = value->is_array() && value->size() <= kMaxTargets &&
                     std::ranges::all_of(*value, [](const json& n) { return n.is_string(); });
  if (!texts) return o.problem().report(ErrorCode::value, "A list of texts was expected.", o.pointerTo(key));
  for (const json& text : *value) out.push_back(text.get<std::string>());
}

void read(ObjectReader& o, std::string_view key, std::vector<double>& out) {
  const json* value = o.find(key);
  if (value == nullptr) return;
  json list = json::array();
  if (value->is_string()) {  // llama.cpp's own spelling, "3,1"
    const auto& text = value->get_ref<const std::string&>();
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t comma = std::min(text.find_first_of(",/", at), text.size());
      list.push_back(text.substr(at, comma - at));
      at = comma + 1;
    }
    value = &list;
  }
  double sum = 0;
  out.clear();
  if (value->is_array() && value->size() <= kMaxDeviceKinds)
    for (const json& part : *value) {
      const std::optional<double> share = realOf(part);
      if (!share || *share < 0)
        return o.problem().report(ErrorCode::value, "Shares are numbers of 0 or more.", o.pointerTo(key));
      out.push_back(*share);
      sum += *share;
    }
  if (out.empty() || !(sum > 0))
    o.problem().report(ErrorCode::value, "A list of shares such as [3, 1] was expected, one of them above 0.",
                       o.pointerTo(key));
}

// A visitor of scenario_fields.h.
template <typename T>
class FieldReader {
 public:
  FieldReader(ObjectReader& reader, T& object) : reader_(reader), object_(object) {}

  template <typename M, typename... Range>
  void field(std::string_view key, M T::*member, Range... range) {
    read(reader_, key, object_.*member, range...);
  }
  void gpuLayers(std::string_view key, std::optional<std::int64_t> T::*member) {
    const json* value = reader_.find(key);
    if (value == nullptr || *value == "auto") return;
    // -1 is llama.cpp's and Ollama's own spelling of "as they see fit".
    if (integerOf(*value) == -1) return;
    if (*value == "all") return void(object_.*member = kAllLayers);
    read(reader_, key, object_.*member, kLayerRange);
  }
  void expertLayers(std::string_view key, std::optional<std::int64_t> T::*member) {
    const json* value = reader_.find(key);
    if (value == nullptr || *value == "none") return;
    if (*value == "cpu" || *value == "all")
      object_.*member = -1;
    else
      read(reader_, key, object_.*member, kLayerRange);
  }
  template <typename M, typename Describe>
  void object(std::string_view key, M T::*member, Describe describe) {
    const json* value = reader_.find(key);
    if (value == nullptr) return;
    ObjectReader inner(*value, reader_.pointerTo(key), reader_.problem());
    describe(FieldReader<M>(inner, object_.*member));
    inner.refuseOthers();
  }
  template <typename M, typename Describe>
  void optionalObject(std::string_view key, std::optional<M> T::*member, Describe describe) {
    const json* value = reader_.find(key);
    if (value == nullptr) return;
    ObjectReader inner(*value, reader_.pointerTo(key), reader_.problem());
    std::optional<M>& held = object_.*member;
    describe(FieldReader<M>(inner, held ? *held : held.emplace()));
    inner.refuseOthers();
  }

 private:
  ObjectReader& reader_;
  T& object_;
};

void read(ObjectReader& o, std::string_view key, std::vector<DeviceRequest>& out) {
  const json* value = o.find(key);
  if (value == nullptr) return;
  if (!value->is_array() || value->size() > kMaxDeviceKinds)
    return o.problem().report(ErrorCode::value,
                              "A list of devices was expected: [{\"accelerator\": \"l4\", \"count\": 1}].",
                              o.pointerTo(key));
  for (std::size_t i = 0; i < value->size(); ++i) {
    ObjectReader device((*value)[i], fmt::format("{}/{}", o.pointerTo(key), i), o.problem());
    describeDevice(FieldReader<DeviceRequest>(device, out.emplace_back()));
    device.refuseOthers();
  }
}

// Components the log's engine keeps: {"weights": 12345, "host.output": -678}.
void read(ObjectReader& o, std::string_view key, std::vector<Calibration::Difference>& out) {
  const json* value = o.find(key);
  if (value == nullptr) return;
  ObjectReader components(*value, o.pointerTo(key), o.problem());
  for (const bool host : {false, true})
    for (std::size_t i = 0; i < kComponentCount; ++i) {
      Calibration::Difference d{static_cast<ComponentId>(i), host, Bytes(0)};
      components.allow(idOf(d.component));  // what a wrong name is compared with
      const auto at = value->is_object() ? value->find(nameOf(d)) : value->end();
      if (at == value->end()) continue;
      read(components, at.key(), d.bytes, IntegerRange{-kMaxDifference, kMaxDifference});
      out.push_back(d);
    }
  components.refuseOthers();
}

void read(ObjectReader& o, std::string_view key, std::shared_ptr<const Calibration>& out) {
  const json* value = o.find(key);
  if (value == nullptr) return;
  Calibration calibration;
  ObjectReader reader(*value, o.pointerTo(key), o.problem());
  describeCalibration(FieldReader<Calibration>(reader, calibration));
  reader.refuseOthers();
  if (!printsComponents(calibration.engine))
    o.problem().report(ErrorCode::value, "A calibration is of vllm, sglang or llama.cpp.", reader.pointerTo("engine"));
  calibration.describe();
  out = std::make_shared<const Calibration>(std::move(calibration));
}

void read(ObjectReader& o, std::string_view key, ModelReference& out) {
  const json* value = o.find(key);
  if (value == nullptr) return;
  if (value->is_string()) return void(out = CatalogueModel{value->get<std::string>()});
  constexpr std::string_view kExpected =
      "A model is a catalogue id or an object with one of \"path\", \"hub\", \"config\" and \"dimensions\".";
  if (!value->is_object()) return o.problem().report(ErrorCode::value, std::string(kExpected), o.pointerTo(key));
  ObjectReader m(*value, o.pointerTo(key), o.problem());
  const int forms = (m.find("path") != nullptr) + (m.find("hub") != nullptr) + (m.find("config") != nullptr) +
                    (m.find("dimensions") != nullptr);
  if (forms > 1) return o.problem().report(ErrorCode::value, std::string(kExpected), o.pointerTo(key));
  if (m.find("path") != nullptr) {
    read(m, "path", out.emplace<FileModel>().path);
  } else if (m.find("hub") != nullptr) {
    HubModel& hub = out.emplace<HubModel>();
    hub.revision = "main";
    read(m, "hub", hub.id);
    hub.id = withoutUserInfo(hub.id);  // it is said and saved
    read(m, "revision", hub.revision);
  } else if (const json* config = m.find("config")) {
    ConfigModel& inlineModel = out.emplace<ConfigModel>();
    if (!config->is_object())
      return o.problem().report(ErrorCode::value, "A Hugging Face configuration is an object.", m.pointerTo("config"));
    inlineModel.config = jsonText(*config);
    read(m, "name", inlineModel.name);
  } else if (const json* dimensions = m.find("dimensions")) {
    ObjectReader d(*dimensions, m.pointerTo("dimensions"), o.problem());
    describeDimensions(FieldReader<DimensionsModel>(d, out.emplace<DimensionsModel>()));
    d.refuseOthers();
  }
  m.refuseOthers();
  if (forms == 0) o.problem().report(ErrorCode::value, std::string(kExpected), o.pointerTo(key));
}

void checkVersion(ObjectReader& o) {
  const json* version = o.find("headroom");
  if (version == nullptr) return;
  const std::optional<std::int64_t> n = integerOf(*version);
  if (!n || *n < 1)
    return o.problem().report(ErrorCode::value, "The version of a scenario is the number 1.", "/headroom");
  if (*n > kVersion)
    o.problem().report(
        ErrorCode::unsupported,
        fmt::format("This scenario is of version {}; this Headroom reads version {}. A newer Headroom opens it.", *n,
                    kVersion),
        "/headroom");
}

void checkTogether(const Scenario& s, Problem& problem) {
  const Parallel& p = s.parallel;
  double ranks = 1;
  for (const auto& n : {p.data, p.tensor, p.pipeline, p.context}) ranks *= static_cast<double>(n.value_or(1));
  if (ranks > static_cast<double>(kMaxDevices))
    problem.report(ErrorCode::value,
                   fmt::format("data × tensor × pipeline × context parallelism asks for {:.3g} devices.", ranks),
                   "/parallel");
}

// A draft model's description is read as the model's own is; its errors stand at its own key.
Error ofDraft(Error error) {
  constexpr std::string_view kModel = "/resolved_model";
  if (const std::size_t at = error.where.find(kModel); at != std::string::npos)
    error.where.replace(at, kModel.size(), "/resolved_draft_model");
  return error;
}

}  // namespace

Result<Scenario> readScenario(std::string_view text, std::string_view where, const std::string& folder,
                              ModelCache* cache, const HubOptions* hub) {
  // A model's own configuration may say a key twice; Python takes the last.
  Result<json> document = parseJsonOnce(text, where, "config");
  if (!document) return tl::unexpected(document.error());
  Problem problem{std::string(where), std::nullopt};
  takeEngineOptions(*document, problem);
  Scenario scenario;
  ObjectReader reader(*document, "", problem);
  checkVersion(reader);
  if (!problem.error && reader.find("model") == nullptr)
    problem.report(ErrorCode::value,
                   "A scenario names its model: \"model\": \"meta-llama/Llama-3.1-8B\" (see `headroom-cli models`).",
                   "");
  describeScenario(FieldReader<Scenario>(reader, scenario));
  const json* resolved = reader.find("resolved_model");
  const json* resolvedDraft = reader.find("resolved_draft_model");
  reader.find("window");  // what the window keeps beside the scenario; it says nothing about memory
  reader.refuseOthers();
  if (!problem.error) checkTogether(scenario, problem);
  if (!problem.error && scenario.engine && isTraining(scenario.workload))
    if (const std::string_view why = refusedTraining(*scenario.engine); !why.empty())
      problem.report(ErrorCode::unsupported, std::string(why), "/engine");
  if (problem.error) return tl::unexpected(*problem.error);

  if (resolved != nullptr) {
    Result<Model> model = readResolvedModel(*resolved, problem);
    if (!model) return tl::unexpected(model.error());
    scenario.model = std::make_shared<const Model>(std::move(*model));
  }
  if (resolvedDraft != nullptr && scenario.speculative && scenario.speculative->reference) {
    Result<Model> model = readResolvedModel(*resolvedDraft, problem);
    if (!model) return tl::unexpected(ofDraft(model.error()));
    scenario.speculative->model = std::make_shared<const Model>(std::move(*model));
  }
  if (const Result<void> done = resolve(scenario, folder, cache, hub); !done) {
    Error error = done.error();
    // A model's file names itself; everything else stands in this document.
    if (!std::holds_alternative<FileModel>(scenario.reference) || error.where.empty())
      error.where =
          fmt::format("{}{}{}", where, where.empty() ? "" : ", ", error.where.empty() ? "/model" : error.where);
    return tl::unexpected(std::move(error));
  }
  return scenario;
}

Result<void> takeKeys(Scenario& scenario, std::string_view text) {
  Result<json> document = parseJsonOnce(text, "");
  if (!document) return tl::unexpected(document.error());
  Problem problem{"", std::nullopt};
  const bool replaced = document->contains("engine_options");
  takeEngineOptions(*document, problem);
  Scenario after = scenario;
  if (replaced) after.engineOptions.clear();
  ObjectReader reader(*document, "", problem);
  describeScenario(FieldReader<Scenario>(reader, after));
  reader.refuseOthers();
  if (!problem.error) checkTogether(after, problem);
  if (problem.error) return tl::unexpected(*problem.error);
  scenario = std::move(after);
  return {};
}

bool asksHub(std::string_view text) {
  const Result<json> document = parseJson(text, "");
  if (!document || !document->is_object()) return false;
  const auto asked = [](const json& holder, const char* name, const json& root, const char* description) {
    const auto model = holder.find(name);
    return model != holder.end() && model->is_object() && model->contains("hub") && !root.contains(description);
  };
  if (asked(*document, "model", *document, "resolved_model")) return true;
  const auto draft = document->find("speculative");
  return draft != document->end() && draft->is_object() && asked(*draft, "model", *document, "resolved_draft_model");
}

Result<Scenario> readScenarioFile(const std::string& path, ModelCache* cache, const HubOptions* hub) {
  const Result<std::string> text = readTextFile(path);
  if (!text) return tl::unexpected(text.error());
  return readScenario(*text, path, std::filesystem::path(path).parent_path().string(), cache, hub);
}

}  // namespace headroom
