#include "core/open/hub/hub_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <system_error>

#include "core/base/text_file.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kMark = ".headroom-source";

std::string flat(std::string name) {
  for (std::size_t at = 0; (at = name.find('/', at)) != std::string::npos; at += 2) name.replace(at, 1, "--");
  return name;
}

constexpr std::int64_t kMostMark = 1 << 20;  // a line per file, and an index names at most thousands

Result<void> keep(const std::string& target, std::string_view bytes, std::uint64_t size = 0) {
  std::error_code error;
  fs::create_directories(fs::path(target).parent_path(), error);
  if (error) return fail(ErrorCode::io, "The download cannot be kept: " + error.message() + ".", target);
  return writeFileAtomically(target, bytes, size);
}

}  // namespace

bool isSafeRelativePath(std::string_view path) {
  if (path.empty() || path.size() > 512 || path.front() == '/') return false;
  if (std::ranges::any_of(path, [](unsigned char c) { return c < 0x20 || c == '\\' || c == ':' || c == 0x7f; }))
    return false;
  const fs::path parsed(path);
  return std::ranges::none_of(parsed, [](const fs::path& part) { return part == ".." || part == "."; });
}

HubCache::HubCache(const std::string& cacheFolder, const std::string& id) : folder_(cacheFolder + "/" + flat(id)) {}

std::string HubCache::folder(std::string_view commit) const {
  return folder_ + "/" + flat(std::string(commit));
}

bool HubCache::isComplete(std::string_view commit) const {
  const Result<std::string> mark = readTextFile(path(commit, kMark), kMostMark);
  if (!mark) return false;
  std::istringstream lines(*mark);
  std::string line;
  std::getline(lines, line);  // the address
  while (std::getline(lines, line)) {
    const std::size_t blank = line.find(' ');
    if (blank == std::string::npos || !isSafeRelativePath(line.substr(blank + 1))) return false;
    std::error_code error;
    const auto size = fs::file_size(path(commit, line.substr(blank + 1)), error);
    if (error || std::to_string(size) != line.substr(0, blank)) return false;
  }
  return true;
}

std::optional<std::string> HubCache::completeCommitOf(std::string_view revision) const {
  const Result<std::string> reference = readTextFile(folder_ + "/refs/" + flat(std::string(revision)), kMostMark);
  if (!reference) return std::nullopt;
  const std::string commit = reference->substr(0, reference->find('\n'));
  if (!isSafeRelativePath(commit) || !isComplete(commit)) return std::nullopt;
  return commit;
}

Result<void> HubCache::write(std::string_view commit, std::string_view file, std::string_view bytes,
                             std::uint64_t size) {
  if (Result<void> kept = keep(path(commit, file), bytes, size); !kept) return kept;
  written_[std::string(file)] = std::max<std::uint64_t>(size, bytes.size());
  return {};
}

Result<void> HubCache::complete(std::string_view commit, const std::string& address) const {
  std::string mark = address + "\n";
  for (const auto& [file, size] : written_) mark += fmt::format("{} {}\n", size, file);
  return keep(path(commit, kMark), mark);
}

Result<void> HubCache::refer(std::string_view revision, std::string_view commit) const {
  return keep(folder_ + "/refs/" + flat(std::string(revision)), flat(std::string(commit)) + "\n");
}

void HubCache::forget(std::string_view commit) const {
  std::error_code ignored;
  fs::remove(path(commit, kMark), ignored);
}

}  // namespace headroom
