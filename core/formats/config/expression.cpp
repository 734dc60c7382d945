#include "core/formats/config/expression.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

namespace headroom {
namespace {

using nlohmann::json;

ExpressionValue number(double value) {
  return {value, {}, true};
}
ExpressionValue absent() {
  return {0, {}, false};
}

ExpressionValue valueOf(const json* value) {
  if (value == nullptr || value->is_null()) return absent();
  if (value->is_boolean()) return number(value->get<bool>() ? 1 : 0);
  if (value->is_number()) return number(value->get<double>());
  if (value->is_string() && value->get_ref<const std::string&>() == "auto") return absent();  // the class fills it in
  if (value->is_string()) return {0, value->get<std::string>(), true};
  return number(static_cast<double>(value->size()));  // a list or an object: there, unless empty
}

bool digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::int64_t whole(double value) {
  constexpr double kMost = 1e15;
  return static_cast<std::int64_t>(std::clamp(std::isfinite(value) ? value : 0.0, -kMost, kMost));
}

class Parser {
 public:
  // Without a context the text is only checked.
  Parser(std::string_view text, const ExpressionContext* context) : text_(text), context_(context) {}

  ExpressionValue parse() {
    ExpressionValue value = either();
    space();
    good_ = good_ && at_ == text_.size();
    return good_ ? value : absent();
  }
  bool good() const { return good_; }

 private:
  static constexpr int kDeepest = 64;

  void space() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(std::string_view token) {
    space();
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }
  bool next(std::string_view token) {
    const std::size_t before = at_;
    const bool yes = take(token);
    at_ = before;
    return yes;
  }
  void expect(std::string_view token) { good_ = take(token) && good_; }

  ExpressionValue either() {
    if (++depth_ > kDeepest) good_ = false;
    if (!good_) return absent();
    ExpressionValue value = both();
    while (take("||")) {
      const ExpressionValue right = both();
      value = number(value.truthy() || right.truthy() ? 1 : 0);
    }
    --depth_;
    return value;
  }
  ExpressionValue both() {
    ExpressionValue value = comparison();
    while (take("&&")) {
      const ExpressionValue right = comparison();
      value = number(value.truthy() && right.truthy() ? 1 : 0);
    }
    return value;
  }
  ExpressionValue comparison() {
    const ExpressionValue left = sum();
    for (const std::string_view op : {"==", "!=", "<=", ">=", "<", ">"})
      if (take(op)) return compare(left, op, sum());
    if (take("in ")) return membership(left);
    return left;
  }
  static ExpressionValue compare(const ExpressionValue& a, std::string_view op, const ExpressionValue& b) {
    const bool same = a.text == b.text && a.number == b.number;
    bool yes = false;
    if (op == "==") yes = same;
    if (op == "!=") yes = !same;
    if (op == "<=") yes = a.number <= b.number;
    if (op == ">=") yes = a.number >= b.number;
    if (op == "<") yes = a.number < b.number;
    if (op == ">") yes = a.number > b.number;
    return number(yes ? 1 : 0);
  }
  ExpressionValue membership(const ExpressionValue& element) {
    bool found = false;
    if (take("{")) {
      do found = sum().number == element.number || found;
      while (take(","));
      expect("}");
      return number(found ? 1 : 0);
    }
    const json* list = lookUp(name());
    if (list != nullptr && list->is_array())
      for (const json& e : *list)
        found = found || (e.is_number() ? element.text.empty() && e.get<double>() == element.number
                                        : e.is_string() && e.get_ref<const std::string&>() == element.text);
    return number(found ? 1 : 0);
  }
  ExpressionValue sum() {
    ExpressionValue value = product();
    for (;;) {
      if (take("+"))
        value = number(value.number + product().number);
      else if (take("-"))
        value = number(value.number - product().number);
      else
        return value;
    }
  }
  ExpressionValue product() {
    ExpressionValue value = unary();
    for (;;) {
      if (take("*")) {
        value = number(value.number * unary().number);
      } else if (take("//")) {
        const double by = unary().number;
        value = number(by == 0 ? 0 : std::floor(value.number / by));
      } else if (take("/")) {
        const double by = unary().number;
        value = number(by == 0 ? 0 : value.number / by);
      } else if (take("%")) {
        const double by = unary().number;
        value = number(by == 0 ? 0 : value.number - by * std::floor(value.number / by));
      } else {
        return value;
      }
    }
  }
  ExpressionValue unary() {
    space();
    if (!next("!=") && take("!")) return number(unary().truthy() ? 0 : 1);
    if (take("-")) return number(-unary().number);
    return atom();
  }
  ExpressionValue atom() {
    if (take("(")) {
      ExpressionValue value = either();
      expect(")");
      return value;
    }
    if (take("'")) {
      const std::size_t end = text_.find('\'', at_);
      good_ = good_ && end != std::string_view::npos;
      if (!good_) return absent();
      ExpressionValue value{0, std::string(text_.substr(at_, end - at_)), true};
      at_ = end + 1;
      return value;
    }
    if (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) return literal();
    const std::string_view key = name();
    if (key.empty()) {
      good_ = false;
      return absent();
    }
    if (key == "i") return number(context_ ? static_cast<double>(context_->index) : 0);
    if (take("(")) return call(key);
    return named(key);
  }
  ExpressionValue literal() {
    double value = 0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    good_ = good_ && error == std::errc();
    at_ = static_cast<std::size_t>(end - text_.data());
    return number(value);
  }
  ExpressionValue call(std::string_view function) {
    if (function == "len") {
      const std::string_view name = this->name();
      const json* list = lookUp(name);
      expect(")");
      return list != nullptr && list->is_array() ? number(static_cast<double>(list->size())) : layersOf(name);
    }
    if (function == "first") return firstOf(name());
    const double first = either().number;
    const double second = take(",") ? either().number : 0;
    expect(")");
    if (function == "floor") return number(std::floor(first));
    if (function == "ceil") return number(std::ceil(first));
    if (function == "sqrt") return number(std::sqrt(std::max(first, 0.0)));
    if (function == "round") return number(std::nearbyint(first));  // half to even, as Python rounds
    if (function == "min") return number(std::min(first, second));
    if (function == "max") return number(std::max(first, second));
    good_ = false;
    return absent();
  }
  // A list of types that the file leaves out has an entry for each layer of its section.
  ExpressionValue layersOf(std::string_view list) const {
    if (context_ == nullptr || !list.ends_with("_types")) return absent();
    const std::size_t dot = list.rfind('.');
    return valueOf(lookUp(std::string(list.substr(0, dot == list.npos ? 0 : dot + 1)) + "num_hidden_layers"));
  }
  // Whether the list's element at this place is the first of its kind.
  ExpressionValue firstOf(std::string_view key) {
    expect(")");
    if (context_ == nullptr) return absent();
    const ExpressionValue here = element(key, context_->index);
    for (std::int64_t i = 0; i < context_->index; ++i)
      if (element(key, i).text == here.text) return number(0);
    return number(1);
  }
  ExpressionValue named(std::string_view key) {
    ExpressionValue value;
    if (take("[i]")) {
      value = element(key, context_ ? context_->index : 0);
    } else if (const std::size_t dot = key.rfind('.'); dot != std::string_view::npos && digits(key.substr(dot + 1))) {
      std::int64_t at = 0;
      std::from_chars(key.data() + dot + 1, key.data() + key.size(), at);
      value = element(key.substr(0, dot), at);
    } else {
      value = context_ ? valueOf(lookUp(key)) : absent();
    }
    if (!value.there) value = headWidth(key, "attention_head_dim");
    if (!take("?(")) return value.there ? value : headWidth(key, {});
    ExpressionValue otherwise = either();
    expect(")");
    return value.there ? value : otherwise;
  }
  // A head's width under another name, or, without one, as every class divides it where head_dim is null.
  ExpressionValue headWidth(std::string_view key, std::string_view alias) const {
    const std::size_t dot = key.rfind('.');
    const std::string section(key.substr(0, dot == key.npos ? 0 : dot + 1));
    if (context_ == nullptr || key.substr(section.size()) != "head_dim") return absent();
    if (!alias.empty()) return valueOf(lookUp(section + std::string(alias)));
    const ExpressionValue hidden = valueOf(lookUp(section + "hidden_size"));
    const ExpressionValue heads = valueOf(lookUp(section + "num_attention_heads"));
    return hidden.there && heads.number > 0 ? number(std::floor(hidden.number / heads.number)) : absent();
  }
  ExpressionValue element(std::string_view key, std::int64_t at) {
    if (context_ == nullptr) return absent();
    const json* list = lookUp(key);
    if (list != nullptr && list->is_array())
      return at >= 0 && at < static_cast<std::int64_t>(list->size()) ? valueOf(&(*list)[static_cast<std::size_t>(at)])
                                                                     : absent();
    if (list != nullptr && list->is_number()) return valueOf(list);  // one number for all
    return context_->lists(key, at);
  }
  const json* lookUp(std::string_view path) const {
    if (context_ == nullptr || path.empty()) return nullptr;
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos) return context_->config.value(path);
    Config at = context_->config.child(path.substr(0, dot));
    path.remove_prefix(dot + 1);
    for (std::size_t end = path.find('.'); end != std::string_view::npos; end = path.find('.')) {
      at = at.child(path.substr(0, end));
      path.remove_prefix(end + 1);
    }
    return at.value(path);
  }
  std::string_view name() {
    space();
    const std::size_t start = at_;
    while (at_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_' || text_[at_] == '.'))
      ++at_;
    return text_.substr(start, at_ - start);
  }

  std::string_view text_;
  const ExpressionContext* context_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool good_ = true;
};

}  // namespace

ExpressionValue evaluate(std::string_view text, const ExpressionContext& context) {
  ExpressionValue value = Parser(text, &context).parse();
  if (value.text.empty())
    value.number = static_cast<double>(whole(value.number)) == value.number
                       ? value.number
                       : (std::isfinite(value.number) ? value.number : 0);
  return value;
}

std::string missingKey(std::string_view text, const ExpressionContext& context) {
  const auto isName = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.'; };
  for (std::size_t at = 0; at < text.size();) {
    if (!isName(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && isName(text[end])) ++end;
    const std::string_view key = text.substr(at, end - at);
    const bool function = end < text.size() && text[end] == '(', filled = text.substr(end).starts_with("?(");
    at = end;
    if (std::isdigit(static_cast<unsigned char>(key.front())) != 0 || key == "i" || key == "in" || function || filled)
      continue;
    std::string whole(key);
    if (text.substr(end).starts_with("[i]")) whole += "[i]";
    const ExpressionValue value = evaluate(whole, context);
    if (!value.there || !value.text.empty()) return std::string(key);  // a word is no size
  }
  return {};
}

bool isExpression(std::string_view text) {
  Parser parser(text, nullptr);
  parser.parse();
  return parser.good();
}

}  // namespace headroom
