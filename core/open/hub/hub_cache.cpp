#include "core/open/hub/hub_cache.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <filesystem>
#include <sstream>
#include <system_error>

#include "core/base/input_file.h"
#include "core/base/text_file.h"
#include "core/open/hub/hub.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kMark = ".headroom-source";
// Below it nothing can lie: where there is no folder for copies.
constexpr std::string_view kNowhere = "/dev/null";
// The mark's second line since it says what the files hold; without it each line is a size and a name.
constexpr std::string_view kSums = "crc32";

// An id's slash; no id has "--" in its names.
std::string flat(std::string id) {
  if (const std::size_t slash = id.find('/'); slash != std::string::npos) id.replace(slash, 1, "--");
  return id;
}

// A revision as one name, which no other revision has: '%' stands in none.
std::string nameOf(std::string_view revision) {
  std::string name;
  for (const char c : revision) name += c == '/' ? std::string("%2F") : std::string(1, c);
  return name;
}

std::uint32_t sumOf(std::string_view bytes, std::uint32_t before = 0) {
  return static_cast<std::uint32_t>(::crc32_z(before, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

// Of the first so many bytes of a file; nothing where it is shorter.
std::optional<std::uint32_t> sumOfFile(const std::string& path, std::uint64_t bytes) {
  const auto file = InputFile::open(path);
  if (!file) return std::nullopt;
  std::uint32_t sum = 0;
  std::array<char, 1 << 16> block{};
  while (bytes > 0) {
    const std::streamsize got =
        (*file)->sgetn(block.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(bytes, block.size())));
    if (got <= 0) return std::nullopt;
    sum = sumOf({block.data(), static_cast<std::size_t>(got)}, sum);
    bytes -= static_cast<std::uint64_t>(got);
  }
  return sum;
}

// The next number of a line, with the blank behind it.
std::optional<std::uint64_t> takeNumber(std::string_view& line) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
  if (error != std::errc() || end == line.data() + line.size() || *end != ' ') return std::nullopt;
  line.remove_prefix(static_cast<std::size_t>(end - line.data()) + 1);
  return value;
}

// The hub's own copies lie at the top, those of another endpoint below a folder of its own.
std::string folderOf(const std::string& cacheFolder, const std::string& endpoint) {
  if (cacheFolder.empty()) return std::string(kNowhere);
  if (endpoint == HubOptions().endpoint) return cacheFolder;
  std::string name;
  for (const char c : endpoint.substr(0, 80)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
    name += plain ? c : '-';
  }
  return fmt::format("{}/at--{}--{:08x}", cacheFolder, name, sumOf(endpoint));
}

constexpr std::int64_t kMostMark = 1 << 20;  // a line per file, and an index names at most thousands

Result<void> keep(const std::string& target, std::string_view bytes, std::uint64_t size = 0) {
  std::error_code error;
  if (target.starts_with(kNowhere))
    return fail(ErrorCode::io, "There is no folder to keep it in; set XDG_CACHE_HOME, or HOME.", target);
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
  return std::ranges::none_of(parsed,
                              [](const fs::path& part) { return part == ".." || part == "." || part == kMark; });
}

TemporaryFolder::TemporaryFolder() {
  std::error_code error;
  std::string name = (fs::temp_directory_path(error) / "headroom-XXXXXX").string();
  if (!error && ::mkdtemp(name.data()) != nullptr) path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

HubCache::HubCache(const std::string& cacheFolder, const std::string& endpoint, const std::string& id)
    : address_(endpoint + "/" + id), folder_(folderOf(cacheFolder, endpoint) + "/" + flat(id)) {}

std::string HubCache::folder(std::string_view commit) const {
  return folder_ + "/" + nameOf(commit);
}

// Whether the file is still what a line of the mark says: "SIZE BYTES SUM NAME".
bool HubCache::isWhole(std::string_view commit, std::string_view line) const {
  const auto size = takeNumber(line), bytes = takeNumber(line), sum = takeNumber(line);
  if (!size || !bytes || !sum || !isSafeRelativePath(line)) return false;
  std::error_code error;
  return fs::file_size(path(commit, line), error) == *size && !error && sumOfFile(path(commit, line), *bytes) == *sum;
}

bool HubCache::isComplete(std::string_view commit) const {
  const Result<std::string> mark = readTextFile(path(commit, kMark), kMostMark);
  if (!mark) return false;
  std::istringstream lines(*mark);
  std::string line;
  if (!std::getline(lines, line) || line != address_) return false;
  bool sums = false;
  while (std::getline(lines, line)) {
    if (line == kSums) {
      sums = true;
    } else if (sums) {
      if (!isWhole(commit, line)) return false;
    } else {
      std::string_view name = line;
      std::error_code error;
      const auto size = takeNumber(name);
      if (!size || !isSafeRelativePath(name) || fs::file_size(path(commit, name), error) != *size || error)
        return false;
    }
  }
  return true;
}

std::optional<std::string> HubCache::completeCommitOf(std::string_view revision) const {
  const Result<std::string> reference = readTextFile(folder_ + "/refs/" + nameOf(revision), kMostMark);
  if (!reference) return std::nullopt;
  const std::string commit = reference->substr(0, reference->find('\n'));
  if (!isSafeRelativePath(commit) || !isComplete(commit)) return std::nullopt;
  return commit;
}

std::string HubCache::dayOf(std::string_view commit) const {
  const auto stamp = stampOf(path(commit, kMark));
  return stamp ? fmt::format("{:%F}", fmt::gmtime(static_cast<std::time_t>(stamp->modifiedNs / 1'000'000'000))) : "";
}

Result<void> HubCache::write(std::string_view commit, std::string_view file, std::string_view bytes,
                             std::uint64_t size) {
  if (Result<void> kept = keep(path(commit, file), bytes, size); !kept) return kept;
  written_[std::string(file)] = {std::max<std::uint64_t>(size, bytes.size()), bytes.size(), sumOf(bytes)};
  return {};
}

Result<void> HubCache::complete(std::string_view commit) const {
  std::string mark = fmt::format("{}\n{}\n", address_, kSums);
  for (const auto& [file, kept] : written_) mark += fmt::format("{} {} {} {}\n", kept.size, kept.bytes, kept.sum, file);
  // Another file of the same commit may have been brought before (a GGUF repository has many).
  if (isComplete(commit)) {
    std::istringstream before(readTextFile(path(commit, kMark), kMostMark).value_or(""));
    std::string line;
    std::getline(before, line);
    if (std::getline(before, line) && line == kSums)
      while (std::getline(before, line)) {
        std::string_view name = line;
        for (int i = 0; i < 3; ++i) (void)takeNumber(name);
        if (!written_.contains(std::string(name))) mark += line + "\n";
      }
  }
  return keep(path(commit, kMark), mark);
}

Result<void> HubCache::refer(std::string_view revision, std::string_view commit) const {
  if (completeCommitOf(revision) == commit) return {};
  return keep(folder_ + "/refs/" + nameOf(revision), std::string(commit) + "\n");
}

void HubCache::forget(std::string_view commit) const {
  std::error_code ignored;
  fs::remove(path(commit, kMark), ignored);
}

}  // namespace headroom
