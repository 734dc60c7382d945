// One entry of a catalogue, read by key with its types checked. Catalogues are read whenever a program starts, so they
// go through simdjson (280 kB in a quarter of a millisecond). Whoever includes this includes simdjson's.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/user_files.h"

namespace headroom {

class CatalogueRow {
 public:
  explicit CatalogueRow(simdjson::dom::element element);

  // The value of a key; empty or absent where the key is absent or null, or holds another type, which wrong() then
  // says.
  std::string text(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  std::optional<double> number(std::string_view key);
  std::optional<std::int64_t> count(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  // An object as JSON text without blanks, whatever the layout of the file.
  std::string object(std::string_view key);

  // The first thing wrong with the entry, as a sentence; empty where there is none.
  const std::string& wrong() const { return wrong_; }
  void refuse(std::string sentence);
  // A key that nobody asked for is wrong.
  void refuseOtherKeys();

 private:
  template <typename T>
  std::optional<T> value(std::string_view key, std::string_view type);

  std::optional<simdjson::dom::object> object_;
  std::vector<std::string_view> known_;
  std::string wrong_;
};

// The entries of the list `key` in a file; nothing where it has none. The file's parser keeps them alive.
std::vector<CatalogueRow> catalogueRows(simdjson::dom::object file, std::string_view key);

// The entries of that list in a user's files, each handed to `take` with the file and its path. What `take` refuses in
// an entry, and a list that is none, is noted (noteInUserFile) with its place.
using TakeRow = std::function<void(CatalogueRow& row, simdjson::dom::object file, const std::string& path)>;
void forEachUserRow(std::span<const UserFile> files, std::string_view key, const TakeRow& take);

}  // namespace headroom
