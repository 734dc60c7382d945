// Python pickles of plain values (dictionaries, lists, tuples, texts, numbers), read without Python and without running
// what a pickle can make Python run: an operation that would call something ends the reading.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace headroom {

// The values of one pickle. Texts are views of the bytes that were read, which must outlive it. A value may stand in
// several places, and in itself; whoever follows it goes as deep as the document's own shape.
class Pickle {
 public:
  using Value = std::uint32_t;  // a place among the values
  enum class Kind : std::uint8_t { none, boolean, integer, real, text, list, dictionary };

  // Whether bytes begin as a pickle of protocol 2 to 5 does.
  static bool begins(std::string_view bytes);
  // Errors: syntax (cut short, or no pickle), unsupported (it would run code, or holds more than a few million values).
  static Result<Pickle> read(std::string_view bytes, std::string_view where);

  Value root() const { return root_; }
  Kind kind(Value v) const { return nodes_[v].kind; }
  // Of a list or tuple: its values. Of a dictionary: key, value, key, value, … Else nothing.
  const std::vector<Value>& items(Value v) const;
  // The value under a text; nothing where it is no dictionary or has no such key.
  std::optional<Value> find(Value dictionary, std::string_view key) const;
  std::optional<std::int64_t> integer(Value v) const;
  std::string_view text(Value v) const;  // empty for other kinds

 private:
  struct Node {
    Kind kind = Kind::none;
    std::uint32_t length = 0;  // of a text; of a list or dictionary its place among the lists
    union {
      std::int64_t integer = 0;
      double real;
      std::size_t at;  // of a text
    };
  };
  friend class PickleReader;

  std::string_view bytes_;
  std::vector<Node> nodes_;
  std::vector<std::vector<Value>> lists_;
  Value root_ = 0;
};

}  // namespace headroom
