#include "core/open/hub/hub_cache.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace headroom {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kMark = ".headroom-source";

std::string flat(std::string name) {
  for (std::size_t at = 0; (at = name.find('/', at)) != std::string::npos; at += 2) name.replace(at, 1, "--");
  return name;
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
  std::error_code ignored;
  return fs::exists(path(commit, kMark), ignored);
}

std::optional<std::string> HubCache::completeCommitOf(std::string_view revision) const {
  std::ifstream file(folder_ + "/refs/" + flat(std::string(revision)));
  std::string commit;
  if (!std::getline(file, commit) || !isSafeRelativePath(commit) || !isComplete(commit)) return std::nullopt;
  return commit;
}

Result<void> HubCache::write(std::string_view commit, std::string_view file, std::string_view bytes,
                             std::uint64_t size) const {
  return writeAt(path(commit, file), bytes, size);
}

Result<void> HubCache::writeAt(const std::string& target, std::string_view bytes, std::uint64_t size) const {
  static std::atomic<unsigned> serial{0};
  const std::string temporary = target + ".part" + std::to_string(serial++);
  std::error_code error;
  fs::create_directories(fs::path(target).parent_path(), error);
  if (!error) {
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) error = std::make_error_code(std::errc::io_error);
  }
  if (!error && size > bytes.size()) fs::resize_file(temporary, size, error);
  if (!error) fs::rename(temporary, target, error);
  if (!error) return {};
  std::error_code ignored;
  fs::remove(temporary, ignored);
  return fail(ErrorCode::io, "The download cannot be kept: " + error.message() + ".", target);
}

Result<void> HubCache::complete(std::string_view commit, std::string_view revision, const std::string& address) const {
  const std::string mark = address + "\n";
  if (auto marked = writeAt(path(commit, kMark), mark, mark.size()); !marked) return marked;
  const std::string reference = flat(std::string(commit)) + "\n";
  return writeAt(folder_ + "/refs/" + flat(std::string(revision)), reference, reference.size());
}

}  // namespace headroom
