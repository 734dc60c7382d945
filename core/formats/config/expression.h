// The small language the class table states shapes, counts and conditions in: a configuration's own keys, whole
// numbers,
// + - * / // %, comparisons, "&&", "||", "!", "list[i]", "i in list", len(),
// first(list) (nothing before i is like list[i]), floor(), ceil(), round(), sqrt(), min(), max(), and
// "key?(otherwise)" for a key whose absence the class fills in.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/formats/config/config.h"

namespace headroom {

// A number, or a text where a key holds one; an absent or null key is the number 0 and not `there`.
struct ExpressionValue {
  double number = 0;
  std::string text;
  bool there = true;

  bool truthy() const { return there && (text.empty() ? number != 0 : true); }
};

// What a list that the file leaves out holds at a place; `there` false where nobody knows.
using ListRule = std::function<ExpressionValue(std::string_view key, std::int64_t index)>;

struct ExpressionContext {
  const Config& config;
  std::int64_t index = 0;  // of the layer: "i"
  const ListRule& lists;
};

// The value; a text that does not parse is a programmer's error (the table is compiled in and tested) and gives 0.
ExpressionValue evaluate(std::string_view text, const ExpressionContext& context);

// The first key of the text that nobody states and nothing fills in; empty where there is none.
std::string missingKey(std::string_view text, const ExpressionContext& context);

// True where the whole text parses.
bool isExpression(std::string_view text);

}  // namespace headroom
