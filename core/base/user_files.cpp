#include "core/base/user_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <optional>

#include "core/base/json_reader.h"
#include "core/base/json_text.h"
#include "core/base/text_file.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

// Far more than anybody writes by hand: the whole model catalogue has 0.2 MB.
constexpr std::int64_t kMostBytes = 16 << 20;

struct Warning {
  std::string path;
  Error first;
  std::size_t more = 0;
};
struct Warnings {
  std::mutex guard;
  std::vector<Warning> files;
};
Warnings& warnings() {
  static Warnings instance;
  return instance;
}

std::optional<std::string> nonEmpty(const char* variable) {
  const char* const value = std::getenv(variable);
  return value == nullptr || *value == '\0' ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

std::string userFolder() {
  if (const auto config = nonEmpty("XDG_CONFIG_HOME")) return (fs::path(*config) / "headroom").string();
  if (const auto home = nonEmpty("HOME")) return (fs::path(*home) / ".config" / "headroom").string();
  return {};
}

std::vector<UserFile> readUserFiles(const std::string& folder, std::vector<Error>& wrong) {
  std::vector<std::string> paths;
  std::error_code error;
  if (!folder.empty())
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
      if (at->path().extension() == ".json") paths.push_back(at->path().string());
  // Most people have none; one that is there and cannot be read would be missed without a word.
  if (error && error != std::errc::no_such_file_or_directory && error != std::errc::not_a_directory)
    wrong.push_back({ErrorCode::io, fmt::format("The folder cannot be read: {}.", error.message()), folder});
  std::ranges::sort(paths);
  std::vector<UserFile> files;
  for (const std::string& path : paths) {
    const Result<std::string> text = readTextFile(path, kMostBytes);
    if (!text) {
      wrong.push_back(text.error());
      continue;
    }
    const Result<nlohmann::json> document = parseJsonOnce(*text, path, "config");
    if (!document)
      wrong.push_back(document.error());
    else if (!document->is_object() || !(document->contains("models") || document->contains("accelerators")))
      wrong.push_back({ErrorCode::value, R"(The file has neither a list "models" nor a list "accelerators".)", path});
    else
      files.push_back({path, jsonText(*document)});
  }
  return files;
}

std::span<const UserFile> userFiles() {
  static const std::vector<UserFile> files = [] {
    std::vector<Error> wrong;
    std::vector<UserFile> read = readUserFiles(userFolder(), wrong);
    for (Error& e : wrong) {
      const std::string path = e.where;
      noteInUserFile(path, std::move(e));
    }
    return read;
  }();
  return files;
}

void noteInUserFile(const std::string& path, Error error) {
  const std::lock_guard lock(warnings().guard);
  const auto known = std::ranges::find(warnings().files, path, &Warning::path);
  if (known == warnings().files.end())
    warnings().files.push_back({path, std::move(error)});
  else
    ++known->more;
}

std::vector<Error> userFileWarnings() {
  const std::lock_guard lock(warnings().guard);
  std::vector<Error> all;
  for (const Warning& w : warnings().files) {
    all.push_back(w.first);
    if (w.more > 0)
      all.back().message += fmt::format(" The file has {} more such mistake{}.", w.more, w.more > 1 ? "s" : "");
  }
  return all;
}

}  // namespace headroom
