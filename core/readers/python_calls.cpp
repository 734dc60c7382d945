#include "core/readers/python_calls.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <optional>

#include "core/readers/python_values.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kLongest = 256 * 1024, kMostCalls = 2000;
constexpr int kDeepest = 12;
// A name may stand for a value of this many parts, a list may hold so many: names of names cannot grow without end.
constexpr std::size_t kMostKept = 160, kMostListed = 1000;

bool isNameChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::vector<PythonCall> run() {
    while (at_ < text_.size() && calls_.size() < kMostCalls) {
      const std::size_t before = at_;
      statement();
      if (at_ == before) ++at_;
    }
    return std::move(calls_);
  }

  const std::map<std::string, Json, std::less<>>& values() const { return values_; }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  // Blanks, and inside brackets line ends and comments too.
  void blanks(bool lines) {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') {
        if (!lines) return;
        ++line_, ++at_;
      } else if (c == ' ' || c == '\t' || c == '\r' ||
                 (c == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n')) {
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

  void keep(const std::string& name, const Json& value) {
    if (valuesIn(value) <= kMostKept) values_[name] = value;
  }

  // NAME += more, NAME.extend(more) of a list of words. What stands deeper than the list itself is there only if
  // something holds.
  void append(const std::string& name, const Json& more, std::size_t place) {
    const auto known = values_.find(name);
    if (known == values_.end() || !known->second.is_array() || valuesIn(known->second) + valuesIn(more) > kMostKept)
      return;
    const auto column = begins_.find(name);
    appendWords(known->second, more, column != begins_.end() && columnOf(text_, place) > column->second);
  }

  std::string name() {
    std::string out;
    while (isNameChar(peek()) ||
           (peek() == '.' && !out.empty() && at_ + 1 < text_.size() && isNameChar(text_[at_ + 1])))
      out += text_[at_++];
    return out;
  }

  // NAME = value, or an expression; only what it says of names and calls is kept.
  void statement() {
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

  // def train(model_name, lora_r: int = 8): what a name is unless a call says otherwise, or an assignment did.
  void signature() {
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

  // Passes what follows a value that is no plain one, up to a comma, a closing bracket or the line's end.
  void restOfExpression(bool inBrackets) {
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

  std::optional<Json> text(bool raw) {
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

  std::optional<Json> number() {
    std::string digits;
    while (std::isalnum(static_cast<unsigned char>(peek())) != 0 || peek() == '.' || peek() == '_' ||
           ((peek() == '-' || peek() == '+') && !digits.empty() && (digits.back() == 'e' || digits.back() == 'E'))) {
      if (peek() != '_') digits += peek();
      ++at_;
    }
    return numberOf(digits);
  }

  // A product or sum of plain numbers ("4 * 1024"); anything else behind a value makes it no plain one.
  std::optional<Json> expression(int depth, bool inBrackets) {
    std::optional<Json> left = operand(depth, inBrackets);
    for (;;) {
      blanks(inBrackets);
      const char c = peek();
      if (c != '*' && c != '+' && c != '-' && c != '/') return left;
      const bool power = text_.substr(at_).starts_with("**");
      if (!power && text_.substr(at_).starts_with("//")) ++at_;
      at_ += power ? 2 : 1;
      const std::optional<Json> right = operand(depth, inBrackets);
      if (!left || !right || !left->is_number() || !right->is_number())
        return restOfExpression(inBrackets), std::nullopt;
      const double a = left->get<double>(), b = right->get<double>();
      const double result = power ? std::pow(a, b) : c == '*' ? a * b : c == '+' ? a + b : c == '-' ? a - b : a / b;
      if (!std::isfinite(result) || std::abs(result) > 9e15) return restOfExpression(inBrackets), std::nullopt;
      left = result == std::floor(result) ? Json(static_cast<std::int64_t>(result)) : Json(result);
    }
  }

  std::optional<Json> operand(int depth, bool inBrackets) {
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

  // f"--port={port}" with the names that are known; one that is not leaves no plain text, but one that may be a
  // command.
  std::optional<Json> filled(std::string text) {
    if (filledIn(text, [this](std::string_view name) { return lookup(name); })) return Json(std::move(text));
    made_ = std::move(text);
    if (made_.find(" --") != made_.npos && commands_.size() < kMostKept) commands_.push_back(made_);
    return std::nullopt;
  }

  std::optional<Json> list(char close, int depth) {
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

  std::optional<Json> dictionary(int depth) {
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
        if (key && key->is_string() && out.size() < kMostListed)
          out[key->get<std::string>()] = value.value_or(Json("?"));
      } else {
        restOfExpression(true);
      }
      if (peek() == ',') ++at_;
      if (at_ == before) ++at_;
    }
    ++at_;
    return out;
  }

  void call(const std::string& word, int depth) {
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

  // NAME, or args.lora_r and script_args.lora_r of a parser's defaults
  const Json* lookup(std::string_view word) const {
    if (const auto known = values_.find(word); known != values_.end()) return &known->second;
    return defaultOf(word, fields_);
  }

  // NAME["key"]
  std::optional<Json> item(const Json* of, int depth) {
    ++at_;
    const std::optional<Json> key = expression(depth + 1, true);
    blanks(true);
    if (peek() != ']') restOfExpression(true);
    if (peek() == ']') ++at_;
    const bool held =
        of != nullptr && key && key->is_string() && of->is_object() && of->contains(key->get<std::string>());
    return held && peek() != '[' && peek() != '.' ? std::optional<Json>((*of)[key->get<std::string>()]) : std::nullopt;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::string assigned_;
  std::map<std::string, Json, std::less<>> values_, fields_;
  std::map<std::string, std::size_t, std::less<>> begins_;                 // the columns of their assignments
  std::map<std::string, std::vector<std::string>, std::less<>> unreadOf_;  // computed keys of dict(…)
  std::string made_;                                                       // the last text with names that nobody knows
  std::vector<std::string> commands_;  // such texts with options in them, for the call that they stand in
  std::vector<PythonCall> calls_;
};

}  // namespace

std::vector<PythonCall> pythonCalls(std::string_view text) {
  if (text.size() > kLongest) return {};
  return Parser(text).run();
}

Json pythonNames(std::string_view text) {
  Json out = Json::object();
  if (text.size() > kLongest) return out;
  Parser parser(text);
  (void)parser.run();
  for (const auto& [name, value] : parser.values()) out[name] = value;
  return out;
}

}  // namespace headroom
