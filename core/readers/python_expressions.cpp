// Values: texts, numbers, lists, dictionaries, names and calls.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

#include "core/readers/python_parser.h"
#include "core/readers/python_values.h"

namespace headroom {

std::optional<PythonParser::Json> PythonParser::text(bool raw) {
  const char quote = peek();
  const bool triple = text_.substr(at_).starts_with(std::string(3, quote));
  at_ += triple ? 3 : 1;
  std::string out;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '\n') {
      ++line_;
      if (!triple) break;
    }
    if (c == '\\' && at_ + 1 < text_.size() && !raw) {
      const char next = text_[at_ + 1];
      if (next != '\n') out += next == 'n' ? '\n' : next == 't' ? '\t' : next;
      at_ += 2;
      continue;
    }
    if (c == quote && (!triple || text_.substr(at_).starts_with(std::string(3, quote)))) {
      at_ += triple ? 3 : 1;
      return Json(std::move(out));
    }
    out += c, ++at_;
  }
  return std::nullopt;
}

std::optional<PythonParser::Json> PythonParser::number() {
  std::string digits;
  while (std::isalnum(static_cast<unsigned char>(peek())) != 0 || peek() == '.' || peek() == '_' ||
         ((peek() == '-' || peek() == '+') && !digits.empty() && (digits.back() == 'e' || digits.back() == 'E'))) {
    if (peek() != '_') digits += peek();
    ++at_;
  }
  return numberOf(digits);
}

std::optional<PythonParser::Json> PythonParser::expression(int depth, bool inBrackets) {
  std::optional<Json> left = operand(depth, inBrackets);
  for (;;) {
    blanks(inBrackets);
    const char c = peek();
    if (c != '*' && c != '+' && c != '-' && c != '/') return left;
    const bool power = text_.substr(at_).starts_with("**");
    if (!power && text_.substr(at_).starts_with("//")) ++at_;
    at_ += power ? 2 : 1;
    const std::optional<Json> right = operand(depth, inBrackets);
    if (!left || !right || !left->is_number() || !right->is_number()) return restOfExpression(inBrackets), std::nullopt;
    const double a = left->get<double>(), b = right->get<double>();
    const double result = power ? std::pow(a, b) : c == '*' ? a * b : c == '+' ? a + b : c == '-' ? a - b : a / b;
    if (!std::isfinite(result) || std::abs(result) > 9e15) return restOfExpression(inBrackets), std::nullopt;
    left = result == std::floor(result) ? Json(static_cast<std::int64_t>(result)) : Json(result);
  }
}

std::optional<PythonParser::Json> PythonParser::operand(int depth, bool inBrackets) {
  blanks(inBrackets);
  const char c = peek();
  if (depth > kDeepest) return restOfExpression(inBrackets), std::nullopt;
  if (c == '"' || c == '\'') {
    std::optional<Json> value = text(false);
    for (blanks(inBrackets); value && (peek() == '"' || peek() == '\''); blanks(inBrackets)) {
      const auto more = text(false);
      if (!more) return std::nullopt;
      *value = value->get<std::string>() + more->get<std::string>();
    }
    return value;
  }
  if (std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.') return number();
  if (c == '-' || c == '+') {
    ++at_;
    const std::optional<Json> value = operand(depth + 1, inBrackets);
    if (!value || !value->is_number()) return std::nullopt;
    if (c == '+') return value;
    return value->is_number_integer() ? Json(-value->get<std::int64_t>()) : Json(-value->get<double>());
  }
  if (c == '[' || c == '(') return list(c == '[' ? ']' : ')', depth);
  if (c == '{') return dictionary(depth);
  if (std::isalpha(static_cast<unsigned char>(c)) == 0 && c != '_') return std::nullopt;
  const std::string word = name();
  if (word == "lambda") {  // calls in it are calls of the script
    const std::size_t colon = text_.find_first_of(":\n", at_);
    if (colon == text_.npos || text_[colon] == '\n') return restOfExpression(inBrackets), std::nullopt;
    at_ = colon + 1;
    return (void)expression(depth + 1, inBrackets), std::nullopt;
  }
  if ((peek() == '"' || peek() == '\'') && word.size() <= 2) {  // r"…", f"…"
    const bool made = word.find_first_of("fF") != word.npos;
    const auto value = text(word.find_first_of("rR") != word.npos);
    return made && value ? filled(value->get<std::string>()) : value;
  }
  blanks(false);
  if (peek() == '(') {
    call(word, depth);
    if (word.ends_with(".split") && !calls_.empty() && calls_.back().name == word)
      return partsOf(lookup(std::string_view(word).substr(0, word.size() - 6)), calls_.back(), kMostKept);
    // dict(a=1) is {"a": 1}
    const bool plain = word == "dict" && !calls_.empty() && calls_.back().name == word &&
                       calls_.back().unread.empty() && calls_.back().positional.empty();
    // lora_r: int = field(default=8) of a dataclass that a parser reads
    const bool defaulted = (word == "field" || word == "dataclasses.field") && !calls_.empty() &&
                           calls_.back().name == word && calls_.back().named.contains("default");
    if (defaulted) return calls_.back().named["default"];
    if (plain) return calls_.back().named;
    return calls_.empty() || calls_.back().name != word ? std::nullopt : plainValue(calls_.back());
  }
  if (word == "True") return Json(true);
  if (word == "False") return Json(false);
  if (word == "None") return Json(nullptr);
  if (word.starts_with("torch.") || word.starts_with("mx.")) return Json(word.substr(word.find('.') + 1));
  if (word.starts_with("os.environ")) return std::nullopt;
  const Json* const known = lookup(word);
  if (peek() == '[') return item(known, depth);
  return known == nullptr ? std::nullopt : std::optional<Json>(*known);
}

std::optional<PythonParser::Json> PythonParser::filled(std::string text) {
  if (filledIn(text, [this](std::string_view name) { return lookup(name); })) return Json(std::move(text));
  made_ = std::move(text);
  if (made_.find(" --") != made_.npos && commands_.size() < kMostKept) commands_.push_back(made_);
  return std::nullopt;
}

std::optional<PythonParser::Json> PythonParser::list(char close, int depth) {
  ++at_;
  Json out = Json::array();
  bool plain = true, comma = false, options = false;
  for (;;) {
    blanks(true);
    if (at_ >= text_.size()) return std::nullopt;
    if (peek() == close) break;
    const std::size_t before = at_;
    made_.clear();
    std::optional<Json> item;
    if (peek() == '*') {  // *words, *(more or [])
      ++at_;
      item = expression(depth + 1, true);
      if (item && item->is_array() && out.size() + item->size() < kMostListed)
        out.insert(out.end(), item->begin(), item->end()), item.reset();
      else
        plain = false;
      if (peek() != ',' && peek() != close) restOfExpression(true);
    } else {
      item = expression(depth + 1, true);
      blanks(true);
      if (peek() != ',' && peek() != close) plain = false, item.reset(), restOfExpression(true);
      plain = plain && item && out.size() < kMostListed;
      if (!item) item = made_.empty() ? "(computed)" : made_;
      options = options || (item->is_string() && item->get_ref<const std::string&>().starts_with("--"));
      if (out.size() < kMostListed) out.push_back(std::move(*item));
    }
    if (peek() == ',') comma = true, ++at_;
    if (at_ == before) ++at_;
  }
  ++at_;
  // Words of a command say something without the computed ones among them.
  if (!plain) return options ? std::optional<Json>(out) : std::nullopt;
  return close == ')' && !comma && out.size() == 1 ? std::optional<Json>(out.front()) : std::optional<Json>(out);
}

std::optional<PythonParser::Json> PythonParser::dictionary(int depth) {
  ++at_;
  Json out = Json::object();
  for (;;) {
    blanks(true);
    if (at_ >= text_.size()) return out;  // broken off with the text
    if (peek() == '}') break;
    const std::size_t before = at_;
    const std::optional<Json> key = expression(depth + 1, true);
    blanks(true);
    if (peek() == ':') {
      ++at_;
      std::optional<Json> value = expression(depth + 1, true);
      blanks(true);
      if (peek() != ',' && peek() != '}') restOfExpression(true);
      if (key && key->is_string() && out.size() < kMostListed) out[key->get<std::string>()] = value.value_or(Json("?"));
    } else {
      restOfExpression(true);
    }
    if (peek() == ',') ++at_;
    if (at_ == before) ++at_;
  }
  ++at_;
  return out;
}

void PythonParser::call(const std::string& word, int depth) {
  PythonCall out;
  const std::size_t start = at_ - std::min(at_, word.size());
  out.name = word, out.line = line_;
  out.assigned = std::exchange(assigned_, {});
  ++at_;
  for (;;) {
    blanks(true);
    if (at_ >= text_.size() || peek() == ')') break;
    const std::size_t before = at_;
    std::string key;
    if (std::isalpha(static_cast<unsigned char>(peek())) != 0 || peek() == '_') {
      key = name();
      blanks(true);
      if (peek() == '=' && at_ + 1 < text_.size() && text_[at_ + 1] != '=')
        ++at_;
      else
        key.clear(), at_ = before;
    }
    if (peek() == '*') {  // *list, **dictionary
      while (peek() == '*') ++at_;
      const std::size_t from = at_;
      const std::string spread = name();
      at_ = from;
      const std::optional<Json> more = expression(depth + 1, true);
      if (more && more->is_object())
        for (const auto& [inner, value] : more->items())
          if (value == "?")  // computed
            out.unread.push_back(inner);
          else
            out.named[inner] = value;
      else
        out.unread.emplace_back("**");
      if (const auto computed = unreadOf_.find(spread); computed != unreadOf_.end())
        out.unread.insert(out.unread.end(), computed->second.begin(), computed->second.end());
    } else {
      std::optional<Json> value = expression(depth + 1, true);
      blanks(true);
      if (peek() != ',' && peek() != ')') value.reset(), restOfExpression(true);
      if (key.empty())
        out.positional.push_back(value.value_or(Json(nullptr)));
      else if (value)
        out.named[key] = std::move(*value);
      else
        out.unread.push_back(key);
    }
    if (peek() == ',') ++at_;
    if (at_ == before) ++at_;
  }
  if (at_ < text_.size()) ++at_;
  if (word == "dict" && !out.assigned.empty()) keep(out.assigned, out.named), unreadOf_[out.assigned] = out.unread;
  const std::size_t dot = word.rfind('.');
  const std::string owner = word.substr(0, dot == word.npos ? 0 : dot);
  if ((word.ends_with(".extend") || word.ends_with(".append")) && out.positional.size() == 1)
    append(owner, out.positional.front(), start);
  // What may be added to a dictionary.
  if (word.ends_with(".update") && values_.contains(owner) && values_[owner].is_object())
    for (const auto& [key, value] : out.named.items())
      if (!values_[owner].contains(key) && unreadOf_[owner].size() < kMostKept) unreadOf_[owner].push_back(key);
  out.commands = std::exchange(commands_, {});
  if (auto [argument, value] = argumentDefault(out); !argument.empty() && valuesIn(value) <= kMostKept)
    fields_[argument] = std::move(value);
  if (calls_.size() < kMostCalls) calls_.push_back(std::move(out));
}

const PythonParser::Json* PythonParser::lookup(std::string_view word) const {
  if (const auto known = values_.find(word); known != values_.end()) return &known->second;
  return defaultOf(word, fields_);
}

std::optional<PythonParser::Json> PythonParser::item(const Json* of, int depth) {
  ++at_;
  const std::optional<Json> key = expression(depth + 1, true);
  blanks(true);
  if (peek() != ']') restOfExpression(true);
  if (peek() == ']') ++at_;
  const bool held =
      of != nullptr && key && key->is_string() && of->is_object() && of->contains(key->get<std::string>());
  return held && peek() != '[' && peek() != '.' ? std::optional<Json>((*of)[key->get<std::string>()]) : std::nullopt;
}

}  // namespace headroom
