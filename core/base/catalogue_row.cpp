#include "core/base/catalogue_row.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/nearest.h"
#include "core/base/simdjson_text.h"

namespace headroom {

namespace dom = simdjson::dom;

CatalogueRow::CatalogueRow(dom::element element) {
  dom::object object;
  if (element.get(object) == simdjson::SUCCESS)
    object_ = object;
  else
    refuse("An object was expected.");
}

void CatalogueRow::refuse(std::string sentence) {
  if (wrong_.empty()) wrong_ = std::move(sentence);
}

template <typename T>
std::optional<T> CatalogueRow::value(std::string_view key, std::string_view type) {
  known_.push_back(key);
  dom::element element;
  if (!object_ || (*object_)[key].get(element) != simdjson::SUCCESS || element.is_null()) return std::nullopt;
  T value{};
  if (element.get(value) == simdjson::SUCCESS) return value;
  refuse(fmt::format("\"{}\" is not {}.", key, type));
  return std::nullopt;
}

std::string CatalogueRow::text(std::string_view key) {
  return std::string(value<std::string_view>(key, "a text").value_or(std::string_view()));
}

std::vector<std::string> CatalogueRow::texts(std::string_view key) {
  std::vector<std::string> texts;
  const std::optional<dom::array> list = value<dom::array>(key, "a list of texts");
  if (!list) return texts;
  for (const dom::element element : *list) {
    std::string_view one;
    if (element.get(one) == simdjson::SUCCESS)
      texts.emplace_back(one);
    else
      refuse(fmt::format("\"{}\" is not a list of texts.", key));
  }
  return texts;
}

std::optional<double> CatalogueRow::number(std::string_view key) {
  return value<double>(key, "a number");
}

std::optional<std::int64_t> CatalogueRow::count(std::string_view key) {
  const std::optional<std::int64_t> n = value<std::int64_t>(key, "a whole number");
  if (n && *n < 0) refuse(fmt::format("\"{}\" is below 0.", key));
  return n;
}

std::optional<bool> CatalogueRow::boolean(std::string_view key) {
  return value<bool>(key, "true or false");
}

std::string CatalogueRow::object(std::string_view key) {
  const std::optional<dom::object> inner = value<dom::object>(key, "an object");
  return inner ? simdjson::minify(*inner) : std::string();
}

void CatalogueRow::refuseOtherKeys() {
  if (!object_) return;
  for (const auto& [key, value] : *object_)
    if (std::ranges::find(known_, key) == known_.end())
      refuse(fmt::format("'{}' is not a known key.", key.substr(0, 80)) + didYouMean(key, known_));
}

std::vector<CatalogueRow> catalogueRows(dom::object file, std::string_view key) {
  std::vector<CatalogueRow> rows;
  dom::array list;
  if (file[key].get(list) != simdjson::SUCCESS) return rows;
  rows.reserve(list.size());
  for (const dom::element row : list) rows.emplace_back(row);
  return rows;
}

void forEachUserRow(std::span<const UserFile> files, std::string_view key, const TakeRow& take) {
  for (const UserFile& f : files) {
    dom::parser parser;
    dom::object file;
    dom::element list;
    if (!isRead(parser.parse(f.text).get(file))) {
      noteInUserFile(f.path, {ErrorCode::syntax, "The file holds a value that no catalogue can.", f.path});
      continue;
    }
    if (file[key].get(list) != simdjson::SUCCESS) continue;  // it adds to the other catalogue
    const std::string place = fmt::format("{}, /{}", f.path, key);
    if (!list.is_array()) noteInUserFile(f.path, {ErrorCode::value, "A list was expected.", place});
    std::size_t at = 0;
    for (CatalogueRow& row : catalogueRows(file, key)) {
      take(row, file, f.path);
      if (!row.wrong().empty())
        noteInUserFile(f.path, {ErrorCode::value, row.wrong(), fmt::format("{}/{}", place, at)});
      ++at;
    }
  }
}

}  // namespace headroom
