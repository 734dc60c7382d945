#include "core/formats/quantization/module_regex.h"

#include <algorithm>

namespace headroom {
namespace {

using Step = ModuleRegex::Step;
using Kind = Step::Kind;
constexpr std::size_t kMostSteps = 2000, kLongestText = 512, kLongestExpression = 2000;
constexpr int kDeepest = 24, kMostRepeats = 64;

struct Node {
  enum class Kind : std::uint8_t { set, sequence, either, repeat, begin, end, ahead, not_ahead };
  Kind kind = Kind::sequence;
  std::bitset<256> set;
  std::vector<Node> parts;
  int least = 0, most = -1;  // of a repetition; -1: without end
};

std::bitset<256> range(unsigned char from, unsigned char to) {
  std::bitset<256> s;
  for (int c = from; c <= to; ++c) s.set(static_cast<std::size_t>(c));
  return s;
}

// What \d, \w and \s stand for, and their opposites; nothing for another letter.
std::optional<std::bitset<256>> classOf(char c) {
  const auto digits = range('0', '9');
  auto word = digits | range('a', 'z') | range('A', 'Z');
  word.set('_');
  const auto blank = range('\t', '\r') | range(' ', ' ');
  switch (c) {
    case 'd':
      return digits;
    case 'D':
      return ~digits;
    case 'w':
      return word;
    case 'W':
      return ~word;
    case 's':
      return blank;
    case 'S':
      return ~blank;
    default:
      return std::nullopt;
  }
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::optional<Node> whole() {
    auto node = either(0);
    if (!node || at_ != text_.size()) return std::nullopt;
    return node;
  }

 private:
  bool more() const { return at_ < text_.size(); }
  bool take(std::string_view token) {
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }

  std::optional<Node> either(int depth) {
    if (depth > kDeepest) return std::nullopt;
    Node out;
    out.kind = Node::Kind::either;
    do {
      auto branch = sequence(depth);
      if (!branch) return std::nullopt;
      out.parts.push_back(std::move(*branch));
    } while (take("|"));
    return out;
  }

  std::optional<Node> sequence(int depth) {
    Node out;
    while (more() && text_[at_] != '|' && text_[at_] != ')') {
      auto one = atom(depth);
      if (!one || !repeat(*one)) return std::nullopt;
      out.parts.push_back(std::move(*one));
    }
    return out;
  }

  // A repetition behind an atom wraps it; false for one that is not understood.
  bool repeat(Node& atom) {
    int least = 0, most = 0;
    if (take("*"))
      least = 0, most = -1;
    else if (take("+"))
      least = 1, most = -1;
    else if (take("?"))
      least = 0, most = 1;
    else if (more() && text_[at_] == '{') {
      ++at_;
      const auto from = number();
      if (!from) return false;
      least = most = *from;
      if (take(",")) {
        const auto to = number();
        most = to ? *to : -1;
      }
      if (!take("}") || least > kMostRepeats || most > kMostRepeats || (most >= 0 && most < least)) return false;
    } else {
      return true;
    }
    take("?");  // greedy or not is the same where only yes or no is asked
    Node wrapped;
    wrapped.kind = Node::Kind::repeat, wrapped.least = least, wrapped.most = most;
    wrapped.parts.push_back(std::move(atom));
    atom = std::move(wrapped);
    return !more() || (text_[at_] != '*' && text_[at_] != '+');
  }

  std::optional<int> number() {
    int n = 0;
    bool any = false;
    for (; more() && text_[at_] >= '0' && text_[at_] <= '9' && n <= kMostRepeats; ++at_, any = true)
      n = n * 10 + (text_[at_] - '0');
    return any ? std::optional(n) : std::nullopt;
  }

  std::optional<Node> atom(int depth) {
    Node node;
    node.kind = Node::Kind::set;
    if (take("(")) {
      const bool ahead = take("?="), never = !ahead && take("?!");
      if (!ahead && !never && !take("?:") && more() && text_[at_] == '?') return std::nullopt;
      auto inner = either(depth + 1);
      if (!inner || !take(")")) return std::nullopt;
      if (!ahead && !never) return inner;
      node.kind = ahead ? Node::Kind::ahead : Node::Kind::not_ahead;
      node.parts.push_back(std::move(*inner));
      return node;
    }
    if (take("^")) {
      node.kind = Node::Kind::begin;
    } else if (take("$")) {
      node.kind = Node::Kind::end;
    } else if (take(".")) {
      node.set = ~std::bitset<256>();
    } else if (take("[")) {
      if (!members(node.set)) return std::nullopt;
    } else if (take("\\")) {
      if (!more() || !escaped(node.set)) return std::nullopt;
    } else if (const char c = text_[at_]; c != '*' && c != '+' && c != '?' && c != ')') {
      node.set.set(static_cast<unsigned char>(c));
      ++at_;
    } else {
      return std::nullopt;
    }
    return node;
  }

  // The character behind a backslash: a class, or itself where it is no letter or digit.
  bool escaped(std::bitset<256>& set) {
    const char c = text_[at_++];
    if (const auto members = classOf(c)) {
      set |= *members;
      return true;
    }
    const auto u = static_cast<unsigned char>(c);
    if (range('a', 'z').test(u) || range('A', 'Z').test(u) || range('0', '9').test(u)) return false;
    set.set(u);
    return true;
  }

  bool members(std::bitset<256>& set) {
    const bool other = take("^");
    for (bool first = true; more() && (first || text_[at_] != ']'); first = false) {
      if (take("\\")) {
        if (!more() || !escaped(set)) return false;
        continue;
      }
      const auto from = static_cast<unsigned char>(text_[at_++]);
      if (at_ + 1 < text_.size() && text_[at_] == '-' && text_[at_ + 1] != ']') {
        const auto to = static_cast<unsigned char>(text_[at_ + 1]);
        if (to < from || to == '\\') return false;
        set |= range(from, to);
        at_ += 2;
      } else {
        set.set(from);
      }
    }
    if (other) set.flip();
    return take("]");
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

class Compiler {
 public:
  explicit Compiler(std::vector<Step>& steps) : steps_(steps) {}

  bool add(const Node& n) {
    if (steps_.size() > kMostSteps) return false;
    switch (n.kind) {
      case Node::Kind::set:
        put(Kind::set).set = n.set;
        return true;
      case Node::Kind::begin:
        put(Kind::begin);
        return true;
      case Node::Kind::end:
        put(Kind::end);
        return true;
      case Node::Kind::sequence:
        return std::ranges::all_of(n.parts, [&](const Node& p) { return add(p); });
      case Node::Kind::either:
        return either(n);
      case Node::Kind::repeat:
        return repeat(n);
      case Node::Kind::ahead:
      case Node::Kind::not_ahead: {
        const std::uint32_t look = here();
        put(n.kind == Node::Kind::ahead ? Kind::ahead : Kind::not_ahead);
        steps_[look].a = here();
        if (!add(n.parts.front())) return false;
        put(Kind::accept);
        steps_[look].b = here();
        return true;
      }
    }
    return false;
  }

  void finish() { put(Kind::accept); }

 private:
  std::uint32_t here() const { return static_cast<std::uint32_t>(steps_.size()); }
  Step& put(Kind kind) {
    steps_.push_back({kind, {}, 0, 0});
    return steps_.back();
  }

  bool either(const Node& n) {
    std::vector<std::uint32_t> leave;
    for (std::size_t i = 0; i < n.parts.size(); ++i) {
      const bool last = i + 1 == n.parts.size();
      const std::uint32_t split = here();
      if (!last) put(Kind::split).a = split + 1;
      if (!add(n.parts[i])) return false;
      if (last) break;
      leave.push_back(here());
      put(Kind::jump);
      steps_[split].b = here();
    }
    for (const std::uint32_t jump : leave) steps_[jump].a = here();
    return true;
  }

  bool repeat(const Node& n) {
    for (int i = 0; i < n.least; ++i)
      if (!add(n.parts.front())) return false;
    if (n.most < 0) {
      const std::uint32_t split = here();
      put(Kind::split).a = split + 1;
      if (!add(n.parts.front())) return false;
      put(Kind::jump).a = split;
      steps_[split].b = here();
      return true;
    }
    std::vector<std::uint32_t> leave;
    for (int i = n.least; i < n.most; ++i) {
      leave.push_back(here());
      put(Kind::split).a = leave.back() + 1;
      if (!add(n.parts.front())) return false;
    }
    for (const std::uint32_t split : leave) steps_[split].b = here();
    return true;
  }

  std::vector<Step>& steps_;
};

}  // namespace

std::optional<ModuleRegex> ModuleRegex::compile(std::string_view expression) {
  if (expression.size() > kLongestExpression) return std::nullopt;
  const auto node = Parser(expression).whole();
  ModuleRegex out;
  Compiler compiler(out.steps_);
  if (!node || !compiler.add(*node) || out.steps_.size() > kMostSteps) return std::nullopt;
  compiler.finish();
  return out;
}

// Adds the steps that read a character and can be reached from `step`; true where the expression may end here.
bool ModuleRegex::follow(std::string_view text, std::size_t at, std::uint32_t step, std::vector<std::uint32_t>& list,
                         std::vector<std::size_t>& seen) const {
  bool accepted = false;
  std::vector<std::uint32_t> open{step};
  while (!open.empty()) {
    const std::uint32_t s = open.back();
    open.pop_back();
    if (seen[s] == at + 1) continue;
    seen[s] = at + 1;
    const Step& now = steps_[s];
    switch (now.kind) {
      case Kind::set:
        list.push_back(s);
        break;
      case Kind::split:
        open.push_back(now.b);
        open.push_back(now.a);
        break;
      case Kind::jump:
        open.push_back(now.a);
        break;
      case Kind::begin:
        if (at == 0) open.push_back(s + 1);
        break;
      case Kind::end:
        if (at == text.size()) open.push_back(s + 1);
        break;
      case Kind::ahead:
      case Kind::not_ahead: {
        std::vector<char> places;
        ends(text, at, now.a, places);
        const bool found = std::ranges::any_of(places, [](char c) { return c != 0; });
        if (found == (now.kind == Kind::ahead)) open.push_back(now.b);
        break;
      }
      case Kind::accept:
        accepted = true;
        break;
    }
  }
  return accepted;
}

void ModuleRegex::ends(std::string_view text, std::size_t from, std::uint32_t start, std::vector<char>& out) const {
  out.assign(text.size() + 1, 0);
  std::vector<std::uint32_t> list, next;
  std::vector<std::size_t> seen(steps_.size(), 0);  // the last place a step was reached at, plus one
  out[from] = static_cast<char>(follow(text, from, start, list, seen));
  for (std::size_t at = from; at < text.size() && !list.empty(); ++at, list.swap(next)) {
    next.clear();
    for (const std::uint32_t s : list)
      if (steps_[s].set.test(static_cast<unsigned char>(text[at])) && follow(text, at + 1, s + 1, next, seen))
        out[at + 1] = 1;
  }
}

bool ModuleRegex::matchesBeginning(std::string_view text) const {
  if (text.size() > kLongestText) return false;
  std::vector<char> places;
  ends(text, 0, 0, places);
  return std::ranges::any_of(places, [](char c) { return c != 0; });
}

bool ModuleRegex::matchesWhole(std::string_view text) const {
  if (text.size() > kLongestText) return false;
  std::vector<char> places;
  ends(text, 0, 0, places);
  return places.back() != 0;
}

bool ModuleRegex::matchesAnywhere(std::string_view text) const {
  if (text.size() > kLongestText) return false;
  std::vector<char> places;
  for (std::size_t from = 0; from <= text.size(); ++from) {
    ends(text, from, 0, places);
    if (std::ranges::any_of(places, [](char c) { return c != 0; })) return true;
  }
  return false;
}

bool ModuleRegex::matchesComponents(std::string_view text) const {
  if (text.size() > kLongestText) return false;
  std::vector<char> places;
  ends(text, 0, 0, places);
  for (std::size_t at = 0; at <= text.size(); ++at)
    if (places[at] != 0 && (at == text.size() || text[at] == '.' || (at > 0 && text[at - 1] == '.'))) return true;
  return false;
}

}  // namespace headroom
