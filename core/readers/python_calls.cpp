#include "core/readers/python_calls.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "core/readers/python_parser.h"
#include "core/readers/python_values.h"

namespace headroom {
namespace {

constexpr std::size_t kLongest = 256 * 1024;

bool isNameChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

}  // namespace

std::vector<PythonCall> PythonParser::run() {
  while (at_ < text_.size() && calls_.size() < kMostCalls) {
    const std::size_t before = at_;
    statement();
    if (at_ == before) ++at_;
  }
  return std::move(calls_);
}

void PythonParser::blanks(bool lines) {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '\n') {
      if (!lines) return;
      ++line_, ++at_;
    } else if (c == ' ' || c == '\t' || c == '\r' || (c == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n')) {
      if (c == '\\') ++line_, ++at_;
      ++at_;
    } else if (c == '#') {
      while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      if (!lines) return;
    } else {
      return;
    }
  }
}

void PythonParser::keep(const std::string& name, const Json& value) {
  if (valuesIn(value) <= kMostKept) values_[name] = value;
}

std::string PythonParser::name() {
  std::string out;
  while (isNameChar(peek()) || (peek() == '.' && !out.empty() && at_ + 1 < text_.size() && isNameChar(text_[at_ + 1])))
    out += text_[at_++];
  return out;
}

void PythonParser::append(const std::string& name, const Json& more, std::size_t place) {
  const auto known = values_.find(name);
  if (known == values_.end() || !known->second.is_array() || valuesIn(known->second) + valuesIn(more) > kMostKept)
    return;
  const auto column = begins_.find(name);
  appendWords(known->second, more, column != begins_.end() && columnOf(text_, place) > column->second);
}

void PythonParser::statement() {
  blanks(true);
  if (at_ >= text_.size()) return;
  const std::size_t start = at_;
  if (std::isalpha(static_cast<unsigned char>(peek())) != 0 || peek() == '_') {
    std::string target = name();
    std::size_t after = at_;
    if (target == "def") return signature();
    blanks(false);
    // "model, tokenizer = …": the first name
    while (peek() == ',') {
      ++at_;
      blanks(false);
      name();
      blanks(false);
    }
    const bool annotated = peek() == ':' && target.find('.') == target.npos;
    if (annotated) {
      const std::size_t equals = text_.find_first_of("=\n", at_);
      if (equals != text_.npos && text_[equals] == '=') at_ = equals;
    }
    if (peek() == '=' && at_ + 1 < text_.size() && text_[at_ + 1] != '=') {
      ++at_;
      assigned_ = target;
      const std::optional<Json> value = expression(0, false);
      assigned_.clear();
      if (value) keep(target, *value), begins_[target] = columnOf(text_, start);
      if (value && annotated && valuesIn(*value) <= kMostKept) fields_[target] = *value;
      return restOfExpression(false);
    }
    if (text_.substr(at_).starts_with("+=")) {
      at_ += 2;
      if (const std::optional<Json> more = expression(0, false)) append(target, *more, start);
      return restOfExpression(false);
    }
    at_ = after;
    if (peek() == '(' || peek() == ' ') {
      at_ = start;
      (void)expression(0, false);
      return;
    }
    return;
  }
  if (peek() == '"' || peek() == '\'') return void(text(false));
  ++at_;
}

void PythonParser::signature() {
  blanks(false);
  name();
  if (peek() != '(') return;
  for (++at_, blanks(true); at_ < text_.size() && peek() != ')'; ++at_, blanks(true)) {
    const std::string parameter = name();
    const std::size_t from = at_;
    restOfExpression(true);
    const std::size_t end = at_, equals = text_.substr(from, end - from).find('=');
    if (peek() == ')' && (equals == text_.npos || values_.contains(parameter))) break;
    if (equals == text_.npos || values_.contains(parameter)) continue;
    at_ = from + equals + 1;
    const std::optional<Json> value = expression(1, true);
    blanks(true);
    if (at_ == end && value && !value->is_null() && *value != "") keep(parameter, *value);
    if ((at_ = std::max(at_, end)) < text_.size() && peek() == ')') break;
  }
}

void PythonParser::restOfExpression(bool inBrackets) {
  int depth = 0;
  while (at_ < text_.size()) {
    const char c = peek();
    if (c == '"' || c == '\'') {
      text(false);
      continue;
    }
    if (c == '#') {
      blanks(inBrackets || depth > 0);
      continue;
    }
    if (c == '\n' && !inBrackets && depth == 0) return;
    if (depth == 0 && inBrackets && (c == ',' || c == ')' || c == ']' || c == '}')) return;
    if (c == '(' || c == '[' || c == '{') ++depth;
    if ((c == ')' || c == ']' || c == '}') && --depth < 0) return;
    if (c == '\n') ++line_;
    ++at_;
  }
}

std::vector<PythonCall> pythonCalls(std::string_view text) {
  if (text.size() > kLongest) return {};
  return PythonParser(text).run();
}

nlohmann::ordered_json pythonNames(std::string_view text) {
  nlohmann::ordered_json out = nlohmann::ordered_json::object();
  if (text.size() > kLongest) return out;
  PythonParser parser(text);
  (void)parser.run();
  for (const auto& [name, value] : parser.values()) out[name] = value;
  return out;
}

}  // namespace headroom
