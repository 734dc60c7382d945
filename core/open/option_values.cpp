#include "core/open/option_values.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/base/lower_case.h"

namespace headroom {
namespace {

using nlohmann::json;

// A switch; nothing where the value is none.
std::optional<bool> switched(const json& asked) {
  if (asked.is_boolean()) return asked.get<bool>();
  const std::string word = asked.is_string() ? lowerCase(asked.get<std::string>()) : std::string();
  if (word != "true" && word != "false") return std::nullopt;
  return word == "true";
}

std::optional<json> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return json(value);
}

// "3,1" and "3/1" (llama.cpp common/arg.cpp).
std::optional<json> shares(const json& asked) {
  if (!asked.is_string()) return asked;
  json out = json::array();
  const std::string text = asked.get<std::string>();
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of(",/"), rest.size());
    const std::optional<json> share = number(rest.substr(0, end));
    if (!share) return std::nullopt;
    out.push_back(*share);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

// vLLM's speculative_config: {"method": "eagle3", "num_speculative_tokens": 3, "model": "…"}.
std::optional<json> draft(const json& asked) {
  const json config = asked.is_string() ? json::parse(asked.get<std::string>(), nullptr, false) : asked;
  if (!config.is_object() || (config.contains("method") && !config["method"].is_string())) return std::nullopt;
  json out = json::object();
  const std::string model = config.contains("model") && config["model"].is_string() ? config["model"] : json("");
  std::string method = config.contains("method") ? config["method"] : json("");
  if (method.empty()) method = model == "ngram" || model == "[ngram]" ? "ngram" : "";
  if (method.empty()) method = lowerCase(model).find("eagle") != std::string::npos ? "eagle" : "draft-model";
  out["method"] = draftMethodNamed(method);
  if (out["method"] == "") return std::nullopt;
  if (config.contains("num_speculative_tokens")) out["tokens"] = config["num_speculative_tokens"];
  if (!model.empty() && model != "ngram" && model != "[ngram]") out["model"] = model;
  return out;
}

}  // namespace

std::string draftMethodNamed(std::string_view asked) {
  const std::string name = lowerCase(asked);
  const auto says = [&](std::string_view word) { return name.find(word) != name.npos; };
  if (says("ngram") || says("lookup") || says("suffix")) return "ngram";
  if (says("mtp") || name == "nextn" || says("next_n")) return "mtp";
  if (says("eagle")) return "eagle";
  constexpr std::string_view kModels[] = {"draft_model", "draft-model", "standalone", "draft", "draft-simple"};
  return std::ranges::find(kModels, std::string_view(name)) == std::end(kModels) ? "" : "draft-model";
}

std::optional<json> keyValue(std::string_view reads, const json& asked) {
  if (asked == "auto") return json();
  if (reads == "shares") return shares(asked);
  for (const auto& [way, whenOn] : {std::pair<std::string_view, json>{"experts-away", "cpu"},
                                    {"embed", "embed"},
                                    {"lora", json::object()},
                                    {"experts-everywhere", true}}) {
    if (reads != way) continue;
    const std::optional<bool> on = switched(asked);
    return on ? std::optional<json>(*on ? whenOn : json()) : std::nullopt;
  }
  if (reads == "inverse") {
    const std::optional<bool> on = switched(asked);
    return on ? std::optional<json>(!*on) : std::nullopt;
  }
  if (reads == "expert-layers") return asked == 0 ? json() : asked;
  if (reads == "slots" || reads == "fitted") return asked == -1 ? json() : asked;
  if (reads == "speculative") return draft(asked);
  if (reads != "draft-method") return asked;
  if (!asked.is_string()) return std::nullopt;
  std::string method = draftMethodNamed(asked.get<std::string>());
  return method.empty() ? std::nullopt : std::optional<json>(std::move(method));
}

}  // namespace headroom
