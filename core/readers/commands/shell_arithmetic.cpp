#include "core/readers/commands/shell_arithmetic.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/formats/config/expression.h"

namespace headroom {

std::optional<std::string> shellArithmetic(std::string_view text,
                                           const std::function<std::string(std::string_view)>& valueOf) {
  constexpr std::size_t kLongest = 200;
  if (text.size() > kLongest) return std::nullopt;
  nlohmann::json values = nlohmann::json::object();
  std::string sum;
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (std::isalpha(c) != 0 || c == '_') {
      std::size_t end = i;
      while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_')) ++end;
      const std::string name(text.substr(i, end - i)), value = valueOf(name);
      double number = 0;
      const auto [read, failed] = std::from_chars(value.data(), value.data() + value.size(), number);
      if (failed != std::errc() || read != value.data() + value.size()) return std::nullopt;
      values[name] = number, sum += name, i = end;
    } else if (c == '/' && !text.substr(i).starts_with("//")) {
      sum += "//", ++i;  // a shell divides whole numbers
    } else if (c == '$' || c == '{' || c == '}' || std::isspace(c) != 0) {
      ++i;  // ${NAME} and NAME are the same here
    } else if (std::isdigit(c) != 0 || std::string_view("+-*%()").find(text[i]) != std::string_view::npos) {
      sum += text[i++];
    } else {
      return std::nullopt;
    }
  }
  if (sum.empty() || !isExpression(sum)) return std::nullopt;
  ConfigFindings findings;
  const Config config(&values, nullptr, "", &findings);
  const ListRule lists = [](std::string_view, std::int64_t) { return ExpressionValue{0, {}, false}; };
  const ExpressionValue worth = evaluate(sum, {config, 0, lists});
  if (!worth.there || !worth.text.empty() || !std::isfinite(worth.number) || std::abs(worth.number) > 1e15)
    return std::nullopt;
  return std::to_string(static_cast<std::int64_t>(std::floor(worth.number)));
}

}  // namespace headroom
