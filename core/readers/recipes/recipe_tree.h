// YAML and JSON as one tree of values with the line each stands on, and changes to the text it came from. Internal to
// core/readers/recipes; the only header there that includes nlohmann's.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace headroom::recipes {

using Json = nlohmann::ordered_json;

// Recipes are a few KiB; these bounds keep hostile ones cheap.
constexpr std::size_t kLongestRecipe = 256 * 1024;
constexpr int kDeepestRecipe = 24;
constexpr std::size_t kMostValues = 5'000;

struct RecipeTree {
  Json root;                         // an object
  std::map<std::string, int> lines;  // by JSON pointer, from 1
  bool json = false;                 // the text is JSON, not YAML
};

Result<RecipeTree> parseRecipe(std::string_view text, std::string_view where);

// One change: a dotted path of keys and its new value.
struct RecipeEdit {
  std::vector<std::string> path;
  Json value;
};

// The text with the edits. Lines of YAML are changed one by one where that gives what was meant, which keeps comments;
// otherwise the document is written anew. JSON is written anew, in its order.
Result<std::string> applyEdits(std::string_view text, const std::vector<RecipeEdit>& edits, std::string_view where);

// A new document.
std::string emitYaml(const Json& root);

}  // namespace headroom::recipes
