// Evaluates the formula of a component over its terms: sums of products and quotients of named numbers, as
// core/report/explanation.h writes them ("32 × 4096 / 2 + …" with symbols for the numbers).
#pragma once

#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <string_view>

namespace headroom {

// The value of `formula`; NaN where a symbol has no term.
inline double evaluate(std::string_view formula, const std::map<std::string, double, std::less<>>& terms) {
  double sum = 0;
  while (!formula.empty()) {
    const std::size_t plus = formula.find(" + ");
    std::string_view product = formula.substr(0, plus);
    formula = plus == std::string_view::npos ? std::string_view() : formula.substr(plus + 3);
    double value = 1;
    bool divides = false;
    while (true) {
      const std::size_t times = product.find(" × "), over = product.find(" / ");
      const std::size_t end = std::min(times, over);
      const std::string_view symbol = product.substr(0, end);
      const auto term = terms.find(symbol);
      const double number = term != terms.end() ? term->second
                            : symbol == "1"     ? 1.0
                                                : std::numeric_limits<double>::quiet_NaN();
      value = divides ? value / number : value * number;
      if (end == std::string_view::npos) break;
      divides = over < times;
      product = product.substr(end + (divides ? 3 : std::string_view(" × ").size()));
    }
    sum += value;
  }
  return sum;
}

}  // namespace headroom
