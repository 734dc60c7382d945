// JSON written straight into text, for documents that are made by the thousand: nlohmann's tree of one estimate takes
// twenty times as long as the estimate (tests/bench, jsonText). Strings are escaped as jsonText escapes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace headroom {

class JsonWriter {
 public:
  // indent < 0: one line.
  explicit JsonWriter(std::string& out, int indent = -1) : out_(out), indent_(indent) {}

  void beginObject() { begin('{'); }
  void endObject() { end('}'); }
  void beginArray() { begin('['); }
  void endArray() { end(']'); }
  void key(std::string_view name);

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

  // A value that is JSON already, on one line.
  void json(std::string_view text);

  template <typename T>
  void member(std::string_view name, const T& v) {
    key(name), value(v);
  }
  // What make() writes, under a name.
  template <typename Make>
  void object(std::string_view name, Make&& make) {
    key(name), beginObject(), make(), endObject();
  }
  template <typename Make>
  void array(std::string_view name, Make&& make) {
    key(name), beginArray(), make(), endArray();
  }
  template <typename Make>
  void element(Make&& make) {
    beginObject(), make(), endObject();
  }

 private:
  void begin(char bracket);
  void end(char bracket);
  void next();  // what stands before a value or a key
  void newLine();
  void text(std::string_view v);

  std::string& out_;
  int indent_;
  int depth_ = 0;
  bool first_ = true;   // nothing stands in the innermost list or object yet
  bool named_ = false;  // a key was written, and its value comes next
};

}  // namespace headroom
