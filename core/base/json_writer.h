// JSON written straight into text, for documents that are made by the thousand: nlohmann's tree of one estimate takes
// twenty times as long as the estimate (tests/bench, jsonText). Strings are escaped as jsonText escapes them.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace headroom {

// Characters of ASCII that stand in a string as they are.
constexpr bool standsPlainInJson(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
}

// The name of a member. What is written in the code is looked at by the compiler, other names when they are written.
class JsonKey {
 public:
  template <std::size_t N>
  consteval JsonKey(const char (&name)[N])
      : name_(name, N - 1), checked_(true) {  // NOLINT(google-explicit-constructor)
    for (const char c : name_)
      if (!standsPlainInJson(c)) throw "a name that would have to be escaped";
  }
  JsonKey(std::string_view name) : name_(name) {}  // NOLINT(google-explicit-constructor)

 private:
  friend class JsonWriter;
  std::string_view name_;
  bool checked_ = false;
};

// The text is whole when the writer is gone.
class JsonWriter {
 public:
  // indent < 0: one line.
  explicit JsonWriter(std::string& out, int indent = -1) : out_(out), indent_(indent) {}
  ~JsonWriter() { spill(); }
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void beginObject() { begin('{'); }
  void endObject() { end('}'); }
  void beginArray() { begin('['); }
  void endArray() { end(']'); }
  // In the header, where the compiler knows the length: a document has hundreds of keys.
  void key(JsonKey name) {
    if (!name.checked_ || indent_ >= 0 || name.name_.size() > kLongestName) return keyOf(name);
    const std::string_view text = name.name_;
    char* to = room(kLongestName + 4);
    *to = ',';
    to += first_ ? 0 : 1;
    *to++ = '"';
    std::memcpy(to, text.data(), text.size()), to += text.size();
    *to++ = '"', *to++ = ':';
    used_ = static_cast<std::size_t>(to - block_.data());
    first_ = false, named_ = true;
  }

  void null();
  void value(bool v);
  void value(std::int64_t v);
  // A whole number below 9·10^15 as an integer; no number (an infinity) is null.
  void value(double v);
  void value(std::string_view v);
  void value(const char* v) { value(std::string_view(v)); }
  template <typename T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, std::int64_t>) void value(T v) {
    value(static_cast<std::int64_t>(v));
  }
  // null where there is nothing.
  template <typename T>
  void value(const std::optional<T>& v) {
    v ? value(*v) : null();
  }

  // A value that is JSON already, on one line; a member that is, with its name.
  void json(std::string_view text);
  bool onOneLine() const { return indent_ < 0; }

  template <typename T>
  void member(JsonKey name, const T& v) {
    key(name), value(v);
  }
  // What make() writes, under a name.
  template <typename Make>
  void object(JsonKey name, Make&& make) {
    key(name), beginObject(), make(), endObject();
  }
  template <typename Make>
  void array(JsonKey name, Make&& make) {
    key(name), beginArray(), make(), endArray();
  }
  template <typename Make>
  void element(Make&& make) {
    beginObject(), make(), endObject();
  }

 private:
  static constexpr std::size_t kLongestName = 60;

  void begin(char bracket) {
    next();
    put(bracket);
    ++depth_;
    first_ = true;
  }
  void end(char bracket) {
    --depth_;
    if (indent_ >= 0 && !first_) newLine();
    put(bracket);
    first_ = false;
  }
  void keyOf(JsonKey name);
  // What stands before a value or a key.
  void next() {
    if (named_) return void(named_ = false);
    if (!first_) put(',');
    if (indent_ >= 0 && depth_ > 0) newLine();
    first_ = false;
  }
  void newLine();
  void text(std::string_view v);
  void textWithEscapes(std::string_view v);

  void spill() { out_.append(block_.data(), used_), used_ = 0; }
  // Where so many characters may be written; used_ is the writer's to move. None where the block is too small for them.
  char* room(std::size_t count) {
    if (count > block_.size()) return nullptr;
    if (count > block_.size() - used_) spill();
    return block_.data() + used_;
  }
  void put(char c) {
    if (used_ == block_.size()) spill();
    block_[used_++] = c;
  }
  void put(std::string_view text) {
    if (text.size() > block_.size() - used_) spill();
    if (text.size() > block_.size()) return void(out_ += text);
    std::memcpy(block_.data() + used_, text.data(), text.size());
    used_ += text.size();
  }

  std::string& out_;
  std::array<char, 4096>
      block_;  // what comes next: a string's own growth, call by call, would take as long as the rest
  std::size_t used_ = 0;
  int indent_;
  int depth_ = 0;
  bool first_ = true;   // nothing stands in the innermost list or object yet
  bool named_ = false;  // a key was written, and its value comes next
};

}  // namespace headroom
