#include "core/readers/recipes/script_words.h"

#include <cctype>
#include <string>

namespace headroom::recipes {

void takeModelName(Json& keys) {
  if (keys.contains("model_name_or_path") || !keys.contains("model_name")) return;
  keys["model_name_or_path"] = keys["model_name"];
  keys.erase("model_name");
}

void takeMethod(std::string_view script, Json& keys) {
  const auto says = [&](std::string_view word) {
    const std::size_t at = script.find(word);
    const auto edge = [&](std::size_t i) {
      return i >= script.size() || std::isalpha(static_cast<unsigned char>(script[i])) == 0;
    };
    return at != script.npos && (at == 0 || edge(at - 1)) && edge(at + word.size());
  };
  const auto unless = [&](const char* key, const Json& value) {
    if (!keys.contains(key)) keys[key] = value;
  };
  for (const std::string_view method : {"xpo", "nash", "online", "kto", "cpo", "bco", "gkd", "gold", "minillm", "prm",
                                        "reward", "simpo", "papo", "nash_md", "online_dpo", "ssd", "tpo"})
    if (says(method)) return unless("unmodelled_method", std::string(method));
  if (says("orpo")) unless("preference_method", "orpo");
  if (says("dpo")) unless("precompute_ref_log_probs", false);
  if (says("grpo")) unless("num_generations", 8);
  if (says("rloo")) unless("num_generations", 2);
}

}  // namespace headroom::recipes
