#include "core/readers/python_calls.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kLongest = 256 * 1024, kMostCalls = 2000;
constexpr int kDeepest = 12;
// A name may stand for a value of this many parts, a list may hold so many: names of names cannot grow without end.
constexpr std::size_t kMostKept = 64, kMostListed = 1000;

bool isNameChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::size_t valuesIn(const Json& value) {
  std::size_t count = 1;
  if (value.is_structured())
    for (const Json& inner : value) count += valuesIn(inner);
  return count;
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
        if (value) keep(target, *value);
        if (value && annotated && valuesIn(*value) <= kMostKept) fields_[target] = *value;
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
    std::int64_t whole = 0;
    const char* const end = digits.data() + digits.size();
    if (const auto [last, error] = std::from_chars(digits.data(), end, whole); error == std::errc() && last == end)
      return Json(whole);
    double real = 0;
    if (const auto [last, error] = std::from_chars(digits.data(), end, real);
        error == std::errc() && last == end && std::isfinite(real))
      return Json(real);
    return std::nullopt;
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
      return made ? std::nullopt : value;
    }
    blanks(false);
    if (peek() == '(') {
      call(word, depth);
      if (word.ends_with(".split") && !calls_.empty() && calls_.back().name == word) return split(word);
      // dict(a=1) is {"a": 1}
      const bool plain = word == "dict" && !calls_.empty() && calls_.back().name == word &&
                         calls_.back().unread.empty() && calls_.back().positional.empty();
      // lora_r: int = field(default=8) of a dataclass that a parser reads
      const bool defaulted = (word == "field" || word == "dataclasses.field") && !calls_.empty() &&
                             calls_.back().name == word && calls_.back().named.contains("default");
      if (defaulted) return calls_.back().named["default"];
      return plain ? std::optional<Json>(calls_.back().named) : std::nullopt;
    }
    if (word == "True") return Json(true);
    if (word == "False") return Json(false);
    if (word == "None") return Json(nullptr);
    if (word.starts_with("torch.") || word.starts_with("mx.")) return Json(word.substr(word.find('.') + 1));
    if (word.starts_with("os.environ")) return std::nullopt;
    const auto known = values_.find(word);
    return known == values_.end() ? field(word) : std::optional<Json>(known->second);
  }

  std::optional<Json> list(char close, int depth) {
    ++at_;
    Json out = Json::array();
    bool plain = true, comma = false;
    for (;;) {
      blanks(true);
      if (at_ >= text_.size()) return std::nullopt;
      if (peek() == close) break;
      const std::size_t before = at_;
      std::optional<Json> item = expression(depth + 1, true);
      blanks(true);
      if (peek() != ',' && peek() != close) plain = false, restOfExpression(true);
      if (item && out.size() < kMostListed)
        out.push_back(std::move(*item));
      else
        plain = false;
      if (peek() == ',') comma = true, ++at_;
      if (at_ == before) ++at_;
    }
    ++at_;
    if (!plain) return std::nullopt;
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
        const std::optional<Json> more = expression(depth + 1, true);
        if (more && more->is_object())
          for (const auto& [inner, value] : more->items()) out.named[inner] = value;
        else
          out.unread.emplace_back("**");
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
    if (word == "dict" && !out.assigned.empty()) keep(out.assigned, out.named);
    argument(out);
    if (calls_.size() < kMostCalls) calls_.push_back(std::move(out));
  }

  // parser.add_argument("--lora_r", default=8): what args.lora_r is unless a command line says otherwise.
  void argument(const PythonCall& call) {
    if (!call.name.ends_with(".add_argument")) return;
    std::string name = call.named.contains("dest") && call.named["dest"].is_string()
                           ? call.named["dest"].get<std::string>()
                           : std::string();
    for (const Json& flag : call.positional)
      if (name.empty() && flag.is_string() && flag.get_ref<const std::string&>().starts_with("--"))
        name = flag.get<std::string>().substr(2);
    std::ranges::replace(name, '-', '_');
    const bool off = call.named.contains("action") && call.named["action"] == "store_true";
    const Json value = call.named.contains("default") ? call.named["default"] : off ? Json(false) : Json();
    if (!name.empty() && !value.is_null() && valuesIn(value) <= kMostKept) fields_[name] = value;
  }

  // NAME.split(","): the parts of a text that is known.
  std::optional<Json> split(std::string_view word) const {
    const auto known = values_.find(word.substr(0, word.size() - std::string_view(".split").size()));
    const std::vector<Json>& by = calls_.back().positional;
    if (known == values_.end() || !known->second.is_string() || by.size() != 1 || by.front() != ",")
      return std::nullopt;
    Json out = Json::array();
    std::string_view rest = known->second.get_ref<const std::string&>();
    for (bool more = true; more && out.size() < kMostKept;) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      out.push_back(std::string(rest.substr(0, end)));
      more = end < rest.size();
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
  }

  // args.lora_r, script_args.lora_r
  std::optional<Json> field(std::string_view word) const {
    const std::size_t dot = word.rfind('.');
    if (dot == word.npos) return std::nullopt;
    const std::string_view owner = word.substr(0, dot);
    const bool arguments = owner.ends_with("args") || owner.ends_with("arguments") || owner == "opt";
    const auto known = fields_.find(word.substr(dot + 1));
    return !arguments || known == fields_.end() ? std::nullopt : std::optional<Json>(known->second);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::string assigned_;
  std::map<std::string, Json, std::less<>> values_, fields_;
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
